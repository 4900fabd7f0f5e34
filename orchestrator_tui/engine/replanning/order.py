"""How long, and how, is to be searched for plans."""

from dataclasses import dataclass
from typing import Final

SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    seconds: float = SECONDS
    """For all strategies together: by the clock; or, deterministic, as a budget of work that takes
    at most about as long."""
    is_deterministic: bool = False
    """Whether the same question is to have the same answer to the byte."""
    workers: int = 2
    """Processors that may be used; deterministic ones use what never changes the answer."""
    seed: int = 0
