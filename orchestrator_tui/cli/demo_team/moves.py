"""What a simulated agent does next: pure functions of what it sees, the time and chance."""

from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Final, NamedTuple

from orchestrator_tui.cli.demo_team.lines import Edit
from orchestrator_tui.cli.demo_team.world import SeenTask, World
from orchestrator_tui.domain.instant import format_instant

LATE_TASKS: Final = {"connection-pool": 3.0}
"""Tasks that take so many times their estimate."""
SMOOTH_TASKS: Final = frozenset({"api-schema", "threat-model"})
"""Tasks that nothing blocks and that take what they should: the first milestone is reached soon."""
MOST_TASKS: Final = 150
"""Tasks at which the lead stops adding more."""
_PACE: Final = (0.9, 1.15)
_SPREAD: Final = {"task": 0.5, "agent": 0.2, "sprint": 0.2}
"""Standard deviations of log(actual / estimate): of each task, of all tasks of an agent, of all.

Together 0.57: half of the tasks take between 0.7 and 1.5 times their estimate, as teams do.
"""
_BLOCKED_EACH_MOVE: Final = 0.05
_RESOLVED_EACH_MOVE: Final = 0.07
_ALL: Final = 100

_TROUBLES: Final = (
    ("Test database is locked", "MEDIUM"),
    ("Credentials for the staging server are missing", "HIGH"),
    ("Two modules depend on each other", "LOW"),
    ("The message format is still disputed", "MEDIUM"),
)
_WAYS_OUT: Final = ("found another way", "api-architect helped", "the dependency was updated")
_MORE_WORK: Final = (
    "Mend a reported bug",
    "Write the missing tests",
    "Make the start faster",
    "Answer the review",
)


class Turn(NamedTuple):
    """One agent's turn to write."""

    me: str
    now: datetime
    elapsed: timedelta
    """How long it worked since its last turn."""
    speed: float
    """How much faster than the clock the demo runs."""
    chance: Random
    seed: int = 1
    """Of the whole demo: it decides how long tasks take in truth."""


def agent_edits(world: World, turn: Turn) -> tuple[Edit, ...]:
    """Return what an agent writes in its own part."""
    if review := _milestone_to_review(world, turn.me):
        return _reviewed(review, turn)
    mine = [key for key, agent in world.open_blockers if agent == turn.me]
    if mine:
        return _while_blocked(mine[0], turn)
    task = _task_in_hand(world, turn.me)
    if task is None:
        return _without_work(world, turn)
    if not task.has_started:
        return _begun(task, turn)
    if _gets_stuck(world, task, turn.chance):
        return _stuck(world, task, turn)
    return _worked(task, turn)


def lead_edits(world: World, turn: Turn) -> tuple[Edit, ...]:
    """Return the task that the lead adds to the plan where somebody runs out of work."""
    chance = turn.chance
    idle = [each for each in world.task_of if world.state_of[each] and not world.tasks_of(each)]
    if not idle or len(world.tasks) >= MOST_TASKS:
        return ()
    key = f"more-work-{len(world.tasks) + 1}"
    seconds = max(1, round(chance.randrange(50, 120) / turn.speed))
    return (
        Edit(("tasks", key, "title"), chance.choice(_MORE_WORK)),
        Edit(("tasks", key, "agent"), chance.choice(idle)),
        Edit(("tasks", key, "estimate"), f"{seconds}s"),
        Edit(("decisions", key, "title"), "Use the time that is left"),
        Edit(("decisions", key, "by"), "lead"),
        Edit(("decisions", key, "at"), _stamp(turn)),
    )


def _milestone_to_review(world: World, me: str) -> str:
    finished = {each.id for each in world.tasks if each.progress >= _ALL}
    return next(
        (key for key, agent, tasks in world.reviews if agent == me and finished.issuperset(tasks)),
        "",
    )


def _reviewed(milestone: str, turn: Turn) -> tuple[Edit, ...]:
    score = turn.chance.randrange(86, 99)
    said = f"{{by: {turn.me}, at: {_stamp(turn)}, verdict: PASS, score: {score}}}"
    return Edit(("milestones", milestone, "review"), said), _reported(turn)


