"""For any mission and any edit: what was meant is said, and every other line is as it was."""

import json
from itertools import takewhile

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove
from orchestrator_tui.io.editing.differences import differences
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.text_edit import edited, edited_part
from orchestrator_tui.io.reading.part_yaml import read_part
from tests.io.editing.trees import (
    at,
    is_read_as,
    lines_held,
    root_of,
    text_of,
    tree_of,
    with_value,
)
from tests.io.editing.written_missions import COMMENT, EDITS, mission_files

READABLE = mission_files().filter(lambda raw: not read_part("", raw).is_broken)


def edited_or_not(raw: bytes, *edits: Edit) -> bytes:
    """Return the edited bytes; a text or a list on the way is the one reason to refuse."""
    try:
        return edited(raw, edits)
    except EditRefused as refused:
        if "is no mapping" in str(refused):
            reject()
        raise


def alike(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@settings(max_examples=50)
@given(raw=READABLE, edit=EDITS)
def test_the_edited_text_says_what_was_meant_in_the_old_order(raw: bytes, edit: Edit) -> None:
    new = edited_or_not(raw, edit)

    before, after = tree_of(root_of(raw)), tree_of(root_of(new))
    value = at(after, edit.place)
    expected = with_value(before, edit, value)
    assert after == expected
    if len(edit.place) > 1:  # a value at the top goes beside those that are there
        assert json.dumps(after) == json.dumps(expected)
    if isinstance(edit, Put):
        assert is_read_as(value, edit.value)


@settings(max_examples=50)
@given(raw=READABLE, edit=EDITS)
def test_every_other_line_is_byte_for_byte_the_same(raw: bytes, edit: Edit) -> None:
    new = edited_or_not(raw, edit)

    before, after = raw.decode().splitlines(keepends=True), new.decode().splitlines(keepends=True)
    if before[-1] == before[-1].rstrip("\r\n"):  # a line added below it gives it an end
        assert after[-1] == after[-1].rstrip("\r\n")
        before, after = text_of(raw).split("\n"), text_of(new).split("\n")
    held = lines_held(raw, edit)
    head, tail = alike(before, after), alike(before[::-1], after[::-1])
    is_addition = head + tail >= len(before)
    assert is_addition or (head >= held.start and tail >= len(before) - held.stop)


@settings(max_examples=30)
@given(raw=READABLE, edit=EDITS)
def test_every_comment_stays_but_those_inside_of_what_is_replaced(raw: bytes, edit: Edit) -> None:
    old = at(tree_of(root_of(raw)), edit.place)
    assume(isinstance(edit, Put) and not isinstance(old, dict | list))

    new = edited_or_not(raw, edit)

    assert new.count(COMMENT.encode()) >= raw.count(COMMENT.encode())


@settings(max_examples=30)
@given(raw=READABLE, edit=EDITS)
def test_an_edit_that_is_made_again_changes_nothing(raw: bytes, edit: Edit) -> None:
    new = edited_or_not(raw, edit)

    assert edited(new, (edit,)) == new


@settings(max_examples=30)
@given(raw=READABLE, edits=st.lists(EDITS, min_size=2, max_size=4))
def test_edits_made_at_once_say_what_they_say_one_after_the_other(
    raw: bytes, edits: list[Edit]
) -> None:
    at_once = edited_or_not(raw, *edits)

    one_by_one = raw
    for each in edits:
        one_by_one = edited(one_by_one, (each,))
    assert tree_of(root_of(at_once)) == tree_of(root_of(one_by_one))


@settings(max_examples=30)
@given(raw=READABLE, edit=EDITS)
def test_what_comes_back_is_what_a_reader_finds_in_the_new_bytes(raw: bytes, edit: Edit) -> None:
    edited_or_not(raw, edit)

    part = edited_part(read_part("m.yaml", raw), (edit,))

    assert part.digest == read_part("m.yaml", part.raw).digest
    assert part.blocks.keys() == read_part("m.yaml", part.raw).blocks.keys()


@settings(max_examples=30)
@given(base=READABLE, theirs=READABLE)
def test_the_differences_make_of_one_text_what_the_other_says(base: bytes, theirs: bytes) -> None:
    new = edited_or_not(base, *differences(base, theirs))

    assert tree_of(root_of(new)) == tree_of(root_of(theirs))


@settings(max_examples=30)
@given(raw=READABLE, edit=EDITS)
def test_the_differences_that_an_edit_makes_lie_at_its_place(raw: bytes, edit: Edit) -> None:
    new = edited_or_not(raw, edit)

    assert all(_is_along(each.place, edit) for each in differences(raw, new))


def _is_along(place: Place, edit: Edit) -> bool:
    shorter = min(len(place), len(edit.place))
    return place[:shorter] == edit.place[:shorter] and not (
        isinstance(edit, Remove) and len(place) < len(edit.place) - 1
    )
