"""Columns: what fits, what goes first, and that every line has exactly its width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import (
    Column,
    fit_line,
    fit_steady,
    place_columns,
    plain,
)

TEXTS = st.text(max_size=30).map(plain_text)
LINES = st.lists(st.tuples(TEXTS, st.sampled_from(Tone)).map(lambda each: Piece(*each)), max_size=5)


def cell(row: object) -> Line:
    return (Piece(str(row)),)


NAME = Column("Name", cell, 8, widest=20, keep=100)
NUMBER = Column("No", cell, 4, keep=50, is_right=True)
REST = Column("Rest", cell, 6, widest=100, keep=10)


@given(line=LINES, width=st.integers(0, 60), is_right=st.booleans())
def test_a_fitted_line_has_exactly_its_width(line: list[Piece], width: int, is_right: bool) -> None:
    fitted = fit_line(tuple(line), width, is_right=is_right)

    assert width_of(plain(fitted)) == width


@given(row=TEXTS, width=st.integers(8, 120))
def test_a_row_is_never_wider_than_the_table(row: str, width: int) -> None:
    placed = place_columns((NAME, NUMBER, REST), width)

    assert width_of(plain(placed.line(row))) <= width
    assert width_of(plain(placed.line(row))) == width_of(plain(placed.heading))


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        pytest.param(40, ["Name", "No", "Rest"], id="room for all"),
        pytest.param(20, ["Name", "No"], id="the least worthy goes first"),
        pytest.param(10, ["Name"], id="only the worthiest"),
        pytest.param(2, ["Name"], id="one always stays"),
    ],
)
def test_columns_go_by_their_worth(width: int, headings: list[str]) -> None:
    placed = place_columns((NAME, NUMBER, REST), width)

    assert [column.heading for column, _cells in placed.columns] == headings


def test_numbers_are_aligned_to_the_right() -> None:
    placed = place_columns((Column("No", cell, 4, is_right=True),), 4)

    assert [plain(placed.line(each)) for each in (7, 42, 1234)] == ["   7", "  42", "1234"]


def test_a_number_never_touches_the_words_after_it() -> None:
    placed = place_columns((NUMBER, REST), 12)

    assert plain(placed.line(1234)) == "1234  1234  "


def test_what_is_cut_ends_with_an_ellipsis() -> None:
    assert plain(fit_line((Piece("abc"), Piece("defgh")), 6)) == "abcde…"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("🏗️", 2, "🏗 ", id="emoji with a variation selector"),
        pytest.param("👩‍👩‍👧", 2, "👩", id="a family"),
        pytest.param("👍🏽", 3, "👍 ", id="a skin tone"),
        pytest.param("🇩🇪", 2, "DE", id="a flag"),
        pytest.param("1️⃣", 2, "1 ", id="a keycap"),
        pytest.param("日本語", 5, "日本…", id="wide letters"),
        pytest.param("日本語", 4, "日 …", id="half a wide letter"),
    ],
)
def test_on_the_screen_no_emoji_has_a_width_that_terminals_disagree_about(
    text: str, width: int, expected: str
) -> None:
    assert plain(fit_steady((Piece(text),), width)) == expected
