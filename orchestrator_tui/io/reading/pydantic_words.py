"""Pydantic's errors in words: which key, what is wrong, what to write instead."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches
from typing import Any, Final

from pydantic_core import ErrorDetails

from orchestrator_tui.domain.check import KINDS
from orchestrator_tui.domain.duration import format_work
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading import yaml_nodes
from orchestrator_tui.io.reading.findings import Finding, Path, Spread, dotted, locate
from orchestrator_tui.io.reading.format_shape import entry_path, keys_at, one_of

_QUOTED: Final = re.compile(r"'([^']*)'")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_TIMEDELTA: Final = re.compile(r"(days|seconds)=(\d+)")
_EXAMPLES: Final = {
    "estimate": "write estimate: 4h", "mission": "write mission: and its title",
    "started": "write started: 2024-01-15T06:30Z", "opened": "write opened: 2024-01-15T14:00Z",
    "at": "write at: 2024-01-15T14:00Z", "title": "write title: and a few words",
    "status": "write status: OK, DEGRADED, FAILED or CHANGED",
    "verdict": "write verdict: PASS or REWORK", "likely": "write likely: 4h",
    "than": "write than: GLOB", "by": "write by: and who", "parts": "write parts: {task-id: {…}}",
}  # fmt: skip
_SHAPES: Final = {
    "model_type": "write a mapping, such as {key: value}",
    "model_attributes_type": "write a mapping, such as {key: value}",
    "dict_type": "write a mapping, such as {key: value}",
    "tuple_type": "write a list, such as [first, second]",
    "list_type": "write a list, such as [first, second]",
}


_SHAPES_OF: Final = {
    "estimate": "write 4h, or {best: 2h, likely: 4h, worst: 9h}",
    "skills": "write {react: 4, css: 2} or [react, css]",
    "run": "write [program, argument]",
}
"""What to write for a key that takes more than one shape, or an unusual one."""
_LEAST_ALIKE: Final = 0.65
"""How alike a text and a choice must be for the one to be a slip of the other."""


def did_you_mean(written: str, choices: Sequence[str], *, otherwise: str = "") -> str:
    """Return the hint that names the nearest choice, or all of them where none is near."""
    by_lower = {each.lower(): each for each in choices}
    near = get_close_matches(written[:80].lower(), list(by_lower), n=1, cutoff=_LEAST_ALIKE)
    if near:
        return f"did you mean {by_lower[near[0]]}?"
    return otherwise or f"write {_one_of(choices)}"


def without_echoes(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return `errors` but for lists called too short because their items were refused."""
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(_is_inside(other["loc"], error["loc"]) for other in errors)
    ]


def _is_inside(inner: Path, outer: Path) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def finding_of(error: ErrorDetails, section: str, name: str, entry: Spread) -> Finding:
    """Return what `error`, raised for that entry, says to a person."""
    is_about_key = error["loc"][-1:] == ("[key]",)
    steps = tuple(step for step in error["loc"] if step != "[key]")
    found = locate(entry, steps)
    path = entry_path(section, name) + found.path
    place = found.at_key if is_about_key or found.node is None else found.at_value
    match error["type"]:
        case "missing":
            key = str(steps[-1])
            hint = _EXAMPLES.get(key, f"write {key}")
            message = f"`{dotted((*path, key))}` is missing: {hint}"
            place = found.at_key
        case "extra_forbidden":
            message = f"`{dotted(path)}` {_unknown(section, steps)}"
            place = found.at_key
        case _:
            message = (
                f"`{dotted(path)}` {about_words(error, found.node, is_about_key=is_about_key)}"
            )
    return Finding(Severity.ERROR, plain_text(message, limit=600), place)


def shape_words(node: yaml_nodes.Node | None) -> str:
    """Return what the value is, as the middle of a sentence."""
    match node:
        case yaml_nodes.Mapping():
            return "is a mapping"
        case yaml_nodes.Sequence():
            return "is a list"
        case yaml_nodes.Scalar(is_null=True):
            return "is empty"
        case _:
            return "is text"


