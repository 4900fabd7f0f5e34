"""Paragraphs that are broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines, wrapped


@given(text=st.text(max_size=200).map(plain_text), width=st.integers(2, 60), most=st.integers(1, 4))
def test_no_line_is_too_wide_and_there_are_never_too_many(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most=most)

    assert 1 <= len(lines) <= most
    assert [each for each in lines if width_of(each) > width] == []


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        pytest.param("one two three", 7, 3, ("one two", "three"), id="broken at a space"),
        pytest.param("one two three", 7, 1, ("one tw…",), id="cut"),
        pytest.param("abcdefgh", 3, 3, ("abc", "def", "gh"), id="a word that is too long"),
        pytest.param("", 5, 2, ("",), id="nothing"),
    ],
)
def test_text_is_broken(text: str, width: int, most: int, lines: tuple[str, ...]) -> None:
    assert wrapped(text, width, most=most) == lines


def test_text_hangs_beside_its_lead() -> None:
    paragraph = Paragraph((Piece("16:00 "),), "React library is missing", Tone.WARN, under="why")

    assert [plain(each) for each in prose_lines((paragraph,), 20)] == [
        "16:00 React library",
        "      is missing",
        "      why",
    ]


def test_a_lead_that_leaves_no_room_takes_one_line() -> None:
    paragraph = Paragraph((Piece("L2 MEDIUM 2h15 "),), "React", under="why")

    assert [plain(each) for each in prose_lines((paragraph,), 18)] == ["L2 MEDIUM 2h15 Re…"]
