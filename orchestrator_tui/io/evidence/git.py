"""What git knows of a workspace: who committed when, what was touched, what is not committed.

The repository is not trusted: nothing that its configuration names is ever run.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.evidence import Commits
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.text import PlainText
from orchestrator_tui.io.evidence.git_authors import commits_by_agent
from orchestrator_tui.io.evidence.git_program import Git
from orchestrator_tui.io.evidence.git_touched import newest_touches

LONGEST_SECONDS: Final = 2.0
"""All that git may take for one look."""

_NO_REASON: Final = PlainText("")
_NOT_INSTALLED: Final = PlainText("git is not installed")
_NO_REPOSITORY: Final = PlainText("is no git repository")
_FILTER: Final = re.compile(rb"filter\.(?P<name>.+)\.[a-z]+", re.DOTALL)
_PLAIN_NAME: Final = re.compile(rb"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class GitObserved:
    """As much as git knows; never an error."""

    commits: Mapping[AgentId, Commits] = field(default_factory=lambda: MappingProxyType({}))
    """By agent that has an author; empty where the workspace is no repository."""
    touched: Mapping[TaskId, datetime] = field(default_factory=lambda: MappingProxyType({}))
    """By task: the newest commit in the workspace's history that touches its deliverables."""
    is_dirty: bool | None = None
    """Whether tracked files differ from the commit; absent where git cannot tell."""
    note: PlainText = _NO_REASON
    """Why something is not known, such as `is no git repository`; empty where all is."""

    @property
    def trouble(self) -> str:
        """Return why a repository did not tell all; empty where there is nothing to ask."""
        if not self.note or self.note in {_NOT_INSTALLED, _NO_REPOSITORY}:
            return ""
        return f"git does not tell all of the workspace: {self.note}"


def read_git(
    workspace: Path,
    authors: Mapping[AgentId, Sequence[str]],
    deliverables: Mapping[TaskId, Sequence[str]],
    now: datetime,
    *,
    seconds: float = LONGEST_SECONDS,
) -> GitObserved:
    """Return what git knows of `workspace`, in at most `seconds`.

    An author is matched by email or name, whatever the case; commits after `now` do not count.
    Deliverables are paths or globs relative to the workspace.
    """
    git = Git(workspace, seconds=seconds)
    if not git.is_installed:
        return GitObserved(note=_NOT_INSTALLED)
    asked = git.run("rev-parse", "--is-inside-work-tree")
    if not asked.is_whole:
        return GitObserved(note=_why_nothing(asked.reason))
    has_head = git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").is_whole
    commits, why_no_commits = commits_by_agent(git, authors, now, has_head=has_head)
    is_dirty, why_unclear = _is_dirty(git) if asked.raw.strip() == b"true" else (None, "")
    touched, why_untouched = newest_touches(git, deliverables) if has_head else ({}, "")
    return GitObserved(
        commits=MappingProxyType(commits),
        touched=MappingProxyType(touched),
        is_dirty=is_dirty,
        note=PlainText(why_no_commits or why_unclear or why_untouched),
    )


def _why_nothing(reason: PlainText) -> PlainText:
    if "not a git repository" in reason:
        return _NO_REPOSITORY
    if "dubious ownership" in reason:
        return PlainText("belongs to another user: git looks only where `safe.directory` says so")
    return reason


def _is_dirty(git: Git) -> tuple[bool | None, str]:
    """Return whether tracked files differ from the commit, and why that is not known.

    Filters turn files into what is committed by running a program, so they are switched off: a
    file that was written anew with the same content then counts as changed where one applies.
    """
    listed = git.run("config", "-z", "--includes", "--name-only", "--get-regexp", r"^filter\.")
    names = {match["name"] for each in listed.raw.split(b"\0") if (match := _FILTER.match(each))}
    if not all(_PLAIN_NAME.fullmatch(each) for each in names):
        return None, "the names of filters in git's configuration are not looked behind"
    status = git.run(
        "status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=all",
        "--no-renames", settings=[each for name in sorted(names) for each in _without(name)],
    )  # fmt: skip
    return (bool(status.raw), "") if status.is_whole else (None, status.reason)


def _without(name: bytes) -> Iterator[str]:
    for each in ("clean=", "smudge=", "process=", "required=false"):
        yield f"filter.{name.decode()}.{each}"
