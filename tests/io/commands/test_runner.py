"""How a command runs, and what is said of its end."""

import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from orchestrator_tui.io.commands.command_result import Ending
from orchestrator_tui.io.commands.limits import LIMITS, Limits
from orchestrator_tui.io.commands.runner import run
from tests.io.commands.workplace import Workplace

PYTHON = (sys.executable, "-I", "-S", "-c")
SHORT = replace(LIMITS, grace_seconds=0.2)


def test_a_command_that_exits_with_0_passes(place: Workplace) -> None:
    result = place.run("sh", "-c", "echo first; echo second >&2")

    assert (result.passed, result.exit_code, result.why) == (True, 0, "exited with 0")
    assert result.output == "first\nsecond"
    assert 0 <= result.seconds < 60


@pytest.mark.parametrize("code", [1, 2, 77, 126, 127, 255])
def test_any_other_exit_code_is_told_and_no_pass(place: Workplace, code: int) -> None:
    result = place.run("sh", "-c", f"exit {code}")

    assert (result.passed, result.ending, result.exit_code) == (False, Ending.EXITED, code)


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGKILL", "SIGTERM", "SIGPIPE", "SIGINT"])
def test_a_signal_is_told_and_no_pass(place: Workplace, name: str) -> None:
    result = place.run("sh", "-c", f"kill -s {name.removeprefix('SIG')} $$")

    assert (result.passed, result.ending, result.exit_code) == (False, Ending.SIGNALLED, None)
    assert result.why.startswith(f"ended by {name}")


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("a b  c", id="spaces"),
        pytest.param("$(touch here); `touch here` && touch here | tee", id="what shells do"),
        pytest.param("-rf", id="a leading dash"),
        pytest.param("", id="nothing"),
        pytest.param("*.yaml ~ $HOME", id="patterns"),
        pytest.param("\"'\\", id="quotes"),
        pytest.param("Grüße \N{SNOWMAN}", id="letters of the world"),
        pytest.param("a\nb\tc\x1b[31m\x7f", id="control characters"),
        pytest.param("not \udcff text", id="bytes that are no text"),
    ],
)
def test_words_reach_the_program_as_they_are(place: Workplace, word: str) -> None:
    code = "import sys, os; os.write(1, ascii(sys.argv[1:]).encode())"
    spec = replace(place.spec(*PYTHON, code), argv=(*PYTHON, code, word, word))

    result = run(spec)

    assert result.output == ascii([word, word])
    assert not (place.workspace / "here").exists()


def test_a_command_runs_in_its_workspace(place: Workplace) -> None:
    assert place.run("pwd").output == str(place.workspace)


def test_a_script_runs_by_its_first_line(place: Workplace) -> None:
    place.write("check", "#!/bin/sh\necho $0\n", 0o755)

    assert place.run("./check").passed


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(("nosuch",), "its program is not there: nosuch", id="unknown"),
        pytest.param(("./nosuch",), "its program is not there: ./nosuch", id="no such file"),
        pytest.param(("./folder",), "its program is not there: ./folder", id="a folder"),
        pytest.param(("./plain",), "Permission denied", id="not executable"),
        pytest.param(("./text",), "Exec format error", id="no program at all"),
        pytest.param(("./lost",), "No such file or directory", id="without its interpreter"),
        pytest.param(("sh", "a\0b"), "embedded null byte", id="a word that cannot be passed"),
    ],
)
def test_what_cannot_start_says_why(place: Workplace, words: tuple[str, ...], why: str) -> None:
    (place.workspace / "folder").mkdir()
    place.write("plain", "#!/bin/sh\n", 0o644)
    place.write("text", "no program\n", 0o755)
    place.write("lost", "#!/nosuch\n", 0o755)

    result = place.run(*words)

    assert (result.passed, result.ending, result.exit_code) == (False, Ending.NOT_STARTED, None)
    assert why in result.why


def test_a_folder_that_has_vanished_is_told(place: Workplace) -> None:
    spec = place.spec("true")
    place.workspace.rmdir()

    result = run(spec)

    assert result.ending is Ending.NOT_STARTED
    assert "No such file or directory" in result.why


def test_a_folder_that_was_replaced_by_a_link_is_not_entered(place: Workplace) -> None:
    spec = place.spec("true")
    place.workspace.rmdir()
    place.workspace.symlink_to("/")

    result = run(spec)

    assert result.ending is Ending.NOT_STARTED
    assert "its folder has been moved" in result.why


def test_without_a_limit_nothing_of_a_long_output_is_kept_but_head_and_tail(
    place: Workplace,
) -> None:
    limits = replace(LIMITS, output_bytes=2000)

    result = place.run("sh", "-c", "echo first; seq 100000; echo last", limits=limits)

    first, gap, last = (result.output.split("\n")[each] for each in (0, -2, -1))
    assert (first, last) == ("first", "last")
    assert gap != last
    assert f"… {result.left_out:,} bytes are left out …" in result.output
    assert len(result.output) < 2100


