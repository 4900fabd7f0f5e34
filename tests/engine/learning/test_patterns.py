"""A pattern is stated where the records carry it, and nowhere else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.experience import Experience, SilentSpell
from orchestrator_tui.domain.learned import Pattern, PatternKind
from orchestrator_tui.engine.learning.patterns.finding import find_patterns
from tests.builders import START
from tests.engine.learning.pasts import past

HISTORIES = 120


def found(experience: Experience) -> list[Pattern]:
    return [each.pattern for each in find_patterns(experience)]


def test_pure_chance_states_a_pattern_in_one_history_of_twenty_at_most() -> None:
    fooled = sum(bool(found(past(seed))) for seed in range(HISTORIES))

    # seven or more of 120 would be odd for one in twenty; more than twelve is out of the question
    assert fooled <= 12


@pytest.mark.parametrize(
    ("habit", "kind", "subject"),
    [
        pytest.param({"slow": {"ada": 1.8}}, PatternKind.AGENT_BIAS, "ada", id="who is slow"),
        pytest.param({"lasting": {"db": 5.0}}, PatternKind.BLOCKERS, "db", id="what lasts"),
        pytest.param(
            {"sent_back": {"CUSTOM": 0.9}}, PatternKind.REWORK, "CUSTOM", id="what is sent back"
        ),
    ],
)
def test_a_habit_is_found_with_its_sign_in_nearly_every_history(
    habit: dict[str, Any], kind: PatternKind, subject: str
) -> None:
    hits = 0
    for seed in range(40):
        for each in found(past(seed, **habit)):
            if (each.kind, each.subject) == (kind, subject):
                none = 1.0 if each.unit == "×" else 0.0
                assert each.effect > none
                hits += 1

    assert hits >= 32


def test_every_pattern_has_five_records_and_an_interval_without_no_effect() -> None:
    habits = past(1, slow={"ada": 2.0}, lasting={"db": 6.0}, sent_back={"CUSTOM": 0.9})

    patterns = found(habits)

    assert len(patterns) >= 3
    for each in patterns:
        none = 1.0 if each.unit == "×" else 0.0
        assert each.n >= 5
        assert each.low < each.effect < each.high
        assert not each.low <= none <= each.high
        assert each.text


def test_four_records_state_nothing_however_odd_they_are() -> None:
    experience = past(1, tasks=0)
    odd = past(2, tasks=4, slow={"ada": 50.0, "ben": 50.0, "cy": 50.0, "dee": 50.0})

    assert found(replace(experience, work=odd.work)) == []


def test_an_agent_that_is_often_silent_at_night_is_known_for_it() -> None:
    world = past(3)
    spells = tuple(
        SilentSpell(
            "past", "cy",
            (START - timedelta(days=each)).replace(hour=3),
            (START - timedelta(days=each)).replace(hour=5),
        )
        for each in range(1, 30)
    )  # fmt: skip

    patterns = found(replace(world, silences=spells))

    assert {each.kind for each in patterns} == {PatternKind.SILENCE}
    assert {each.subject for each in patterns} >= {"cy", "00–06 UTC"}


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_the_records_changes_nothing(random) -> None:
    world = past(4, tasks=60, slow={"ada": 2.0})
    work, blocked, reviews = ([*each] for each in (world.work, world.blocked, world.reviews))
    for each in (work, blocked, reviews):
        random.shuffle(each)

    mixed = Experience(tuple(work), tuple(blocked), tuple(reviews))
    assert found(mixed) == found(world)


def test_one_absurd_record_brings_no_pattern_about() -> None:
    world = past(5, tasks=40)
    calm = found(world)
    absurd = replace(world.work[0], actual_hours=1e6)

    assert found(replace(world, work=(absurd, *world.work[1:]))) == calm


def test_nothing_is_known_of_nothing() -> None:
    assert found(Experience()) == []
