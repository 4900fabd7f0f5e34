"""Nothing that was acknowledged is lost, whoever else writes, and whoever is killed."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.reading.mission_yaml import read_mission
from orchestrator_tui.io.reading.part_yaml import read_part
from tests.writers.crowd import ROOT, Writer, crowd, live, mission_text
from tests.writers.worker import COMMENT

REPORTERS, REPORTS = 20, 50
PLANNERS, PLANS = 5, 20
COMMENTS = 300


def read(path: Path) -> Mission:
    """Return the mission as it is on disk at this instant."""
    reading = read_mission([read_part(path.name, path.read_bytes())], present=None)
    assert reading.mission is not None, reading.problems
    return reading.mission


def assert_nothing_is_lost(
    mission: Mission, writers: list[Writer], acknowledged: list[int]
) -> None:
    """Each writer writes growing numbers into a field of its own: none may be older."""
    for writer, at_least in zip(writers, acknowledged, strict=True):
        if writer.kind == "report":
            task = mission.agents[AgentId(writer.arguments[0])].task
            found = mission.tasks[task or TaskId("")].progress or 0.0
        elif writer.kind == "plan":
            found = float(
                (mission.tasks[TaskId(writer.arguments[0])].title or "").removeprefix("plan ")
            )
        else:
            continue
        assert found >= at_least, (writer.arguments, found, at_least)


def test_twenty_agents_five_planners_and_an_editor_write_at_once(tmp_path: Path) -> None:
    missions, state = tmp_path / "missions", tmp_path / "state"
    missions.mkdir()
    path = missions / "crowd.yaml"
    before = mission_text(REPORTERS, PLANNERS)
    path.write_text(before, encoding="utf-8")
    writers = crowd([REPORTS] * REPORTERS, [PLANS] * PLANNERS, COMMENTS)
    watch = [sys.executable, "-m", "orchestrator_tui", "watch", str(missions)]

    with subprocess.Popen(
        [*watch, "--state-dir", str(state)], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as watching:
        for _ in live(writers, path, state):
            acknowledged = [each.acknowledged for each in writers]
            assert_nothing_is_lost(read(path), writers, acknowledged)
        watching.send_signal(signal.SIGTERM)
        assert watching.wait(30) == 0

    last = read(path)
    tasks = [last.tasks[TaskId(f"task-{each:02}")] for each in range(REPORTERS)]
    plans = [last.tasks[TaskId(f"plan-{each}")] for each in range(PLANNERS)]
    assert {each.progress for each in tasks} == {REPORTS - 1}
    assert {each.title for each in plans} == {f"plan {PLANS - 1}"}
    assert_only_facts_differ(before, path.read_text(encoding="utf-8"))
    assert [each.name for each in missions.iterdir()] == ["crowd.yaml"]


def assert_only_facts_differ(before: str, after: str) -> None:
    """Every comment is there, the editor's own as it was written last."""

    def comments(text: str) -> list[str]:
        return [line.partition("#")[2] for line in text.splitlines() if "#" in line]

    expected = comments(before)
    expected[0] = COMMENT.format(COMMENTS - 1).removeprefix("#")
    assert comments(after) == expected


@pytest.mark.parametrize("kind", ["report", "plan"])
def test_a_writer_may_be_killed_at_any_moment(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "crowd.yaml"
    path.write_text(mission_text(2, 2), encoding="utf-8")
    subject = {"report": "agent-00", "plan": "plan-0"}[kind]
    # killed after every single acknowledgement, wherever it is by then
    writer = Writer(kind, (subject,), 12, list(range(10, -1, -1)))

    for _ in live([writer], path, tmp_path / "state"):
        assert_nothing_is_lost(read(path), [writer], [writer.acknowledged])

    assert writer.acknowledged == 11
