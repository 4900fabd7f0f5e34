"""A milestone that awaits approval, real evidence beside it, and people who decide on it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestrator_tui.domain.deeds import Decide
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.milestone import Approval
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import read_rulings
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.acting.looking import look_at_mission
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.signing import Signatory

NOW = datetime(2124, 1, 15, 14, 30, 15, 250_000, tzinfo=UTC)
ALPHA = MissionId("alpha")
M1 = MilestoneId("M1")
PASSING = '<testsuite tests="2"><testcase name="a"/><testcase name="b"/></testsuite>'
FAILING = '<testsuite tests="1"><testcase name="a"><failure message="no"/></testcase></testsuite>'
TEXT = """\
mission: Alpha
started: 2124-01-15T08:00Z  # in the morning

stakeholders:
  boss: {name: Grace}
  client: {}

agents:
  ada: {}
  ben: {}

tasks:
  api: {estimate: 2h, agent: ada, finished: 2124-01-15T10:00Z}
  ui: {estimate: 2h, agent: ada}

milestones:
  M1:   # the first
    title: The API
    tasks: [api]
    criteria:
      tests: {junit: "reports/*.xml"}
    review: {by: ben, at: 2124-01-15T11:00Z, verdict: PASS, score: 95}
  M2:
    tasks: [ui]
"""


class World:
    """A folder of missions with reports in it, and a desk in front of it."""

    def __init__(self, root: Path, *, actor: str = "Grace") -> None:
        self.folder = root / "missions"
        self.folder.mkdir(exist_ok=True)
        self.file = self.folder / "alpha.yaml"
        self.file.write_text(TEXT)
        self.report = self.folder / "reports" / "junit.xml"
        self.report.parent.mkdir(exist_ok=True)
        self.report.write_text(PASSING)
        self.state = root / "state"
        self.now = NOW
        self.looks = 0
        self.desk = self.desk_of(actor)

    def clock(self) -> datetime:
        """Return the time, a second later each time it is asked for."""
        self.now += timedelta(seconds=1)
        return self.now

    def desk_of(self, actor: str) -> Desk:
        """Return the desk of another person."""
        return Desk(self.folder, state=self.state, clock=self.clock, actor=actor, poke=self._look)

    def _look(self) -> None:
        self.looks += 1

    def judged(self, milestone: MilestoneId = M1) -> MilestoneAssessment:
        """Return a milestone as it would be shown now."""
        signatory = Signatory(self.folder, self.state, self.clock, "")
        look = look_at_mission(find_mission(self.folder, ALPHA), signatory)
        return next(each for each in look.judgement.milestones if each.id == milestone)

    def deciding(
        self,
        decision: ApprovalDecision = ApprovalDecision.APPROVED,
        *,
        comment: str = "",
        milestone: MilestoneId = M1,
    ) -> Decide:
        """Return a decision on what would be shown now."""
        return Decide(
            milestone=milestone,
            decision=decision,
            evidence=self.judged(milestone).evidence_digest,
            looked_seconds=12.5,
            comment=comment,
        )

    def rulings(self) -> list[Ruling]:
        """Return all rulings, in order."""
        return read_rulings(history_folder(self.state, self.folder), clock=self.clock)

    def holding(self) -> list[Ruling]:
        """Return the rulings that hold."""
        return list(standing(self.rulings()))

    def approval(self) -> Approval | None:
        """Return what the file says of M1."""
        (known,) = read_snapshot(self.file, self.now).missions
        assert known.mission is not None, known.problems
        return known.mission.milestones[M1].approval

    def replace(self, old: str, new: str) -> None:
        """Change the file as somebody with an editor would."""
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new))
