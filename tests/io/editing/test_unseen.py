"""Versions that nobody has seen, merged into what a file says by then."""

import pytest

from orchestrator_tui.io.editing.unseen import merged
from tests.io.editing.writing import TEXT
from tests.io.reading import reading


def changed(*pairs: tuple[str, str]) -> bytes:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def reads(text: bytes) -> bool:
    return reading(text.decode()).mission is not None


MORE = ("progress: 10", "progress: 50")
"""What was written since."""


@pytest.mark.parametrize(
    ("unseen", "expected"),
    [
        pytest.param(changed(), changed(MORE), id="nothing"),
        pytest.param(changed(MORE), changed(MORE), id="the same"),
        pytest.param(b"", changed(MORE), id="an empty file"),
        pytest.param(changed(("2h", "9h")), changed(MORE, ("2h", "9h")), id="another fact"),
        pytest.param(
            changed(("# a guess", "# sure")), changed(MORE, ("# a guess", "# sure")), id="a comment"
        ),
        pytest.param(
            changed(MORE, ("2h", "9h")), changed(MORE, ("2h", "9h")), id="the same and another"
        ),
        pytest.param(
            changed(("    agent: ada\n", "    agent: bob\n")),
            changed(MORE, ("    agent: ada\n", "    agent: bob\n")),
            id="the line above",
        ),
        pytest.param(
            changed(("progress: 10", "progress: 11")), changed(MORE), id="what was changed since"
        ),
        pytest.param(
            changed(("tasks:\n", "  eve:\n    icon: E\ntasks:\n")),
            changed(MORE, ("tasks:\n", "  eve:\n    icon: E\ntasks:\n")),
            id="an entry",
        ),
    ],
)
def test_what_was_changed_comes_along(unseen: bytes, expected: bytes) -> None:
    result = merged(TEXT.encode(), unseen, changed(MORE), reads)

    assert result.text == expected
    assert result.is_whole


def test_with_nothing_written_since_it_is_taken_as_it_is() -> None:
    unseen = changed(("# a guess", "# sure"), ("2h", "9h"))

    assert merged(TEXT.encode(), unseen, TEXT.encode(), reads).text == unseen


@pytest.mark.parametrize(
    "unseen",
    [
        pytest.param(TEXT.encode()[:120] + b"\xff", id="no text"),
        pytest.param(changed(("tasks:\n", "tasks: [\n")), id="no YAML"),
        pytest.param(changed(("progress: 10", "progress: 10 # yes")), id="a comment on that line"),
        pytest.param(changed(("agent: bob", "agent: nobody")), id="no mission"),
    ],
)
def test_what_cannot_be_merged_is_said(unseen: bytes) -> None:
    result = merged(TEXT.encode(), unseen, changed(MORE), reads)

    assert result.text == changed(MORE)
    assert not result.is_whole


def test_what_can_be_merged_of_it_is() -> None:
    unseen = changed(("agent: bob", "agent: nobody"), ("2h", "9h"))

    result = merged(TEXT.encode(), unseen, changed(MORE), reads)

    assert result.text == changed(MORE, ("2h", "9h"))
    assert not result.is_whole
