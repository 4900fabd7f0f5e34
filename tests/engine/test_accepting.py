"""A plan is accepted as long as what it rests on is so; what it promised is kept as it was."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.accepted_plan import AgentTouched, DecidedCause, MilestonePromise
from orchestrator_tui.domain.deeds import AcceptPlan, DecideChange, DismissPlan
from orchestrator_tui.domain.edits import Put, Remove, Value
from orchestrator_tui.domain.errors import MissionNotFound, UsageError, WriteRefused
from orchestrator_tui.domain.external import ChangeVerdict
from orchestrator_tui.domain.history import Baseline, HistoryFacts
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.engine.accepting import keep_dismissal
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.engine.touching import agents_touched
from tests.builders import START, after, judged
from tests.engine.replanned import WEB, best, kept, options, team
from tests.replannings import option, replanning

API, UI = TaskId("api"), TaskId("ui")
ANN, BEN = AgentId("ann"), AgentId("ben")
DARK = ChangeId("dark")
ASKED: dict[str, Any] = {"dark": {"title": "Dark mode", "at": START, "remove": ["ui"]}}


def changed(one: Mission, section: str, key: str, **fields: Any) -> Mission:
    """Return a mission in which an entry says something else."""
    return one.model_validate(
        one.model_copy(
            update={
                section: {
                    **getattr(one, section),
                    key: getattr(one, section)[key].model_copy(update=fields),
                }
            }
        )
    )


def test_a_plan_is_kept_with_what_it_promised_and_what_was_forecast_without_it() -> None:
    found = options(team(), START)

    plan = kept(team(), AcceptPlan(found, best(found)), after(0.1)).plan

    assert plan is not None
    assert (plan.finish, plan.kept_finish) == (after(4), after(8))
    assert plan.milestones == (MilestonePromise(MilestoneId("M1"), after(4), after(8)),)
    assert plan.baseline == Baseline(after(0.1), {API: (START, after(4)), UI: (START, after(4))})
    assert plan.touched == (AgentTouched(ANN, loses=(UI,)), AgentTouched(BEN, gets=(UI,)))


def test_what_is_finished_stays_as_it_was_planned_and_what_is_in_hand_began_when_it_did() -> None:
    one = team(
        tasks={
            "design": {"agent": "ann", "estimate": "1h", "finished": after(2)},
            "api": {"agent": "ann", "estimate": "4h", "started": after(2), **WEB},
            "ui": {"agent": "ann", "estimate": "4h", **WEB},
        }
    )
    planned = {TaskId("design"): (START, after(1)), API: (after(1), after(5))}
    facts = HistoryFacts(baseline=Baseline(START, planned))
    found = options(one, after(3), facts=facts)

    plan = kept(one, AcceptPlan(found, best(found)), after(3), facts=facts).plan

    assert plan is not None
    assert plan.baseline.planned[TaskId("design")] == (START, after(1))
    assert plan.baseline.planned[API][0] == after(2)
    assert plan.baseline.planned[UI] == (after(3), after(7))


@pytest.mark.parametrize(
    ("now", "why"),
    [
        pytest.param(
            changed(team(), "tasks", "ui", finished=START), "ui is finished by now", id="finished"
        ),
        pytest.param(
            changed(team(), "tasks", "ui", cancelled=True), "ui is cancelled by now", id="cancelled"
        ),
        pytest.param(
            changed(team(), "agents", "ann", task="ui"),
            "ui is in the hands of ann by now",
            id="begun by who has it",
        ),
        pytest.param(
            changed(team(), "tasks", "ui", agent="ben"),
            "tasks.ui.agent has changed since this plan was made",
            id="given to another",
        ),
        pytest.param(
            changed(team(), "tasks", "ui", agent=None),
            "tasks.ui.agent has changed since this plan was made",
            id="given to nobody",
        ),
        pytest.param(
            team(tasks={"api": {"agent": "ann", "estimate": "4h"}}, milestones={}),
            "ui is no longer there",
            id="gone",
        ),
    ],
)
def test_a_plan_is_refused_where_what_it_changes_is_no_longer_so(now: Mission, why: str) -> None:
    found = options(team(), START)

    with pytest.raises(WriteRefused, match=why):
        kept(now, AcceptPlan(found, best(found)), START)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(changed(team(), "tasks", "api", started=START, progress=40), id="progress"),
        pytest.param(changed(team(), "agents", "ann", note="On it"), id="a note"),
        pytest.param(changed(team(), "tasks", "api", priority="HIGH"), id="a priority"),
        pytest.param(changed(team(), "tasks", "ui", quality=80), id="another field of a task"),
    ],
)
def test_other_reports_that_arrived_meanwhile_do_no_harm(now: Mission) -> None:
    found = options(team(), START)

    assert kept(now, AcceptPlan(found, best(found)), after(1)).plan is not None


def test_how_far_a_task_is_counts_where_it_is_handed_over() -> None:
    away = {"unavailable": [{"from": START}]}
    one = team(
        agents={"ann": {**WEB, **away, "task": "ui"}, "ben": WEB},
        tasks={"ui": {"agent": "ann", "estimate": "4h", "progress": 50, **WEB}},
        milestones={},
    )
    found = options(one, after(1))
    deed = AcceptPlan(found, best(found))

    assert {each.place[-1] for each in deed.option.edits} == {"agent", "remaining"}
    assert kept(one, deed, after(1)).plan is not None
    with pytest.raises(WriteRefused, match=r"tasks\.ui\.progress has changed"):
        kept(changed(one, "tasks", "ui", progress=60.0), deed, after(1))


def test_to_keep_the_plan_is_no_plan() -> None:
    found = options(team(), START)

    with pytest.raises(UsageError, match="dismiss the others"):
        kept(team(), AcceptPlan(found, best(found, "KEEP")), START)


# Change requests


def test_a_plan_that_carries_out_a_change_request_answers_it() -> None:
    one = team(changes=ASKED)
    found = options(one, START)
    chosen = next(each for each in found.options if each.scope_change == DARK)

    settled = kept(one, AcceptPlan(found, chosen, "Fine"), after(1))

    answer: dict[str, Value] = {
        "by": "Grace",
        "at": after(1),
        "decision": "ACCEPTED",
        "comment": "Fine",
    }
    assert settled.edits[-1] == Put(("changes", "dark", "decision"), answer)
    assert Put(("tasks", "ui", "cancelled"), value=True) in settled.edits
    assert [each.subject for each in settled.causes] == ["dark"]


def test_another_plan_leaves_a_change_request_open() -> None:
    one = team(changes=ASKED)
    found = options(one, START)

    settled = kept(one, AcceptPlan(found, best(found)), after(1))

    assert settled.causes == ()
    assert not [each for each in settled.edits if each.place[0] == "changes"]


ANSWERED = {"by": "Eve", "at": START, "decision": "DISMISSED"}


def test_a_change_request_that_was_answered_meanwhile_is_not_answered_again() -> None:
    one, now = team(changes=ASKED), team(changes={"dark": {**ASKED["dark"], "decision": ANSWERED}})
    found = options(one, START)
    chosen = next(each for each in found.options if each.scope_change == DARK)

    with pytest.raises(WriteRefused, match="dark was dismissed by Eve"):
        kept(now, AcceptPlan(found, chosen), after(1))


def test_dismissing_a_change_request_alone_says_so_in_the_file() -> None:
    deed = DecideChange(DARK, ChangeVerdict.DISMISSED, "Not now")

    (edit,) = edits_of(team(changes=ASKED), deed, after(1), actor="Grace")

    said: dict[str, Value] = {
        "by": "Grace",
        "at": after(1),
        "decision": "DISMISSED",
        "comment": "Not now",
    }
    assert edit == Put(("changes", "dark", "decision"), said)


@pytest.mark.parametrize(
    ("deed", "error", "why"),
    [
        pytest.param(
            DecideChange(ChangeId("drak"), ChangeVerdict.DISMISSED),
            MissionNotFound,
            "dark",
            id="no such request",
        ),
        pytest.param(
            DecideChange(DARK, ChangeVerdict.ACCEPTED), UsageError, "with one", id="no plan for it"
        ),
        pytest.param(
            DecideChange(DARK, ChangeVerdict.DISMISSED, "x" * 2_001),
            UsageError,
            "at most 2,000 characters",
            id="too long",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    deed: DecideChange, error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        edits_of(team(changes=ASKED), deed, after(1), actor="Grace")


# Keeping the plan


def test_keeping_the_plan_settles_the_causes_and_writes_nothing() -> None:
    externals = {"cdn": {"title": "CDN", "status": "FAILED", "since": START}}
    one = team(changes=ASKED, externals=externals)

    settled = keep_dismissal(one, DismissPlan(options(one, START), "It is back soon"),
                             actor="Grace", now=START)  # fmt: skip

    assert (settled.comment, settled.edits, settled.plan) == ("It is back soon", (), None)
    assert settled.causes == (
        DecidedCause(TriggerKind.EXTERNAL_CHANGE, "cdn", "FAILED@2024-01-15T08:00:00Z"),
    )


def test_keeping_the_plan_answers_change_requests_where_nothing_else_called_for_one() -> None:
    one = team(changes=ASKED)

    settled = keep_dismissal(one, DismissPlan(options(one, START), "Later"),
                             actor="Grace", now=START)  # fmt: skip

    said: dict[str, Value] = {
        "by": "Grace",
        "at": START,
        "decision": "DISMISSED",
        "comment": "Later",
    }
    assert settled.edits == (Put(("changes", "dark", "decision"), said),)
    assert [each.subject for each in settled.causes] == ["dark"]


@pytest.mark.parametrize(
    ("changes", "reason", "why"),
    [
        pytest.param(ASKED, " ", "the reason is empty", id="no reason"),
        pytest.param({}, "Because", "nothing calls for another plan", id="nothing to dismiss"),
    ],
)
def test_a_dismissal_that_says_nothing_is_refused(
    changes: dict[str, Any], reason: str, why: str
) -> None:
    one = team(changes=changes)

    with pytest.raises(UsageError, match=why):
        keep_dismissal(one, DismissPlan(options(one, START), reason), actor="Grace", now=START)


# Whom it touches


def test_whom_a_plan_gives_takes_or_reorders_something_is_touched() -> None:
    chosen = replace(
        best(options(team(), START)),
        edits=(
            Put(("tasks", "ui", "agent"), "ben"),
            Put(("tasks", "api", "cancelled"), value=True),
            Put(("agents", "ben", "queue"), ("ui", "api")),
            Remove(("agents", "ann", "queue")),
            Put(("milestones", "M1", "tasks"), ("ui",)),
        ),
    )
    gone = replace(chosen, schedule=tuple(each for each in chosen.schedule if each.task != API))

    assert agents_touched(team(), gone) == (
        AgentTouched(ANN, loses=(UI, API)),
        AgentTouched(BEN, gets=(UI,), order=(UI, API)),
    )


def test_nobody_knows_what_a_plan_saves_without_the_forecast() -> None:
    found = replanning(_written(option("B", "REASSIGN")))

    with pytest.raises(UsageError, match="nobody knows"):
        kept(team(), AcceptPlan(found, found.options[0]), START)


def _written(one: PlanOption) -> PlanOption:
    return replace(one, edits=(Put(("tasks", "ui", "agent"), "ben"),))


def test_what_was_promised_is_what_the_next_forecast_says() -> None:
    found = options(team(), START)
    one = changed(team(), "tasks", "ui", agent="ben")

    assert judged(one, START).timeline.forecast_finish == best(found).finish
