"""Agents' text in a chat: inert whatever the service reads out of texts, and still readable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.io.channels.chat_text import WORD_JOINER, chat_text
from tests.io.channels.sent import HOSTILE

J = WORD_JOINER
MARKUP = {
    "a tag, a mention of Slack or Discord, a link of Slack": r"<|>",
    "a mention": r"@\w",
    "a link with a text": r"\]\(|\]\[|\]:",
    "a link by itself": r"://|www\.",
    "bold, slanted": r"\*|(?<![^\W_])_|_(?![^\W_])",
    "code, struck": r"`|~",
    "hidden": r"\|\|",
    "a formula": r"\$\$",
    "a sign by its name": r"&#?\w+;",
    "a heading, a command": r"(?m)^[ \t]*(#|=|--|-#|/)",
}
"""What one chat service or another reads out of a text."""
BACK = str.maketrans("‹›∗ˋ∼ˍ", "<>*`~_", J)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        pytest.param("@everyone look", f"@{J}everyone look", id="everyone"),
        pytest.param("<!here> <@U123>", f"‹!here› ‹@{J}U123›", id="mentions of Slack"),
        pytest.param("[x](http://evil)", f"[x]{J}(http:{J}//evil)", id="a link with a text"),
        pytest.param("<http://evil|x>", f"‹http:{J}//evil|x›", id="a link of Slack"),
        pytest.param("*bold* and _so_", "∗bold∗ and ˍsoˍ", id="emphasis"),
        pytest.param("a_name_of_code", "a_name_of_code", id="low lines inside of a word"),
        pytest.param("api-design is 75 %, 2 < 3", "api-design is 75 %, 2 ‹ 3", id="prose"),
        pytest.param("one\n# two", f"one\n{J}# two", id="a heading"),
        pytest.param("/poll a b", f"{J}/poll a b", id="a command"),
        pytest.param("&lt;b&gt; R&D", f"&{J}lt;b&{J}gt; R&D", id="signs of HTML"),
    ],
)
def test_markup_becomes_text_that_reads_the_same(written: str, sent: str) -> None:
    assert chat_text(written) == sent


@pytest.mark.parametrize("pattern", MARKUP.values(), ids=MARKUP)
@pytest.mark.parametrize("line", HOSTILE[:9])
def test_nothing_that_hurt_is_markup_any_more(line: str, pattern: str) -> None:
    assert not re.search(pattern, chat_text(line), re.IGNORECASE)


@given(st.text(st.sampled_from("@<>*_`~|[](!:)/wW.$&#;=- \nab1ü漢"), max_size=40))
def test_no_text_holds_markup_and_each_can_be_read(written: str) -> None:
    sent = chat_text(written)

    assert sent.translate(BACK) == written
    for name, pattern in MARKUP.items():
        assert not re.search(pattern, sent, re.IGNORECASE), name