def test_output_without_end_takes_no_memory(place: Workplace) -> None:
    result = place.run("yes", seconds=0.3, limits=SHORT)

    assert result.ending is Ending.TIMED_OUT
    assert result.left_out > 0
    assert len(result.output) < LIMITS.output_bytes + 100


def test_output_is_shown_and_never_acts(place: Workplace) -> None:
    code = r"import os; os.write(1, b'\x1b]52;c;aGk=\x07[b]x[/b]\r\nnext\xff\x00\xe2\x80\xae')"

    result = place.run(*PYTHON, code)

    assert result.output == "␛]52;c;aGk=␇[b]x[/b]\nnext\N{REPLACEMENT CHARACTER}␀‹U+202E›"


def test_of_the_environment_only_what_is_on_the_list_is_given(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "s3cret")
    monkeypatch.setenv("LD_PRELOAD_NOT", "x")
    monkeypatch.setenv("HOME", "/home/me")

    spec = place.spec("env")
    result = run(spec)

    assert "s3cret" not in result.output
    assert sorted(result.output.split("\n")) == sorted(
        f"{name}={value}" for name, value in spec.environment
    )
    assert "HOME=/home/me" in result.output


def test_nothing_is_open_but_input_output_and_errors(place: Workplace) -> None:
    code = "import os; print(sorted(os.listdir('/proc/self/fd'))[:-1], os.read(0, 9))"

    assert place.run(*PYTHON, code).output == "['0', '1', '2'] b''"


def test_signals_do_what_they_do_for_every_program(place: Workplace) -> None:
    result = place.run("grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status")

    assert [int(each.split()[1], 16) for each in result.output.split("\n")] == [0, 0]


def test_no_program_gains_rights(place: Workplace) -> None:
    assert place.run("grep", "NoNewPrivs", "/proc/self/status").output.split() == [
        "NoNewPrivs:", "1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "words", "why"),
    [
        pytest.param(
            replace(LIMITS, file_bytes=1 << 20),
            ("dd", "if=/dev/zero", "of=big", "bs=1M", "count=3"),
            "ended by SIGXFSZ: it wrote a file that is too big",
            id="a big file",
        ),
        pytest.param(
            replace(LIMITS, address_bytes=1 << 28),
            (*PYTHON, "bytearray(1 << 30)"),
            "exited with 1",
            id="much memory at once",
        ),
        pytest.param(
            replace(LIMITS, memory_bytes=100 << 20),
            (*PYTHON, "x = b'x' * (300 << 20); import signal; signal.pause()"),
            "ended here: it used more than 100 MB of memory",
            id="much memory",
        ),
        pytest.param(
            replace(LIMITS, memory_bytes=100 << 20),
            (
                *PYTHON,
                "import os, signal; os.fork(); os.fork(); x = b'x' * (60 << 20); signal.pause()",
            ),
            "ended here: it used more than 100 MB of memory",
            id="much memory in many processes",
        ),
        pytest.param(
            replace(LIMITS, open_files=50),
            (*PYTHON, "files = [open('/dev/null') for _ in range(60)]"),
            "exited with 1",
            id="many files",
        ),
        pytest.param(
            replace(LIMITS, processes=40),
            ("sh", "-c", "f() { f | f & }; f; sleep 60"),
            "ended here: it started more than 40 processes",
            id="processes that make processes",
        ),
    ],
)
def test_too_much_is_ended(
    place: Workplace, limits: Limits, words: tuple[str, ...], why: str
) -> None:
    result = place.run(*words, limits=limits)

    assert result.why == why
    assert not result.passed


def test_memory_that_is_shared_counts_once(place: Workplace) -> None:
    code = (
        "import os, sys, time; x = b'x' * (60 << 20)\n"
        "children = [os.fork() for _ in range(2)]\n"
        "time.sleep(0.3 if all(children) else 60)"
    )

    result = place.run(*PYTHON, code, limits=replace(SHORT, memory_bytes=150 << 20))

    assert (result.passed, result.strays) == (True, 3)


def test_the_system_keeps_the_limits_of_each_process(place: Workplace) -> None:
    code = (
        "import resource; "
        "print(*(resource.getrlimit(getattr(resource, 'RLIMIT_' + each))[1]"
        " for each in ('CORE', 'NOFILE', 'CPU', 'NPROC')))"
    )

    result = place.run(*PYTHON, code, seconds=60)

    core, files, seconds, tasks = map(int, result.output.split())
    assert (core, files) == (0, LIMITS.open_files)
    assert seconds >= 65
    assert tasks >= LIMITS.tasks


def test_cancelled_before_it_begins_it_does_not_begin(place: Workplace) -> None:
    cancel = Event()
    cancel.set()

    result = place.run("touch", "here", cancel=cancel)

    assert result.ending is Ending.CANCELLED
    assert not (place.workspace / "here").exists()


def test_a_program_of_a_virtual_environment_knows_its_own(place: Workplace) -> None:
    result = place.run(sys.executable, "-I", "-c", "import sys; print(sys.prefix)")

    assert Path(result.output) == Path(sys.prefix)
