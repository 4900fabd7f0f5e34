"""The points of a write at which it may be interrupted, named for tests that do so."""

from collections.abc import Callable
from typing import Final

LOCKED: Final = "locked"
READ: Final = "read"
PLANNED: Final = "planned"
INTENDED: Final = "intended"
DRAFTING: Final = "drafting"
DRAFTED: Final = "drafted"
CHECKED: Final = "checked"
EXCHANGED: Final = "exchanged"
FOUND_ANOTHER: Final = "found-another"
PUT_BACK: Final = "put-back"
LOOKED: Final = "looked"
BEFORE_REMOVAL: Final = "before-removal"
REMOVED: Final = "removed"
COMMITTED: Final = "committed"
OVERWRITING: Final = "overwriting"

POINTS: Final = (
    LOCKED, READ, PLANNED, INTENDED, DRAFTING, DRAFTED, CHECKED, EXCHANGED, FOUND_ANOTHER,
    PUT_BACK, LOOKED, BEFORE_REMOVAL, REMOVED, COMMITTED, OVERWRITING,
)  # fmt: skip
"""All of them, about in the order in which a write passes them."""

Failpoint = Callable[[str], None]
"""Is told of each point as it is passed."""


def pass_by(_point: str) -> None:
    """Do nothing."""
