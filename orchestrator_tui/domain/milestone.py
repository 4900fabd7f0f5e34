"""A milestone: what must hold before the work of some tasks counts as done."""

from typing import Final

from orchestrator_tui.domain.check import (
    Benchmark,
    Check,
    Contains,
    Coverage,
    Exists,
    Junit,
    Manual,
    Newer,
    PathWithText,
    Sarif,
)
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import (
    AgentRef,
    Bool,
    CriterionRef,
    Instant,
    MilestoneRef,
    PerCent,
    StakeholderRef,
    TaskRef,
    Text,
)
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneType, Verdict


class Review(Entry):
    """A reviewer's judgement, written by the reviewer."""

    by: AgentRef
    at: Instant
    verdict: Verdict
    score: PerCent | None = None
    checklist: dict[Text, Bool] = {}
    feedback: Text | None = None


class Approval(Entry):
    """A claim that somebody approved; it counts only where the history holds the same."""

    by: Text
    at: Instant
    decision: ApprovalDecision
    comment: Text | None = None
    evidence: Text | None = None
    """The digest of the evidence that was shown."""


class Handover(Entry):
    """Who goes on from here, and what they should know."""

    to: tuple[AgentRef, ...] = ()
    context: Text | None = None


class PeerReview(Entry):
    """Passes when the milestone's own review says PASS; only a type's default, never written."""


class Milestone(Entry):
    """One milestone."""

    title: Text | None = None
    type: MilestoneType = MilestoneType.CUSTOM
    tasks: tuple[TaskRef, ...] = ()
    after: tuple[MilestoneRef, ...] = ()
    gate: Bool = False
    """Whether the milestones after it wait for its approval."""
    due: Instant | None = None
    criteria: dict[CriterionRef, Check] = {}
    """What the mission gives; `all_criteria` merges it over the type's own."""
    reviewer: AgentRef | None = None
    review: Review | None = None
    approvers: tuple[StakeholderRef, ...] = ()
    handover: Handover = Handover()
    approval: Approval | None = None

    @property
    def all_criteria(self) -> dict[CriterionId, Check | PeerReview]:
        """Return the type's own criteria, overridden and followed by the mission's."""
        return {**CRITERIA_BY_TYPE[self.type], **self.criteria}


CRITERIA_BY_TYPE: Final[dict[MilestoneType, dict[CriterionId, Check | PeerReview]]] = {
    MilestoneType.DESIGN_COMPLETE: {
        CriterionId("schema_documentation"): Exists(exists=("docs/**/*schema*",)),
        CriterionId("architecture_diagrams"): Exists(
            exists=("docs/**/*.{png,svg,mmd,puml,drawio}",)
        ),
        CriterionId("peer_review"): PeerReview(),
        CriterionId("security_review"): Manual(manual="Security review passed"),
    },
    MilestoneType.IMPLEMENTATION_READY: {
        CriterionId("unit_tests"): Junit(junit="reports/junit*.xml"),
        CriterionId("code_coverage"): Coverage(coverage="reports/coverage*.xml"),
        CriterionId("static_analysis"): Sarif(sarif="reports/*.sarif"),
        CriterionId("benchmarks"): Benchmark(benchmark="reports/benchmark*.json"),
    },
    MilestoneType.DEPLOYMENT_READY: {
        CriterionId("integration_tests"): Junit(junit="reports/integration*.xml"),
        CriterionId("security_audit"): Sarif(sarif="reports/security*.sarif"),
        CriterionId("documentation"): Newer(newer="docs/**", than="src/**"),
        CriterionId("rollback_plan"): Contains(
            contains=PathWithText(path="docs/rollback.md", text="## Rollback")
        ),
    },
    MilestoneType.CUSTOM: {},
}
