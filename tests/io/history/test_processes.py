"""Real processes that record at the same time, that are killed, and that run out of space."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.lease import Lease
from orchestrator_tui.io.history.rulings.rulings import Rulings
from tests.io.history.keeping import MISSION, message, noon, opened
from tests.io.history.test_known_facts import ruling

ROOT = Path(__file__).parents[3]
APPEND = """
import sys
from pathlib import Path
from tests.io.history.keeping import append, event, file, noon
from orchestrator_tui.io.history.history import History
with History.open(Path(sys.argv[1]), clock=noon, patience_seconds=20) as history:
    for each in range(int(sys.argv[2])):
        append(history, event(f"{sys.argv[3]} {each}"), version=(file(b"%d" % each),))
        print(each, flush=True)
"""
TAKE = """
import sys
from pathlib import Path
from tests.io.history.test_known_facts import ruling
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.history.rulings.rulings import Rulings
with Rulings.open(Path(sys.argv[1])) as rulings:
    for each in range(int(sys.argv[2])):
        rulings.take(ruling(RulingKind.NOTED, "x", days=1, name=f"{sys.argv[3]} {each}"))
        print(each, flush=True)
"""
SEND = """
import sys
from pathlib import Path
from tests.io.history.keeping import NOON, message, noon
from orchestrator_tui.io.history.history import History
with History.open(Path(sys.argv[1]), clock=noon, patience_seconds=20) as history:
    for each in range(int(sys.argv[2])):
        history.outbox.put([message(f"{each}", recipient="boss")])
        if each % 2:
            history.outbox.begin(f"{each}", NOON)
            history.outbox.delivered(f"{each}", NOON)
        print(each, flush=True)
"""
WITHOUT_SPACE = """
import resource, sys
from pathlib import Path
from tests.io.history.keeping import append, event, noon
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.faults import HistoryUnavailable
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
with History.open(Path(sys.argv[1]), clock=noon) as history:
    count = 0
    try:
        while True:
            append(history, event("x" * 1000))
            count += 1
    except HistoryUnavailable as fault:
        print(count, len(history.events()), fault)
"""
HOLD = """
import sys
from pathlib import Path
from orchestrator_tui.io.history.lease import Lease
lease = Lease.try_take(Path(sys.argv[1]))
print(lease is not None, flush=True)
sys.stdin.read()
"""


def start(source: str, *words: object) -> "subprocess.Popen[str]":
    """Start a process of `source`."""
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_after(count: int, started: "subprocess.Popen[str]") -> int:
    """Kill a process after so many lines, and return how many it wrote at all."""
    with started:
        assert started.stdout is not None
        lines = 0
        for _ in started.stdout:
            lines += 1
            if lines == count:
                started.kill()
        return lines


def test_two_processes_append_to_one_chain(tmp_path: Path) -> None:
    both = [start(APPEND, tmp_path, 100, name) for name in "ab"]
    for each in both:
        each.communicate()

    with opened(tmp_path) as history:
        texts = [each.event.text for each in history.events()]
        assert [each for each in texts if each[0] == "a"] == [f"a {each}" for each in range(100)]
        assert [each for each in texts if each[0] == "b"] == [f"b {each}" for each in range(100)]
        assert history.verify().is_whole


@pytest.mark.parametrize("count", [1, 7, 60])
def test_a_killed_process_loses_nothing_that_it_had_recorded(tmp_path: Path, count: int) -> None:
    acknowledged = killed_after(count, start(APPEND, tmp_path, 10_000, "a"))

    with opened(tmp_path) as history:
        assert acknowledged <= len(history.events()) <= acknowledged + 1
        assert history.verify().is_whole
        last = history.last_version(MISSION)
        assert last is not None
        assert last.files[0].raw == b"%d" % (len(history.events()) - 1)


@pytest.mark.parametrize("count", [1, 8, 61])
def test_a_killed_process_loses_no_message_and_no_delivery(tmp_path: Path, count: int) -> None:
    acknowledged = killed_after(count, start(SEND, tmp_path, 10_000))

    with opened(tmp_path) as history:
        history.outbox.put([message(f"{each}") for each in range(acknowledged)])
        waiting = [int(each.message.id) for each in history.outbox.undelivered()]

    assert [each for each in waiting if each < acknowledged] == list(range(0, acknowledged, 2))
    assert set(waiting) <= {*range(0, acknowledged, 2), acknowledged}


def test_a_reader_sees_what_a_killed_process_had_recorded(tmp_path: Path) -> None:
    acknowledged = killed_after(5, start(APPEND, tmp_path, 10_000, "a"))

    reader = History.open_to_read(tmp_path, clock=noon)

    assert reader is not None
    with reader:
        assert len(reader.events()) >= acknowledged


def test_without_space_it_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    output, _ = start(WITHOUT_SPACE, tmp_path).communicate()

    count, kept, said = output.split(maxsplit=2)
    assert int(count) == int(kept) > 3
    assert "its disk" in said
    with opened(tmp_path) as history:
        assert len(history.events()) == int(kept)
        assert history.verify().is_whole


@pytest.mark.parametrize("count", [1, 4])
def test_a_killed_process_loses_no_decision(tmp_path: Path, count: int) -> None:
    acknowledged = killed_after(count, start(TAKE, tmp_path, 1000, "a"))
    (tmp_path / "rulings.db").unlink()
    for each in ("rulings.db-wal", "rulings.db-shm"):
        with suppress(FileNotFoundError):
            (tmp_path / each).unlink()

    with Rulings.open(tmp_path) as rulings:
        kept = [each.id for each in rulings.all()]

    assert kept == [f"a {each}" for each in range(len(kept))]
    assert acknowledged <= len(kept) <= acknowledged + 1


def test_two_processes_take_decisions(tmp_path: Path) -> None:
    both = [start(TAKE, tmp_path, 25, name) for name in "ab"]
    with Rulings.open(tmp_path) as rulings:
        before = rulings.version()
        for each in both:
            each.communicate()
        assert rulings.version() != before
        kept = rulings.all()

    assert len({each.id for each in kept}) == 50
    (tmp_path / "rulings.db").unlink()
    with Rulings.open(tmp_path) as rulings:
        assert rulings.all() == kept
        rulings.take(ruling(RulingKind.NOTED, "x", days=0))
        assert len(rulings.all()) == 51


def test_the_lease_dies_with_its_process(tmp_path: Path) -> None:
    with start(HOLD, tmp_path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"

        assert Lease.try_take(tmp_path) is None
        assert Lease.holder(tmp_path) == f"process {other.pid}"

        other.kill()

    assert Lease.holder(tmp_path) == ""
    with Lease.try_take(tmp_path) or pytest.fail("the lease was not free") as lease:
        assert lease.holds()
