"""The rules that hold between the entries of a mission."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.rules.facts import find_impossible_facts
from orchestrator_tui.engine.rules.offered import find_impossible_offers
from orchestrator_tui.engine.rules.order import find_circles
from orchestrator_tui.engine.rules.reference import find_similar_ids, find_unknown_ids
from orchestrator_tui.engine.rules.violation import Violation

__all__ = ["Violation", "find_violations"]


def find_violations(
    mission: Mission, *, broken: Mapping[str, AbstractSet[str]] | None = None
) -> tuple[Violation, ...]:
    """Return every rule that `mission` breaks, rule by rule, each in mission order.

    `broken` holds, by section, the ids of entries that are written but could not be read: what
    names them is not to blame.
    """
    unreadable = broken or {}
    return (
        *find_similar_ids(mission, unreadable),
        *find_unknown_ids(mission, unreadable),
        *find_circles(mission),
        *find_impossible_offers(mission, unreadable),
        *find_impossible_facts(mission, unreadable),
    )
