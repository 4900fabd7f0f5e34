import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from orchestrator_tui.cli.demo_team.agent import LEAD, make_a_move, run
from orchestrator_tui.cli.demo_team.lines import Edit, edited
from orchestrator_tui.cli.demo_team.mission import PLACE_PREFIX, write_mission
from orchestrator_tui.cli.demo_team.moves import LATE_TASKS, Turn, lead_edits
from orchestrator_tui.cli.demo_team.reporting import TEAM, commands_of
from orchestrator_tui.cli.demo_team.team import running_team
from orchestrator_tui.cli.demo_team.world import read_world, world_of
from orchestrator_tui.cli.demo_team.writing import (
    Writer,
    write_by_rename,
    write_in_place,
    write_line_by_line,
)
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.library import MissionLibrary, read_snapshot
from tests.cli.commands import ROOT

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
BEAT = timedelta(seconds=3)
PART = "agents:\n  a:\n    state: ACTIVE\n\n# mine\ntasks:\n  t:\n    progress: 5\n"


def chance(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - it must be repeatable, and guards nothing


def team_at_work(folder: Path, beats: int, *, seed: int = 1) -> list[Mission]:
    """Let everybody make their moves in turn; return the mission as it went on."""
    write_mission(folder, NOON, 1.0)
    library = MissionLibrary(folder)
    chances = {each: chance(f"{seed}:{each}") for each in TEAM}
    seen: list[Mission] = []
    for beat in range(1, beats + 1):
        now = NOON + beat * BEAT
        for name in TEAM:
            make_a_move(folder, Turn(name, now, BEAT, 1.0, chances[name], seed))
        if beat % 4 and beat != beats:
            continue
        (known,) = library.refresh(now).missions
        assert known.problems == ()
        assert known.mission is not None
        seen.append(known.mission)
    return seen


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        pytest.param(
            ("tasks", "t", "progress"), "9", PART.replace("5", "9"), id="a field that is there"
        ),
        pytest.param(
            ("agents", "a", "task"),
            "t",
            PART.replace("ACTIVE\n", "ACTIVE\n    task: t\n"),
            id="a field that is not there",
        ),
        pytest.param(
            ("tasks", "u", "progress"),
            "1",
            PART + "  u:\n    progress: 1\n",
            id="an entry that is not there",
        ),
        pytest.param(
            ("blockers", "b", "title"),
            "x",
            PART + "blockers:\n  b:\n    title: x\n",
            id="a section that is not there",
        ),
    ],
)
def test_an_edit_touches_its_own_line_alone(
    path: tuple[str, ...], value: str, expected: str
) -> None:
    assert edited(PART, Edit(path, value)) == expected


