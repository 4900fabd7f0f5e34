"""The kinds of value a mission is made of, as pydantic types.

Every scalar arrives as the text that stands in the file; each kind reads that text by its own
rule, so YAML's guesses (`no`, `12:30`, `007`) never happen. A value that is typed already is taken
as it is, which is what tests and engines hand over. Each kind raises ValueError with a message
that continues the sentence "`progress` …".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from math import isfinite
from typing import Annotated, Final, TypeVar

from pydantic import BeforeValidator, GetJsonSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from orchestrator_tui.domain.duration import parse_elapsed, parse_limit, parse_work
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    ChangeId,
    CriterionId,
    DecisionId,
    ExternalId,
    KnowledgeId,
    MilestoneId,
    StakeholderId,
    TaskId,
)
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.text import plain_text, suspicions

ID_PATTERN: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
LONGEST_SKILL: Final = 40
LONGEST_PATH: Final = 1000

Value = TypeVar("Value")

_ID = re.compile(ID_PATTERN)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})")
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_WHOLE_HUNDRED = 100.0


def shape_of(raw: object) -> str:
    """Return how a value that is no text is called in a message."""
    match raw:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return type(raw).__name__


def _written(raw: object, expected: str) -> str:
    if isinstance(raw, str):
        return raw
    raise ValueError(f"is {shape_of(raw)}: write {expected}")


def _read(
    parse: Callable[[str], Value], kept: type | tuple[type, ...], expected: str
) -> BeforeValidator:
    """Return a validator that reads text with `parse` and lets values of type `kept` through."""

    def read(raw: object) -> object:
        if isinstance(raw, kept) and not isinstance(raw, str):
            return raw
        return parse(_written(raw, expected))

    return BeforeValidator(read)


def _parse_text(written: str) -> str:
    return plain_text(written)


def _parse_id(written: str) -> str:
    if _ID.fullmatch(written) is None:
        raise ValueError(
            f"{plain_text(written, limit=80)!r} is not an id: write 1 to 64 of letters, digits, "
            "'-', '_' and '.', beginning with a letter or digit"
        )
    return written


def _parse_skill(written: str) -> str:
    if not 1 <= len(written) <= LONGEST_SKILL:
        raise ValueError(f"is {len(written)} characters long: write 1 to {LONGEST_SKILL}")
    return plain_text(written)


def _parse_number(written: str) -> float:
    text = written.strip()
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError(f"{plain_text(text, limit=40)!r} is not a number: write digits")
    return float(text)


def _parse_integer(written: str) -> int:
    text = written.strip()
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(f"{plain_text(text, limit=40)!r} is not a whole number: write digits")
    return int(text)


def _parse_bool(written: str) -> bool:
    match written.strip().lower():
        case "true":
            return True
        case "false":
            return False
        case other:
            raise ValueError(f"{plain_text(other, limit=40)!r} is neither true nor false")


def _in_per_cent(value: object) -> float:
    number = _parse_number(value.removesuffix("%")) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        raise ValueError(f"is {shape_of(value)}: write a number from 0 to 100")
    if number > _WHOLE_HUNDRED:
        raise ValueError(f"{number:g} is above 100: write 0 to 100")
    if number < 0:
        raise ValueError(f"{number:g} is below 0: write 0 to 100")
    if 0 < number < 1:
        raise ValueError(f"{number:g} is a fraction: write per cent, {number * 100:g}")
    return float(number)


def _parse_path(written: str) -> str:
    if not written.strip():
        raise ValueError("is empty: write a path")
    if len(written) > LONGEST_PATH:
        raise ValueError(f"is {len(written)} characters long: write at most {LONGEST_PATH}")
    if found := suspicions(written):
        raise ValueError(f"holds {', '.join(found)}: write a path without them")
    return written


def _parse_inner_path(written: str) -> str:
    path = _parse_path(written)
    if path.startswith(("/", "~", "\\")) or re.match(r"[A-Za-z]:", path):
        raise ValueError("leaves the workspace: write a path relative to it")
    if ".." in re.split(r"[/\\]", path):
        raise ValueError("leaves the workspace: write a path without '..'")
    return path


def _parse_argument(written: str) -> str:
    if found := suspicions(written):
        raise ValueError(f"holds {', '.join(found)}: a command must be what it looks like")
    return written


def _read_instant(raw: object, info: ValidationInfo) -> object:
    if isinstance(raw, datetime):
        return raw
    context = info.context
    timezone: tzinfo = context.get("timezone", UTC) if isinstance(context, dict) else UTC
    return parse_instant(_written(raw, "a time, 2024-01-15T14:30Z"), timezone)


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


def _levels(raw: object) -> object:
    """Return a list of skills as the mapping it stands for: level 3 each."""
    if isinstance(raw, list) and all(isinstance(each, str) for each in raw):
        return dict.fromkeys(raw, 3)
    return raw


@dataclass(frozen=True, slots=True)
class AlsoWritten:
    """Tells the JSON Schema of a shorter way to write a value, beside its full form."""

    shorter: JsonSchemaValue

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return either form as a schema."""
        return {"oneOf": [self.shorter, handler(core_schema)]}


