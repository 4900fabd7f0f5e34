"""A command as it is shown before it is allowed: nothing of it stays invisible."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.presentation.lines import width_of
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.prose import prose_lines
from orchestrator_tui.presentation.rows.trusting import command_paragraphs, escaped
from tests.ui.evidence_worlds import COMMAND, LOAD_TEST


def lines_of(command: CommandSpec, width: int = 76) -> list[str]:
    return [plain(each) for each in prose_lines(command_paragraphs(LOAD_TEST, command), width)]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        pytest.param("a b", "'a b'", id="a blank"),
        pytest.param("", "''", id="nothing"),
        pytest.param("  x  ", "'  x  '", id="blanks around"),
        pytest.param("a\tb\nc", r"'a\tb\nc'", id="control characters"),
        pytest.param("\x1b[31m", r"'\x1b[31m'", id="an escape"),
        pytest.param("\u202egnp.sh", r"'\u202egnp.sh'", id="reversed"),
        pytest.param("pyt\u0435st", r"'pyt\u0435st'", id="a letter that looks like another"),
        pytest.param("a\u200bb", r"'a\u200bb'", id="of no width"),
        pytest.param("it's", '"it\'s"', id="a quote"),
        pytest.param("[@click=app.quit]", "'[@click=app.quit]'", id="markup"),
    ],
)
def test_what_a_word_holds_is_all_to_be_seen(word: str, shown: str) -> None:
    assert escaped(word) == shown
    assert any(each.endswith(shown) for each in lines_of(replace(COMMAND, argv=("x", word))))


@given(words=st.lists(st.text(max_size=300), min_size=1, max_size=6), width=st.integers(16, 200))
def test_nothing_of_a_word_is_cut_wherever_the_line_ends(words: list[str], width: int) -> None:
    lines = lines_of(replace(COMMAND, argv=tuple(words)), width)

    joined = "".join(each[4:] for each in lines)
    for word in words:
        assert ascii(word) in joined
    assert all(width_of(each) <= width for each in lines)
    assert all(each.isascii() or "·" in each or "…" in each for each in lines)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"argv": ("sh", "-c", "rm -r x")}, "starts a shell", id="a shell"),
        pytest.param({"program": "/bin/dash"}, "starts a shell", id="a shell by another name"),
        pytest.param({"program": ""}, "not found", id="no program"),
        pytest.param({"files": ()}, "none of its words names a file", id="no files"),
        pytest.param({"argv": ("\u0430",)}, "not what they seem", id="odd characters"),
    ],
)
def test_what_a_person_should_know_is_said(fields: dict[str, object], words: str) -> None:
    assert words in "\n".join(lines_of(replace(COMMAND, **fields)))  # type: ignore[arg-type]
