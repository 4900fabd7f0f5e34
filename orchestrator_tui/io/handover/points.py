"""The points of a handover at which it may be interrupted, named for tests that do so."""

from typing import Final

BEGUN: Final = "begun"
SWEPT: Final = "swept"
COPIED: Final = "copied"
BUILT: Final = "built"
SET_ASIDE: Final = "set-aside"
PLACED: Final = "placed"
CLEARED: Final = "cleared"
DRAFTED: Final = "drafted"
TOLD: Final = "told"

POINTS: Final = (BEGUN, SWEPT, COPIED, BUILT, SET_ASIDE, PLACED, CLEARED, DRAFTED, TOLD)
"""All of them, in the order in which a handover passes them.

`SET_ASIDE` is passed only where names cannot be exchanged in one step.
"""
