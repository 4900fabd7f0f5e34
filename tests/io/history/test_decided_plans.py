"""What was decided of plans, and which baseline is in force, as of any moment."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, DecidedCause
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import MissionId, TaskId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.io.history.decided_facts import facts_from_rulings
from tests.io.history.keeping import MISSION, NOON, days_ago, opened
from tests.io.history.test_known_facts import ruling

CAUSE = DecidedCause(TriggerKind.EXTERNAL_CHANGE, "cdn", "FAILED@then")


def accepted(days: float, *, mission: MissionId = MISSION) -> Ruling:
    """Return the acceptance of a plan so many days ago."""
    plan = AcceptedPlan(
        strategy=Strategy.REASSIGN,
        title="1 task in other hands",
        finish=NOON,
        kept_finish=None,
        milestones=(),
        baseline=Baseline(days_ago(days), {TaskId("ui"): (days_ago(days), NOON)}),
    )
    one = ruling(RulingKind.PLAN_ACCEPTED, mission, days=days, mission=mission)
    return replace(one, plan=plan, causes=(CAUSE,))


DECIDED = [
    replace(ruling(RulingKind.PLAN_DISMISSED, MISSION, days=9), causes=(CAUSE,), comment="Wait"),
    accepted(7),
    accepted(6, mission=MissionId("other")),
    accepted(5),
    ruling(RulingKind.WITHDRAWN, "PLAN_ACCEPTED5", days=3),
    ruling(RulingKind.WITHDRAWN, "PLAN_ACCEPTED7", days=1),
]

moments = pytest.mark.parametrize(
    ("days", "decided", "in_force"),
    [
        pytest.param(10, [], 8, id="before all"),
        pytest.param(8.5, ["PLAN_DISMISSED9"], 8, id="the plan was kept"),
        pytest.param(7, ["PLAN_DISMISSED9", "PLAN_ACCEPTED7"], 7, id="the first"),
        pytest.param(
            4, ["PLAN_DISMISSED9", "PLAN_ACCEPTED7", "PLAN_ACCEPTED5"], 5, id="the second"
        ),
        pytest.param(2, ["PLAN_DISMISSED9", "PLAN_ACCEPTED7"], 7, id="that was taken back"),
        pytest.param(0, ["PLAN_DISMISSED9"], 8, id="and the first, too"),
    ],
)


@moments
def test_only_what_was_decided_by_then_and_holds_is_known(
    days: float, decided: list[str], in_force: float
) -> None:
    facts = facts_from_rulings(MISSION, days_ago(days), DECIDED)

    assert [each.id for each in facts.plans] == decided
    assert all(each.causes == (CAUSE,) for each in facts.plans)
    expected = None if in_force == 8 else days_ago(in_force)
    assert (facts.baseline and facts.baseline.frozen) == expected
    assert facts.replanned == expected


@moments
def test_the_newest_of_the_frozen_and_the_accepted_baselines_is_in_force(
    tmp_path: Path, days: float, decided: list[str], in_force: float
) -> None:
    frozen = Baseline(days_ago(8), {TaskId("ui"): (NOON, NOON)})
    with opened(tmp_path) as history:
        history.freeze_baseline(MISSION, frozen)
        facts = history.facts(MISSION, days_ago(days), DECIDED)

    is_accepted = len(decided) > 1
    assert facts.replanned == (days_ago(in_force) if is_accepted else None)
    if days > 8:
        assert (facts.baseline, facts.frozen) == (None, None)
    else:
        assert facts.baseline is not None
        assert facts.baseline.frozen == days_ago(in_force)
        assert facts.frozen == frozen


def test_a_baseline_that_was_frozen_after_a_plan_is_the_newer_one(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.freeze_baseline(MISSION, Baseline(days_ago(2), {TaskId("ui"): (NOON, NOON)}))
        facts = history.facts(MISSION, NOON, [accepted(7)])

    assert facts.baseline is not None
    assert (facts.baseline.frozen, facts.replanned) == (days_ago(2), None)
    assert len(facts.plans) == 1


def test_an_acceptance_that_lost_its_plan_counts_for_nothing() -> None:
    facts = facts_from_rulings(MISSION, NOON, [replace(accepted(7), plan=None)])

    assert (facts.plans, facts.baseline) == ((), None)
