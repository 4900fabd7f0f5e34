"""What leaves this program is safe to show wherever it arrives."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage, plain_lines
from orchestrator_tui.domain.text import KEPT_LIMIT, plain_text

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
texts = st.text(st.characters(codec=None), max_size=40)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("two\nlines", "two\nlines", id="lines are kept"),
        pytest.param("two\r\nlines", "two\nlines", id="lines as Windows ends them"),
        pytest.param("over\rwritten", "over␍written", id="what would overwrite a line is shown"),
        pytest.param("a\x1b]52;c;aGk=\x07", "a␛]52;c;aGk=␇", id="escapes are shown"),
        pytest.param("a\u2028b", "a‹U+2028›b", id="other separators are shown"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_body_keeps_its_lines_and_nothing_that_acts(raw: str, shown: str) -> None:
    assert plain_lines(raw) == shown


@given(texts)
def test_what_is_safe_stays_as_it_is(raw: str) -> None:
    shown = plain_lines(raw)

    assert plain_lines(shown) == shown
    assert all(plain_text(each) == each for each in shown.split("\n"))


@pytest.mark.parametrize("raw", ["x", "\x01", "\n", "x\n"], ids=repr)
def test_a_body_has_an_end(raw: str) -> None:
    shown = plain_lines(raw * KEPT_LIMIT * 2)

    assert len(shown) <= KEPT_LIMIT
    assert plain_lines(shown) == shown


@given(texts, texts)
def test_the_other_texts_are_one_safe_line(channel: str, subject: str) -> None:
    message = OutgoingMessage(
        id="m1", mission=MissionId("m"), channel=channel, made=NOON, subject=subject, body="x"
    )

    assert (message.channel, message.subject) == (plain_text(channel), plain_text(subject))
