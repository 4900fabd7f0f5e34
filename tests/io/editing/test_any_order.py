"""Our edits, the writes of others in nine styles, and crashes, in any order: nothing is lost.

Others count in fields of their own, each on top of the file as it is. An edit of ours that was
answered is in the file; one that died may be. Bugs that were found, or feared, are planted in the
end: each has to be noticed here.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.io import mission_edit
from orchestrator_tui.io.editing import commit, leftovers, points
from orchestrator_tui.io.editing.drafts import Draft
from tests.io.editing.agents import STYLES
from tests.io.editing.dying import in_a_process_of_its_own, kill
from tests.io.editing.writing import left_in, mission_file, put, task_at

TEXT = """\
# a head
mission: Alpha
started: 2024-01-15T08:00Z
tasks:
  one:
    estimate: 4h
    progress: 0  # theirs, at 0
    quality: 0   # ours
  # between them
  two:
    estimate: 4h
    progress: 0  # theirs, at 0
    quality: 0   # ours
# the end
"""
TASKS = ("one", "two")
tasks = st.sampled_from(TASKS)
points_passed = st.sampled_from(points.POINTS)
writes = st.tuples(st.just("write"), tasks, st.sampled_from(sorted(STYLES)))
meetings = st.dictionaries(
    points_passed,
    st.one_of(
        writes, st.just(("crash", "", "")), st.just(("open", "", "")), st.just(("end", "", ""))
    ),
    max_size=3,
)


class AnyOrder(RuleBasedStateMachine):
    """One mission, what everybody wrote in it, and what it has to say therefore."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.path = mission_file(Path(self.place.name), TEXT)
        self.theirs = dict.fromkeys(TASKS, 0)
        self.ours: dict[str, set[int]] = {each: {0} for each in TASKS}
        self.value = 0
        self.opened: tuple[int, str] | None = None
        self.report = -1

    @rule(task=tasks, style=st.sampled_from(sorted(STYLES)))
    def other_writes(self, task: str, style: str) -> None:
        self._write(task, style)

    @rule(task=tasks, plan=meetings)
    def we_edit(self, task: str, plan: dict[str, tuple[str, str, str]]) -> None:
        self.value = self.value % 100 + 1
        value = self.value
        edit = Put(("tasks", task, "quality"), value)

        def reached(point: str) -> None:
            self._meet(*plan.pop(point, ("", "", "")))

        def act() -> None:
            put(self.path, edit, failpoint=reached)
            self._end()

        if ("crash", "", "") in plan.values():
            is_done = self._in_a_process(act)
        else:
            act()
            is_done = True
        self.ours[task] = {value} if is_done else self.ours[task] | {value}

    @invariant()
    def nothing_is_lost(self) -> None:
        put(self.path)
        text = self.path.read_text()
        found = {each: task_at(self.path, each) for each in TASKS}
        assert {each: found[each].progress for each in TASKS} == self.theirs
        for each in TASKS:
            ours = int(found[each].quality or 0)
            assert ours in self.ours[each]
            self.ours[each] = {ours}
        # where several changed the same lines at once facts are merged, and who wrote is kept aside
        rescued = "".join(each.read_text() for each in self._rescued())
        comments = re.findall("#.*", text)
        for at, task in ((1, "one"), (4, "two")):
            own = f"# theirs, at {self.theirs[task]}"
            assert comments[at] == own or own in rescued
            comments[at] = own
        one, two = (f"# theirs, at {self.theirs[each]}" for each in TASKS)
        assert comments == [
            "# a head", one, "# ours", "# between them", two, "# ours", "# the end"
        ]  # fmt: skip
        assert left_in(Path(self.place.name)) == []

    @override
    def teardown(self) -> None:
        self._end()
        self.place.cleanup()

    def _rescued(self) -> Iterator[Path]:
        return (Path(self.place.name) / "state" / "rescued").glob("*")

    def _meet(self, what: str, task: str, style: str) -> None:
        if what == "crash":
            kill()
        elif what == "write":
            self._end()
            self._write(task, style)
        elif what == "open" and self.opened is None:
            with suppress(FileNotFoundError):
                descriptor = os.open(self.path, os.O_RDWR)
                self.opened = (
                    descriptor,
                    self._next("one", os.pread(descriptor, 10_000, 0).decode()),
                )
        elif what == "end":
            self._end()

    def _end(self) -> None:
        """Let somebody who opened the file write, and close it."""
        if self.opened is None:
            return
        descriptor, text = self.opened
        self.opened = None
        os.pwrite(descriptor, text.encode(), 0)
        os.ftruncate(descriptor, len(text.encode()))
        os.close(descriptor)
        self._count("one")

    def _write(self, task: str, style: str) -> None:
        STYLES[style](self.path, self._next(task, self.path.read_text()))
        self._count(task)

    def _next(self, task: str, text: str) -> str:
        """Return `text` with a greater number of theirs in a task."""
        head, key, rest = text.partition(f"  {task}:\n")
        line = f"progress: {self.theirs[task] + 1}  # theirs, at {self.theirs[task] + 1}"
        return head + key + re.sub("progress: .*", line, rest, count=1)

    def _count(self, task: str) -> None:
        self.theirs[task] += 1
        self._let_time_pass()
        if self.report >= 0:
            os.write(self.report, f"{task}\n".encode())

    def _let_time_pass(self) -> None:
        """Return once a file that is written now is younger than all that were."""
        probe = Path(self.place.name) / "probe"
        probe.write_text("then")
        then = probe.stat().st_mtime_ns
        while probe.stat().st_mtime_ns == then:
            probe.write_text("now")

    def _in_a_process(self, act: Callable[[], None]) -> bool:
        """Say whether `act` was done to its end by a process that may die in it."""
        reader, self.report = os.pipe()
        try:
            ended = in_a_process_of_its_own(act)
        finally:
            os.close(self.report)
            self.report = -1
        with open(reader) as stream:  # noqa: PTH123 - a pipe has no path
            for each in stream.read().split():
                self.theirs[each] += 1
        assert ended in {0, -9}
        return ended == 0


def run(examples: int) -> None:
    """Try so many histories."""
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
            print_blob=False,
        ),
    )


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody closes a file while this one process waits for that."""
    monkeypatch.setattr(mission_edit, "_LATE_WRITER_SECONDS", 0.0)
    monkeypatch.setattr("orchestrator_tui.io.editing.present._WRITER_SECONDS", 0.0)
    monkeypatch.setattr("orchestrator_tui.io.editing.present._LOOKS_SECONDS", ())


def test_nothing_is_lost_in_any_order() -> None:
    run(25)


def _replace_without_looking(self: Any, draft: Draft, _text: bytes) -> bool:
    if draft.path.read_bytes() != draft.base:
        return False
    self._reached(points.CHECKED)
    draft.hidden.replace(draft.path)
    return True


def _remove_unread(self: Any, _patience: float) -> None:
    self._draft.unfinished.unlink(missing_ok=True)
    self._draft.hidden.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("owner", "name", "planted"),
    [
        pytest.param(commit._Exchanges, "_make", _replace_without_looking, id="a plain rename"),
        pytest.param(leftovers._Settling, "settle", _remove_unread, id="removed unread"),
        pytest.param(
            leftovers, "wait_for_writers", lambda *_: True, id="late writers are not waited for"
        ),
        pytest.param(leftovers, "intents_in", lambda _: [], id="the dead are not looked for"),
    ],
)
def test_a_planted_bug_is_noticed(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, planted: object
) -> None:
    monkeypatch.setattr(owner, name, planted)

    with pytest.raises(AssertionError):
        run(300)
