"""What is said where a name names nothing: the nearest names, and some of those there are."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.text import plain_text

MOST_LISTED: Final = 12
"""Names of a kind that are listed."""
MOST_NEAR: Final = 3
MOST_CHOICES: Final = 5_000
"""Names among which near ones are looked for: comparing texts is slow."""
LONGEST_NAME: Final = 80
_PLURALS: Final = {
    "agent or stakeholder": "agents and stakeholders",
    "criterion": "criteria",
    "entry": "entries",
    "item of the checklist": "items",
    "kind of escalation": "kinds of escalation",
}


def not_found(noun: str, wanted: str, names: Collection[str]) -> MissionNotFound:
    """Return the error for `wanted`, the name of no `noun`; `names` are those there are.

    Where one is near, many others are not listed.
    """
    said = f"there is no {noun} {plain_text(wanted, limit=LONGEST_NAME)!r}"
    if not names:
        return MissionNotFound(f"{said}: there is none at all")
    near = nearest(wanted, names)
    hints = [f"did you mean {' or '.join(near)}?"] if near else []
    if not near or len(names) <= MOST_LISTED:
        hints.append(f"{_PLURALS.get(noun, f'{noun}s')}: {listing(names)}")
    return MissionNotFound(f"{said}: {' '.join(hints)}")


def nearest(wanted: str, names: Collection[str]) -> list[str]:
    """Return the names that are written most like `wanted`, case aside, or hold it."""
    if len(names) > MOST_CHOICES:
        return []
    by_lower = {each.lower(): each for each in names}
    written = wanted[:LONGEST_NAME].lower()
    near = get_close_matches(written, by_lower, n=MOST_NEAR)
    if not near and written:
        near = [each for each in by_lower if written in each][:MOST_NEAR]
    return [by_lower[each] for each in near]


def listing(names: Collection[str]) -> str:
    """Return the first of `names`, and how many more there are."""
    shown = [each for each, _ in zip(names, range(MOST_LISTED), strict=False)]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
