"""What is told to those who go on from an approved milestone, as Markdown.

Texts of the mission are escaped here, once; the template around them is a person's own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.domain.markdown import code, escaped
from orchestrator_tui.domain.milestone_assessment import ApprovalAssessment, MilestoneAssessment
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.summary import Delivered, KeyDecision, MilestoneSummary
from orchestrator_tui.domain.text import PlainText, plain_text
from orchestrator_tui.domain.written import ID_PATTERN
from orchestrator_tui.engine.next_hands import next_agents, next_milestones

FOLDER: Final = ".orchestrator"
"""Beside the missions; names that begin with a dot are never read as one."""
TEMPLATE: Final = """\
# Handover of $title

$mission, milestone $milestone ($type). $approval

For: $agents. What comes next: $next.

## What you should know

$context

## Decisions, and why

$decisions

## What was delivered

$delivered

Copies as they were approved: $archive

## What was asked

$asked

## Evidence

Quality: $quality

$criteria

## What the reviewer said

$review

## What is not as planned

$deviations

## Open risks

$risks
"""
"""What is written where nobody wrote a template of their own."""
_NOTHING: Final = "Nothing."
_ID: Final = re.compile(ID_PATTERN)
_ODD: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_NOBODY: Final = "nobody in particular"


@dataclass(frozen=True, slots=True)
class Copies:
    """What was copied into the archive."""

    place: str
    """Where it is, relative to the handover."""
    copied: int
    left_out: tuple[str, ...] = ()
    """What was not copied, and why; one safe line each."""


def approval_of(judgement: Judgement, milestone: MilestoneId) -> ApprovalAssessment | None:
    """Return the approval of a milestone that counts; None where it is not approved."""
    for each in judgement.milestones:
        if each.id == milestone and each.approval is not None:
            is_approved = each.approval.decision is ApprovalDecision.APPROVED
            return each.approval if is_approved else None
    return None


def folder_name(mission: MissionId) -> str:
    """Return the name of the folder of a mission's handovers: its id, where that is a plain one."""
    if _ID.fullmatch(mission) is not None:
        return mission
    digest = sha256(mission.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{_ODD.sub('-', mission).strip('-.')}-{digest[:8]}".lstrip("-")


def place_of_handover(mission: MissionId, milestone: MilestoneId) -> PlainText:
    """Return where the handover of a milestone is, relative to the folder that it is beside."""
    return plain_text(f"{FOLDER}/{folder_name(mission)}/handover/{milestone}.md")


def handover_values(
    summary: MilestoneSummary, mission: Mission, judgement: Judgement, copies: Copies
) -> Mapping[str, str]:
    """Return by name what a template may tell, as Markdown that is escaped already."""
    judged = next(each for each in judgement.milestones if each.id == summary.id)
    context = mission.milestones[summary.id].handover.context
    following = next_milestones(mission, summary.id)
    return {
        "mission": escaped(summary.mission),
        "milestone": code(summary.id),
        "title": escaped(summary.title),
        "type": escaped(summary.type.replace("_", " ")),
        "approval": _approval(judged),
        "agents": _named(next_agents(mission, judgement, summary.id)) or _NOBODY,
        "next": _named(following) or "the end of the mission",
        "context": escaped(context) if context else _NOTHING,
        "decisions": _list(map(_decision, summary.decisions)),
        "delivered": _list(map(_delivered, summary.delivered)),
        "archive": _archive(copies),
        "asked": _list(map(escaped, summary.asked)),
        "quality": "–" if judged.quality_score is None else f"{judged.quality_score:.4g}/100",
        "criteria": _list(
            f"{code(each.id)}: {escaped(each.state)}, {escaped(each.detail)}"
            for each in summary.criteria
        ),
        "review": escaped(summary.review) or _NOTHING,
        "deviations": _list(map(escaped, summary.deviations)),
        "risks": _list(map(escaped, summary.risks)),
    }


def _approval(judged: MilestoneAssessment) -> str:
    approval = judged.approval
    if approval is None:
        return ""
    said = f": {escaped(approval.comment)}" if approval.comment else "."
    return f"Approved by {escaped(approval.by)} on {_time(approval.at)}{said}"


def _decision(decision: KeyDecision) -> str:
    at = "" if decision.at is None else _time(decision.at)
    signed = ", ".join(each for each in (escaped(decision.by), at) if each)
    why = f": {escaped(decision.why)}" if decision.why else ""
    return f"**{escaped(decision.title)}**{why}{f' ({signed})' if signed else ''}"


def _delivered(each: Delivered) -> str:
    missing = " (missing)" if each.exists is False else ""
    return f"{code(each.pattern)}{missing}: {escaped(each.title)}"


def _archive(copies: Copies) -> str:
    files = "1 file" if copies.copied == 1 else f"{copies.copied} files"
    told = f"{code(copies.place)}, {files}"
    if not copies.left_out:
        return told
    return f"{told}. Not copied:\n\n{_list(map(escaped, copies.left_out))}"


def _named(names: Iterable[AgentId | MilestoneId]) -> str:
    return ", ".join(map(code, names))


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in items) or _NOTHING


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
