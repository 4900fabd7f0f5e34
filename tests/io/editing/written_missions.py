"""Missions in every style that people and programs write, and edits of them, for laws."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from orchestrator_tui.domain.edits import Edit, Put, Remove, Value

COMMENT: Final = "#~"
"""With it every comment begins, and no value holds it."""

SECTIONS = ("agents", "tasks", "milestones", "blockers")
IDS = ("a", "chat-ui", "M1.x", "7", "true", "b_2")
FIELDS = ("title", "note", "progress", "spent", "after", "estimate", "y", "state")
PLAIN = ("T", "Größe 12", "no", "12:30", "80", "2024-01-15T15:55Z", "API schema review", "it's")
TEXTS = (*PLAIN, 'say "x"', "a: b", "x # y", "- a", "", "🏗️ build", "*x", "{a", "back\\slash")
COMMENTS = tuple(f"{COMMENT}{each}" for each in ("", " note", " - a: b", " {x: [", ": 'q", " ünï"))
FLOWS = ("{}", "{ }", "[]", "{title: T}", "[a, 'b, c']", "{a: {title: T,after: [x]}, b: {}}")
ENTRY_FLOWS = ("{}", "{a: {title: T}}", '{"a": {"title": "x", "progress": 3}}')


@dataclass(frozen=True)
class Style:
    """What is the same in the whole of one text."""

    width: int
    is_commented: bool
    has_blanks: bool


STYLES = st.builds(Style, st.sampled_from([2, 2, 2, 4, 1, 3]), st.booleans(), st.booleans())


@st.composite
def scalars(draw: st.DrawFn, style: Style) -> list[str]:
    """Draw what stands after `key:`, and the lines below it."""
    text = draw(st.sampled_from(TEXTS))
    inner = " " * draw(st.integers(1, 4))
    match draw(st.sampled_from(["plain"] * 4 + ["double", "single", "null", "below", "block"])):
        case "double":
            return [f" {json.dumps(text, ensure_ascii=False)}{draw(comments_after(style))}"]
        case "single":
            quoted = text.replace("'", "''")
            return [f" '{quoted}'{draw(comments_after(style))}"]
        case "null":
            return [draw(st.sampled_from(["", " ~", " null"])) + draw(comments_after(style))]
        case "below":
            return [draw(comments_after(style)), inner + draw(st.sampled_from(PLAIN))]
        case "block":
            header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", "|  #~ why"]))
            more = draw(st.lists(st.sampled_from(["first", "more # text", "  in", ""]), max_size=3))
            return [f" {header}", *(inner + each if each else "" for each in ("top", *more))]
        case _:
            margin = draw(st.sampled_from([" ", "  ", "\t"]))
            return [margin + draw(st.sampled_from(PLAIN)) + draw(comments_after(style))]


@st.composite
def comments_after(draw: st.DrawFn, style: Style) -> str:
    """Draw what may stand at the end of a line."""
    if not style.is_commented or draw(st.booleans()):
        return draw(st.sampled_from(["", "", "  "]))
    return draw(st.sampled_from([" ", "   ", "\t"])) + draw(st.sampled_from(COMMENTS))


@st.composite
def lines_before(draw: st.DrawFn, style: Style) -> list[str]:
    """Draw what may stand between two entries."""
    lines = []
    if style.has_blanks and draw(st.booleans()):
        lines.append(draw(st.sampled_from(["", "  "])))
    if style.is_commented and draw(st.booleans()):
        lines.append(draw(st.sampled_from(["", "  "])) + draw(st.sampled_from(COMMENTS)))
    return lines


@st.composite
def mappings(draw: st.DrawFn, style: Style, *, depth: int = 0) -> list[str]:
    """Draw the lines of a mapping: of the whole at depth 0, of a section at 1, of an entry at 2."""
    keys = (SECTIONS, IDS, FIELDS)[min(depth, 2)]
    kinds = (
        [*["scalar"] * 5, "flow", "list", "mapping"] if depth > 1 else [*["mapping"] * 7, "flow"]
    )
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(keys), unique=True, min_size=1, max_size=4)):
        lines += draw(lines_before(style))
        name = draw(st.sampled_from([key] * 4 + [f'"{key}"', f"'{key}'"]))
        match draw(st.sampled_from(kinds)) if depth < 4 else "scalar":
            case "mapping":
                below = draw(mappings(style, depth=depth + 1))
                lines += [f"{name}:{draw(comments_after(style))}", *indented(below, style.width)]
            case "list":
                items = draw(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3))
                below = [f"- {each}{draw(comments_after(style))}" for each in items]
                width = draw(st.sampled_from([0, style.width]))
                lines += [f"{name}:{draw(comments_after(style))}", *indented(below, width)]
            case "flow":
                flow = draw(st.sampled_from(FLOWS if depth > 1 else ENTRY_FLOWS))
                lines.append(f"{name}: {flow}{draw(comments_after(style))}")
            case _:
                first, *below = draw(scalars(style))
                lines += [f"{name}:{first}", *below]
    return lines


def indented(lines: list[str], width: int) -> list[str]:
    """Return lines further in; empty ones stay empty."""
    return [" " * width + each if each else "" for each in lines]


@st.composite
def block_texts(draw: st.DrawFn) -> str:
    """Draw a mission as people write it; not all of them can be read."""
    style = draw(STYLES)
    head = draw(st.sampled_from([[], ["#~ head"], ["---"], [""]]))
    tail = draw(st.sampled_from([[], ["started: 2024-01-15T15:55Z"], ["", "#~ end"], ["", ""]]))
    lines = [*head, "mission: Chat", *draw(mappings(style)), *tail]
    return "\n".join(lines) + draw(st.sampled_from(["\n", "\n", ""]))


@st.composite
def json_texts(draw: st.DrawFn) -> str:
    """Draw a mission as a program dumps it."""
    fields = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([*TEXTS, 7, ["a"], {"y": 1}]))
    section = st.dictionaries(st.sampled_from(IDS), fields, max_size=3)
    tree = {"mission": "Chat", **draw(st.dictionaries(st.sampled_from(SECTIONS), section))}
    return json.dumps(tree, indent=draw(st.sampled_from([None, 2, 4])), ensure_ascii=False)


@st.composite
def mission_files(draw: st.DrawFn) -> bytes:
    """Draw the bytes of a file: a text, its line ends, and the mark at its beginning."""
    lines = draw(st.one_of(block_texts(), block_texts(), block_texts(), json_texts())).split("\n")
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"]]))
    text = "".join(line + ends[at % len(ends)] for at, line in enumerate(lines[:-1])) + lines[-1]
    return (draw(st.sampled_from(["", "", "\ufeff"])) + text).encode()


VALUES: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.booleans(),
    st.integers(0, 100),
    st.sampled_from([80.0, 33.25, 1e-7]),
    st.datetimes(
        datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2100, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.just(UTC),
    ),
    st.timedeltas(timedelta(), timedelta(days=50)),
    st.lists(st.sampled_from(IDS), max_size=3).map(tuple),
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([*TEXTS, 7, ("a", "b")]), max_size=3),
)
PLACES = st.tuples(st.sampled_from(SECTIONS), st.sampled_from(IDS), st.sampled_from(FIELDS))
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Put, PLACES, VALUES),
    st.builds(Put, PLACES, VALUES),
    st.builds(Remove, PLACES),
    st.builds(
        Put, PLACES.map(lambda place: place[:2]), VALUES.filter(lambda each: isinstance(each, dict))
    ),
    st.builds(Remove, PLACES.map(lambda place: place[:2])),
    st.builds(Put, st.sampled_from([("deadline",), ("mission",)]), VALUES),
)
