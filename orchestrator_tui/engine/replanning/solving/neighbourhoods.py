"""Parts of a plan that are worth looking at anew: what happens in one stretch of time."""

from random import Random
from typing import Final

from orchestrator_tui.engine.replanning.problem.incumbent import Frame, Incumbent
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Problem

FIRST_SIZE: Final = 40
LEAST_SIZE: Final = 12
GROWTH: Final = 1.1
"""By what sizes grow when a part was settled, and shrink when it was not."""
SPREAD: Final = (0.6, 1.4)
"""From which least to which greatest share of the size parts are."""
LEAST_WORK: Final = 0.02
"""The solver's work on one part at first, by its own measure."""
MOST_WORK: Final = 0.16
PATIENCE: Final = 24
"""Parts in a row without a better plan, after which there is twice the work on each."""


class Neighbourhoods:
    """Stretches of time of a plan, about as long as can be settled within one effort."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._random = Random(seed)  # noqa: S311 - plans are no secret
        self._size = float(FIRST_SIZE)
        self._in_vain = 0
        self.work = LEAST_WORK

    def frame(self, plan: Incumbent) -> Frame:
        """Return what may change: all that happens in a stretch of time taken at random."""
        done = sorted(
            (plan.times.start[number], number)
            for number, agent in enumerate(plan.choice.agents)
            if agent != ABSENT
        )
        count = min(len(done), max(2, round(self._size * self._random.uniform(*SPREAD))))
        at = self._random.randint(-count // 2, len(done) - count // 2)
        at = max(0, min(at, len(done) - count))
        begin = done[at][0]
        end = done[at + count][0] if at + count < len(done) else plan.score.makespan + 1
        finish = plan.times.finish
        past = {number for _, number in done if finish[number] <= begin}
        free = {number for start, number in done if start < end and number not in past}
        free = {each for each in free if self._problem.activities[each].in_hand is None}
        return Frame(frozenset(past), frozenset(self._widened(free, plan, (begin, end))))

    def learn(self, *, was_settled: bool, was_better: bool) -> None:
        """Take note of what came of a part: the next ones are larger or smaller."""
        size = self._size * (GROWTH if was_settled else 1 / GROWTH)
        self._size = min(float(self._problem.size), max(float(LEAST_SIZE), size))
        self._in_vain = 0 if was_better else self._in_vain + 1
        if self._in_vain >= PATIENCE:
            self._in_vain = 0
            self.work = min(MOST_WORK, 2 * self.work)

    def _widened(self, free: set[int], plan: Incumbent, stretch: tuple[int, int]) -> set[int]:
        """Add what is not done but could be, and take out what is split only in part."""
        agents, finish = plan.choice.agents, plan.times.finish
        activities = self._problem.activities
        wide = set(free)
        for number, each in enumerate(activities):
            if agents[number] == ABSENT and each.is_optional:
                ready = max([finish[node] for node in each.before], default=each.earliest)
                if stretch[0] <= ready < stretch[1]:
                    wide.add(number)
        for split in self._problem.splits:
            group = {split.task, *(part for way in split.ways for part in way)}
            done = {each for each in group if agents[each] != ABSENT}
            wide = wide | group if done <= free else wide - (group - done) - {split.task}
        return wide
