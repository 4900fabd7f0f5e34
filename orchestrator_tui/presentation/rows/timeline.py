"""The rows of the timeline, and the scale of time they are drawn to."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from orchestrator_tui.domain.agent_assessment import Away
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.instant import EARLIEST, LATEST
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.presentation.clock_face import face

ZOOMS = (
    *(timedelta(seconds=each) for each in (5, 10, 15, 30)),
    *(timedelta(minutes=each) for each in (1, 2, 3, 5, 7, 10, 15, 20, 30, 45)),
    *(timedelta(hours=each) for each in (1, 1.5, 2, 3, 4, 6, 8, 12)),
    *(timedelta(days=each) for each in (1, 1.5, 2, 3, 4, 7, 14, 28)),
)
"""How much time a cell may stand for."""
LABEL_CELLS = 8
"""The fewest cells between two labels of the axis."""
TICKS = (
    *(timedelta(minutes=each) for each in (1, 2, 5, 10, 30)),
    *(timedelta(hours=each) for each in (1, 2, 3, 6, 12)),
    *(timedelta(days=each) for each in (1, 2, 7, 14, 28, 112, 336)),
)
_EPOCH = datetime(2024, 1, 1)  # noqa: DTZ001 - on the wall, wherever that is
"""A Monday, from which ticks are counted."""


class Scale(NamedTuple):
    """A stretch of time laid onto cells."""

    start: datetime
    cell: timedelta
    """How much time one cell stands for."""
    width: int

    @property
    def end(self) -> datetime:
        """Return the moment after the last cell."""
        return self.start + self.cell * self.width

    def cell_of(self, moment: datetime) -> int:
        """Return the cell that holds `moment`; it may be outside."""
        return (moment - self.start) // self.cell

    def zoomed(self, steps: int, around: datetime) -> "Scale":
        """Return a coarser or finer scale in which `around` stays where it is."""
        at = min(range(len(ZOOMS)), key=lambda each: abs(ZOOMS[each] - self.cell))
        cell = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))]
        return self._replace(cell=cell).beginning(around - cell * self.cell_of(around))

    def shifted(self, cells: int) -> "Scale":
        """Return the scale moved by some cells."""
        return self.beginning(self.start + self.cell * cells)

    def around(self, moment: datetime) -> "Scale":
        """Return the scale with `moment` a third from its left."""
        return self.beginning(moment - self.cell * (self.width // 3))

    def beginning(self, start: datetime) -> "Scale":
        """Return the scale that begins at `start`, within the years that are known."""
        return self._replace(start=max(EARLIEST, min(LATEST, start)))

    def ticks(self) -> tuple[tuple[int, datetime], ...]:
        """Return the cells that bear a label, with their moments: round ones on the wall."""
        step = next((each for each in TICKS if each >= self.cell * LABEL_CELLS), TICKS[-1])
        clock = face()
        wall = clock.there(self.start).replace(tzinfo=None)
        wall = _EPOCH - step * ((_EPOCH - wall) // step)
        found: list[tuple[int, datetime]] = []
        while (moment := clock.moment_of(wall)) < self.end:
            if moment >= self.start and (not found or moment > found[-1][1]):
                found.append((self.cell_of(moment), moment))
            wall += step
        return tuple(found)


def scale_of_all(judgement: Judgement, now: datetime, width: int) -> Scale:
    """Return the finest scale on which all of the mission fits into `width` cells."""
    moments = [judgement.started, now]
    moments += [each.finish for each in judgement.tasks if each.finish is not None]
    moments += [each.due for each in judgement.milestones if each.due is not None]
    moments += [each.start for each in judgement.tasks if each.start is not None]
    first, last = min(moments), max(moments)
    usable = max(1, width - 2)
    cell = next((each for each in ZOOMS if each * usable >= last - first), ZOOMS[-1])
    return Scale(first - cell, cell, max(1, width))


class TimelineRow(NamedTuple):
    """A task, or a milestone above its tasks."""

    key: str
    task: TaskAssessment | None
    milestone: MilestoneAssessment | None
    away: tuple[Away, ...]
    """When the agent of the task does not work."""
    now: datetime
    is_inside: bool
    """Whether the task stands under a milestone."""
    drawn: FinishRange | None = None
    """When the milestone may end; absent of tasks, and where that was not drawn."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        if self.task is not None:
            one = self.task
            critical = "critical" if one.is_critical else ""
            return f"{one.id} {one.title} {one.agent or ''} {one.state.value} {critical}"
        return "" if self.milestone is None else f"{self.milestone.id} {self.milestone.title}"


def timeline_rows(judgement: Judgement, now: datetime) -> tuple[TimelineRow, ...]:
    """Return the milestones with their tasks under them, then the tasks of none."""
    away = {each.id: each.away for each in judgement.agents if each.away}
    left = {each.id: each for each in judgement.tasks}
    ranges = {} if judgement.foresight is None else judgement.foresight.ranges
    rows: list[TimelineRow] = []
    for each in judgement.milestones:
        drawn = ranges.get(each.id)
        key = f"milestone:{each.id}"
        rows.append(TimelineRow(key, None, each, (), now, is_inside=False, drawn=drawn))
        own = [task for name in each.tasks if (task := left.pop(name, None)) is not None]
        rows += _rows_of(own, away, now, is_inside=True)
    rows += _rows_of(left.values(), away, now, is_inside=False)
    return tuple(rows)


def _rows_of(
    tasks: Iterable[TaskAssessment],
    away: dict[AgentId, tuple[Away, ...]],
    now: datetime,
    *,
    is_inside: bool,
) -> list[TimelineRow]:
    return [
        TimelineRow(
            f"task:{task.id}",
            task,
            None,
            () if task.agent is None else away.get(task.agent, ()),
            now,
            is_inside,
        )
        for task in tasks
    ]