def _unknown(section: str, steps: Path) -> str:
    choices = keys_at(section, steps[:-1])
    whose = f" of {one_of(section)}" if len(steps) == 1 else ""
    return f"is no key{whose}: {did_you_mean(str(steps[-1]), choices)}"


def about_words(error: ErrorDetails, node: yaml_nodes.Node | None, *, is_about_key: bool) -> str:
    """Return what is wrong, to follow the name of the key in a sentence."""
    kind = error["type"]
    written = _written(node)
    if kind == "value_error":
        said = str(error.get("ctx", {}).get("error", ""))
        return f"{written} {said}".lstrip() if said.startswith("is ") and not is_about_key else said
    if kind == "check_kind":
        return _no_check(node, error["msg"])
    if (hint := _SHAPES.get(kind)) is not None:
        return f"{shape_words(node)}: {_SHAPES_OF.get(str(error['loc'][-1]), hint)}"
    if kind == "enum":
        return _no_choice(node, str(error.get("ctx", {}).get("expected", "")), error["loc"])
    if (bound := _BOUNDS.get(kind)) is not None:
        return bound(written, error.get("ctx", {}))
    return f"{written} does not fit: {error['msg'].lower()}"


def _written(node: yaml_nodes.Node | None) -> str:
    if not isinstance(node, yaml_nodes.Scalar) or node.is_null:
        return ""
    text = str(plain_text(node.text, limit=40))
    return text if _PLAIN_NUMBER.fullmatch(text) else repr(text)


def _no_check(node: yaml_nodes.Node | None, message: str) -> str:
    if isinstance(node, yaml_nodes.Mapping):
        for key in node.entries:
            if near := get_close_matches(key, list(KINDS), n=1):
                return f"is no check: did you mean {near[0]}?"
    return message


def _no_choice(node: yaml_nodes.Node | None, expected: str, steps: Path) -> str:
    choices = _QUOTED.findall(expected)
    written = node.text if isinstance(node, yaml_nodes.Scalar) else ""
    if steps[-1:] == ("[key]",):
        written = str(steps[-2])
    if not written:
        return f"{shape_words(node)}: write {_one_of(choices)}"
    shown = repr(str(plain_text(written, limit=40)))
    return f"{shown} is none of {', '.join(choices)}: {did_you_mean(written, choices)}"


def _too_small(written: str, bounds: Mapping[str, Any]) -> str:
    lowest = _number(bounds.get("ge", bounds.get("gt")))
    return f"{written} is below {lowest}: write {lowest} or more"


def _too_great(written: str, bounds: Mapping[str, Any]) -> str:
    highest = _number(bounds.get("le", bounds.get("lt")))
    return f"{written} is above {highest}: write {highest} or less"


def _too_short(_written: str, bounds: Mapping[str, Any]) -> str:
    return f"has too few items: write at least {bounds.get('min_length')}"


def _too_long(_written: str, bounds: Mapping[str, Any]) -> str:
    return f"has too many items: write at most {bounds.get('max_length')}"


_BOUNDS: Final[dict[str, Callable[[str, Mapping[str, Any]], str]]] = {
    "greater_than_equal": _too_small,
    "less_than_equal": _too_great,
    "too_short": _too_short,
    "too_long": _too_long,
}


def _number(value: object) -> str:
    """Return a bound as it is written in a mission; pydantic gives durations as their repr."""
    text = str(value)
    if not text.startswith("datetime.timedelta("):
        return text
    given = {unit: int(count) for unit, count in _TIMEDELTA.findall(text)}
    span = timedelta(**given)
    seconds = span.total_seconds()
    return f"{seconds:g}s" if seconds < 60 else format_work(span)  # noqa: PLR2004 - a minute


def _one_of(choices: Sequence[str]) -> str:
    return ", ".join(choices[:-1]) + f" or {choices[-1]}" if len(choices) > 1 else "".join(choices)
