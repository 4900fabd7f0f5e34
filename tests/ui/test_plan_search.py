"""Looking for plans: what is asked when, and which answer counts."""

from dataclasses import replace
from threading import Thread

import pytest

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from orchestrator_tui.ui.replanning import REST_SECONDS, PlanSearch
from tests.assessments import NOW
from tests.ui.desks import Stopwatch
from tests.ui.replanned_world import ScriptedPlanner, found, keep, mission_of, other_hands, world

HERS = "  react-expert:\n    icon: ⚡\n"
NOTED = ("disagree about refs", "agree about refs")
"""An edit that no plan rests on."""
HIRED = (HERS, HERS.replace("⚡\n", "⚡\n    standby: true\n"))
"""An edit that plans rest on."""
ILL = WhatIf(unavailable=((AgentId("react-expert"), None),))


class Watch:
    """A search, whom it asks, and how often it wakes the screen."""

    def __init__(self) -> None:
        self.planner = ScriptedPlanner()
        self.stopwatch = Stopwatch()
        self.wakes = 0
        self.search = PlanSearch(self.planner, self._wake, monotonic=self.stopwatch)

    def _wake(self) -> None:
        self.wakes += 1

    def follow(self, mission: MissionAssessment, seconds: float = 0.0) -> bool:
        self.stopwatch.seconds += seconds
        return self.search.follow(mission, NOW)


def one(shown: Assessment) -> MissionAssessment:
    return shown.missions[0]


SHOWN = world()


def test_it_asks_once_for_what_stays_as_it_is() -> None:
    watch = Watch()

    asked = [watch.follow(one(SHOWN), seconds) for seconds in (0, 1, 60)]

    assert asked == [True, False, False]
    (question,) = watch.planner.asked
    assert question.known is one(SHOWN).known
    assert question.what_if == AS_IT_IS
    assert watch.search.state.is_searching


def test_it_waits_for_a_mission_that_is_not_at_hand_yet() -> None:
    watch = Watch()

    assert not watch.follow(replace(one(SHOWN), known=None))
    assert watch.follow(one(SHOWN))


@pytest.mark.parametrize(
    ("edit", "seconds", "is_asked"),
    [
        pytest.param(HIRED, REST_SECONDS, True, id="what plans rest on"),
        pytest.param(HIRED, REST_SECONDS - 1, False, id="too soon"),
        pytest.param(NOTED, REST_SECONDS, False, id="words alone"),
    ],
)
def test_it_asks_again_for_what_counts_and_not_too_often(
    edit: tuple[str, str], seconds: float, *, is_asked: bool
) -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    watch.planner.tell(found(SHOWN))
    watch.search.take()

    changed = mission_of(edit, revision="b" * 64)

    assert watch.follow(changed, seconds) is is_asked
    assert watch.search.state.is_outdated


def test_a_search_that_is_under_way_comes_to_its_end_first() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    changed = mission_of(HIRED, revision="b" * 64)

    assert not watch.follow(changed, REST_SECONDS)
    watch.planner.tell(found(SHOWN))
    watch.search.take()
    assert watch.follow(changed)


def test_an_answer_to_an_earlier_question_counts_for_nothing() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    watch.search.ask(one(SHOWN), NOW, ILL)

    watch.planner.tell(found(SHOWN), question=0)

    assert not watch.search.take()
    assert watch.wakes == 0
    assert watch.search.found is None
    assert watch.planner.asked[1].what_if == ILL


def test_of_many_answers_the_newest_counts_and_the_screen_is_woken_once() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    first = found(SHOWN, keep(SHOWN), is_done=False)

    def tell() -> None:
        for each in (first, first, found(SHOWN)):
            watch.planner.tell(each)

    telling = Thread(target=tell)
    telling.start()
    telling.join()

    assert watch.wakes == 1
    assert watch.search.take()
    assert watch.search.found == found(SHOWN)
    assert not watch.search.state.is_searching
    assert not watch.search.take()


def test_what_was_found_stays_when_the_search_is_stopped() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    so_far = found(SHOWN, keep(SHOWN), other_hands(SHOWN), is_done=False)
    watch.planner.tell(so_far)
    watch.search.take()

    watch.search.stop()
    watch.planner.tell(found(SHOWN))

    assert watch.planner.cancelled == 1
    assert not watch.search.take()
    assert watch.search.found == so_far
    assert watch.search.state.is_cancelled


def test_something_imagined_is_looked_for_from_the_beginning() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    watch.planner.tell(found(SHOWN))
    watch.search.take()

    watch.search.ask(one(SHOWN), NOW, ILL)

    assert watch.search.found is None
    assert watch.search.what_if == ILL


def test_a_failure_is_told_and_what_was_found_stays() -> None:
    watch = Watch()
    watch.follow(one(SHOWN))
    watch.planner.tell(found(SHOWN, is_done=False))
    watch.search.take()

    watch.planner.asked[-1].failed("the search was ended\x1b[2J")

    assert watch.search.take()
    assert watch.search.state.failure == "the search was ended␛[2J"
    assert watch.search.found is not None


def test_what_cannot_be_asked_says_why() -> None:
    watch = Watch()
    watch.planner.failure = UsageError("react-expert cannot be away until then")

    watch.follow(one(SHOWN))

    assert watch.search.state.failure == "react-expert cannot be away until then"
    assert not watch.search.state.is_searching
