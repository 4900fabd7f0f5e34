from enum import Enum

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.standing import (
    AgentState,
    AttentionKind,
    CriterionState,
    EscalationLevel,
    Level,
    MilestoneStatus,
    Standing,
    TaskState,
)
from orchestrator_tui.presentation import tones
from orchestrator_tui.presentation.lines import Tone, width_of


@pytest.mark.parametrize(
    ("enumeration", "tone_of"),
    [
        (AgentState, tones.tone_of_agent),
        (TaskState, tones.tone_of_task),
        (MilestoneStatus, tones.tone_of_milestone),
        (CriterionState, tones.tone_of_criterion),
        (Standing, tones.tone_of_standing),
        (Level, tones.tone_of_level),
        (Level, tones.tone_of_trouble),
        (EscalationLevel, tones.tone_of_escalation),
        (AttentionKind, tones.tone_of_attention),
        (EventKind, tones.tone_of_event),
        (Severity, tones.tone_of_problem),
    ],
)
def test_every_word_in_which_things_stand_has_a_tone(enumeration, tone_of) -> None:
    assert {tone_of(each) for each in enumeration} <= set(Tone)


@pytest.mark.parametrize(
    ("enumeration", "marks", "cells"),
    [
        (AgentState, tones.AGENT_MARKS, 1),
        (TaskState, tones.TASK_MARKS, 1),
        (MilestoneStatus, tones.MILESTONE_MARKS, 1),
        (Standing, tones.STANDING_EMOJI, 2),
    ],
)
def test_every_state_has_a_mark_of_its_own_width(
    enumeration: type[Enum], marks: dict[Enum, str], cells: int
) -> None:
    assert set(marks) == set(enumeration)
    assert {width_of(each) for each in marks.values()} == {cells}


@pytest.mark.parametrize(
    ("value", "tone"),
    [(None, Tone.MUTED), (92.0, Tone.GOOD), (75.0, Tone.WARN), (40.0, Tone.ALARM)],
)
def test_a_score_is_good_fair_or_alarming(value: float | None, tone: Tone) -> None:
    assert tones.tone_of_score(value) is tone
