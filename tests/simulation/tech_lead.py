"""A tech lead who does what the app asks for: acknowledges, approves, re-plans, and answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.deeds import AcceptPlan, Acknowledge, Decide, GiveFeedback
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.domain.standing import ApprovalDecision, EscalationLevel, MilestoneStatus
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.live.acting.desk import Desk

LOOKED_SECONDS = 25.0
SEARCH = Order(seconds=0.3, is_deterministic=True)


class TechLead:
    """Decides on what it is shown, once on each thing; one new plan a mission."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock
        self._acknowledged: set[str] = set()
        self._has_replanned = False
        self._mission = MissionId("")

    def decides(self, shown: MissionAssessment) -> None:
        """Look at a mission, and do what it waits for."""
        judgement = shown.judgement
        assert judgement is not None
        self._mission = shown.id
        for escalation in judgement.escalations:
            is_news = escalation.id not in self._acknowledged
            if is_news and escalation.level >= EscalationLevel.MODERATE and not escalation.is_held:
                self._acknowledged.add(escalation.id)
                self._desk.do(shown.id, Acknowledge(escalation.id))
        for milestone in judgement.milestones:
            if milestone.status is MilestoneStatus.AWAITING_APPROVAL:
                deed = Decide(
                    milestone=milestone.id,
                    decision=ApprovalDecision.APPROVED,
                    evidence=milestone.evidence_digest,
                    looked_seconds=LOOKED_SECONDS,
                )
                self._desk.do(shown.id, deed)
                self._desk.do(shown.id, GiveFeedback(4 + len(milestone.id) % 2, milestone.id))
        if judgement.triggers and not self._has_replanned:
            self._replans(shown)

    def looks_back(self, judgement: Judgement) -> None:
        """Say at the end how well it was kept informed: less well of what ended late."""
        is_late = (judgement.timeline.variance_percent or 0.0) < 0
        self._desk.do(self._mission, GiveFeedback(3 if is_late else 5))

    def _replans(self, shown: MissionAssessment) -> None:
        known = shown.known
        assert known is not None
        found: Replanning = replan(
            known,
            self._clock(),
            order=SEARCH,
            clock=lambda: 0.0,
            told=lambda _: None,
            goes_on=lambda: True,
        )
        keep, *others = found.options
        better = [
            each
            for each in others
            if each.finish is not None
            and (keep.finish is None or keep.finish - each.finish > timedelta(seconds=20))
        ]
        if better:
            self._has_replanned = True
            self._desk.do(shown.id, AcceptPlan(found, better[0]))
