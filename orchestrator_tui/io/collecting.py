"""When garbage is collected: not while much is made that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MADE_BEFORE_A_LOOK: Final = 50_000
"""Containers made, and not let go, before those are looked through; Python's own 700 would look
through all that a great mission is made of at nearly every change of it."""
_LOOKS_BEFORE_A_WIDER_ONE: Final = 10


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector out: it makes the building of large trees quadratic."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def collect_seldom() -> None:
    """Collect garbage from now on, but none of what there is already, and not often.

    Nearly all that this program lets go is gone at once, without a collector.
    """
    gc.freeze()
    gc.set_threshold(_MADE_BEFORE_A_LOOK, _LOOKS_BEFORE_A_WIDER_ONE, _LOOKS_BEFORE_A_WIDER_ONE)
    gc.enable()
