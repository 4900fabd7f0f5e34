"""Templates: text of a person with places that are filled in, and nothing that runs.

A place is `$name` or `${name}`, and `$$` is a dollar sign. What is filled in is never looked at
again, so nothing that it says fills in anything.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.naming import listing, nearest

_PLACE: Final = re.compile(
    r"\$(?:(?P<dollar>\$)|\{(?P<braced>[a-z_]{1,40})\}|(?P<bare>[a-z_]{1,40})|(?P<odd>))"
)
_SHOWN_CHARACTERS: Final = 20


class TemplateRefused(Exception):
    """The template cannot be filled in; its text says why, `line` where."""

    def __init__(self, line: int, message: str) -> None:
        """Remember where it was."""
        super().__init__(message)
        self.line = line


def fill_in(template: str, values: Mapping[str, str]) -> str:
    """Return `template` with `values` in their places.

    Raises TemplateRefused at the first place that has no value.
    """
    _refuse_unknown(template, values)
    return _PLACE.sub(lambda place: _value(place, values), template)


def _value(place: re.Match[str], values: Mapping[str, str]) -> str:
    return "$" if place["dollar"] else values[place["braced"] or place["bare"]]


def _refuse_unknown(template: str, names: Collection[str]) -> None:
    for place in _PLACE.finditer(template):
        name = place["braced"] or place["bare"]
        if place["dollar"] or name in names:
            continue
        line = template.count("\n", 0, place.start()) + 1
        if name is None:
            rest = template[place.start() :].split("\n", 1)[0][:_SHOWN_CHARACTERS]
            raise TemplateRefused(
                line, f"{plain_text(rest)!r} is no place to fill in: write $$ for a dollar sign"
            )
        near = nearest(name, names)
        hint = f"did you mean ${near[0]}?" if near else f"there are {listing(sorted(names))}"
        raise TemplateRefused(line, f"there is no value named {name!r}: {hint}")
