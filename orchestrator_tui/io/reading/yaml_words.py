"""What PyYAML says of a broken text, at the right place and with what to write instead."""

import re
from typing import Final

from yaml import MarkedYAMLError, YAMLError

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.source_text import TextRefused

QUOTE: Final = "quote the value"

_UNFINISHED: Final = re.compile(
    "while scanning|while parsing a (?:flow sequence|flow mapping|quoted)"
)
"""Contexts whose beginning is the place to look at; elsewhere it is where the parser stumbled."""
_HINTS: Final = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        ("mapping values are not allowed", f"{QUOTE} if it holds ': ', or mend the indentation"),
        ("cannot start any token", QUOTE),
        ("could not find expected ':'", "write `key: value`, and close what is open above"),
        ("expected alphabetic or numeric", f"{QUOTE}, because it begins with * or &"),
        ("unexpected end of stream", "close the quote it begins with"),
        ("unexpected document indicator", "close the quote it begins with"),
        ("did not find expected ',' or", f"close the bracket, or {QUOTE}"),
        ("unknown escape|hexdecimal|escape code", "double the backslash, or use single quotes"),
        ("did not find expected key", f"indent it as its neighbours, or {QUOTE}"),
        ("did not find expected '-' indicator", "indent it as its neighbours"),
        ("expected <document start>", "a mission is one mapping: mend the indentation"),
        ("did not find expected node content", "close the bracket, or write what is missing"),
        ("directive|incompatible YAML", "remove the line that begins with %"),
        ("tab", "indent with spaces, not tabs"),
        ("tag", f"{QUOTE}, because it begins with !"),
    )
)
_ANYTHING: Final = "look at the quotes and the indentation here"


def yaml_refused(error: YAMLError, text: str) -> TextRefused:
    """Return what `error` says of `text`, with the place where a person has to look."""
    if not isinstance(error, MarkedYAMLError):
        return TextRefused(f"is no YAML ({plain_text(str(error), limit=120)})")
    problem = error.problem or error.context or "is no YAML"
    mark = error.problem_mark or error.context_mark
    is_unfinished = _UNFINISHED.match(error.context or "") and "tab" not in problem
    if error.context_mark is not None and is_unfinished:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.split("\n")
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1  # the parser stumbles over the end; a person looks at the last line before it
        column = max(len(lines[line]) - 1, 0) if line < len(lines) else 0
    return TextRefused(
        f"{plain_text(problem, limit=120)}: {_hint(problem, lines[line], column)}",
        line=line,
        column=column,
    )


def _hint(problem: str, line: str, column: int) -> str:
    if "\t" in line[: column + 1] and not line[:column].strip():
        return "indent with spaces, not tabs"
    for pattern, hint in _HINTS:
        if pattern.search(problem):
            return hint
    return _ANYTHING
