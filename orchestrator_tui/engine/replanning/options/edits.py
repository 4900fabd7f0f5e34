"""What has to be written into a mission so that it says what a changed copy of it says."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, cast

from orchestrator_tui.domain.edits import Edit, Put, Remove, Value
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Estimate

_SECTIONS: Final = ("tasks", "agents", "milestones")
"""Where a plan changes anything."""


def edits_between(before: Mission, after: Mission) -> tuple[Edit, ...]:
    """Return the edits that lead from the tasks, agents and milestones of one to the other's.

    The other one has every entry that the first has, and may have more.
    """
    return tuple(
        edit
        for section in _SECTIONS
        for key, each in getattr(after, section).items()
        for edit in _edits((section, key), getattr(before, section).get(key), each)
    )


def _edits(place: tuple[str, str], before: Entry | None, after: Entry) -> Iterator[Edit]:
    if before is after:
        return
    if before is None:
        yield Put(place, _value(after))
        return
    for name, field in type(after).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        where = (*place, field.alias or name)
        is_default = new == field.get_default(call_default_factory=True)
        yield Remove(where) if is_default else Put(where, _value(new))


def _value(meant: Any) -> Value:
    """Return what a file is to say, in the shortest way the format has for it."""
    match meant:
        case Estimate(best=None, worst=None):
            return meant.likely
        case Entry():
            return {
                field.alias or name: _value(said)
                for name, field in type(meant).model_fields.items()
                if name in meant.model_fields_set and (said := getattr(meant, name)) is not None
            }
        case Enum():
            return _value(meant.value)
        case Mapping():
            return {str(key): _value(each) for key, each in meant.items()}
        case tuple() | list():
            return tuple(_value(each) for each in meant)
        case _:
            return cast("Value", meant)
