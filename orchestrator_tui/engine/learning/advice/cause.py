"""What advice rests on, as a digest that stays the same while that does."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from orchestrator_tui.engine.learning.patterns.claim import Stated

_SIGNS: Final = 16


def cause_of_advice(grounds: Iterable[Stated], *about: str) -> str:
    """Return a digest of the patterns that advice rests on, and of what it is about.

    Of a pattern only its class of strength counts: it is another one once the effect is about twice
    what it was, and not with every record.
    """
    rests = sorted(f"{each.claim.id} {each.strength}" for each in grounds)
    return sha256("\n".join((*about, *rests)).encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS]