@pytest.mark.parametrize("write", [write_in_place, write_by_rename, write_line_by_line])
def test_every_way_of_writing_ends_in_the_same_text(write: Writer, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(PART)

    write(path, (Edit(("tasks", "t", "progress"), "9"), Edit(("tasks", "t", "spent"), "1h")))

    assert path.read_text() == PART.replace("progress: 5", "progress: 9\n    spent: 1h")
    assert list(tmp_path.iterdir()) == [path]


def test_only_a_rewrite_in_place_keeps_the_file_itself(tmp_path: Path) -> None:
    kept = {}
    for write in (write_in_place, write_by_rename, write_line_by_line):
        path = tmp_path / "a.yaml"
        path.write_text(PART)
        before = path.stat().st_ino
        with path.open():
            write(path, (Edit(("tasks", "t", "progress"), "9"),))
        kept[write] = path.stat().st_ino == before

    assert kept == {write_in_place: True, write_by_rename: False, write_line_by_line: False}


def test_some_agents_report_by_the_commands_that_real_agents_call() -> None:
    edits = (
        Edit(("blockers", "stuck", "title"), "No key"),
        Edit(("blockers", "stuck", "agent"), "a"),
        Edit(("blockers", "stuck", "task"), "t"),
        Edit(("blockers", "stuck", "severity"), "HIGH"),
        Edit(("blockers", "stuck", "needs"), "b"),
        Edit(("blockers", "stuck", "opened"), "2024-01-15T12:00:00Z"),
        Edit(("blockers", "old", "resolved"), "2024-01-15T12:00:00Z"),
        Edit(("blockers", "old", "resolution"), "done"),
        Edit(("tasks", "t", "progress"), "9"),
        Edit(("agents", "a", "state"), "BLOCKED"),
        Edit(("agents", "a", "updated"), "2024-01-15T12:00:00Z"),
    )

    assert commands_of(edits, "a") == [
        ["block", "--agent=a", "--id=stuck", "--title=No key", "--task=t", "--severity=HIGH",
         "--needs=b"],
        ["unblock", "old", "--resolution=done"],
        ["report", "--agent=a", "--task=t", "--state=BLOCKED", "--progress=9"],
    ]  # fmt: skip


def test_a_reporter_says_the_same_as_one_who_edits(tmp_path: Path) -> None:
    folder = tmp_path / "chat-demo"
    write_mission(folder, NOON, 1.0)

    make_a_move(folder, Turn("api-architect", NOON + BEAT, BEAT, 1.0, chance("1")))

    (known,) = read_snapshot(folder, NOON + BEAT).missions
    assert known.problems == ()
    assert known.mission is not None
    assert known.mission.agents[AgentId("api-architect")].updated == NOON + BEAT


def test_the_mission_begins_with_a_blocker_and_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "chat-demo"
    write_mission(folder, NOON, 1.0)

    (known,) = read_snapshot(folder, NOON).missions

    assert known.problems == ()
    assert known.mission is not None
    assert [each.is_open(NOON) for each in known.mission.blockers.values()] == [True]
    assert known.mission.started == NOON - timedelta(seconds=60)


def test_at_twice_the_speed_everything_lasts_half_as_long(tmp_path: Path) -> None:
    write_mission(tmp_path / "one", NOON, 1.0)
    write_mission(tmp_path / "two", NOON, 2.0)

    one, two = (read_world(tmp_path / each) for each in ("one", "two"))

    assert [each.seconds for each in two.tasks] == [each.seconds / 2 for each in one.tasks]


def test_five_minutes_of_work_never_leave_the_mission_invalid(tmp_path: Path) -> None:
    missions = team_at_work(tmp_path / "chat-demo", 100)

    first, last = missions[0], missions[-1]
    resolved = [each for each in last.blockers.values() if each.resolved]
    late = last.tasks[next(iter(key for key in last.tasks if key in LATE_TASKS))]
    assert len(last.blockers) > 1
    assert resolved
    assert late.spent > 2 * late.estimate.likely
    assert sum(each.progress or 0 for each in last.tasks.values()) > 3 * sum(
        each.progress or 0 for each in first.tasks.values()
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_work_of_a_milestone_is_finished_within_two_minutes(seed: int, tmp_path: Path) -> None:
    mission = team_at_work(tmp_path / "chat-demo", 40, seed=seed)[-1]

    milestone = next(iter(mission.milestones.values()))
    assert all(mission.tasks[each].finished is not None for each in milestone.tasks)
    assert milestone.review is not None


def test_the_lead_adds_work_where_somebody_runs_out_of_it() -> None:
    plan = """\
agents: {a: {state: AVAILABLE}, b: {state: ACTIVE}, spare: {standby: true}}
tasks:
  done: {agent: a, estimate: 60s, progress: 100}
  open: {agent: b, estimate: 60s, progress: 10}
"""

    edits = lead_edits(world_of([plan]), Turn(LEAD, NOON, BEAT, 2.0, chance("1")))

    written = {each.path[1:]: each.value for each in edits if each.path[0] == "tasks"}
    assert written["more-work-3", "agent"] == "a"
    assert set(written) == {("more-work-3", each) for each in ("title", "agent", "estimate")}


def test_the_lead_leaves_those_alone_who_have_work() -> None:
    plan = "agents: {a: {state: ACTIVE}}\ntasks: {t: {agent: a, estimate: 60s, progress: 10}}\n"

    assert lead_edits(world_of([plan]), Turn(LEAD, NOON, BEAT, 1.0, chance("1"))) == ()


def test_the_same_seed_gives_the_same_course(tmp_path: Path) -> None:
    once, twice, other = (
        team_at_work(tmp_path / str(number) / "chat-demo", 25, seed=seed)[-1]
        for number, seed in enumerate((3, 3, 4))
    )

    assert once == twice
    assert once != other


def test_every_agent_writes_its_own_part_alone(tmp_path: Path) -> None:
    folder = tmp_path / "chat-demo"
    write_mission(folder, NOON, 1.0)
    parts = {each: each.read_text() for each in folder.rglob("*.yaml")}

    make_a_move(folder, Turn("react-expert", NOON + BEAT, BEAT, 1.0, chance("1")))

    changed = {each.name for each, text in parts.items() if each.read_text() != text}
    assert changed == {"react-expert.yaml"}


def waits(times: int, then: Callable[[], None] = lambda: None) -> Callable[[float], bool]:
    """Return a wait that takes no time, goes on so often, and then does one thing more."""
    left = iter(range(times))

    def wait(_: float) -> bool:
        if next(left, None) is not None:
            return True
        then()
        return False

    return wait


@pytest.mark.parametrize("name", TEAM)
def test_an_agent_bears_what_others_write_by_hand(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "chat-demo"
    write_mission(folder, NOON, 1.0)
    (folder / "agents" / "django-expert.yaml").write_text("tasks: [half a")
    before = {each: each.read_text() for each in folder.rglob("*.yaml")}

    run(folder, name, speed=1.0, seed=1, clock=lambda: NOON, wait=waits(5))

    assert {each: each.read_text() for each in folder.rglob("*.yaml")} == before


def test_an_agent_ends_when_its_mission_is_gone(tmp_path: Path) -> None:
    run(
        tmp_path / "gone",
        LEAD,
        speed=1.0,
        seed=1,
        clock=lambda: NOON,
        wait=lambda _: True,
    )

    assert not (tmp_path / "gone").exists()


def test_a_team_of_processes_works_and_leaves_nothing_behind() -> None:
    now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - real processes, real time

    with running_team(speed=20.0, seed=1, now=now) as folder:
        library = MissionLibrary(folder)
        first = library.refresh(now).missions[0].revision
        while library.refresh(now).missions[0].revision == first:
            os.sched_yield()
        assert folder.parent.name.startswith(PLACE_PREFIX)

    assert not folder.parent.exists()


def test_agents_end_and_clear_up_when_whoever_started_them_is_killed(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from orchestrator_tui.cli.demo_team.team import running_team\n"
        "with running_team(speed=20.0, seed=1, now=datetime.now(UTC)) as path:\n"
        "    print(path, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        folder = Path(parent.stdout.readline().decode().strip())
        assert folder.is_dir()
        parent.send_signal(signal.SIGKILL)

    deadline = monotonic() + 20
    while any(tmp_path.iterdir()) and monotonic() < deadline:
        os.sched_yield()
    assert list(tmp_path.iterdir()) == []