def _schema(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


_SCALARS = ["string", "number", "boolean"]
_DURATION_SCHEMA = r"^\s*(\d+(\.\d+)?d)?(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?\s*$"
_ID_SCHEMA = WithJsonSchema({"type": ["string", "number"], "pattern": f"^{ID_PATTERN}$"})

Text = Annotated[str, _read(_parse_text, (), "text"), WithJsonSchema({"type": _SCALARS})]
"""Any text, made safe and flattened to one line."""
Skill = Annotated[
    str, _read(_parse_skill, (), "a skill"), _schema("string", minLength=1, maxLength=LONGEST_SKILL)
]
PathText = Annotated[str, _read(_parse_path, (), "a path"), _schema("string", minLength=1)]
InnerPath = Annotated[str, _read(_parse_inner_path, (), "a path"), _schema("string", minLength=1)]
"""A path or glob inside the workspace."""
Argument = Annotated[
    str, _read(_parse_argument, (), "one argument"), WithJsonSchema({"type": _SCALARS})
]
"""One argument of a command, literally."""
Work = Annotated[
    timedelta,
    _read(parse_work, timedelta, "4h or 30m"),
    _schema("string", pattern=_DURATION_SCHEMA),
]
"""Hours of work; a day is 8 of them."""
Elapsed = Annotated[
    timedelta,
    _read(parse_elapsed, timedelta, "4h or 15m"),
    _schema("string", pattern=_DURATION_SCHEMA),
]
"""Time on the clock; a day is 24 hours."""
Limit = Annotated[float, _read(parse_limit, float, "250ms"), _schema("string")]
"""Seconds a benchmark may take."""
Instant = Annotated[datetime, BeforeValidator(_read_instant), _schema("string")]
"""An aware time in UTC; validate with `context={"timezone": …}` for times without an offset."""
PerCent = Annotated[float, BeforeValidator(_in_per_cent), _schema("number", minimum=0, maximum=100)]
Integer = Annotated[int, _read(_parse_integer, int, "a whole number"), _schema("integer")]
Bool = Annotated[bool, _read(_parse_bool, bool, "true or false"), _schema("boolean")]

_READ_ID = _read(_parse_id, (), "an id")
AgentRef = Annotated[AgentId, _READ_ID, _ID_SCHEMA]
TaskRef = Annotated[TaskId, _READ_ID, _ID_SCHEMA]
MilestoneRef = Annotated[MilestoneId, _READ_ID, _ID_SCHEMA]
BlockerRef = Annotated[BlockerId, _READ_ID, _ID_SCHEMA]
ExternalRef = Annotated[ExternalId, _READ_ID, _ID_SCHEMA]
ChangeRef = Annotated[ChangeId, _READ_ID, _ID_SCHEMA]
StakeholderRef = Annotated[StakeholderId, _READ_ID, _ID_SCHEMA]
KnowledgeRef = Annotated[KnowledgeId, _READ_ID, _ID_SCHEMA]
DecisionRef = Annotated[DecisionId, _READ_ID, _ID_SCHEMA]
CriterionRef = Annotated[CriterionId, _READ_ID, _ID_SCHEMA]
AnyRef = Annotated[str, _READ_ID, _ID_SCHEMA]
"""An id that may name entries of more than one kind."""


def _level(raw: object) -> int:
    level = raw if isinstance(raw, int) else _parse_integer(_written(raw, "a level from 1 to 5"))
    if not 1 <= level <= 5:  # noqa: PLR2004 - the format's own range
        raise ValueError(f"{level} is no level: write 1 to 5")
    return level


SkillLevel = Annotated[int, BeforeValidator(_level), _schema("integer", minimum=1, maximum=5)]
Skills = Annotated[
    dict[Skill, SkillLevel],
    BeforeValidator(_levels),
    AlsoWritten({"type": "array", "items": {"type": "string"}}),
]
"""Levels by skill; a list means level 3 each."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many), AlsoWritten({"type": "string"})]
InnerPaths = Annotated[
    tuple[InnerPath, ...], BeforeValidator(_one_or_many), AlsoWritten({"type": "string"})
]
