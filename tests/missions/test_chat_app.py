"""The chat application in the afternoon of its third day."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import (
    CriterionState,
    EscalationLevel,
    Level,
    MilestoneStatus,
    Standing,
)
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.evidence.collecting import with_evidence
from orchestrator_tui.io.library import read_snapshot
from tests.missions.commands import MISSIONS, orchestrator_tui, status_of

PATH = "missions/chat-app.yaml"
AT = "2024-01-15T16:15:00Z"
NOW = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)


def judged(missions: Path, state: Path, now: datetime) -> Judgement:
    """Return what follows from the mission and its workspace, where nobody decided anything."""
    path = missions / "chat-app.yaml"
    snapshot = with_evidence(read_snapshot(path, now), path, state, now)
    (mission,) = assess(snapshot, now).missions
    assert mission.judgement is not None
    return mission.judgement


@pytest.fixture(scope="module")
def judgement(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    return judged(MISSIONS, tmp_path_factory.mktemp("state"), NOW)


@pytest.fixture
def agents(judgement: Judgement) -> dict[str, AgentAssessment]:
    return {each.id: each for each in judgement.agents}


@pytest.fixture
def milestones(judgement: Judgement) -> dict[str, MilestoneAssessment]:
    return {each.id: each for each in judgement.milestones}


@pytest.mark.parametrize(
    ("agent", "icon", "numbers"),
    [
        pytest.param("api-architect", "🏗️", (80, 2, 0), id="api-architect"),
        pytest.param("react-expert", "⚡", (60, 4, 1), id="react-expert"),
        pytest.param("devops-engineer", "🔧", (20, 8, 0), id="devops-engineer"),
        pytest.param("security-auditor", "🛡️", (0, 12, 0), id="security-auditor"),
    ],
)
def test_every_agent_stands_where_it_should(
    agents: dict[str, AgentAssessment], agent: str, icon: str, numbers: tuple[float, float, int]
) -> None:
    one = agents[agent]

    assert one.icon == icon
    assert (one.progress_percent, one.eta_hours, len(one.blockers)) == pytest.approx(numbers)
    assert one.is_fresh
    assert one.contradictions == ()


def test_there_are_four_agents_in_the_order_of_the_file(agents: dict[str, AgentAssessment]) -> None:
    assert list(agents) == ["api-architect", "react-expert", "devops-engineer", "security-auditor"]


def test_the_blocked_agent_is_one_level_up(agents: dict[str, AgentAssessment]) -> None:
    assert agents["react-expert"].state == "BLOCKED"
    assert agents["react-expert"].escalation_level is EscalationLevel.MODERATE


def test_the_mission_is_ahead_and_its_critical_path_on_track(judgement: Judgement) -> None:
    assert judgement.progress_percent == pytest.approx(67)
    assert judgement.timeline.status is Standing.AHEAD
    assert judgement.timeline.variance_percent == pytest.approx(5)
    assert judgement.critical_path.status is Standing.ON_TRACK
    assert judgement.quality_score == pytest.approx(92)


def test_the_next_milestone_is_the_review_of_the_schema_in_four_hours(judgement: Judgement) -> None:
    following = judgement.next_milestone

    assert following is not None
    assert (following.id, following.title) == ("API_SCHEMA_REVIEW", "API Schema Review")
    assert following.hours == pytest.approx(4)


def test_one_blocker_is_medium_and_none_is_worse(judgement: Judgement) -> None:
    first, *others = judgement.open_blockers

    assert (first.title, first.severity) == ("React component dependency", Level.MEDIUM)
    assert [each.severity for each in others] == [Level.LOW]


def test_the_matrix_shows_each_milestone_where_it_stands(
    milestones: dict[str, MilestoneAssessment],
) -> None:
    design, backend, frontend = (
        milestones[each] for each in ("M1_API_DESIGN", "M2_BACKEND_CORE", "M3_FRONTEND_MVP")
    )

    assert design.eta == datetime(2024, 1, 15, 14, 10, tzinfo=UTC)
    assert (design.progress_percent, design.quality_score) == (100, 95)
    assert design.status is MilestoneStatus.AWAITING_APPROVAL
    assert backend.status is MilestoneStatus.IN_PROGRESS
    assert backend.progress_percent == pytest.approx(75)
    assert backend.eta == datetime(2024, 1, 16, 18, 0, tzinfo=UTC)
    assert backend.blockers == ("connection-pool",)
    assert frontend.status is MilestoneStatus.PENDING
    assert (frontend.after, frontend.agents) == (("M2_BACKEND_CORE",), ("react-expert",))
    assert frontend.start == datetime(2024, 1, 16, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2024, 1, 15, 14, 30, tzinfo=UTC), id="reviewed"),
        pytest.param(NOW, id="afternoon"),
        pytest.param(system_clock(), id="today"),
    ],
)
def test_on_a_fresh_clone_the_design_waits_for_its_approval(tmp_path: Path, now: datetime) -> None:
    missions = tmp_path / "missions"
    # as git does: every file has the time at which it was checked out, and no history is needed
    shutil.copytree(MISSIONS, missions, copy_function=shutil.copyfile)

    found = judged(missions, tmp_path / "state", now).milestones
    design = next(each for each in found if each.id == "M1_API_DESIGN")

    assert {each.state for each in design.criteria} == {CriterionState.PASSED}
    assert design.missing_deliverables == ()
    assert design.status is MilestoneStatus.AWAITING_APPROVAL
    assert design.quality_score == pytest.approx(95)
    assert design.held_by == ()


def test_the_summary_of_the_design_is_written_for_its_approver() -> None:
    done = orchestrator_tui("export", PATH, "--format", "md", "--milestone", "M1_API_DESIGN",
                            "--at", AT)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "4 of 4 criteria are met, 4 of 4 deliverables are there" in done.stdout
    assert (
        "| scope | Everything that was asked for is done, and nothing else | yes |" in done.stdout
    )
    assert "WebSocket first, long polling as a fallback" in done.stdout


def test_the_activity_tells_of_the_last_hour(judgement: Judgement) -> None:
    told = [f"{each.at:%H:%M} {each.text}" for each in judgement.activity]

    assert any(each.startswith("15:30 api-architect completed") for each in told)
    assert any(each.startswith("15:45 devops-engineer started") for each in told)
    assert any(each.startswith("16:00") and "React component dependency" in each for each in told)


def test_something_is_recommended_about_the_blocker(judgement: Judgement) -> None:
    told = " ".join(f"{each.text} {each.why}" for each in judgement.recommendations)

    assert "Alternative React component libraries" in told
    assert "Fallback UI components" in told


@pytest.mark.parametrize(
    "shown",
    [
        "MISSION: Real-time Chat Application - Sprint 1",
        "Critical Path Status: ON TRACK",
        "Next Milestone: API Schema Review (4h)",
        "Active Blockers: React component dependency (MEDIUM)",
        "67%",
        "5% AHEAD",
        "92/100",
        "1 MEDIUM",
        "0 CRITICAL",
        "🏗️ api-architect",
        "⚡ react-expert",
        "🔧 devops-engineer",
        "🛡️ security-auditor",
    ],
)
def test_the_command_prints_the_dashboard(shown: str) -> None:
    done = orchestrator_tui("status", PATH, "--at", AT)

    assert done.returncode == 0, done.stderr
    assert shown in done.stdout


def test_the_command_says_the_same_as_json() -> None:
    mission = status_of(PATH, AT)

    assert mission["at"] == AT
    assert mission["progress_percent"] == pytest.approx(67)
    assert mission["timeline"]["status"] == "AHEAD"
    assert mission["timeline"]["variance_percent"] == pytest.approx(5)
    assert mission["critical_path"]["status"] == "ON_TRACK"
    assert mission["quality_score"] == pytest.approx(92)
    assert mission["open_blockers"] == {"LOW": 1, "MEDIUM": 1, "HIGH": 0, "CRITICAL": 0}
    assert [each["eta_hours"] for each in mission["agents"]] == pytest.approx([2, 4, 8, 12])
    assert [each["progress_percent"] for each in mission["agents"]] == [80, 60, 20, 0]
    assert [len(each["blockers"]) for each in mission["agents"]] == [0, 1, 0, 0]
    assert mission["problems"] == []


def test_twice_the_same_question_gets_the_same_bytes() -> None:
    first, second = (orchestrator_tui("status", PATH, "--at", AT, "--json") for _ in range(2))

    assert first.stdout == second.stdout


@pytest.mark.parametrize("minutes", [1 / 60, 1.0, 10.0, 30.0])
def test_the_picture_lasts_while_the_clock_goes_on(minutes: float) -> None:
    later = NOW + timedelta(minutes=minutes)

    (mission,) = assess(read_snapshot(MISSIONS / "chat-app.yaml", later), later).missions

    assert mission.judgement is not None
    assert [each.eta_hours for each in mission.judgement.agents] == pytest.approx([2, 4, 8, 12])
    assert {each.risk for each in mission.judgement.milestones} == {Level.LOW}
    assert mission.judgement.timeline.status is Standing.AHEAD
    assert mission.judgement.critical_path.status is Standing.ON_TRACK
