"""The evidence of one mission, from one look to the next."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.commands.named_files import FileDigests
from orchestrator_tui.io.evidence.asking import Asked
from orchestrator_tui.io.evidence.checks import Checking
from orchestrator_tui.io.evidence.command_checks import CommandChecks
from orchestrator_tui.io.evidence.content import NotLookedAt
from orchestrator_tui.io.evidence.git import GitObserved
from orchestrator_tui.io.evidence.jobs import Broken, Jobs, Overdue
from orchestrator_tui.io.evidence.questions import Key, Questions
from orchestrator_tui.io.evidence.report_memory import ReportMemory
from orchestrator_tui.io.evidence.seen import Seen
from orchestrator_tui.io.evidence.workspace import Look, Workspace, nearest_folder
from orchestrator_tui.io.reading.discovery import MISSION_FILE, is_file, shown_id

if TYPE_CHECKING:
    from orchestrator_tui.io.commands.results import CommandResults

ReadGit: TypeAlias = Callable[
    [Path, Mapping[AgentId, Sequence[str]], Mapping[TaskId, Sequence[str]], datetime], GitObserved
]

GIT_SECONDS: Final = 30.0
"""Between two looks into the repository of a workspace."""
_OPENING: Final[Key] = ("workspace",)
_GIT: Final[Key] = ("git",)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every look needs, and no mission has of its own."""

    clock: Clock
    results: "CommandResults"
    monotonic: Callable[[], float]
    limit_seconds: float
    read_git: ReadGit


class MissionEvidence:
    """Collects the evidence of one mission, and remembers what has not changed since."""

    def __init__(self, mission: MissionId, home: Path, surroundings: Surroundings) -> None:
        self._id = mission
        self._home = home
        self._with = surroundings
        self._lock = threading.Lock()
        self._workspace = Workspace(home)
        self._reports = ReportMemory()
        self._files = FileDigests()
        self._git = GitObserved()
        self._git_due = 0.0
        self._jobs: Jobs[Key, object] = Jobs(
            limit_seconds=surroundings.limit_seconds, monotonic=surroundings.monotonic
        )
        self._asked: tuple[str, ...] = ()
        self.watched: tuple[Path, ...] = ()
        """The folders whose changes matter, as of the last look."""

    def collect(
        self, mission: Mission, asked: Asked, *, trusted: frozenset[str], now: datetime
    ) -> Evidence:
        """Return what is observed of `mission`; one look at a time."""
        with self._lock:
            self._settle_in(self._home / (mission.workspace or ""))
            path = mission_path(self._id, self._home)
            questions = Questions(asked, plain_text(str(path)), self._with.limit_seconds, now)
            opened = self._jobs.run({_OPENING: self._open})[_OPENING]
            if not isinstance(opened, Look):
                is_known = isinstance(opened, Broken)
                self._watch((str(nearest_folder(self._workspace.place)),) if is_known else ())
                return questions.without_workspace(mission.workspace or ".", opened)
            commands = CommandChecks(self._with.results, trusted, self._id, path, self._files)
            seen = Seen(opened, self._reports)
            checking = Checking(seen, mission.policy.coverage, commands.look_at)
            evidence = self._answered(questions, checking, opened)
            self._workspace.keep(opened)
            self._reports.end_look()
            self._watch(tuple(opened.asked))
            return evidence

    def _settle_in(self, place: Path) -> None:
        if self._workspace.place != place:
            self._workspace = Workspace(place)
            self._git = GitObserved()
            self._git_due = 0.0

    def _watch(self, folders: tuple[str, ...]) -> None:
        if folders != self._asked:
            self._asked = folders
            self.watched = tuple(map(Path, folders))

    def _open(self) -> Look:
        look = self._workspace.look(self._with.clock())
        if refusal := look.refusal:
            raise NotLookedAt(refusal)
        return look

    def _answered(self, questions: Questions, checking: Checking, look: Look) -> Evidence:
        looks = questions.looks(checking)
        asked = questions.asked
        asks_git = bool(asked.authors or asked.deliverables)
        if asks_git and self._with.monotonic() >= self._git_due:
            read = partial(self._with.read_git, Path(look.root), asked.authors, asked.deliverables)
            # It waits for another program, and the files need not wait for it.
            looks = {_GIT: partial(read, questions.now), **looks}
            self._git_due = self._with.monotonic() + GIT_SECONDS
        outcomes = self._jobs.run(looks, at_once=2 if _GIT in looks else 1)
        git = outcomes.get(_GIT)
        if isinstance(git, GitObserved):
            self._git = git
        known = self._git if asks_git else GitObserved()
        trouble = known.trouble
        if isinstance(git, Broken):
            trouble = f"git {git.why}"
        elif isinstance(git, Overdue):
            trouble = f"git gave no answer in {self._with.limit_seconds:g} s"
        return questions.answered(outcomes, known, trouble=trouble)


def mission_path(mission: MissionId, home: Path) -> Path:
    """Return the file or folder of a mission whose file or folder is in, or is, `home`."""
    named = home if home.name not in {"", ".."} else home.resolve()
    is_folder = is_file(home / MISSION_FILE) and shown_id(named.name) == mission
    return home if is_folder else home / f"{mission}.yaml"
