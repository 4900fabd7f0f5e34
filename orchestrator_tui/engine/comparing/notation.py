"""Values of a mission as they would be written in its file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.task import Estimate

_UNITS: Final = ((3600, "h"), (60, "m"), (1, "s"))


def written(value: object) -> str:
    """Return `value` as it would be written; nothing for None."""
    match value:
        case None:
            return ""
        case Estimate(best=None, worst=None):
            return _duration(value.likely)
        case Entry():
            return _mapping(_fields(value))
        case Mapping():
            return _mapping(value)
        case tuple() | list():
            return f"[{', '.join(map(written, value))}]"
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.10g}"
        case timedelta():
            return _duration(value)
        case datetime():
            return format_instant(value)
        case _:
            return str(value)


def _mapping(values: Mapping[str, object]) -> str:
    # the order in a file means nothing here, and two equal values must read the same
    return f"{{{', '.join(f'{key}: {written(values[key])}' for key in sorted(values))}}}"


def _fields(entry: Entry) -> dict[str, object]:
    """Return what an entry says beyond the defaults."""
    return {
        field.alias or name: value
        for name, field in type(entry).model_fields.items()
        if (value := getattr(entry, name)) is not None and value != field.default
    }


def _duration(value: timedelta) -> str:
    left = value.total_seconds()
    shown = ""
    for seconds, unit in _UNITS:
        count = left if seconds == 1 else left // seconds
        left -= count * seconds
        if count:
            shown += f"{count:.6g}{unit}"
    return shown or "0h"
