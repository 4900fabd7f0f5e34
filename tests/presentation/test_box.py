from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import width_of
from orchestrator_tui.presentation.text.box import mission_box
from tests.presentation.judgements import (
    QUARTER_PAST_FOUR,
    agent,
    blocker,
    judged,
    judgement,
    milestone,
)

SIXTY_COLUMNS = """\
┌──────────────────────────────────────────────────────────┐
│ MISSION: Real-time Chat Application - Sprint 1           │
├──────────────────────────────────────────────────────────┤
│ Agent Status              Progress          ETA Blockers │
│ 🏗️ api-architect          ████████░░ 80%     2h        0 │
│ ⚡ react-expert           ██████░░░░ 60%     4h        1 │
│ 🔧 devops-engineer        ██░░░░░░░░ 20%     8h        0 │
│ 🛡️ security-auditor       ░░░░░░░░░░  0%    12h        0 │
├──────────────────────────────────────────────────────────┤
│ Critical Path Status: ON TRACK ✅                        │
│ Next Milestone: API Schema Review (4h)                   │
│ Active Blockers: React component dependency (MEDIUM)     │
├─ Real-Time Mission Status · 2024-01-15 16:15 UTC ────────┤
│ Overall Progress: 67% COMPLETE                           │
│ Timeline Status: 5% AHEAD OF SCHEDULE ✅                 │
│ Forecast Finish: Tue 21:00 (deadline Tue 23:00, 93%      │
│                  likely)                                 │
│ Quality Score: 92/100 ✅                                 │
│ Active Blockers: 1 MEDIUM, 0 CRITICAL ✅                 │
├─ Recent Activity ────────────────────────────────────────┤
│   15:30 - api-architect completed the schema ✅          │
│   15:45 - django-expert started the models 🔄            │
│   16:00 - BLOCKER: React library compatibility ⚠️        │
│   16:15 - Escalation: peer consultation requested 📢     │
├─ Next Critical Milestones ───────────────────────────────┤
│   17:00 - Database models complete (85% confidence)      │
│   19:00 - Frontend component integration (RISK:          │
│           dependency blocker)                            │
│   21:00 - Integration testing ready (depends on Frontend │
│           component integration)                         │
├─ Recommended Actions ────────────────────────────────────┤
│   1. Consider alternative React component library        │
│   2. Parallel development of core backend features       │
│      two agents are free                                 │
├─ Problems ───────────────────────────────────────────────┤
│   missions/chat-app.yaml:31:9: warning: `deadline` is a  │
│   week after everything is done                          │
└──────────────────────────────────────────────────────────┘"""

UNREADABLE = """\
┌──────────────────────────────────────────────────────────┐
│ MISSION: chat-app                                        │
├─ Problems ───────────────────────────────────────────────┤
│   missions/chat-app.yaml:31:9: error: `deadline` is a    │
│   week after everything is done                          │
└──────────────────────────────────────────────────────────┘"""


def problem(severity: Severity) -> Problem:
    return Problem(
        severity, "missions/chat-app.yaml", 31, 9, "`deadline` is a week after everything is done"
    )


def drawn(mission: MissionAssessment, width: int) -> list[str]:
    return [
        "".join(each.text for each in line)
        for line in mission_box(mission, QUARTER_PAST_FOUR, width)
    ]


def test_the_dashboard_is_drawn_as_a_box() -> None:
    mission = judged(judgement(), problems=(problem(Severity.WARNING),))

    assert "\n".join(drawn(mission, 60)) == SIXTY_COLUMNS


def test_a_mission_that_cannot_be_read_shows_its_problems_alone() -> None:
    mission = judged(None, problems=(problem(Severity.ERROR),))

    assert "\n".join(drawn(mission, 60)) == UNREADABLE


@pytest.mark.parametrize("width", range(60, 201))
def test_every_line_is_as_wide_as_the_box(width: int) -> None:
    mission = judged(judgement(), problems=(problem(Severity.WARNING),))

    assert {width_of(line) for line in drawn(mission, width)} == {width}


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        pytest.param(60, "Agent Status Progress ETA Blockers", id="narrow"),
        pytest.param(80, "Agent Status State Progress ETA Blockers", id="a terminal"),
        pytest.param(
            200,
            "Agent Status State Task Progress Spent ETA Queue Blockers Level Quality Reported",
            id="wide",
        ),
    ],
)
def test_a_wider_box_has_more_columns(width: int, headings: str) -> None:
    (line,) = (each for each in drawn(judged(judgement()), width) if "Agent Status" in each)

    assert " ".join(line.strip("│ ").split()) == headings


def test_what_is_not_there_yet_is_said() -> None:
    empty = judgement(
        agents=(),
        milestones=(),
        open_blockers=(),
        recommendations=(),
        activity=(),
        next_milestone=None,
        quality_score=None,
    )

    text = "\n".join(drawn(judged(empty), 80))

    assert "No agents yet: name them under 'agents:'" in text
    assert "Next Milestone: none left" in text
    assert "Active Blockers: none" in text
    assert "Quality Score: not known yet" in text
    assert "Recent Activity" not in text


def test_what_does_not_fit_is_counted() -> None:
    many = judgement(
        open_blockers=tuple(blocker(f"b{each}") for each in range(9)),
        milestones=tuple(milestone(f"m{each}") for each in range(20)),
    )

    text = "\n".join(drawn(judged(many), 80))

    assert "and 3 more blockers" in text
    assert "and 12 more milestones" in text


HOSTILE = [
    "[bold red]x[/] [@click=app.quit]press[/]",
    "\x1b]52;c;aGk=\x07\x1b[31mred",
    "\u202ereversed\u2066",
    "\r\nfake │ row",
    "e" + "́" * 3000,
    "👩‍💻" * 90,
    "漢" * 300,
    "x" * 100_000,
    "",
]


@pytest.mark.parametrize("width", [60, 77, 120, 200])
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_the_box(raw: str, width: int) -> None:
    text = plain_text(raw)
    fields: dict[str, Any] = {"title": text, "icon": text, "task_title": text}
    world = judgement(
        agents=(agent(**fields),),
        open_blockers=(blocker(title=text),),
        milestones=(milestone(title=text, risks=(text,)),),
    )
    mission = judged(world, problems=(Problem(Severity.ERROR, text, 1, 1, text),))

    lines = drawn(mission, width)

    assert {width_of(each) for each in lines} == {width}
    assert all(each.isprintable() or "‍" in each for each in lines)


def test_markup_is_shown_as_it_was_written() -> None:
    world = judgement(agents=(agent(title="[b]x[/b]"),))

    assert any("[b]x[/b]" in each for each in drawn(judged(world), 80))


@given(title=st.text(max_size=300), width=st.integers(60, 200))
def test_any_title_fits(title: str, width: int) -> None:
    world = judgement(agents=(agent(title=plain_text(title), icon=plain_text(title)),))

    assert {width_of(each) for each in drawn(judged(world), width)} == {width}
