"""What a person decides of plans, as deeds."""

from typing import TYPE_CHECKING

from orchestrator_tui.domain.deeds import AcceptPlan, DecideChange, DismissPlan

if TYPE_CHECKING:
    from orchestrator_tui.domain.replanning import PlanOption, Replanning
    from orchestrator_tui.ui.questions import WhyDismiss


def acceptance(replanning: "Replanning", option: "PlanOption", comment: str = "") -> AcceptPlan:
    """Return the acceptance of one of the options."""
    return AcceptPlan(replanning, option, comment)


def dismissal(question: "WhyDismiss", reason: str) -> DismissPlan | DecideChange:
    """Return the dismissal of all that was found, or of the change request that is meant."""
    if question.change is None:
        return DismissPlan(question.replanning, reason)
    from orchestrator_tui.domain.external import ChangeVerdict  # noqa: PLC0415 - heavy

    return DecideChange(question.change, ChangeVerdict.DISMISSED, reason)
