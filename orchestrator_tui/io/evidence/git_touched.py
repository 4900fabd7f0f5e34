"""Which commit touched which deliverable last, from the names that git lists with each commit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from posixpath import dirname
from typing import Final

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.text import PlainText
from orchestrator_tui.io.evidence.git_program import TOO_LONG, Git
from orchestrator_tui.io.evidence.git_times import commit_time
from orchestrator_tui.io.evidence.globs import GlobRefused, Segment, patterns_of

MOST_COMMITS: Final = 5_000
"""Commits that are looked through, newest first."""
MOST_PLACES: Final = 8
"""More places are not told to git: it compares each with each commit, which takes far longer than
to name everything."""

_Pattern = tuple[Segment, ...]


def newest_touches(
    git: Git, deliverables: Mapping[TaskId, Sequence[str]]
) -> tuple[dict[TaskId, datetime], PlainText]:
    """Return by task when its deliverables were committed last, and why that is not all."""
    patterns = {task: _patterns(each) for task, each in deliverables.items() if each}
    if not patterns:
        return {}, PlainText("")
    places = {_place(each) for several in patterns.values() for each in several}
    told = sorted(places) if len(places) <= MOST_PLACES and "" not in places else []
    output = git.run(
        "log", "-z", f"-n{MOST_COMMITS}", "--format=/%ct", "--name-only", "--relative",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color",
        "--no-notes", "HEAD", "--", *(f":(literal){each}" for each in told),
    )  # fmt: skip
    times = _Times(output.raw)
    found: dict[TaskId, datetime] = {}
    for task, several in patterns.items():
        if not git.has_time:
            return found, TOO_LONG
        if newest := [time for each in several if (time := times.newest(each)) is not None]:
            found[task] = max(newest)
    return found, output.reason


def _patterns(written: Iterable[str]) -> list[_Pattern]:
    found: list[_Pattern] = []
    for each in written:
        try:
            found += patterns_of(each)
        except GlobRefused:
            continue  # said where the deliverable itself is looked for
    return found


def _place(pattern: _Pattern) -> str:
    """Return the folder or file that `pattern` cannot leave; empty where it may be anywhere."""
    names: list[str] = []
    for each in pattern:
        if not each.is_literal:
            break
        names.append(each.text)
    return "/".join(names)


class _Times:
    """When each file that was ever committed was committed last."""

    def __init__(self, raw: bytes) -> None:
        self._files: dict[str, datetime] = {}
        self._folders: dict[str, datetime] = {}
        self._found: dict[_Pattern, datetime | None] = {}
        for name, time in _touches(raw):
            if name not in self._files or self._files[name] < time:
                self._files[name] = time
        for name, time in self._files.items():
            self._add_folders(name, time)

    def newest(self, pattern: _Pattern) -> datetime | None:
        """Return when a file that `pattern` means was committed last; a folder means all in it."""
        if pattern not in self._found:
            self._found[pattern] = self._newest(pattern)
        return self._found[pattern]

    def _newest(self, pattern: _Pattern) -> datetime | None:
        place = _place(pattern)
        if all(each.is_literal for each in pattern):
            return self._files.get(place) or self._folders.get(place)
        below = f"{place}/" if place else ""
        return max(
            (
                time
                for name, time in self._files.items()
                if name.startswith(below) and _is_meant(name.split("/"), pattern)
            ),
            default=None,
        )

    def _add_folders(self, name: str, time: datetime) -> None:
        while name := dirname(name):
            if name in self._folders and self._folders[name] >= time:
                return
            self._folders[name] = time


def _touches(raw: bytes) -> Iterator[tuple[str, datetime]]:
    """Yield names with the times of their commits: `/TIME`, a line end, then the names.

    No name in git begins with a slash, so a time is never taken for one.
    """
    time: datetime | None = None
    *words, _ = raw.split(b"\0")  # the last one is empty, or was cut off
    for each in words:
        if each.startswith(b"/"):
            time = commit_time(each[1:])
        elif time is not None:
            yield each.removeprefix(b"\n").decode("utf-8", "surrogateescape"), time


def _is_meant(names: list[str], pattern: _Pattern) -> bool:
    """Return whether `pattern` means the file, by the positions in it that each name reaches."""
    positions = _past_deep({0}, pattern)
    for name in names:
        reached: set[int] = set()
        for each in positions:
            if each == len(pattern):
                continue
            segment = pattern[each]
            if name.startswith(".") and not segment.names_hidden:
                continue
            if segment.is_deep:
                reached.add(each)
            elif segment.text == name or (not segment.is_literal and segment.matches(name)):
                reached.add(each + 1)
        positions = _past_deep(reached, pattern)
    return len(pattern) in positions


def _past_deep(positions: set[int], pattern: _Pattern) -> set[int]:
    """Return `positions` and those after a `**`, which may stand for no folder at all."""
    found = set(positions)
    for each in sorted(positions):
        if each < len(pattern) and pattern[each].is_deep:
            found.add(each + 1)
    return found
