"""What is not changed, and the reason that is given."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.text_edit import edited

PROGRESS = Put(("tasks", "t", "progress"), 80)
SHARED = "tasks:\n  t: &t {progress: 10}\n  u: *t\n"
MERGED = "tasks:\n  t: {<<: {progress: 10}}\n"


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        pytest.param(SHARED, PROGRESS, "other places share `tasks.t`", id="an anchored entry"),
        pytest.param(
            SHARED,
            Put(("tasks", "u", "progress"), 80),
            "other places share `tasks.u`",
            id="an alias",
        ),
        pytest.param(MERGED, PROGRESS, "it comes from a merge key", id="a merged value"),
        pytest.param(
            "tasks:\n  t:\n    progress: &p 10\n    quality: *p\n",
            PROGRESS,
            "share it by its anchor",
            id="an anchored value",
        ),
        pytest.param(
            "tasks:\n  t: &t {progress: 10}\n  u: *t\n",
            Remove(("tasks", "t")),
            "share it by its anchor",
            id="an anchored entry away",
        ),
        pytest.param(
            "tasks:\n  t:\n    progress: 1\n    progress: 2\n",
            PROGRESS,
            "given twice",
            id="a key twice",
        ),
        pytest.param(
            "tasks: {t: text}\n", PROGRESS, "`tasks.t` is no mapping", id="through a text"
        ),
        pytest.param("tasks: [t]\n", PROGRESS, "`tasks` is no mapping", id="through a list"),
        pytest.param("", PROGRESS, "the file is empty", id="an empty file"),
        pytest.param("tasks: [\n", PROGRESS, "cannot be read", id="a broken file"),
        pytest.param(
            "a: &a [x]\nb: &b [*a, *a]\n---\n", PROGRESS, "second document", id="two documents"
        ),
        pytest.param(
            "mission: x\n",
            Put(("started",), datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)),
            "no time zone",
            id="a bare time",
        ),
        pytest.param(
            "mission: x\n",
            Put(("x",), float("nan")),
            "no number that a mission can hold",
            id="no number",
        ),
        pytest.param(
            "mission: x\n",
            Put(("x",), timedelta(days=-1)),
            "no duration that a mission",
            id="less than none",
        ),
        pytest.param(
            "mission: x\n", Put(("x",), "\ud83d"), "half a character", id="half a character"
        ),
    ],
)
def test_what_cannot_be_changed_alone_is_refused_with_the_reason(
    text: str, edit: Edit, reason: str
) -> None:
    with pytest.raises(EditRefused, match=reason) as caught:
        edited(text.encode(), (edit,))

    assert isinstance(caught.value, WriteRefused)


def test_an_alias_bomb_is_refused_before_anything_is_expanded() -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    bomb = f"tasks:\n  l0: &l0 [x]\n{levels}"

    with pytest.raises(EditRefused, match="makes the file too big"):
        edited(bomb.encode(), (PROGRESS,))


def test_what_others_wrote_never_reaches_a_message_raw() -> None:
    with pytest.raises(EditRefused) as caught:
        edited(b"tasks: {}\nmission: x\n", (Put(("mission", "\x1b[31m", "x"), 1),))

    assert "\x1b" not in str(caught.value)
