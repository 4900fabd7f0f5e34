"""The ways in which programs that know nothing of locks write a file."""

import mmap
import os
import shutil
from collections.abc import Callable
from pathlib import Path

Style = Callable[[Path, str], None]


def _rename(path: Path, text: str) -> None:
    draft = path.with_name("draft")
    draft.write_text(text)
    draft.replace(path)


def _over(path: Path, text: str) -> None:
    path.write_text(text)


def _line_by_line(path: Path, text: str) -> None:
    with path.open("w") as stream:
        for line in text.splitlines(keepends=True):
            stream.write(line)
            stream.flush()


def _without_emptying(path: Path, text: str) -> None:
    with path.open("r+") as stream:
        stream.write(text)
        stream.truncate()


def _aside_and_anew(path: Path, text: str) -> None:
    aside = path.with_name("m.yaml~")
    path.rename(aside)
    path.write_text(text)
    aside.unlink()


def _removed_and_made(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def _copied_over(path: Path, text: str) -> None:
    draft = path.with_name("draft")
    draft.write_text(text)
    shutil.copyfile(draft, path)
    draft.unlink()


def _linked(path: Path, text: str) -> None:
    draft = path.with_name("draft")
    draft.write_text(text)
    path.unlink()
    os.link(draft, path)
    draft.unlink()


def _through_memory(path: Path, text: str) -> None:
    raw = text.encode()
    with path.open("r+b") as stream:
        stream.truncate(len(raw))
        with mmap.mmap(stream.fileno(), len(raw)) as memory:
            memory[:] = raw


STYLES: dict[str, Style] = {
    "rename": _rename,
    "over": _over,
    "line by line": _line_by_line,
    "without emptying": _without_emptying,
    "aside and anew": _aside_and_anew,
    "removed and made": _removed_and_made,
    "copied over": _copied_over,
    "linked": _linked,
    "through memory": _through_memory,
}
