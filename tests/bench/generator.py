"""Missions of any size, the same for the same seed."""

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

AGENTS = 20
STARTED = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PART_OF = 500
"""Tasks in one part of a folder mission."""
MILESTONE_OF = 25
"""Tasks of one milestone."""
FINISHED_SHARE = 0.4
AREAS = ("catalogue", "checkout", "identity", "ledger", "search", "telemetry")
VERBS = ("Build", "Measure", "Migrate", "Review", "Test", "Write")


def mission_text(tasks: int, *, seed: int = 1) -> str:
    """Return a whole mission as one file."""
    return head(tasks) + body(range(tasks), tasks, seed=seed)


def write_parts(folder: Path, tasks: int, *, seed: int = 1) -> None:
    """Write a folder mission with `PART_OF` tasks in each part."""
    (folder / "parts").mkdir(parents=True)
    (folder / "mission.yaml").write_text(head(tasks), encoding="utf-8")
    for first in range(0, tasks, PART_OF):
        part = range(first, min(first + PART_OF, tasks))
        path = folder / "parts" / f"part-{first // PART_OF:03}.yaml"
        path.write_text(body(part, tasks, seed=seed), encoding="utf-8")


def shown_task(tasks: int) -> int:
    """Return the number of the task that the first agent has in hand, which every screen shows."""
    return int(tasks * FINISHED_SHARE)


def part_of(task: int) -> str:
    """Return the path of the part that holds a task, inside its folder."""
    return f"parts/part-{task // PART_OF:03}.yaml"


def with_progress(text: str, task: int, per_cent: int) -> str:
    """Return `text` with the progress of one task in hand changed."""
    pattern = rf"(\n  task-{task:05}:\n(?:    .*\n)*?    progress: )\d+"
    changed, count = re.subn(pattern, rf"\g<1>{per_cent}", text, count=1)
    if count != 1:
        raise LookupError(f"task-{task:05} is not in hand")
    return changed


def head(tasks: int) -> str:
    """Return the part that names the mission and its agents."""
    first = shown_task(tasks)
    agents = "".join(
        f"  agent-{each:02}:\n    skills: {{backend: 3}}\n    state: ACTIVE\n"
        f"    task: task-{first + each:05}\n"
        f"    updated: {_stamp(NOW - timedelta(minutes=each % 9))}\n"
        for each in range(AGENTS)
    )
    return (
        f"mission: Benchmark of {tasks} tasks\nstarted: {_stamp(STARTED)}\n\n"
        f"agents:\n{agents}\n"
        f"blockers:\n  wait-for-review:\n    title: Review of the interface\n    agent: agent-03\n"
        f"    opened: {_stamp(NOW - timedelta(hours=2, minutes=20))}\n\n"
    )


def body(part: range, tasks: int, *, seed: int) -> str:
    """Return the tasks of `part` and the milestones that begin in it."""
    rows = "".join(_task(number, tasks, seed) for number in part)
    milestones = "".join(_milestone(first, tasks) for first in part if first % MILESTONE_OF == 0)
    return f"tasks:\n{rows}\nmilestones:\n{milestones}"


def _milestone(first: int, tasks: int) -> str:
    own = (f"task-{each:05}" for each in range(first, min(first + MILESTONE_OF, tasks)))
    return (
        f"  M{first // MILESTONE_OF:04}:\n    title: Milestone {first // MILESTONE_OF}\n"
        f"    tasks: [{', '.join(own)}]\n"
    )


def _task(number: int, tasks: int, seed: int) -> str:
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 - missions, not secrets
    lines = [
        f"  task-{number:05}:",
        f"    title: {chance.choice(VERBS)} the {chance.choice(AREAS)} {number}",
        f"    agent: agent-{(number - shown_task(tasks)) % AGENTS:02}",
        f"    estimate: {chance.randint(1, 9)}h",
    ]
    before = sorted({number - chance.randint(1, 60) for _ in range(chance.randint(0, 2))})
    if names := [f"task-{each:05}" for each in before if each >= 0]:
        lines.append(f"    after: [{', '.join(names)}]")
    return "\n".join(lines + _report(number, tasks, chance)) + "\n"


def _report(number: int, tasks: int, chance: random.Random) -> list[str]:
    first = shown_task(tasks)
    if number < first:
        began = STARTED + timedelta(minutes=number * 60 * 30 / max(first, 1))
        ended = began + timedelta(hours=chance.randint(1, 9))
        return [
            f"    started: {_stamp(began)}",
            f"    finished: {_stamp(ended)}",
            f"    quality: {chance.randint(80, 99)}",
        ]
    if number < first + AGENTS:
        return [
            f"    started: {_stamp(NOW - timedelta(hours=2))}",
            f"    progress: {chance.randint(10, 30)}",
            "    spent: 2h",
        ]
    return []


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%MZ")
