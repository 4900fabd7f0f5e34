"""Where a SARIF result is: file and line of its first location."""

from collections.abc import Mapping
from typing import Final

from orchestrator_tui.domain.text import PlainText, plain_text
from orchestrator_tui.io.evidence.formats.json_values import object_at, objects_at, text_at

LONGEST_PLACE: Final = 100
LAST_LINE: Final = 10**9


def place_of(result: Mapping[str, object], run: Mapping[str, object]) -> PlainText:
    """Return `src/app.py:12`, safe to show; empty where the result names no file."""
    location = next(iter(objects_at(result, "locations")), {})
    physical = object_at(location, "physicalLocation")
    artifact = object_at(physical, "artifactLocation")
    path = text_at(artifact, "uri") or _listed(artifact.get("index"), run)
    line = object_at(physical, "region").get("startLine")
    shown = _end_of(path.removeprefix("file://"))
    has_line = shown and isinstance(line, int) and 0 < line < LAST_LINE
    return PlainText(f"{shown}:{line}") if has_line else shown


def _listed(index: object, run: Mapping[str, object]) -> str:
    """Return the path of the artifact that the run lists at `index`."""
    artifacts = objects_at(run, "artifacts")
    if type(index) is not int or not 0 <= index < len(artifacts):
        return ""
    return text_at(object_at(artifacts[index], "location"), "uri")


def _end_of(path: str) -> PlainText:
    cut = "…" if len(path) > LONGEST_PLACE else ""
    return PlainText(cut + plain_text(path[-LONGEST_PLACE:]))
