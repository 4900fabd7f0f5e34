"""One number for all that speaks for a milestone: a decision is bound to what was shown."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeAlias

from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.engine.criteria import is_looked_at
from orchestrator_tui.engine.facts import WHOLE
from orchestrator_tui.engine.situation import Situation

_Json: TypeAlias = "dict[str, _Json] | list[_Json] | str | float | bool | None"

_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def evidence_digest(
    situation: Situation,
    key: MilestoneId,
    *,
    tasks: Iterable[int],
    criteria: Iterable[CriterionAssessment],
    findings: Mapping[CriterionId, Finding],
) -> str:
    """Return SHA-256 over canonical JSON of all that speaks for a milestone, in hexadecimal.

    That is its criteria as written, with their states and what they were read from; what its tasks
    deliver, and how they were finished; and its review. Nothing of it depends on the clock alone,
    nor on the order of entries in the file.
    """
    milestone = situation.mission.milestones[key]
    whole: _Json = {
        "criteria": _criteria(situation, key, milestone, criteria=criteria, findings=findings),
        "review": _review(milestone.review),
        "tasks": _tasks(situation, tasks),
    }
    return sha256(_CANONICAL.encode(whole).encode("ascii")).hexdigest()


def _criteria(
    situation: Situation,
    key: MilestoneId,
    milestone: Milestone,
    *,
    criteria: Iterable[CriterionAssessment],
    findings: Mapping[CriterionId, Finding],
) -> _Json:
    """Return what speaks for each criterion; reviews and ticks are told by who gave them."""
    checks, ticked = milestone.all_criteria, situation.known.facts.ticked
    spoken: dict[str, _Json] = {}
    for each in criteria:
        check = checks[each.id]
        as_written: _Json = {type(check).__name__: check.model_dump(mode="json")}
        tick, finding = ticked.get((key, each.id)), findings.get(each.id)
        spoken[each.id] = [
            as_written,
            each.state.value if is_looked_at(check) else None,
            "" if finding is None else _source(finding),
            None if tick is None else [tick.by, _time(tick.at)],
        ]
    return spoken


def _source(finding: Finding) -> str:
    """Return what a finding was made from: a file's content, or exactly one command.

    What a command prints may differ each time; what it means is told by the state.
    """
    return finding.digest if finding.command is None else finding.command.pin


def _tasks(situation: Situation, tasks: Iterable[int]) -> _Json:
    ids, columns, measured = situation.plan.ids, situation.tasks, situation.facts.measured
    finished, quality, progress = columns.finished, columns.quality, columns.progress
    written = columns.deliverables
    return {
        ids[each]: [
            None if (at := finished[each]) is None else _time(at),
            _is_whole(measured[each].percent if each in measured else progress[each]),
            quality[each],
            _deliverables(situation, each) if written[each] else None,
        ]
        for each in tasks
    }


def _is_whole(progress: float | None) -> bool:
    return progress is not None and progress >= WHOLE


def _deliverables(situation: Situation, task: int) -> _Json:
    found: dict[str, _Json] = dict.fromkeys(situation.tasks.deliverables[task])
    for each in situation.known.evidence.deliverables.get(situation.plan.ids[task], ()):
        if each.pattern in found:
            found[each.pattern] = each.digest if each.exists else False
    return found


def _review(review: Review | None) -> _Json:
    return None if review is None else review.model_dump(mode="json")


def _time(moment: datetime) -> str:
    return moment.isoformat()
