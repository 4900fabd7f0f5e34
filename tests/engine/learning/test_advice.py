"""Advice comes from trying it out on the forecast, and stays away once it is dismissed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.learned import Learned
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import AdvicePlace
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.forecasting.foreseeing import foresee
from orchestrator_tui.engine.learning.learning import learn
from tests.builders import START, after, known, mission
from tests.engine.learning.pasts import past

SLOW = past(1, tasks=200, slow={"ada": 2.5})


def plan(**fields: Any) -> Mission:
    """Return a mission that ada's work decides, which ben could do as well."""
    return mission(
        agents={"ada": {"skills": {"py": 3}}, "ben": {"skills": {"py": 3}}},
        tasks={
            "a": {"agent": "ada", "estimate": "8h", "skills": {"py": 2}},
            "b": {"agent": "ada", "estimate": "8h", "skills": {"py": 2}},
            "c": {"agent": "ben", "estimate": "1h", "skills": {"py": 2}},
        },
        **fields,
    )


def learned(one: KnownMission, experience: Experience = SLOW) -> Learned:
    foresight = foresee(one, experience, START)
    return learn(one, experience, START, foresight=foresight)


def test_work_of_who_takes_long_is_better_given_to_others() -> None:
    (first, *_) = learned(known(plan())).recommendations

    assert first.saves_hours is not None
    assert first.saves_hours > 5
    assert first.edits == (Put(("tasks", first.id.removeprefix("hand-over-"), "agent"), "ben"),)
    assert "ada" in first.why


def test_what_saves_most_comes_first() -> None:
    saved = [each.saves_hours or 0 for each in learned(known(plan())).recommendations]

    assert saved == sorted(saved, reverse=True)


def test_without_a_pattern_nothing_is_advised() -> None:
    assert learned(known(plan()), past(1, tasks=30)).recommendations == ()


def test_without_a_forecast_nothing_is_advised() -> None:
    found = learn(known(plan()), SLOW, START, foresight=None)

    assert found.patterns
    assert found.recommendations == ()


def test_a_blocker_of_a_sort_that_lasts_is_worth_a_look_now() -> None:
    blockers = {
        "wait": {"title": "The database is locked", "task": "a", "opened": after(-0.5),
                 "tags": ["db"]},
    }  # fmt: skip
    slow = past(2, tasks=200, lasting={"db": 40.0})

    (first, *_) = learned(known(plan(blockers=blockers)), slow).recommendations

    assert first.id == "resolve-soon-wait"
    assert first.opens is AdvicePlace.ESCALATIONS


def test_dismissed_advice_stays_away_until_its_cause_changes() -> None:
    advice = learned(known(plan())).recommendations
    first = advice[0]
    dismissed = HistoryFacts(dismissed={first.id: first.cause})
    stale = HistoryFacts(dismissed={first.id: "another cause"})

    assert first.id not in {
        each.id for each in learned(known(plan(), facts=dismissed)).recommendations
    }
    assert first.id in {each.id for each in learned(known(plan(), facts=stale)).recommendations}


def test_one_more_record_is_no_other_cause() -> None:
    more = replace(SLOW, work=(*SLOW.work, replace(SLOW.work[0], task="another")))

    before = {each.id: each.cause for each in learned(known(plan())).recommendations}
    now = {each.id: each.cause for each in learned(known(plan()), more).recommendations}

    assert before.items() & now.items()


def test_what_is_shown_is_what_was_learned_before_all_else() -> None:
    one = known(plan())
    taught = replace(one, learned=learned(one))

    judgement = assess_mission(taught, START).judgement
    assert judgement is not None
    assert taught.learned is not None
    assert judgement.recommendations[: len(taught.learned.recommendations)] == (
        taught.learned.recommendations
    )
    assert judgement.patterns == taught.learned.patterns


def test_advice_that_somebody_followed_by_hand_is_shown_no_more() -> None:
    one = known(plan())
    taught = learned(one)
    first = taught.recommendations[0]
    (edit,) = first.edits
    moved = plan().model_copy(
        update={
            "tasks": {
                key: each.model_copy(update={"agent": "ben"}) if key in edit.place else each
                for key, each in plan().tasks.items()
            }
        }
    )

    judgement = assess_mission(
        replace(one, mission=moved, learned=taught), START + timedelta(minutes=1)
    ).judgement
    assert judgement is not None
    assert first.id not in {each.id for each in judgement.recommendations}
