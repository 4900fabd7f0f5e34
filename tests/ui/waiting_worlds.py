"""Missions in which much waits for a person, of every kind, and one in which nothing does."""

from dataclasses import replace

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.standing import AttentionKind
from tests.assessments import assessment, chat_app, chat_app_judgement, judgement, mission

BROKEN = Problem(Severity.ERROR, "missions/bad.yaml", 3, 7, "due: 31 February is no day")
IN_THE_FOLDER = Problem(Severity.ERROR, "missions/twice.yaml", None, None, "the id is used twice")
APPROVAL = Attention(
    AttentionKind.APPROVAL,
    "M1_API_DESIGN",
    3.0,
    "Approve API design",
    why="3h of work waits on it, on the critical path · all 4 criteria passed",
    delay_cost=1.0,
)
ESCALATED = Attention(
    AttentionKind.ESCALATION,
    "react-dependency",
    6.0,
    "CRITICAL: React component dependency",
    why="6h of work waits on it, 30m to spare · for 5h on react-expert",
    delay_cost=0.5,
    cause="blocker:react-dependency",
)
REPLAN = Attention(
    AttentionKind.REPLAN,
    "M3_FRONTEND_MVP",
    5.0,
    "Re-plan: Frontend MVP is forecast 26% later than planned",
    why="5h behind the plan, 30m to spare",
    delay_cost=0.5,
    cause="milestone-delay:M3_FRONTEND_MVP",
)
CONTRADICTION = Attention(
    AttentionKind.CONTRADICTION,
    "devops-engineer",
    8.0,
    "devops-engineer: CI pipeline is said to be done, and a criterion of it fails.",
    why="8h of work waits on it, 2h to spare · it reported 36m ago",
)
TRUST = Attention(
    AttentionKind.TRUST,
    "M2",
    2.0,
    "Allow the command of Backups, or not: restore_test",
    why="2h of work comes after it, and need not wait · 2 of 3 criteria passed",
)


def waiting_mission(*attention: Attention) -> MissionAssessment:
    """Return a mission in which these wait."""
    return mission("wiki", title="Team wiki", judgement=judgement(attention=attention))


CHAT = chat_app(
    judgement=chat_app_judgement(attention=(APPROVAL, ESCALATED, REPLAN, CONTRADICTION))
)
WIKI = waiting_mission(TRUST)
BAD = mission("bad", judgement=None, problems=(BROKEN,), path="missions/bad.yaml")
BUSY: Assessment = replace(assessment(CHAT, WIKI, BAD), problems=(IN_THE_FOLDER,))
QUIET: Assessment = assessment(
    chat_app(judgement=chat_app_judgement(attention=())), mission("wiki", title="Team wiki")
)
