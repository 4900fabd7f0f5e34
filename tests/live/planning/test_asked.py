"""What is told of a question, whatever happens to its search."""

from dataclasses import replace

import pytest

from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.solving.cp_sat import SolverMissing
from orchestrator_tui.live.planning.asked import Asked
from orchestrator_tui.live.planning.question import Question, patience_seconds
from tests.builders import NOON, known, mission
from tests.replannings import wiki

BEGUN = replace(wiki(), is_done=False, notices=())
DONE = replace(wiki(), notices=())
WITHOUT = "it was ended by SIGSEGV, 2 times: these plans were searched for without the solver"


class Ears:
    """Everything that was told."""

    def __init__(self) -> None:
        self.found: list[Replanning] = []
        self.failures: list[str] = []

    def asked(self, order: Order = Order()) -> Asked:  # noqa: B008 - it is frozen
        question = Question(known(mission()), NOON, order)
        return Asked(question, self.found.append, self.failures.append)


@pytest.mark.parametrize(
    ("order", "seconds"),
    [
        pytest.param(Order(seconds=10), 16.0, id="by the clock"),
        pytest.param(Order(seconds=10, is_deterministic=True), 30.0, id="the same to the byte"),
    ],
)
def test_a_search_is_waited_for_longer_than_it_is_to_take(order: Order, seconds: float) -> None:
    assert patience_seconds(order) == seconds


def test_what_is_found_is_told_as_it_is() -> None:
    ears = Ears()
    asked = ears.asked()

    assert [asked.answered(BEGUN), asked.answered(DONE)] == [False, True]
    assert (ears.found, ears.failures) == ([BEGUN, DONE], [])


def test_the_third_try_is_without_the_solver_and_says_so() -> None:
    ears = Ears()
    asked = ears.asked()

    tries = [asked.as_tried_now().has_solver]
    for _ in range(2):
        assert asked.crashed("it was ended by SIGSEGV")
        tries.append(asked.as_tried_now().has_solver)
    asked.answered(replace(DONE, notices=(str(SolverMissing()), "B is left out")))

    assert tries == [True, True, False]
    assert ears.found[-1].notices == (WITHOUT, "B is left out")


def test_a_search_that_crashes_without_the_solver_too_ends_with_what_is_known() -> None:
    ears = Ears()
    asked = ears.asked()
    asked.answered(BEGUN)

    tried = [asked.crashed("it was ended by SIGKILL") for _ in range(3)]

    assert tried == [True, True, False]
    assert (ears.found[-1].is_done, ears.found[-1].options) == (True, BEGUN.options)
    why = "the search for plans did not come to its end: it was ended by SIGKILL"
    assert (ears.found[-1].notices, ears.failures) == ((why,), [])


def test_a_search_that_never_said_anything_has_failed() -> None:
    ears = Ears()
    asked = ears.asked()

    for _ in range(3):
        asked.crashed("MemoryError")

    assert ears.found == []
    assert ears.failures == ["the search for plans did not come to its end: MemoryError"]


def test_out_of_time_the_best_plans_until_then_are_the_answer() -> None:
    ears = Ears()
    asked = ears.asked(Order(seconds=2))
    asked.answered(BEGUN)

    asked.ran_out_of_time()

    assert ears.found[-1].is_done
    assert ears.found[-1].notices == (
        "the search was ended after 4 s: these are the best plans until then",
    )


def test_what_must_be_the_same_next_time_is_not_told_if_time_ran_out() -> None:
    ears = Ears()
    asked = ears.asked(Order(seconds=2, is_deterministic=True))
    asked.answered(BEGUN)

    asked.ran_out_of_time()

    assert ears.found == [BEGUN]
    assert ears.failures == [
        "the search was ended after 14 s: there would be another answer next time"
    ]


def test_a_try_begins_when_its_worker_says_so() -> None:
    asked = Ears().asked(Order(seconds=2))

    asked.sent(100.0)
    before = (asked.until, asked.has_begun)
    asked.begun(101.0)

    assert before == (130.0, False)
    assert (asked.until, asked.has_begun) == (105.0, True)
