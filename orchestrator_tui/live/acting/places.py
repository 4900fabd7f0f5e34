"""What a mission says at a place, compared with what somebody wrote there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from orchestrator_tui.domain.edits import Edit, Place, Put, Value
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import plain_text

_CLOSE: Final = 1e-9
"""Numbers that differ by no more are the same number, written and read again."""


def still_says(mission: Mission, edit: Edit) -> bool:
    """Say whether the place of `edit` says what the edit was to make it say."""
    found = _at(mission, edit.place)
    if not isinstance(edit, Put):
        return found is None
    return _is_same(found, edit.value) or _is_same(found, _to_the_second(edit.value))


def entry_is_there(mission: Mission, place: Place) -> bool:
    """Say whether the mission has the entry that `place` is in."""
    section, *inside = place
    return not inside or _at(mission, (section, inside[0])) is not None


def _at(mission: Mission, place: Place) -> object:
    """Return what is at `place`; None where nothing is."""
    found: object = mission
    for step in place:
        if isinstance(found, Entry):
            found = _field(found, step)
        elif isinstance(found, Mapping):
            found = found.get(step)
        else:
            return None
    return found


def _field(entry: Entry, step: str) -> object:
    for name, field in type(entry).model_fields.items():
        if step == (field.alias or name):
            return getattr(entry, name) if name in entry.model_fields_set else None
    return None


def _is_same(found: object, meant: Value) -> bool:
    if isinstance(found, Entry) and isinstance(meant, Mapping):
        return _is_same_entry(found, meant)
    if isinstance(found, Mapping) and isinstance(meant, Mapping):
        return found.keys() == meant.keys() and all(
            _is_same(found[key], each) for key, each in meant.items()
        )
    if isinstance(meant, tuple):
        return isinstance(found, tuple | list) and (
            len(found) == len(meant) and all(map(_is_same, found, meant))
        )
    if isinstance(meant, str):
        return isinstance(found, str) and found == plain_text(meant)
    if isinstance(meant, float):
        return isinstance(found, int | float) and abs(found - meant) <= _CLOSE
    return found == meant


def _to_the_second(value: Value) -> Value:
    """Return `value` as it is written: times stand in files without fractions of a second."""
    match value:
        case datetime():
            return value.replace(microsecond=0)
        case tuple():
            return tuple(map(_to_the_second, value))
        case Mapping():
            return {key: _to_the_second(each) for key, each in value.items()}
        case _:
            return value


def _is_same_entry(found: Entry, meant: Mapping[str, Value]) -> bool:
    """Say whether an entry says all that is meant, and nothing beside it."""
    try:
        return found == type(found).model_validate(dict(meant))
    except ValidationError:
        return False
