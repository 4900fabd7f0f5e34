"""What people decided of a mission, as of any moment: facts that follow from rulings alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from orchestrator_tui.domain.accepted_plan import PlanDecided
from orchestrator_tui.domain.history import (
    Acknowledgement,
    ApprovalGiven,
    Assigned,
    Baseline,
    HistoryFacts,
    Snoozed,
)
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.domain.rulings import LASTING, Ruling, RulingKind
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.io.history.rulings.standing import standing


def facts_from_rulings(mission: MissionId, at: datetime, rulings: Sequence[Ruling]) -> HistoryFacts:
    """Return what people had decided of `mission` at `at`; `rulings` are all, in order."""
    holding = standing([each for each in rulings if each.mission == mission and each.at <= at])
    facts = HistoryFacts(
        acknowledged=MappingProxyType(_acknowledged(holding)),
        snoozed=MappingProxyType(_snoozed(holding)),
        assigned=MappingProxyType(_assigned(holding)),
        ticked=MappingProxyType(_ticked(holding)),
        approvals=MappingProxyType(_approvals(holding)),
        trusted=_trusted(holding),
        rework=MappingProxyType(_rejections(holding)),
        plans=_plans(holding),
        dismissed=MappingProxyType(_dismissed(holding)),
    )
    return with_frozen(facts, None, None)


def with_frozen(
    decided: HistoryFacts, frozen: Baseline | None, replanned: datetime | None
) -> HistoryFacts:
    """Return `decided` with the baseline in force: the newest of `frozen` and the accepted ones.

    `replanned` is when `frozen` replaced an older one, if it did.
    """
    accepted = [each.plan.baseline for each in decided.plans if each.plan is not None]
    newest = max(accepted, key=lambda each: each.frozen, default=None)
    if newest is None or (frozen is not None and frozen.frozen > newest.frozen):
        return replace(decided, baseline=frozen, replanned=replanned, frozen=frozen)
    return replace(decided, baseline=newest, replanned=newest.frozen, frozen=frozen)


def _acknowledged(holding: Iterable[Ruling]) -> dict[str, Acknowledgement]:
    return {
        each.subject: Acknowledgement(each.actor, each.at)
        for each in holding
        if each.kind is RulingKind.ACKNOWLEDGED
    }


def _snoozed(holding: Iterable[Ruling]) -> dict[str, Snoozed]:
    return {
        each.subject: Snoozed(each.actor, each.at, each.until)
        for each in holding
        if each.kind is RulingKind.SNOOZED and each.until is not None
    }


def _assigned(holding: Iterable[Ruling]) -> dict[str, Assigned]:
    return {
        each.subject: Assigned(each.actor, each.at, each.to)
        for each in holding
        if each.kind is RulingKind.ASSIGNED and each.to
    }


def _ticked(holding: Iterable[Ruling]) -> dict[tuple[MilestoneId, CriterionId], Acknowledgement]:
    ticked: dict[tuple[MilestoneId, CriterionId], Acknowledgement] = {}
    for each in holding:
        if each.kind is RulingKind.TICKED:
            milestone, _, criterion = each.subject.partition("/")
            place = MilestoneId(milestone), CriterionId(criterion)
            ticked[place] = Acknowledgement(each.actor, each.at)
    return ticked


def _approvals(holding: Iterable[Ruling]) -> dict[MilestoneId, ApprovalGiven]:
    return {
        MilestoneId(each.subject): ApprovalGiven(
            by=each.actor,
            at=each.at,
            decision=ApprovalDecision(each.kind.value),
            comment=each.comment,
            evidence=each.digest,
            looked_seconds=each.looked_seconds,
        )
        for each in holding
        if each.kind in LASTING
    }


def _trusted(holding: Iterable[Ruling]) -> frozenset[str]:
    """Return the pins that were allowed; to distrust a criterion takes back all of its own."""
    trusted: dict[str, set[str]] = {}
    for each in holding:
        if each.kind is RulingKind.TRUSTED and each.digest:
            trusted.setdefault(each.subject, set()).add(each.digest)
        elif each.kind is RulingKind.DISTRUSTED:
            trusted.pop(each.subject, None)
    return frozenset().union(*trusted.values())


def _plans(holding: Iterable[Ruling]) -> tuple[PlanDecided, ...]:
    return tuple(
        PlanDecided(
            id=each.id,
            by=each.actor,
            at=each.at,
            comment=each.comment,
            causes=each.causes,
            plan=each.plan if each.kind is RulingKind.PLAN_ACCEPTED else None,
        )
        for each in holding
        if each.kind is RulingKind.PLAN_DISMISSED
        or (each.kind is RulingKind.PLAN_ACCEPTED and each.plan is not None)
    )


def _dismissed(holding: Iterable[Ruling]) -> dict[str, str]:
    dismissed = (each for each in holding if each.kind is RulingKind.ADVICE_DISMISSED)
    return {each.subject: each.digest for each in dismissed}


def _rejections(holding: Iterable[Ruling]) -> dict[MilestoneId, int]:
    rejected = (each.subject for each in holding if each.kind is RulingKind.REJECTED)
    return {MilestoneId(subject): count for subject, count in Counter(rejected).items()}
