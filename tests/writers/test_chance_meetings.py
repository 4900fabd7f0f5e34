"""Meetings of three and four writers, each of which once cost somebody's word."""

from collections.abc import Iterator

import pytest

from orchestrator_tui.io.editing.points import CHECKED, FOUND_ANOTHER, LOCKED, PUT_BACK
from tests.writers.interrupted import make_impatient
from tests.writers.state_machine import Writers

NOBODY = ("", "", "")


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writers]:
    make_impatient(monkeypatch)
    writers = Writers()
    yield writers
    writers.teardown()


def test_the_newest_of_three_versions_keeps_its_place(writers: Writers) -> None:
    writers.begin(is_folder=False)

    writers.planner_plans(
        task="one",
        plan={
            CHECKED: ("add", "one", "rename"),
            FOUND_ANOTHER: ("write", "one", "line by line"),
            PUT_BACK: ("write", "one", "aside and anew"),
        },
    )

    writers.nothing_is_lost()


def test_what_cannot_be_merged_into_a_half_written_file_is_kept_aside(writers: Writers) -> None:
    writers.begin(is_folder=False)

    writers.planner_adds(
        plan={
            CHECKED: ("write", "two", "aside and anew"),
            FOUND_ANOTHER: ("begin", "one", "some"),
            PUT_BACK: NOBODY,
        }
    )
    writers.stranger_ends()

    writers.nothing_is_lost()


def test_who_opened_our_draft_does_not_bring_our_old_words_back(writers: Writers) -> None:
    writers.begin(is_folder=False)

    writers.agent_reports(
        task="two",
        plan={
            CHECKED: ("write", "one", "aside and anew"),
            FOUND_ANOTHER: ("begin", "one", "open"),
            PUT_BACK: NOBODY,
        },
    )
    writers.nothing_is_lost()
    writers.agent_reports(task="two", plan={CHECKED: ("forget", "", "aside and anew")})

    writers.nothing_is_lost()


def test_who_ends_where_nobody_looks_is_merged(writers: Writers) -> None:
    writers.begin(is_folder=True)

    writers.agent_reports(task="one", plan={LOCKED: ("begin", "one", "half")})
    writers.planner_adds(plan={LOCKED: ("add", "one", "aside and anew")})

    writers.nothing_is_lost()


def test_of_two_unseen_versions_the_newer_one_holds(writers: Writers) -> None:
    writers.begin(is_folder=False)

    writers.agent_reports(task="one", plan={CHECKED: ("begin", "one", "open")})
    writers.planner_adds(
        plan={
            CHECKED: ("write", "two", "aside and anew"),
            FOUND_ANOTHER: ("write", "one", "aside and anew"),
            PUT_BACK: ("forget", "", "aside and anew"),
        }
    )

    writers.nothing_is_lost()
