"""What a forecast asks about one task."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task whose work is to be foreseen; tasks that are alike in all of it are equal."""

    estimate_hours: float
    """The likely hours of work in the hands of `agent`."""
    agent: str = ""
    """Empty where nobody has it yet."""
    category: str = ""
    """As in a `WorkRecord`."""
    best_hours: float | None = None
    """With `worst_hours`: what the estimate gives as the least and the most it may take."""
    worst_hours: float | None = None
