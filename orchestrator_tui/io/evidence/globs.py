"""Paths and globs as missions write them: `docs/**/*.{png,svg}`, one segment at a time.

A name is matched against one segment by `fnmatch`, whose patterns cannot backtrack for long, and a
tree is walked segment by segment, so no pattern that an agent writes costs more than its matches.
"""

import re
from collections.abc import Callable
from fnmatch import translate
from functools import lru_cache
from typing import Final, NamedTuple

MOST_EXPANSIONS: Final = 500
"""How many steps of taking braces apart one pattern may cost."""
DEEP: Final = "**"

_BRACES = re.compile(r"\{([^{},]*(?:,[^{},]*)+)\}")
_MAGIC = re.compile(r"[*?\[]")


class GlobRefused(Exception):
    """The pattern means too much; its text is the end of a sentence about it."""


class Segment(NamedTuple):
    """One part of a pattern, between two slashes."""

    text: str
    is_literal: bool
    is_deep: bool
    """Whether it is `**`: any number of folders, none included."""
    names_hidden: bool
    """Whether it begins with a dot, and so means names that do."""

    @property
    def matches(self) -> Callable[[str], object]:
        """Return what says whether a name matches, apart from hidden ones."""
        return _matcher(self.text)


@lru_cache(maxsize=4096)
def patterns_of(written: str) -> tuple[tuple[Segment, ...], ...]:
    """Return the patterns that `written` stands for once its braces are taken apart.

    Raises GlobRefused where there are too many, and where one of them leads out of its folder.
    """
    found: dict[str, None] = {}
    waiting = [written]
    for _ in range(MOST_EXPANSIONS):
        if not waiting:
            return tuple(_segments(each) for each in found)
        each = waiting.pop()
        group = _BRACES.search(each)
        if group is None:
            found[each] = None
        else:
            head, tail = each[: group.start()], each[group.end() :]
            options = dict.fromkeys(group[1].split(","))
            if len(options) > MOST_EXPANSIONS:
                break
            waiting += [f"{head}{option}{tail}" for option in reversed(options)]
    raise GlobRefused("stands for too many paths: write fewer braces")


def _segments(pattern: str) -> tuple[Segment, ...]:
    parts = [each for each in pattern.split("/") if each not in {"", "."}]
    if ".." in parts:
        raise GlobRefused("leads out of the workspace: write it without `..`")
    return tuple(
        Segment(
            text=each,
            is_literal=_MAGIC.search(each) is None,
            is_deep=each == DEEP,
            names_hidden=each.startswith("."),
        )
        for index, each in enumerate(parts)
        if each != DEEP or parts[index - 1 : index] != [DEEP]
    )


@lru_cache(maxsize=4096)
def _matcher(segment: str) -> Callable[[str], object]:
    return re.compile(translate(segment)).match
