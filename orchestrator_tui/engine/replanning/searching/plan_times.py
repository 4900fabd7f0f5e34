"""When everything in a plan begins, and what room it has."""

from typing import Final

from orchestrator_tui.engine.replanning.problem.problem import Score
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.replanning.searching.plan_order import PlanOrder
from orchestrator_tui.engine.scheduling.absences import back_at, finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER

UNBOUND: Final = 1 << 70
"""The latest start of what nothing waits for."""


class PlanTimes(PlanOrder):
    """When everything begins; lists are by node, and their last entry stands for nobody.

    Everything begins as early as it can. `latest` says when it could begin at the latest for what
    comes after it to end within its limits. Both grow along what an agent does.
    """

    def __init__(self, compact: Compact) -> None:
        super().__init__(compact)
        nodes = compact.nodes
        self.length = [0] * (nodes + 1)
        """From start to finish."""
        self.ready = [0] * (nodes + 1)
        """When it could begin if its agent had nothing else to do."""
        self.start = [0] * (nodes + 1)
        self.finish = [0] * (nodes + 1)
        self.limits = [0] * (nodes + 1)
        """When it is to end at the latest, whatever comes after it."""
        self.room = [0] * (nodes + 1)
        """When it could end at the latest if its agent had nothing else to do."""
        self.latest = [0] * (nodes + 1)
        self._is_paused = [False] * (nodes + 1)

    def find_starts(self, first: int = 0) -> None:
        """Let each begin as early as it can, from a place of the order on."""
        before, previous, earliest = self.compact.before, self.previous, self.compact.earliest
        start, finish, ready, length = self.start, self.finish, self.ready, self.length
        is_paused = self._is_paused
        for node in self.order[first:] if first else self.order:
            begin = earliest[node]
            for each in before[node]:
                if finish[each] > begin:  # noqa: PLR1730 - a call costs most here
                    begin = finish[each]
            ready[node] = begin
            free = finish[previous[node]]
            if free > begin:  # noqa: PLR1730 - a call costs most here
                begin = free
            if is_paused[node]:
                begin = self._find_end(node, begin)
            else:
                finish[node] = begin + length[node]
            start[node] = begin

    def find_latest(self, last: int) -> None:
        """Find when all could begin at the latest, from a place of the order back."""
        after, following, limits = self.compact.after, self.next, self.limits
        latest, room, length = self.latest, self.room, self.length
        for node in self.order[last::-1]:
            end = limits[node]
            for each in after[node]:
                if latest[each] < end:  # noqa: PLR1730 - a call costs most here
                    end = latest[each]
            room[node] = end
            free = latest[following[node]]
            if free < end:  # noqa: PLR1730 - a call costs most here
                end = free
            latest[node] = end - length[node]

    def set_limits(self) -> None:
        """Let nothing end later than it does, but milestones within their dates; look back.

        Without dates limits are relative: against the end of the plan, which then is 0.
        """
        dues = self.compact.problem.dues
        last = max(self.finish[: self.compact.size], default=0) if dues else 0
        if dues:
            self.until = len(self.order) - 1
            self.limits = [last] * (self.nobody + 1)
            self.latest[self.nobody] = last
        for node, minute, _ in dues:
            self.limits[node] = min(self.limits[node], max(minute, self.finish[node]))
        self.find_latest(self.until)

    def score(self) -> Score:
        """Return how good the plan is."""
        finish, late = self.finish, 0
        for node, minute, weight in self.compact.problem.dues:
            if finish[node] > minute:
                late += weight * (finish[node] - minute) if finish[node] < NEVER else NEVER
        return Score(min(late, NEVER), min(max(finish[: self.compact.size], default=0), NEVER))

    def _find_end(self, node: int, begin: int) -> int:
        """Find when something ends whose agent is away at times; return when it begins."""
        agent = self.agent[node]
        absences = self.compact.absences[agent]
        begin = min(NEVER, back_at(absences, begin)) if begin < NEVER else NEVER
        end = NEVER
        if begin < NEVER:
            end = finish_of(absences, begin, self.compact.work[node][agent])
        self.finish[node] = end
        self.length[node] = end - begin
        return begin
