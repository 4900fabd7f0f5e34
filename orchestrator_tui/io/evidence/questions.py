"""What a mission asks of its workspace, as looks that can be run, and what follows from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

from orchestrator_tui.domain.evidence import Deliverable, Evidence, Finding, Measured
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text, shorten
from orchestrator_tui.engine.criteria import evidence_words
from orchestrator_tui.io.evidence.asking import Asked
from orchestrator_tui.io.evidence.checks import Checking
from orchestrator_tui.io.evidence.content import NotLookedAt
from orchestrator_tui.io.evidence.deliverables import deliverables_of, measure
from orchestrator_tui.io.evidence.git import GitObserved
from orchestrator_tui.io.evidence.jobs import ALTOGETHER, Broken, LeftOut, Overdue
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.evidence.seen import Seen, missing

Key: TypeAlias = tuple[str, ...]
Look: TypeAlias = Callable[[], object]

_CRITERION: Final = "criterion"
_TASK: Final = "task"


@dataclass(frozen=True, slots=True)
class TaskEvidence:
    """What was observed of one task."""

    deliverables: tuple[Deliverable, ...]
    measured: Measured | None = None
    trouble: str = ""
    """Why its progress could not be measured; safe to show."""


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is asked in one look."""

    asked: Asked
    file: str
    """The mission's, as it is shown in problems."""
    limit_seconds: float
    now: datetime

    def looks(self, checking: Checking) -> dict[Key, Look]:
        """Return a look for every criterion, and one for every task."""
        looks: dict[Key, Look] = {
            (_CRITERION, *key): partial(checking.finding, key, check)
            for key, check in self.asked.criteria.items()
        }
        for key, task in self.asked.tasks.items():
            looks[_TASK, key] = partial(_look_at_task, task, checking.seen)
        return looks

    def answered(
        self, outcomes: Mapping[Key, object], git: GitObserved, *, trouble: str = ""
    ) -> Evidence:
        """Return the evidence that the looks gave; one that failed costs what it looked for.

        `trouble` is what is to be said besides.
        """
        findings = {
            key: self._finding(outcomes[_CRITERION, *key], evidence_words(check))
            for key, check in self.asked.criteria.items()
        }
        tasks = {
            key: self._task_evidence(task, outcomes[_TASK, key])
            for key, task in self.asked.tasks.items()
        }
        troubles = [f"task {key}: {each.trouble}" for key, each in tasks.items() if each.trouble]
        troubles += [trouble] if trouble else []
        return Evidence(
            observed=self.now,
            findings=MappingProxyType(findings),
            deliverables=MappingProxyType(
                {key: each.deliverables for key, each in tasks.items() if each.deliverables}
            ),
            progress=MappingProxyType(
                {key: each.measured for key, each in tasks.items() if each.measured is not None}
            ),
            commits=git.commits,
            touched=git.touched,
            is_dirty=git.is_dirty,
            problems=tuple(map(self._problem, troubles)),
        )

    def without_workspace(self, named: str, outcome: object) -> Evidence:
        """Return what there is to say where no workspace was found: one problem, not many."""
        why = f"the workspace {plain_text(named)} {self._excuse(outcome, 'its files')}"
        finding = missing(why)
        hint = "nothing can be verified in it: create it, or correct the path"
        return Evidence(
            observed=self.now,
            findings=MappingProxyType(dict.fromkeys(self.asked.criteria, finding)),
            deliverables=MappingProxyType(
                {key: _none_of(task) for key, task in self.asked.tasks.items() if task.deliverables}
            ),
            problems=(self._problem(f"{why}; {hint}"),),
        )

    def _finding(self, outcome: object, what: str) -> Finding:
        if isinstance(outcome, Finding):
            return outcome
        return missing(self._excuse(outcome, what))

    def _task_evidence(self, task: Task, outcome: object) -> TaskEvidence:
        if isinstance(outcome, TaskEvidence):
            return outcome
        what = ", ".join(task.deliverables) or "its progress"
        return TaskEvidence(_none_of(task), trouble=self._excuse(outcome, what))

    def _excuse(self, outcome: object, what: str) -> str:
        """Return why a look gave nothing, as one line that is safe to show."""
        match outcome:
            case Overdue():
                why = f"gave no answer in {self.limit_seconds:g} s: looked for {what}"
            case LeftOut():
                spent = f"the looks before it took {ALTOGETHER * self.limit_seconds:g} s"
                why = f"was left out, because {spent}: looked for {what}"
            case Broken(error=NotLookedAt() as error):
                why = str(error)
            case Broken():
                why = outcome.why
            case _:
                why = f"could not be looked at: {what}"
        return shorten(plain_text(why))

    def _problem(self, message: str) -> Problem:
        shown = plain_text(message, limit=2 * SHOWN_LIMIT)
        return Problem(Severity.WARNING, self.file, None, None, shown)


def _look_at_task(task: Task, seen: Seen) -> TaskEvidence:
    deliverables = deliverables_of(task, seen)
    try:
        return TaskEvidence(deliverables, measure(task, seen))
    except (EvidenceRefused, NotLookedAt) as error:
        return TaskEvidence(deliverables, trouble=f"its progress cannot be measured: {error}")


def _none_of(task: Task) -> tuple[Deliverable, ...]:
    return tuple(Deliverable(each, exists=False) for each in task.deliverables)
