"""The timeline of a plan: what happens if nothing is decided, and what the plan does."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.agent_assessment import Away
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.replanning import PlanChangeKind, PlanOption, Slot, Strategy
from orchestrator_tui.domain.standing import Level, MilestoneStatus, TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.rows.timeline import ZOOMS, Scale, TimelineRow

NEXT_TO_NOTHING: Final = timedelta(minutes=1)
NOT_OVER: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.IN_HAND})
Stretch = tuple[datetime | None, datetime | None]
Absences = Mapping[AgentId, tuple[Away, ...]]


class Plan(NamedTuple):
    """An option, and all that it is compared with and drawn by."""

    option: PlanOption
    keep: PlanOption
    judgement: Judgement
    names: PlanNames
    now: datetime
    imagined: Absences
    """Absences that are only imagined, beside those of the mission."""


class PlanRow(NamedTuple):
    """A task or a milestone, before and after."""

    key: str
    title: str
    bar: TimelineRow
    """The plan as the forecast, and what it is compared with as the baseline."""
    before: AgentId | None
    """Who has the task if nothing is decided."""
    moved: timedelta | None
    """By how much it ends later; None where it does not end under one of the two."""
    is_new: bool = False
    """Whether it is a part, or was asked for."""
    is_gone: bool = False
    """Whether the plan does without it."""
    is_in_parts: bool = False
    """Whether parts are done instead of it."""

    @property
    def after(self) -> AgentId | None:
        """Return who has the task under the plan."""
        return None if self.bar.task is None else self.bar.task.agent

    @property
    def has_changed(self) -> bool:
        """Say whether the plan changes hands or times."""
        if self.is_new or self.is_gone or self.before != self.after:
            return True
        return self.moved is None or abs(self.moved) > NEXT_TO_NOTHING

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.key} {self.title} {self.before or ''} {self.after or ''}"


def plan_rows(plan: Plan) -> tuple[PlanRow, ...]:
    """Return the milestones that are still to come with their unfinished tasks, then the others."""
    drawn = _Drawing(plan)
    left = {each.id: each for each in plan.judgement.tasks if each.state in NOT_OVER}
    parts = _parts_of(plan.option)
    new = [each.task for each in plan.option.schedule if each.task not in left]
    rows: list[PlanRow] = []
    for each in plan.judgement.milestones:
        own = [key for task in each.tasks for key in (task, *parts.get(task, ()))]
        held = [key for key in own if key in left or key in new]
        if held and each.status is not MilestoneStatus.COMPLETED:
            rows.append(drawn.milestone(each))
            rows += [drawn.task(key, left.pop(key, None), is_inside=True) for key in held]
            new = [key for key in new if key not in held]
    rows += [drawn.task(key, one, is_inside=False) for key, one in left.items()]
    rows += [drawn.task(key, None, is_inside=False) for key in new]
    return tuple(rows)


def plan_scale(options: Iterable[PlanOption], now: datetime, width: int) -> Scale:
    """Return the finest scale on which all of `options` fit into `width` cells, from now on."""
    ends = [each.finish for one in options for each in one.schedule if each.finish is not None]
    last = max((now, *ends))
    usable = max(1, width - 2)
    cell = next((each for each in ZOOMS if each * usable >= last - now), ZOOMS[-1])
    return Scale(now - cell, cell, max(1, width))


def _parts_of(option: PlanOption) -> dict[TaskId, list[TaskId]]:
    return {
        each.task: [TaskId(part) for part in each.after]
        for each in option.changes
        if each.kind is PlanChangeKind.SPLIT and each.task is not None
    }


class _Drawing:
    """Makes the rows of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._after = {each.task: each for each in plan.option.schedule}
        self._before = {each.task: each for each in plan.keep.schedule}
        self._ends_after = {each.id: each.finish for each in plan.option.milestones}
        self._ends_before = {each.id: each.finish for each in plan.keep.milestones}
        self._parts = _parts_of(plan.option)
        self._is_kept = plan.option.strategy is Strategy.KEEP
        self._away: dict[AgentId, tuple[Away, ...]] = {
            each.id: each.away for each in plan.judgement.agents
        }
        for agent, stretches in plan.imagined.items():
            self._away[agent] = (*self._away.get(agent, ()), *stretches)

    def task(self, key: TaskId, known: TaskAssessment | None, *, is_inside: bool) -> PlanRow:
        """Return the row of a task; of one that is not `known`, as far as the plan tells it."""
        plan = self._plan
        slot, kept = self._after.get(key), self._before.get(key)
        one = known or _unknown(key, plan.names)
        start, finish = self._ahead(slot)
        then_start, then_finish = self._compared(one, kept)
        moved = None if finish is None or then_finish is None else finish - then_finish
        before = None if kept is None else kept.agent
        agent = None if slot is None else slot.agent
        row = PlanRow(
            f"task:{key}",
            one.title,
            TimelineRow(f"task:{key}", None, None, self._away_of(agent), plan.now, is_inside),
            before,
            moved,
            is_new=known is None,
            is_gone=slot is None,
            is_in_parts=key in self._parts,
        )
        drawn = one._replace(
            agent=agent,
            start=start,
            finish=finish,
            baseline_start=then_start,
            baseline_finish=then_finish,
            progress_percent=0.0,
        )
        row = row._replace(bar=row.bar._replace(task=drawn))
        # what changes stands out as the critical path does elsewhere
        drawn = drawn._replace(is_critical=row.has_changed and not self._is_kept)
        return row._replace(bar=row.bar._replace(task=drawn))

    def milestone(self, one: MilestoneAssessment) -> PlanRow:
        """Return the row of a milestone."""
        plan, key = self._plan, MilestoneId(one.id)
        finish = self._ends_after.get(key, one.eta)
        kept = one.baseline_finish if self._is_kept else self._ends_before.get(key, one.eta)
        moved = None if finish is None or kept is None else finish - kept
        drawn = one
        if finish != one.eta:
            from dataclasses import replace  # noqa: PLC0415

            drawn = replace(one, eta=finish)
        bar = TimelineRow(f"milestone:{key}", None, drawn, (), plan.now, is_inside=False)
        return PlanRow(bar.key, one.title, bar, None, moved)

    def _ahead(self, slot: Slot | None) -> Stretch:
        """Return when something is done, from now on."""
        if slot is None or slot.start is None or slot.finish is None:
            return None, None
        return max(slot.start, self._plan.now), slot.finish

    def _compared(self, one: TaskAssessment, kept: Slot | None) -> Stretch:
        if self._is_kept:
            return one.baseline_start, one.baseline_finish
        return (None, None) if kept is None else self._ahead(kept)

    def _away_of(self, agent: AgentId | None) -> tuple[Away, ...]:
        return () if agent is None else self._away.get(agent, ())


def _unknown(key: TaskId, names: PlanNames) -> TaskAssessment:
    """Return a task that the mission does not have yet."""
    return TaskAssessment(
        id=key,
        title=names.task(key),
        agent=None,
        is_assigned=False,
        state=TaskState.WAITING,
        priority=Level.MEDIUM,
        is_optional=False,
        progress_percent=0.0,
        estimate_hours=0.0,
        spent_hours=0.0,
        remaining_hours=0.0,
        start=None,
        finish=None,
        baseline_start=None,
        baseline_finish=None,
        slack_hours=None,
        is_critical=False,
        quality=None,
        after=(),
        deliverables=(),
        blockers=(),
    )


def away_while(imagined: Iterable[tuple[AgentId, datetime | None]], now: datetime) -> Absences:
    """Return absences that begin now."""
    return {agent: (Away(now, until),) for agent, until in imagined}
