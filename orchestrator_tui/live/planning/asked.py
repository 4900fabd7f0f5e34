"""One question that was asked: what is known of the answer, and how often it was tried."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.engine.replanning.solving.cp_sat import SolverMissing
from orchestrator_tui.live.planning.question import Question, Told, patience_seconds

TRIES: Final = 3
"""The last of them is without the solver."""
START_SECONDS: Final = 30.0
"""The longest that the worker may take to begin."""
_MISSING: Final = str(SolverMissing())

Failed = Callable[[str], None]
"""Hears, in one line, why there is no answer."""


@dataclass(slots=True)
class Asked:
    """A question, who hears of the answer, and how far it is."""

    question: Question
    told: Told
    failed: Failed
    crashes: list[str] = field(default_factory=list)
    """Why the tries before failed."""
    newest: Replanning | None = None
    """What was told last."""
    until: float = 0.0
    """When it has taken too long, on the monotonic clock."""
    has_begun: bool = False
    """Whether the worker has begun to search."""

    @property
    def is_last_try(self) -> bool:
        """Say whether nothing is tried after this."""
        return len(self.crashes) == TRIES - 1

    def as_tried_now(self) -> Question:
        """Return the question as it is put this time."""
        return replace(self.question, has_solver=False) if self.is_last_try else self.question

    def sent(self, now: float) -> None:
        """Begin to wait for the worker."""
        self.until, self.has_begun = now + START_SECONDS, False

    def begun(self, now: float) -> None:
        """Begin to wait for the answer."""
        self.until, self.has_begun = now + patience_seconds(self.question.order), True

    def answered(self, found: Replanning) -> bool:
        """Tell what was found; say whether that is all."""
        if self.is_last_try:  # it is not that the solver is missing: it was left out
            others = tuple(each for each in found.notices if each != _MISSING)
            found = replace(found, notices=(_without_the_solver(self.crashes), *others))
        self._tell(found)
        return found.is_done

    def crashed(self, why: str) -> bool:
        """Say whether it is to be tried again; if not, the end was told."""
        self.crashes.append(why)
        if len(self.crashes) < TRIES:
            return True
        self._end(f"the search for plans did not come to its end: {why}")
        return False

    def ran_out_of_time(self) -> None:
        """Tell that the search did not keep to its time, and was ended."""
        limit = patience_seconds(self.question.order)
        why = f"the search was ended after {limit:g} s"
        if self.question.order.is_deterministic:
            self.failed(f"{why}: there would be another answer next time")
        else:
            self._end(f"{why}: these are the best plans until then")

    def _end(self, why: str) -> None:
        if self.newest is None:
            self.failed(why)
        else:
            notices = (*self.newest.notices, why)
            self._tell(replace(self.newest, is_done=True, notices=notices))

    def _tell(self, found: Replanning) -> None:
        self.newest = found
        self.told(found)


def _without_the_solver(crashes: list[str]) -> str:
    return f"{crashes[-1]}, {len(crashes)} times: these plans were searched for without the solver"
