"""The shape of the mission format, read from its models: sections, keys, choices."""

from collections.abc import Mapping as MappingOf
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.policy import Policy
from orchestrator_tui.domain.task import Alternative

HEAD: Final = ""
"""Stands for the top-level keys that hold a single value."""
POLICY: Final = "policy"


Alternative.model_rebuild()  # its parts are tasks, which are defined after it


def _sections() -> dict[str, type[Entry]]:
    found: dict[str, type[Entry]] = {}
    for name, field in Mission.model_fields.items():
        if get_origin(field.annotation) is dict:
            found[name] = get_args(field.annotation)[1]
    return found


SECTIONS: Final = _sections()
"""The model of the entries of each section, by its key."""
MODELS: Final[MappingOf[str, type[Entry]]] = {**SECTIONS, POLICY: Policy, HEAD: Mission}

NOUNS: Final[MappingOf[str, str]] = {
    HEAD: "mission", POLICY: "policy", "stakeholders": "stakeholder", "agents": "agent",
    "tasks": "task", "milestones": "milestone", "blockers": "blocker", "externals": "external",
    "changes": "change", "knowledge": "knowledge", "decisions": "decision",
}  # fmt: skip


def one_of(section: str) -> str:
    """Return what an entry of `section` is called, with its article: `an agent`."""
    noun = NOUNS[section]
    if section == "knowledge":
        return f"a piece of {noun}"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of `model` by the keys they have in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


KEYS: Final = {section: keys_of(model) for section, model in MODELS.items()}
OPTIONAL_KEYS: Final = {
    section: frozenset(key for key, field in keys.items() if not field.is_required())
    for section, keys in KEYS.items()
}


def entry_path(section: str, name: str, *more: str | int) -> tuple[str | int, ...]:
    """Return the path of an entry, or of something in it, as the file has it."""
    if section == HEAD:
        return more
    return (section, *more) if section == POLICY else (section, name, *more)


def keys_at(section: str, steps: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at `steps` of an entry of `section`.

    Steps are those of a pydantic error, tags of unions included; empty where any key may stand.
    """
    shape: Any = MODELS[section]
    for step in steps:
        shape = _inside(shape, step)
    for each in _alternatives(shape):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return tuple(keys_of(each))
    return ()


def _inside(shape: Any, step: str | int) -> Any:
    for each in _alternatives(shape):
        if isinstance(each, type) and issubclass(each, BaseModel):
            if (field := keys_of(each).get(str(step))) is not None:
                return field.annotation
        elif get_origin(each) is dict and isinstance(step, str):
            return get_args(each)[1]
        elif get_origin(each) is tuple and isinstance(step, int):
            return get_args(each)[0]
    return _tagged(shape, step)


def _tagged(shape: Any, step: str | int) -> Any:
    """Return the member of a union that carries `step` as its tag."""
    for each in _members(shape):
        inner, *notes = get_args(each) if get_origin(each) is Annotated else (each,)
        if any(isinstance(note, Tag) and note.tag == step for note in notes):
            return inner
    return None


def _members(shape: Any) -> tuple[Any, ...]:
    """Return the members of a union with their tags; of anything else, itself."""
    outer = shape
    while get_origin(outer) is Annotated:
        outer = get_args(outer)[0]
    return get_args(outer) if get_origin(outer) in {Union, UnionType} else (shape,)


def _alternatives(shape: Any) -> tuple[Any, ...]:
    """Return what a value may be, annotations and None taken away."""
    found: list[Any] = []
    for each in _members(shape):
        bare = each
        while get_origin(bare) is Annotated:
            bare = get_args(bare)[0]
        if bare is not NoneType:
            found.append(bare)
    return tuple(found)
