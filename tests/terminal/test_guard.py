"""However the app ends, the terminal is left as it was found, with an honest exit status."""

import os
import re
import signal
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.io.terminal.guard import require_terminal
from tests.live.listening import mission_text, read_until, save
from tests.terminal.pty_program import PtyProgram, small_app

READY = b"READY"


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        pytest.param(b"q", 0, id="quit"),
        pytest.param(b"x", 1, id="exception"),
        pytest.param(b"s", 139, id="segmentation fault"),
        pytest.param(b"e", 3, id="exit without cleaning up"),
    ],
)
def test_the_terminal_is_sane_after_every_end(tmp_path: Path, keys: bytes, status: int) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)
        assert "raw input" in program.left_on()

        program.type(keys)

        assert program.ended() == status
        assert program.left_on() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL"])
def test_the_terminal_is_sane_after_a_signal_to_the_app(tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    with small_app(tmp_path) as program:
        program.read_until(READY)

        os.kill(program.app, number)

        assert program.ended() == 128 + number
        assert program.left_on() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_the_terminal_is_sane_after_a_signal_to_its_guard(tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    with small_app(tmp_path) as program:
        program.read_until(READY)

        os.kill(program.guard, number)

        assert program.ended() == 128 + number
        assert program.left_on() == []


def test_the_app_puts_the_terminal_back_when_its_guard_is_killed(tmp_path: Path) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)
        app = program.app

        os.kill(program.guard, signal.SIGKILL)

        program.gone(app)
        assert program.left_on() == []


def test_a_terminal_that_stops_reading_does_not_keep_the_app_from_ending(tmp_path: Path) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)
        program.type(b"f")
        program.read_until(b"x" * 1000)

        os.kill(program.guard, signal.SIGTERM)

        assert program.program.wait(timeout=6) == 143
        program.ended()
        assert program.left_on() == []


def test_a_terminal_that_stops_reading_does_not_stop_the_live_loop(tmp_path: Path) -> None:
    pipe, file = tmp_path / "titles", tmp_path / "chat.yaml"
    os.mkfifo(pipe)
    titles = os.open(pipe, os.O_RDWR)
    save(file, mission_text(title="Before"))
    with small_app(tmp_path, str(file), str(pipe)) as program:
        program.read_until(READY)
        read_until(titles, "Before")
        program.type(b"f")
        program.read_until(b"x" * 1000)

        save(file, mission_text(title="After"))

        assert "After" in read_until(titles, "After")
        os.kill(program.guard, signal.SIGTERM)
        assert program.program.wait(timeout=6) == 143
    os.close(titles)


@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param((), id="told by a signal"),
        pytest.param(("env", "--ignore-signal=HUP"), id="signal ignored"),
    ],
)
def test_the_app_ends_when_its_terminal_is_gone(tmp_path: Path, prefix: tuple[str, ...]) -> None:
    with small_app(tmp_path, prefix=prefix) as program:
        program.read_until(READY)

        program.hang_up()

        assert program.program.wait(timeout=3) == 129


def test_suspended_and_continued_it_gives_the_terminal_back_and_takes_it_again(
    tmp_path: Path,
) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)
        app = program.app
        threads = _threads(app)

        program.type(b"z")
        program.stopped()
        assert program.left_on() == []
        _continued(program)

        assert "raw input" in program.left_on()
        assert _threads(app) == threads
        program.type(b"q")
        assert program.ended() == 0
        assert program.left_on() == []


def test_stopped_from_outside_it_gives_the_terminal_back_and_takes_it_again(
    tmp_path: Path,
) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)

        os.kill(program.app, signal.SIGSTOP)
        program.stopped()
        assert program.left_on() == []
        _continued(program)

        assert "raw input" in program.left_on()
        program.type(b"q")
        assert program.ended() == 0


def _continued(program: PtyProgram) -> None:
    program.written = b""
    os.killpg(program.guard, signal.SIGCONT)
    program.read_until(lambda text: READY in text or b"KEYED" in text)


def _threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param(b"\xff\xfe\x80\xc3", id="not UTF-8"),
        pytest.param(bytes(each for each in range(128, 256)) * 8, id="high bytes"),
        pytest.param(b"\x1b[<999999;0;0M\x1b[<35;1", id="half a mouse report"),
        pytest.param(b"\x1b[999;999R\x1b]11;rgb:11\x1b\\", id="answers nobody asked for"),
        pytest.param(b"\x1b[200~" + b"y" * 10_000 + b"\x1b[201~", id="a long paste"),
    ],
)
def test_noise_on_the_line_does_no_harm(tmp_path: Path, noise: bytes) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)

        program.type(noise)
        program.type(b"abc")

        program.read_until(lambda text: b"KEYED" in text or b"PASTED" in text)
        os.kill(program.guard, signal.SIGTERM)
        assert program.ended() == 143
        assert program.left_on() == []


def test_a_crash_is_told_without_what_could_act_on_the_terminal(tmp_path: Path) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)
        program.type(b"x")
        program.ended()

        told = program.written.rpartition(b"\x1b[?1004l")[2]

        assert b"RuntimeError" in told
        assert "␛]52".encode() in told
        assert b"\x1b]52" not in program.written
        assert b"\x07" not in told


def test_a_thread_that_dies_is_told_on_the_screen_and_in_the_log(tmp_path: Path) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)

        program.type(b"t")

        program.read_until(b"Something broke")
        program.read_until(lambda text: re.search(rb"ValueError: thread", text) is not None)
        program.type(b"q")
        assert program.ended() == 0
        assert "ValueError: thread ␛[2J died" in (tmp_path / "orchestrator-tui.log").read_text()


def test_what_libraries_write_is_in_the_log_and_not_on_the_screen(tmp_path: Path) -> None:
    with small_app(tmp_path) as program:
        program.read_until(READY)

        program.type(b"w")
        program.read_until(b"KEYED")
        program.type(b"q")
        program.ended()

        log = tmp_path / "orchestrator-tui.log"
        assert b"STRAY" not in program.written
        assert log.read_text() == "STRAY-ONE\nSTRAY-TWO\n"
        assert log.stat().st_mode & 0o777 == 0o600


def test_without_a_terminal_the_app_names_the_command_that_needs_none(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file, pytest.raises(UsageError, match="status"):
        require_terminal({"TERM": "xterm"}, inputs=file.fileno(), outputs=file.fileno())


def test_a_dumb_terminal_is_refused_with_what_to_do_instead() -> None:
    master, slave = os.openpty()
    try:
        with pytest.raises(UsageError, match="dumb"):
            require_terminal({"TERM": "dumb"}, inputs=slave, outputs=slave)
        require_terminal({"TERM": ""}, inputs=slave, outputs=slave)
    finally:
        os.close(master)
        os.close(slave)
