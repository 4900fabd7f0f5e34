"""Who committed when, from git's list of commits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.evidence import Commits
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.text import PlainText
from orchestrator_tui.io.evidence.git_program import Git
from orchestrator_tui.io.evidence.git_times import commit_time

MOST_COMMITS: Final = 5_000
"""Commits that are looked through, newest first."""
HOURS: Final = 24

_FIELDS: Final = 3


class _Commit(NamedTuple):
    time: datetime
    name: str
    email: str


def commits_by_agent(
    git: Git, authors: Mapping[AgentId, Sequence[str]], now: datetime, *, has_head: bool
) -> tuple[dict[AgentId, Commits], PlainText]:
    """Return what each agent committed on any branch, and why that is not all.

    What the time limit cuts off is older than what came before it.
    """
    if not authors:
        return {}, PlainText("")
    head = ["HEAD"] if has_head else []
    output = git.run(
        "log", "-z", f"-n{MOST_COMMITS}", "--format=%ct%x00%an%x00%ae", "--no-show-signature",
        "--no-color", "--no-notes", "--branches", "--remotes", *head, "--",
    )  # fmt: skip
    if not (output.is_whole or output.raw):
        return {}, output.reason
    return _counted(output.raw, authors, now), output.reason


def _counted(
    raw: bytes, authors: Mapping[AgentId, Sequence[str]], now: datetime
) -> dict[AgentId, Commits]:
    newest: dict[AgentId, datetime] = {}
    hours = {agent: [0] * HOURS for agent in authors}
    agents = _agents_by_name(authors)
    for commit in _commits(raw):
        ago = now - commit.time
        for agent in _authors_of(commit, agents) if ago >= timedelta(0) else ():
            newest[agent] = max(commit.time, newest.get(agent, commit.time))
            if ago < timedelta(hours=HOURS):
                hours[agent][HOURS - 1 - ago // timedelta(hours=1)] += 1
    return {agent: Commits(newest.get(agent), tuple(hours[agent])) for agent in authors}


def _agents_by_name(authors: Mapping[AgentId, Sequence[str]]) -> dict[str, list[AgentId]]:
    found: dict[str, list[AgentId]] = {}
    for agent, names in authors.items():
        for each in {name.strip().casefold() for name in names} - {""}:
            found.setdefault(each, []).append(agent)
    return found


def _authors_of(commit: _Commit, agents: Mapping[str, list[AgentId]]) -> set[AgentId]:
    name, email = commit.name.casefold(), commit.email.casefold()
    return {agent for key in (name, email, f"{name} <{email}>") for agent in agents.get(key, ())}


def _commits(raw: bytes) -> Iterator[_Commit]:
    *words, _ = raw.split(b"\0")  # the last one is empty, or was cut off
    for at in range(0, len(words) - _FIELDS + 1, _FIELDS):
        written, name, email = words[at : at + _FIELDS]
        if (time := commit_time(written)) is not None:
            yield _Commit(time, name.decode("utf-8", "replace"), email.decode("utf-8", "replace"))
