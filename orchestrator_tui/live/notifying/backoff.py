"""How long a channel, or a message, is left alone after it failed.

Exponential backoff with full jitter: many that failed at once do not all come back at once. See
Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from collections.abc import Callable
from typing import Final

FIRST_SECONDS: Final = 1.0
LONGEST_SECONDS: Final = 300.0
"""How long a channel rests at most; so long, too, counts at most what is read after a restart."""
FIRST_OWN_SECONDS: Final = 60.0
LONGEST_OWN_SECONDS: Final = 3600.0
_MOST_DOUBLINGS: Final = 30

Random = Callable[[], float]
"""Returns a number from 0 to 1, never 1 itself."""


def rest_seconds(failures: int, random: Random) -> float:
    """Return how long a channel rests after so many failures in a row."""
    return random() * min(LONGEST_SECONDS, _doubled(FIRST_SECONDS, failures))


def own_pause_seconds(refusals: int, random: Random) -> float:
    """Return how long a message rests that a channel refused so often, and no other.

    At least half of it always is a pause, in which others have their turn.
    """
    pause = min(LONGEST_OWN_SECONDS, _doubled(FIRST_OWN_SECONDS, refusals))
    return pause * (1 + random()) / 2


def _doubled(first: float, times: int) -> float:
    return first * 2.0 ** min(max(0, times - 1), _MOST_DOUBLINGS)
