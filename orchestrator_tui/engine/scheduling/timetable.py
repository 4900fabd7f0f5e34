"""The outcome of a run of the dispatcher."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timetable:
    """When every task happens, in ticks, and in whose hands."""

    start: list[int]
    """By task; NEVER where it does not start."""
    finish: list[int]
    """By task; NEVER where it has no finish."""
    agent: list[int]
    """By task; NOBODY where no one takes it."""
    begun: list[int]
    """Nodes in the order in which they started or, of milestones, were passed."""
    sequences: list[list[int]]
    """By agent: its tasks in the order in which it takes them."""
