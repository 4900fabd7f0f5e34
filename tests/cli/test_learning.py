"""`history import`, `learn`, `metrics` and `feedback`, as they are typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import run

MISSION = """\
mission: Wiki
started: 2024-01-15T08:00Z
stakeholders: {boss: {name: The boss, role: lead}}
agents: {ann: {skills: {py: 3}}}
tasks: {a: {agent: ann, estimate: 4h}}
milestones: {M1: {tasks: [a]}}
"""
ROWS = "task,who,est,act\n" + "".join(f"t{each},ann,2,{4 + each % 3}\n" for each in range(40))
COLUMNS = ("--estimate", "est", "--actual", "act", "--agent", "who", "--task", "task")


class World:
    """A folder of missions, and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.missions = folder / "missions"
        self.missions.mkdir()
        self.mission = self.missions / "wiki.yaml"
        self.mission.write_text(MISSION)
        self.file = folder / "tasks.csv"
        self.file.write_text(ROWS)
        self.state = folder / "state"

    def run(self, *words: str | Path) -> tuple[int, str, str]:
        done = run(*words, ORCHESTRATOR_TUI_STATE=str(self.state))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def document(self, *words: str | Path) -> Any:
        status, output, complaint = self.run(*words, "--json")
        assert (status, complaint) == (0, "")
        return json.loads(output)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_what_was_imported_teaches_and_the_same_again_adds_nothing(world: World) -> None:
    imports = ("history", "import", world.file, world.missions, *COLUMNS)

    assert world.run(*imports) == (0, "40 tasks of tasks: 40 new\n", "")
    assert world.run(*imports) == (0, "40 tasks of tasks: 0 new\n", "")

    (mission,) = world.document("learn", world.missions)["missions"]
    patterns = {each["id"]: each for each in mission["patterns"]}
    slow = next(each for each in patterns.values() if each["subject"] == "ann")
    assert slow["kind"] == "AGENT_BIAS"
    assert slow["n"] == 40
    assert 2 < slow["effect"] < 3
    assert slow["low"] > 1
    (status,) = world.document("status", world.missions)["missions"]
    assert status["foresight"]["own_records"] == 40
    assert status["foresight"]["prior_only"] is False


def test_bad_rows_are_told_with_file_and_line_and_nothing_is_written(world: World) -> None:
    world.file.write_text(f"{ROWS}bad,ann,soon,1\n")
    imports = ("history", "import", world.file, world.missions, *COLUMNS)

    status, output, complaint = world.run(*imports)
    assert (status, output) == (1, "")
    assert f"{world.file}:42: error: est: 'soon'" in complaint
    assert not world.state.exists()

    status, output, complaint = world.run(*imports, "--skip-bad")
    assert (status, output) == (0, "40 tasks of tasks: 40 new\n")
    assert "1 row skipped" in complaint


def test_what_is_learned_is_told_in_words(world: World) -> None:
    world.run("history", "import", world.file, world.missions, *COLUMNS)

    status, output, _ = world.run("learn", world.missions, "--width", "100")

    assert status == 0
    assert "Patterns" in output
    assert "ann’s work takes 2." in output
    assert {len(each) for each in output.splitlines()} == {100}


def test_of_a_mission_that_cannot_be_read_the_reason_is_told(world: World) -> None:
    world.mission.write_text("mission: Wiki\nstarted: soon\n")

    status, output, complaint = world.run("learn", world.missions)

    assert (status, complaint) == (1, "")
    assert "wiki.yaml:2:10: error" in output


def test_the_path_may_stand_behind_the_columns(world: World) -> None:
    behind = ("history", "import", world.file, *COLUMNS, world.missions)

    assert world.run(*behind) == (0, "40 tasks of tasks: 40 new\n", "")


def test_a_stakeholder_says_how_content_it_is_and_that_is_measured(world: World) -> None:
    # something has to be recorded: decisions alone are no history
    world.run("history", "import", world.file, world.missions, *COLUMNS)

    for score in ("5", "4"):
        done = world.run("feedback", world.mission, "--by", "boss", "--score", score)
        assert done == (0, f"boss gave {score} of 5 for wiki\n", "")
    done = world.run("feedback", world.mission, "--by", "boss", "--score", "3", "--milestone", "M1")
    assert done == (0, "boss gave 3 of 5 for M1\n", "")

    found = world.document("metrics", world.missions)
    by_kind = {each["kind"]: each for each in found["metrics"]}
    assert list(found) == ["version", "since", "until", "metrics", "missions"]
    assert len(by_kind) == 10
    satisfaction = by_kind["STAKEHOLDER_SATISFACTION"]
    assert (satisfaction["value"], satisfaction["numerator"]) == (4.0, 12)
    assert satisfaction["denominator"] == 3
    assert by_kind["REPLANNING_SUCCESS"]["value"] is None


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        pytest.param(("--by", "boss", "--score", "6"), 2, "from 1", id="too much"),
        pytest.param(("--by", "boss", "--score", "0"), 2, "from 1", id="too little"),
        pytest.param(("--by", "bos", "--score", "4"), 4, "did you mean boss", id="nobody"),
        pytest.param(
            ("--by", "boss", "--score", "4", "--milestone", "M2"), 4, "M1", id="no milestone"
        ),
    ],
)
def test_a_feedback_that_makes_no_sense_is_refused(
    world: World, words: tuple[str, ...], status: int, why: str
) -> None:
    found, output, complaint = world.run("feedback", world.mission, *words)

    assert (found, output) == (status, "")
    assert why in complaint


def test_metrics_are_a_box_of_text_and_say_where_there_is_nothing(world: World) -> None:
    status, _, complaint = world.run("metrics", world.missions)
    assert status == 2
    assert "nothing is recorded" in complaint

    world.run("history", "import", world.file, world.missions, *COLUMNS)
    status, output, complaint = world.run("metrics", world.missions, "--since", "30d")
    assert status == 0
    assert "All missions · the last 30 days" in output
    assert "Milestone prediction" in output
    assert "nothing was recorded in that time" in complaint


@pytest.mark.parametrize("since", ["soon", "2999-01-01T00:00Z"])
def test_a_window_that_cannot_be_is_refused(world: World, since: str) -> None:
    status, _, complaint = world.run("metrics", world.missions, "--since", since)

    assert status == 2
    assert "--since" in complaint
