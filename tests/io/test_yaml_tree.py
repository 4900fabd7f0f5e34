"""YAML as texts with places: the 1.2 core rules, and hostile bytes."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.source_text import TextRefused
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence
from orchestrator_tui.io.reading.yaml_tree import parse_tree
from tests.io.reading import HEAD


def plain(node: Node | None) -> object:
    match node:
        case Scalar():
            return None if node.is_null else node.text
        case Sequence():
            return [plain(each) for each in node.items]
        case Mapping():
            return {name: plain(value) for name, (_, value) in node.entries.items()}
        case None:
            return None


@pytest.mark.parametrize(
    "written",
    ["no", "on", "12:30", "2024-01-15", "0755", "007", "1.10", "1e3", "1_000", "0x1F", ".inf"],
)
def test_a_scalar_keeps_the_text_that_stands_in_the_file(written: str) -> None:
    assert plain(parse_tree(f"a: {written}").root) == {"a": written}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_null_has_five_forms_and_only_unquoted(written: str) -> None:
    assert plain(parse_tree(f"a: {written}").root) == {"a": None}
    assert plain(parse_tree(f"a: '{written}'").root) == {"a": written}
    assert plain(parse_tree(f"a: !!str {written}").root) == {"a": written}


def test_places_are_those_of_the_file() -> None:
    root = parse_tree("a:\n  b: [x,\n    y]\n").root

    assert isinstance(root, Mapping)
    inner = root.entries["a"][1]
    assert isinstance(inner, Mapping)
    items = inner.entries["b"][1]
    assert isinstance(items, Sequence)
    assert [(each.line, each.column) for each in items.items] == [(1, 6), (2, 4)]


def test_a_merge_gives_what_is_not_given() -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: [*a, *b], x: 9}\n"

    root = plain(parse_tree(text).root)

    assert isinstance(root, dict)
    assert root["c"] == {"x": "9", "y": "2", "z": "4"}


def test_an_alias_in_quotes_is_text() -> None:
    assert plain(parse_tree("a: '*b'\nb: '<<'\n").root) == {"a": "*b", "b": "<<"}


def test_without_libyaml_the_tree_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'a: [1, {b: "x\\ty"}]\nc: |\n  one\n  two\nd: &d {e: f}\ng: *d\n'
    quick = plain(parse_tree(text).root)

    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    assert plain(parse_tree(text).root) == quick


def test_without_libyaml_broken_text_is_refused_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    with pytest.raises(TextRefused) as refused:
        parse_tree("a: 1\nb: @x\n")

    assert refused.value.line == 1


@settings(max_examples=300, deadline=2000)
@given(raw=st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    part = read_part("any.yaml", raw)

    assert part.is_broken or part.blocks is not None


YAML_PIECES = st.sampled_from(
    [
        "a", "b:", "  ", "\n", "- ", ": ", "{", "}", "[", "]", ",", "&a ", "*a", "!x ", "!!str ",
        "|", ">", "'", '"', "\\", "#", "---", "...", "%", "<<: ", "?", "~", "\t", "tasks:\n  ",
        "t1:\n    ", "estimate: 4h", "mission: x\n", "\ufeff", "\r\n", "é", "👩‍💻", "@", "`",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=2000)
@given(pieces=st.lists(YAML_PIECES, max_size=30))
def test_no_text_of_yaml_signs_makes_the_reader_raise(pieces: list[str]) -> None:
    text = HEAD + "".join(pieces)

    part = read_part("any.yaml", text.encode())

    for each in part.problems:
        assert each.line is not None
        assert 1 <= each.line <= text.count("\n") + 2
        assert each.message.isprintable()
