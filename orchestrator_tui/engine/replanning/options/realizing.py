"""What really happens if a plan is written into its mission: the ordinary forecast of that."""

from dataclasses import dataclass, replace
from functools import cached_property

from orchestrator_tui.engine.replanning.options.applying import with_plan
from orchestrator_tui.engine.replanning.problem.posing import MINUTE
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at
from orchestrator_tui.engine.situation import Situation, look_at


@dataclass(frozen=True)
class Outcome:
    """A mission under a plan, or left alone."""

    situation: Situation
    before: Situation | None = None
    """What the plan was made for, which says how much lateness weighs; absent where there is no
    plan."""

    @property
    def makespan(self) -> int:
        """Return the ticks until the last task ends; NEVER where one never does."""
        end = self.situation.end
        return 0 if end is None else end if end >= NEVER else max(0, end - self.situation.at)

    @cached_property
    def lateness(self) -> int:
        """Return the ticks after `due` over all milestones, weighted; NEVER where one never ends.

        A milestone weighs 1, 2, 4 or 8, by the highest priority of the tasks that it has without a
        plan. One whose unfinished tasks are all left out ends with those before it, or now.
        """
        under, before = self.situation, self.before or self.situation
        late = 0
        for index, each in enumerate(before.mission.milestones.values()):
            if each.due is None or not _is_open(before, index):
                continue
            end = max(under.at, under.ends[index])
            if end >= NEVER:
                return NEVER
            weight = 1 << max(before.plan.ranks[task] for task in before.members[index])
            late += weight * max(0, end - ticks_at(each.due))
        return late

    def is_better_than(self, other: "Outcome") -> bool:
        """Say whether less is late, or else the last task ends earlier, by a minute at least."""
        if abs(self.lateness - other.lateness) >= MINUTE:
            return self.lateness < other.lateness
        return self.makespan + MINUTE <= other.makespan


def realize(situation: Situation, problem: Problem, choice: Choice) -> Outcome:
    """Return what happens if `choice` is written into the mission.

    Only the agents whose order it changes get a new queue, unless somebody would then work in
    another order than it says.
    """
    wanted = [_named(problem, each) for each in choice.sequences]
    changed = [
        agent
        for agent, (each, before) in enumerate(zip(choice.sequences, problem.forecast, strict=True))
        if len(each) > 1 and each != before
    ]
    under = _written(situation, problem, choice, changed)
    named = [[under.plan.ids[task] for task in each] for each in under.sequences]
    if named != wanted:
        busy = [agent for agent, each in enumerate(wanted) if each]
        under = _written(situation, problem, choice, busy)
    return Outcome(under, situation)


def _is_open(situation: Situation, milestone: int) -> bool:
    return any(situation.facts.is_open[task] for task in situation.members[milestone])


def _named(problem: Problem, sequence: tuple[int, ...]) -> list[str]:
    return [problem.activities[each].id for each in sequence]


def _written(
    situation: Situation, problem: Problem, choice: Choice, reorder: list[int]
) -> Situation:
    mission = with_plan(situation, problem, choice, reorder=reorder)
    return look_at(replace(situation.known, mission=mission), mission, situation.now)
