"""How values are written: every reader of YAML finds the value that was meant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.duration import parse_work
from orchestrator_tui.domain.edits import Value
from orchestrator_tui.io.editing.scalars import Manner, Written, source_of

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["yes", "No", "~", "null", "12:30", "0x1F", "1_000", "1e3", ".inf", "<<", "="]),
)
MANNERS = st.builds(
    Manner, is_flow=st.booleans(), is_json=st.booleans(), quote=st.sampled_from(["", '"', "'"])
)


@pytest.mark.parametrize(
    ("value", "source"),
    [
        pytest.param("API schema review", "API schema review", id="words"),
        pytest.param("chat-ui", "chat-ui", id="an id"),
        pytest.param("no", '"no"', id="a word that some take for false"),
        pytest.param("12:30", '"12:30"', id="a number to base 60 for some"),
        pytest.param("a: b # c", '"a: b # c"', id="marks of YAML"),
        pytest.param("", '""', id="no text"),
        pytest.param('say "x" \\ y', '"say \\"x\\" \\\\ y"', id="quotes"),
        pytest.param("a\tb\nc\x07", '"a\\tb\\nc\\u0007"', id="control characters"),
        pytest.param(
            "\u202edlrow\u0085\u2028\ufeff", '"\\u202Edlrow\\u0085\\u2028\\uFEFF"', id="bidi"
        ),
        pytest.param("🏗️ Größe 👩‍💻", '"🏗️ Größe 👩‍💻"', id="pictures and letters stay as they are"),
        pytest.param(80.0, "80", id="a whole number"),
        pytest.param(33.25, "33.25", id="a number with decimals"),
        pytest.param(1e-7, "0.0000001", id="a number without an exponent"),
        pytest.param(True, "true", id="a truth value"),
        pytest.param(
            datetime(2024, 1, 15, 16, 55, 0, 7, timezone(timedelta(hours=1))),
            "2024-01-15T15:55:00Z",
            id="a time",
        ),
        pytest.param(timedelta(hours=10), "10h", id="hours"),
        pytest.param(timedelta(minutes=450), "7h30m", id="hours and minutes"),
        pytest.param(timedelta(seconds=61.5), "1m1.5s", id="seconds"),
        pytest.param(timedelta(), "0h", id="no work"),
        pytest.param(("a", "b, c"), '[a, "b, c"]', id="a list"),
        pytest.param((), "[]", id="an empty list"),
        pytest.param(
            {"from": datetime(2024, 1, 15, tzinfo=UTC)},
            "{from: 2024-01-15T00:00:00Z}",
            id="a mapping",
        ),
        pytest.param(
            Written("2024-01-15T15:55Z"), "2024-01-15T15:55Z", id="as a file had it, plain"
        ),
        pytest.param(Written("80", '"'), '"80"', id="as a file had it, in quotes"),
        pytest.param(Written("~"), "null", id="as a file had it, nothing"),
    ],
)
def test_a_value_is_written_like_this(value: Value, source: str) -> None:
    assert source_of(value, Manner()) == source


@given(text=TEXTS, manner=MANNERS)
def test_any_text_is_read_back_by_readers_of_both_versions(text: str, manner: Manner) -> None:
    source = source_of(text, manner)

    assert yaml.safe_load(f"x: {source}\n") == {"x": text}
    assert yaml.safe_load(f"{{x: [{source}, {source}]}}\n") == {"x": [text, text]}
    assert "\t" not in source
    assert "\n" not in source


@given(work=st.timedeltas(timedelta(), timedelta(days=36_500)))
def test_any_duration_is_read_back_as_it_was(work: timedelta) -> None:
    assert parse_work(source_of(work, Manner())) == work
