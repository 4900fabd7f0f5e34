"""What assessing takes where very much is stuck at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.engine.lifecycle import lifecycle_changes
from orchestrator_tui.io.collecting import without_collecting
from tests.bench.generator import NOW, STARTED
from tests.bench.table import Row, row_of, timed

MISSIONS = 100
BLOCKERS = 100
"""Open ones, in each mission."""
GOAL = 500.0
RUNS = 7
TASKS = 50
CHAIN = 10
"""Tasks that wait one for another."""
AGENTS = 10
RESOLVED = 30
ENTRIES = 30
"""Of the knowledge of each mission."""
SKILLS = ("backend", "frontend", "postgres", "devops", "security")
AREAS = ("session", "login", "search", "payment", "message", "upload", "report", "invoice")
TROUBLES = ("times out", "is refused", "has no schema", "fails on the second try", "is too slow")


def measure() -> Iterator[Row]:
    """Yield the first look at much that is stuck, one a while later, and what has happened."""
    snapshot = Snapshot(missions=tuple(stuck_mission(each) for each in range(MISSIONS)))
    of = f"{MISSIONS * BLOCKERS:,} blockers, {MISSIONS} missions"
    later = NOW + timedelta(hours=2)
    with without_collecting():  # as every round of the live loop, and every command
        before, after = assess(snapshot, NOW), assess(snapshot, later)
        _check(after)
        runs = timed(lambda: assess(snapshot, NOW), RUNS)
        events = timed(lambda: _happened(before, after), RUNS)
    yield row_of(f"assess, {of}", runs, goal=GOAL)
    yield row_of(f"what happened to {of}", events)


def stuck_mission(number: int) -> KnownMission:
    """Return a mission of chains of tasks, each blocked, the blockers of every age."""
    return KnownMission(
        id=MissionId(f"stuck-{number:03}"),
        path=f"missions/stuck-{number:03}.yaml",
        revision="0" * 64,
        mission=Mission.model_validate(
            {
                "mission": f"Benchmark of blockers {number}",
                "started": STARTED,
                "deadline": NOW + timedelta(days=9),
                "stakeholders": {"boss": {}, "team": {"role": "emergency"}},
                "agents": {f"agent-{each}": _agent(each) for each in range(AGENTS)},
                "tasks": {f"task-{each:03}": _task(each, number) for each in range(TASKS)},
                "knowledge": {f"entry-{each:02}": _entry(each) for each in range(ENTRIES)},
                "blockers": {
                    **{f"over-{each:02}": _resolved(each, number) for each in range(RESOLVED)},
                    **{f"open-{each:03}": _open(each, number) for each in range(BLOCKERS)},
                },
            }
        ),
    )


def _agent(number: int) -> dict[str, Any]:
    first, second = number % len(SKILLS), (number + 2) % len(SKILLS)
    return {
        "skills": {SKILLS[first]: 3 + number % 3, SKILLS[second]: 2},
        "state": "ACTIVE",
        "updated": NOW - timedelta(minutes=number % 9),
    }


def _task(number: int, salt: int) -> dict[str, Any]:
    place = number % CHAIN
    return {
        "title": f"The {AREAS[number % len(AREAS)]} of part {number}",
        "agent": f"agent-{number % AGENTS}",
        "skills": {SKILLS[number % len(SKILLS)]: 2},
        "estimate": f"{30 + 7 * number % 60 + salt}m",
        "after": [f"task-{number - 1:03}"] if place else [],
        "optional": place == CHAIN - 1,
    }


def _entry(number: int) -> dict[str, Any]:
    title = f"When the {AREAS[number % len(AREAS)]} {TROUBLES[number % len(TROUBLES)]}"
    return {"title": title, "tags": [SKILLS[number % len(SKILLS)]]}


def _resolved(number: int, salt: int) -> dict[str, Any]:
    return {
        **_open(number * 3, salt),
        "resolved": NOW - timedelta(minutes=number),
        "resolution": f"Set limit {number} of the {AREAS[number % len(AREAS)]} anew",
    }


def _open(number: int, salt: int) -> dict[str, Any]:
    area = AREAS[(number + salt) % len(AREAS)]
    return {
        "title": f"The {area} {number} {TROUBLES[number % len(TROUBLES)]} on part {salt}",
        "task": f"task-{number % TASKS:03}",
        "opened": NOW - timedelta(minutes=7 * (number + 1)),
        "severity": ("LOW", "MEDIUM", "HIGH", "CRITICAL")[number % 4],
        "tags": [SKILLS[number % len(SKILLS)], area],
    }


def _check(assessment: Assessment) -> None:
    """See that every blocker is judged, and that those speak which wait for no other."""
    for each in assessment.missions:
        escalations = each.judgement.escalations if each.judgement else ()
        blockers = [one for one in escalations if one.id.startswith("blocker:")]
        loud = [one for one in blockers if not one.is_silent]
        if len(blockers) != BLOCKERS or len(loud) != BLOCKERS // CHAIN:
            raise AssertionError(len(blockers), len(loud))


def _happened(before: Assessment, after: Assessment) -> int:
    pairs = zip(before.missions, after.missions, strict=True)
    return sum(len(lifecycle_changes(old, new, at=after.at)) for old, new in pairs)
