"""Which decisions hold."""

from collections.abc import Sequence

from orchestrator_tui.domain.rulings import Ruling, RulingKind


def standing(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Return those of `rulings`, which are in order, that hold: that no later one takes back."""
    withdrawn: set[str] = set()
    holding: list[Ruling] = []
    for each in reversed(rulings):
        if each.id in withdrawn:
            continue
        if each.kind is RulingKind.WITHDRAWN:
            withdrawn.add(each.subject)
        else:
            holding.append(each)
    holding.reverse()
    return tuple(holding)
