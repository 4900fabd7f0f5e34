"""What the past teaches as JSON values, for programs: the contract of `learn --json`."""

from typing import Any, Final

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.learned import Pattern
from orchestrator_tui.domain.needs import Recommendation

VERSION: Final = 1

Json = dict[str, Any]


def learned_document(assessment: Assessment) -> Json:
    """Return patterns and recommendations of every mission as one JSON document."""
    return {
        "version": VERSION,
        "at": format_instant(assessment.at),
        "missions": [
            _mission(each, each.judgement)
            for each in assessment.missions
            if each.judgement is not None
        ],
    }


def _mission(mission: MissionAssessment, judgement: Judgement) -> Json:
    return {
        "id": mission.id,
        "patterns": [_pattern(each) for each in judgement.patterns],
        "recommendations": [_recommendation(each) for each in judgement.recommendations],
    }


def _pattern(pattern: Pattern) -> Json:
    return {
        "id": pattern.id,
        "kind": pattern.kind.value,
        "subject": pattern.subject,
        "text": pattern.text,
        "n": pattern.n,
        "effect": pattern.effect,
        "low": pattern.low,
        "high": pattern.high,
        "unit": pattern.unit,
    }


def _recommendation(one: Recommendation) -> Json:
    return {
        "id": one.id,
        "text": one.text,
        "why": one.why,
        "saves_hours": one.saves_hours,
        "cause": one.cause,
        "writes": bool(one.edits),
        "opens": None if one.opens is None else one.opens.value,
    }
