"""Outside text made safe, once."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.text import KEPT_LIMIT, MARKS_KEPT, plain_text, shorten, suspicions


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("plain [b]text[/b]", "plain [b]text[/b]", id="brackets stay"),
        pytest.param("a\x1b[31mb", "a␛[31mb", id="escape"),
        pytest.param("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇", id="clipboard"),
        pytest.param("a\x9bb", "a‹U+009B›b", id="C1"),
        pytest.param("a\0b\x7f", "a␀b␡", id="NUL and delete"),
        pytest.param("one\ntwo\r\tthree", "one⏎two␍ three", id="line breaks and tabs"),
        pytest.param("abc\u202edef", "abc‹U+202E›def", id="bidi override"),
        pytest.param("a\u200bb\ufeff", "a‹U+200B›b‹U+FEFF›", id="invisible"),
        pytest.param("a\U000e0061", "a‹U+E0061›", id="tag character"),
        pytest.param("a\u2028b", "a‹U+2028›b", id="line separator"),
        pytest.param("a\ud800b", "a\N{REPLACEMENT CHARACTER}b", id="lone surrogate"),
        pytest.param("a\uffffb", "a\N{REPLACEMENT CHARACTER}b", id="noncharacter"),
        pytest.param("\ue000", "‹U+E000›", id="private use"),
        pytest.param("👩‍💻 🏗️ 🇩🇪 👍🏽", "👩‍💻 🏗️ 🇩🇪 👍🏽", id="emoji"),
        pytest.param("नमस्ते", "नमस्ते", id="Devanagari"),
        pytest.param("a\u200db", "a‹U+200D›b", id="joiner between letters"),
    ],
)
def test_what_could_act_becomes_visible_and_the_rest_stays(raw: str, shown: str) -> None:
    assert plain_text(raw) == shown


def test_of_a_flood_of_marks_a_few_are_kept() -> None:
    assert plain_text("Z" + "\u0301" * 3000) == "Z" + "\u0301" * MARKS_KEPT


def test_a_text_beyond_the_limit_is_cut() -> None:
    assert plain_text("x" * 11, limit=10) == "x" * 10 + "…"
    assert len(plain_text("x" * (KEPT_LIMIT + 1))) == KEPT_LIMIT + 1
    assert shorten("x" * 11, 10) == "x" * 9 + "…"
    assert shorten("x" * 10, 10) == "x" * 10


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("plain", ()),
        ("Ünïcödé 👩‍💻", ()),
        ("a\x1bb", ("control characters",)),
        ("a\u202eb\x9b", ("bidirectional overrides", "control characters")),
        ("a\u200db", ("invisible characters",)),
        ("a" + "\u0301" * 5, ("a flood of combining marks",)),
        ("\ud800", ("characters that are not Unicode text",)),
    ],
)
def test_a_reader_is_warned_of_what_is_hidden(raw: str, found: tuple[str, ...]) -> None:
    assert suspicions(raw) == found


@given(raw=st.text(st.characters(), max_size=200))
def test_the_result_can_go_anywhere(raw: str) -> None:
    shown = plain_text(raw)

    assert shown.encode("utf-8").decode("utf-8") == shown
    assert all(unicodedata.category(each) not in {"Cc", "Cs", "Cn", "Co"} for each in shown)
    assert len(shown.splitlines()) <= 1


@given(raw=st.text(max_size=200))
def test_making_safe_text_safe_changes_nothing(raw: str) -> None:
    once = plain_text(raw)

    assert plain_text(once) == once
