"""The chat app on an afternoon on which somebody falls ill, and the ways to go on from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.replanning import (
    Impact,
    Method,
    MilestoneDelay,
    MilestoneFinish,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Replanning,
    Slot,
    Strategy,
)
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from tests.assessments import NOW, after, assessment
from tests.builders import known
from tests.io.reading import mission_in

MISSION = Path(__file__).parents[2] / "missions" / "chat-app.yaml"
WELL = "{from: 2024-01-16T01:15Z, until: 2024-01-16T13:00Z, reason: quota}"
ILL = "{from: 2024-01-15T16:00Z, until: 2024-01-17T08:00Z, reason: quota}"
CHANGE = """
changes:
  dark-mode:
    title: Dark mode
    at: 2024-01-15T12:00Z
    add:
      dark-theme: {title: Dark theme, estimate: 3h, agent: react-expert}
"""
GO_ON: tuple[Edit, ...] = (
    Put(("tasks", "database-models", "agent"), "api-architect"),
    Put(("agents", "api-architect", "queue"), ("api-schema", "database-models")),
)
DIFFS = (
    FileDiff(
        "missions/chat-app.yaml",
        (
            "@@ -31,7 +31,7 @@",
            "   database-models:",
            "     title: Database model implementation",
            "-    agent: devops-engineer",
            "+    agent: api-architect",
            "     estimate: 30h",
        ),
    ),
)


def world(*edits: tuple[str, str], revision: str = "a" * 64, at: datetime = NOW) -> Assessment:
    """Return the chat app without its engineer; `edits` are made in its text."""
    return assessment(mission_of(*edits, revision=revision, at=at), at=at)


def mission_of(
    *edits: tuple[str, str], revision: str = "a" * 64, at: datetime = NOW
) -> MissionAssessment:
    text = MISSION.read_text(encoding="utf-8") + CHANGE
    for old, new in ((WELL, ILL), *edits):
        assert old in text, old
        text = text.replace(old, new, 1)
    return assess_mission(replace(known(mission_in(text), id="chat-app"), revision=revision), at)


class Moved(NamedTuple):
    """What a plan does with a task."""

    agent: str
    start: float
    """In hours from now."""
    hours: float


def judged(shown: Assessment) -> Judgement:
    judgement = shown.missions[0].judgement
    assert judgement is not None
    return judgement


def option(
    shown: Assessment,
    strategy: Strategy,
    elsewhere: Mapping[str, Moved] | None = None,
    *,
    gone: tuple[str, ...] = (),
    **fields: Any,
) -> PlanOption:
    """Return an option that does with some tasks something else than the forecast."""
    judgement = judged(shown)
    slots = {
        each.id: Slot(each.id, each.agent, each.start, each.finish)
        for each in judgement.tasks
        if each.state not in {TaskState.FINISHED, TaskState.CANCELLED} and each.id not in gone
    }
    for key, each in (elsewhere or {}).items():
        end = after(each.start + each.hours)
        slots[TaskId(key)] = Slot(TaskId(key), AgentId(each.agent), after(each.start), end)
    schedule = tuple(sorted(slots.values(), key=lambda each: each.start or NOW))
    finish = max((each.finish for each in schedule if each.finish is not None), default=None)
    makespan = None if finish is None else (finish - NOW) / timedelta(hours=1)
    given: dict[str, Any] = {
        "id": "A", "strategy": strategy, "title": strategy.value.capitalize(),
        "method": Method.SOLVER, "finish": finish, "makespan_hours": makespan,
        "lower_bound_hours": None, "is_optimal": False, "saves_hours": 0.0, "lateness_hours": 0.0,
        "agent_hours": 60.0, "activation_hours": 0.0, "probability_on_time": None,
        "reassigned": 0, "moved": 0, "dropped": (), "lost_scope": (), "is_recommended": False,
        "trade_offs": (), "milestones": _ends(judgement, schedule), "changes": (),
        "schedule": schedule, "edits": (),
    }  # fmt: skip
    return PlanOption(**{**given, **fields})


def _ends(judgement: Judgement, schedule: tuple[Slot, ...]) -> tuple[MilestoneFinish, ...]:
    ends = {each.task: each.finish or NOW for each in schedule}
    return tuple(
        MilestoneFinish(
            each.id, max((ends[task] for task in each.tasks if task in ends), default=each.eta)
        )
        for each in judgement.milestones
    )


def keep(shown: Assessment) -> PlanOption:
    """Return what happens if nothing is decided."""
    return option(
        shown, Strategy.KEEP, title="Keep the plan", method=Method.FORECAST,
        trade_offs=("nobody has to change anything",),
    )  # fmt: skip


def other_hands(shown: Assessment, **fields: Any) -> PlanOption:
    """Return the option that gives the work of the one who is ill to others."""
    moved = {
        "database-models": Moved("api-architect", 2, 15),
        "schema-review": Moved("api-architect", 17, 2),
        "ci-pipeline": Moved("security-auditor", 12, 8),
        "load-test": Moved("security-auditor", 20, 5),
        "message-delivery": Moved("api-architect", 19, 1),
        "component-integration": Moved("react-expert", 17, 2),
        "integration-tests": Moved("security-auditor", 25, 2),
        "chat-screens": Moved("react-expert", 20, 5),
        "typing-indicator": Moved("react-expert", 25, 3),
    }
    given: dict[str, Any] = {
        "id": "C", "title": "2 tasks in other hands", "saves_hours": 39.75, "is_optimal": True,
        "lower_bound_hours": 28.0, "reassigned": 3, "moved": 6, "is_recommended": True,
        "probability_on_time": 0.81, "edits": GO_ON,
        "trade_offs": (
            "ends 1d16h earlier", "on time with 81%", "3 tasks change hands",
            "6 other tasks begin at another time",
        ),
        "changes": (
            PlanChange(PlanChangeKind.REASSIGN, TaskId("database-models"),
                       before=("devops-engineer",), after=("api-architect",)),
            PlanChange(PlanChangeKind.REASSIGN, TaskId("ci-pipeline"),
                       before=("devops-engineer",), after=("security-auditor",)),
            PlanChange(PlanChangeKind.REORDER, agent=AgentId("api-architect"),
                       before=("api-schema", "schema-review"),
                       after=("api-schema", "database-models", "schema-review")),
        ),
    }  # fmt: skip
    return option(shown, Strategy.REASSIGN, moved, **{**given, **fields})


def less_scope(shown: Assessment, **fields: Any) -> PlanOption:
    """Return the option that leaves something out."""
    given: dict[str, Any] = {
        "id": "D", "title": "Leave out Typing indicator", "saves_hours": 42.75, "reassigned": 3,
        "moved": 6, "dropped": (TaskId("typing-indicator"),), "method": Method.LOCAL_SEARCH,
        "lower_bound_hours": 24.0, "edits": GO_ON, "makespan_hours": 25.0,
        "trade_offs": ("ends 1d19h earlier", "leaves out typing-indicator"),
        "changes": (PlanChange(PlanChangeKind.DROP, TaskId("typing-indicator")),),
    }  # fmt: skip
    base = other_hands(shown)
    kept = tuple(each for each in base.schedule if each.task != "typing-indicator")
    return replace(base, strategy=Strategy.REDUCE_SCOPE, is_recommended=False, is_optimal=False,
                   schedule=kept, finish=after(25), **{**given, **fields})  # fmt: skip


def another_order(shown: Assessment, **fields: Any) -> PlanOption:
    """Return the option in which everybody keeps their tasks."""
    given: dict[str, Any] = {
        "id": "B", "title": "Same hands, better order", "saves_hours": 2.0, "moved": 2,
        "is_optimal": True, "trade_offs": ("ends 2h earlier",), "edits": GO_ON[1:],
    }  # fmt: skip
    return option(shown, Strategy.RESEQUENCE, **{**given, **fields})


def found(shown: Assessment, *options: PlanOption, **fields: Any) -> Replanning:
    """Return what is known of the ways to go on; without `options`, four of them, all there are."""
    judgement = judged(shown)
    every = options or (
        keep(shown), another_order(shown), other_hands(shown), less_scope(shown),
    )  # fmt: skip
    given: dict[str, Any] = {
        "at": shown.at,
        "revision": shown.missions[0].revision,
        "triggers": judgement.triggers,
        "impact": Impact(
            21.5,
            (
                MilestoneDelay(MilestoneId("M3_FRONTEND_MVP"), 38.0),
                MilestoneDelay(MilestoneId("M2_BACKEND_CORE"), 21.25),
            ),
            tuple(TaskId(each) for each in ("message-delivery", "load-test", "chat-screens")),
            {
                TaskId("database-models"): (AgentId("api-architect"),),
                TaskId("ci-pipeline"): (AgentId("security-auditor"), AgentId("api-architect")),
            },
        ),
        "options": every,
        "is_done": True,
        "searched": 5,
        "strategies": 5,
    }
    return Replanning(**{**given, **fields})


@dataclass
class Asked:
    """One question that the planner was asked."""

    known: KnownMission
    now: datetime
    told: Callable[[Replanning], None]
    failed: Callable[[str], None]
    what_if: WhatIf


@dataclass
class ScriptedPlanner:
    """Remembers what it was asked; a test answers."""

    failure: OrchestratorError | None = None
    asked: list[Asked] = field(default_factory=list)
    cancelled: int = 0
    is_closed: bool = False

    def ask(
        self,
        known: KnownMission,
        now: datetime,
        *,
        told: Callable[[Replanning], None],
        failed: Callable[[str], None],
        what_if: WhatIf = AS_IT_IS,
    ) -> None:
        if self.failure is not None:
            raise self.failure
        self.asked.append(Asked(known, now, told, failed, what_if))

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.is_closed = True

    def tell(self, replanning: Replanning, question: int = -1) -> None:
        """Answer the newest question, or another one."""
        self.asked[question].told(replanning)
