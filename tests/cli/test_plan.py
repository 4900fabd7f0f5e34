"""`plan` prints the ways to go on, writes nothing, and leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.calling import call, written
from tests.cli.commands import MISSIONS, ROOT, run
from tests.live.planning.processes import children_of, gone

AT = ("--at", "2024-01-15T08:00Z")
STEPS = MISSIONS / "three-steps.yaml"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(
            ("--unavailable", "react-exprt"),
            4, "there is no agent 'react-exprt': did you mean react-expert?",
            id="no such agent",
        ),
        pytest.param(
            ("--unavailable", "react-expert=soon"),
            2, "--unavailable: 'soon' is not a time: write 2024-01-15T14:30Z, or 10h",
            id="no time",
        ),
        pytest.param(
            ("--unavailable", "react-expert="), 2, "--unavailable: '' is not a time", id="empty"
        ),
        pytest.param(
            ("--unavailable", "react-expert=2024-01-15T08:00Z"),
            2, "react-expert cannot be away until 2024-01-15T08:00:00Z",
            id="an absence that is over",
        ),
        pytest.param(
            ("--at", "2150-01-01T00:00Z", "--unavailable", "react-expert=36500d"),
            2, "--unavailable: 36500d from then on is outside the calendar",
            id="a century too many",
        ),
        pytest.param(
            ("--drop", "frontnd"),
            4, "there is no task 'frontnd': did you mean frontend?",
            id="no such task",
        ),
        pytest.param(
            ("--deadline", "tomorrow"), 2, "--deadline: 'tomorrow' is not a time", id="no deadline"
        ),
        pytest.param(("--seconds", "0"), 2, "--seconds", id="no seconds"),
        pytest.param(("--seconds", "nan"), 2, "--seconds", id="seconds that are no number"),
        pytest.param(("--width", "10"), 2, "--width", id="too narrow"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    *,
    words: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    before = children_of(os.getpid())

    done = call(capsys, "plan", STEPS, *AT, "--state-dir", tmp_path, *words)

    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert children_of(os.getpid()) == before


def test_of_several_missions_one_is_to_be_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done = call(capsys, "plan", MISSIONS, *AT, "--state-dir", tmp_path)

    assert (done.status, done.out) == (2, "")
    assert "there are 3 missions" in done.err
    assert "three-steps.yaml" in done.err


def test_what_is_not_there_is_not_planned(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done = call(capsys, "plan", tmp_path / "nothing.yaml", *AT, "--state-dir", tmp_path)

    assert (done.status, done.out) == (4, "")


def test_a_mission_with_errors_is_not_planned(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path)
    path.write_text("mission: X\nstarted: 2024-01-15T08:00Z\ntasks: {a: {estimate: 4}}\n")

    done = call(capsys, "plan", path, *AT, "--state-dir", tmp_path / "state")

    assert (done.status, done.out) == (1, "")
    assert "wiki.yaml:3:" in done.err


AWAY = ("--unavailable", "react-expert=2024-01-15T18:00Z")


def planned(state: Path) -> dict[str, Any]:
    """Return the document for three steps whose frontend expert is away for ten hours."""
    done = run("plan", STEPS, *AT, *AWAY, "--json", "--state-dir", state)
    assert (done.returncode, done.stderr) == (0, b"")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return planned(tmp_path_factory.mktemp("plan") / "state")


def test_backend_core_and_basic_frontend_side_by_side_take_fourteen_hours(
    document: dict[str, Any],
) -> None:
    keep, *others = document["options"]

    assert (keep["strategy"], keep["makespan_hours"], keep["saves_hours"]) == ("KEEP", 18.0, 0.0)
    assert document["current"] == {"finish": "2024-01-16T02:00:00Z", "makespan_hours": 18.0}
    (best,) = (each for each in others if each["makespan_hours"] == 14.0)
    assert best["optimal"]
    slots = {each["task"]: (each["start"], each["finish"]) for each in best["schedule"]}
    assert slots["backend-core"] == ("2024-01-15T12:00:00Z", "2024-01-15T18:00:00Z")
    begun, ended = slots["basic-frontend"]
    assert begun < slots["backend-core"][1]
    assert slots["backend-core"][0] < ended
    assert max(finish for _, finish in slots.values()) == "2024-01-15T22:00:00Z"


def test_keep_says_what_waiting_costs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    done = call(capsys, "plan", STEPS, *AT, *AWAY, "--state-dir", tmp_path / "state")

    assert (done.status, done.err) == (0, "")
    assert {cell_len(each) for each in done.out.splitlines()} == {80}
    assert "What if: react-expert is away until 18:00?" in done.out
    assert re.search(r"│ A Keep .*: waiting costs ", done.out)


def test_twice_the_same_question_has_the_same_answer_to_the_byte(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, document: dict[str, Any]
) -> None:
    state = tmp_path / "state"

    again = call(capsys, "plan", STEPS, *AT, *AWAY, "--json", "--state-dir", state)

    assert again.out == json.dumps(document) + "\n"


def test_nothing_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "missions")
    before = path.read_bytes()

    done = call(
        capsys, "plan", path.parent, *AT, "--drop", "chat-ui", "--state-dir", tmp_path / "state"
    )

    assert done.status == 0
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.rglob("*")] == ["missions", "wiki.yaml"]


def test_an_interrupted_search_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ("plan", MISSIONS / "platform", "--seconds", "600", "--state-dir", tmp_path)
    seen, shown = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "orchestrator_tui", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=shown,
    ) as program:  # fmt: skip
        os.close(shown)
        progress = b""
        while b"the best so far ends" not in progress:
            progress += os.read(seen, 4096)
        (worker,) = children_of(program.pid)
        (search,) = children_of(worker)

        program.send_signal(signal.SIGINT)
        program.wait(timeout=20)
    os.close(seen)

    assert program.returncode == 130
    assert gone(worker, search)