def _task_in_hand(world: World, me: str) -> SeenTask | None:
    unfinished = {each.id for each in world.tasks if each.progress < _ALL}
    ready = [each for each in world.tasks_of(me) if not unfinished.intersection(each.after)]
    named = [each for each in ready if each.id == world.task_of.get(me)]
    return next(iter(named or ready), None)


def _while_blocked(blocker: str, turn: Turn) -> tuple[Edit, ...]:
    if turn.chance.random() > _RESOLVED_EACH_MOVE:
        return (_reported(turn),)
    return (
        Edit(("blockers", blocker, "resolved"), _stamp(turn)),
        Edit(("blockers", blocker, "resolution"), turn.chance.choice(_WAYS_OUT)),
        _state(turn, "ACTIVE"),
        _reported(turn),
    )


def _without_work(world: World, turn: Turn) -> tuple[Edit, ...]:
    waits = bool(world.tasks_of(turn.me))
    state = "AVAILABLE" if waits else "COMPLETED"
    if world.state_of.get(turn.me) == state:
        return ()
    return _state(turn, state), _reported(turn)


def _begun(task: SeenTask, turn: Turn) -> tuple[Edit, ...]:
    return (
        Edit(("tasks", task.id, "progress"), "0"),
        Edit(("tasks", task.id, "started"), _stamp(turn)),
        Edit(("agents", turn.me, "task"), task.id),
        _state(turn, "ACTIVE"),
        _reported(turn),
    )


def _gets_stuck(world: World, task: SeenTask, chance: Random) -> bool:
    may = task.id not in SMOOTH_TASKS and task.id not in world.blocked_before
    return chance.random() < _BLOCKED_EACH_MOVE and may


def _stuck(world: World, task: SeenTask, turn: Turn) -> tuple[Edit, ...]:
    key = f"{task.id}-blocker"
    title, severity = turn.chance.choice(_TROUBLES)
    others = sorted(each for each in world.state_of if each != turn.me)
    return (
        Edit(("blockers", key, "title"), title),
        Edit(("blockers", key, "agent"), turn.me),
        Edit(("blockers", key, "task"), task.id),
        Edit(("blockers", key, "severity"), severity),
        Edit(("blockers", key, "needs"), turn.chance.choice(others)),
        Edit(("blockers", key, "opened"), _stamp(turn)),
        _state(turn, "BLOCKED"),
        _reported(turn),
    )


def _worked(task: SeenTask, turn: Turn) -> tuple[Edit, ...]:
    pace = turn.chance.uniform(*_PACE) / true_ratio(task.id, turn.me, turn.seed)
    done = task.progress + _ALL * turn.elapsed.total_seconds() * pace / max(1.0, task.seconds)
    progress = min(_ALL, max(round(task.progress) + 1, round(done)))
    spent = round(task.spent_seconds + turn.elapsed.total_seconds())
    edits = (
        Edit(("tasks", task.id, "progress"), str(progress)),
        Edit(("tasks", task.id, "spent"), f"{spent}s"),
        _reported(turn),
    )
    if progress < _ALL:
        return edits
    return (
        *edits,
        Edit(("tasks", task.id, "finished"), _stamp(turn)),
        Edit(("tasks", task.id, "quality"), str(turn.chance.randrange(84, 99))),
        _state(turn, "REVIEWING"),
    )


def true_ratio(task: str, agent: str, seed: int) -> float:
    """Return how many times its estimate a task takes, which nobody knows before."""
    if task in SMOOTH_TASKS:
        return 1.0
    if task in LATE_TASKS:
        return LATE_TASKS[task]
    named = {"task": task, "agent": agent, "sprint": ""}
    return exp(
        sum(
            # not for secrets: the same seed must give the same demo
            Random(f"{seed}:{of}:{named[of]}").gauss(0.0, spread)  # noqa: S311
            for of, spread in _SPREAD.items()
        )
    )


def _state(turn: Turn, state: str) -> Edit:
    return Edit(("agents", turn.me, "state"), state)


def _reported(turn: Turn) -> Edit:
    return Edit(("agents", turn.me, "updated"), _stamp(turn))


def _stamp(turn: Turn) -> str:
    return format_instant(turn.now.replace(microsecond=0))
