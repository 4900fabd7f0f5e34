"""The title of the terminal says what waits, and nothing in it is ever run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.presentation.lines import width_of
from orchestrator_tui.presentation.terminal_title import (
    TITLE_CELLS,
    terminal_title,
    title_sequence,
)
from tests.assessments import assessment, mission
from tests.ui.waiting_worlds import APPROVAL, BUSY, CHAT, QUIET, TRUST, waiting_mission

BEFORE, AFTER = "\x1b]2;", "\x1b\\"


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        pytest.param(assessment(), "orchestrator-tui", id="no mission"),
        pytest.param(assessment(mission(title="Wiki")), "Wiki", id="nothing waits"),
        pytest.param(
            assessment(waiting_mission(TRUST)), "1 needs you · Team wiki", id="one decision"
        ),
        pytest.param(
            assessment(CHAT), "4 need you · Real-time Chat Application - Sprint 1", id="several"
        ),
        pytest.param(QUIET, "2 missions", id="nothing waits in any"),
        pytest.param(BUSY, "7 need you · 3 missions", id="in several missions and the folder"),
    ],
)
def test_it_says_how_many_decisions_wait(shown: Assessment, title: str) -> None:
    assert terminal_title(shown) == title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("Wiki", "Wiki", id="plain"),
        pytest.param("#(touch /tmp/x)", "##(touch /tmp/x)", id="a command of tmux"),
        pytest.param("#{E:@x} #[fg=red]", "##{E:@x} ##[fg=red]", id="formats and styles"),
        pytest.param("a\x1b]0;x\x07b", "a␛]0;x␇b", id="another title inside"),
        pytest.param("a\x1b\\b\x9cc", "a␛\\b‹U+009C›c", id="the end of the title inside"),
        pytest.param("a\nb", "a⏎b", id="a line break"),
    ],
)
def test_in_tmux_a_title_is_only_ever_text(title: str, shown: str) -> None:
    assert title_sequence(title, is_in_tmux=True) == BEFORE + shown + AFTER


def test_elsewhere_a_number_sign_is_itself() -> None:
    assert title_sequence("#1 (of 2)", is_in_tmux=False) == f"{BEFORE}#1 (of 2){AFTER}"


@given(title=st.text(max_size=300), is_in_tmux=st.booleans())
def test_no_title_gets_out_of_itself(title: str, *, is_in_tmux: bool) -> None:
    written = title_sequence(title, is_in_tmux=is_in_tmux)

    text = written.removeprefix(BEFORE).removesuffix(AFTER)
    assert not any(each < " " or "\x7f" <= each < "\xa0" for each in text)
    assert width_of(text.replace("##", "#") if is_in_tmux else text) <= TITLE_CELLS
    assert not is_in_tmux or "#" not in text.replace("##", "")


def test_many_things_in_one_mission_are_counted() -> None:
    many = tuple(replace(APPROVAL, subject=f"M{each}") for each in range(1000))

    assert terminal_title(assessment(waiting_mission(*many))) == "1000 need you · Team wiki"
