"""The kinds of value a mission is made of, as pydantic types.

Every scalar arrives as the text that stands in the file; each kind reads that text by its own
rule, so YAML's guesses (`no`, `12:30`, `007`) never happen. A value that is typed already is taken
as it is, which is what tests and engines hand over. Each kind raises ValueError with a message
that continues the sentence "`progress` …".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Annotated, TypeVar

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
from orchestrator_tui.domain.written import (
    ID_PATTERN,
    LONGEST_SKILL,
    parse_argument,
    parse_bool,
    parse_id,
    parse_inner_path,
    parse_integer,
    parse_path,
    parse_skill,
    parse_text,
    read_level,
    read_per_cent,
    written_text,
)

Value = TypeVar("Value")


def _read(
    parse: Callable[[str], Value], kept: type | tuple[type, ...], expected: str
) -> BeforeValidator:
    """Return a validator that reads text with `parse` and lets values of type `kept` through."""

    def read(raw: object) -> object:
        if isinstance(raw, kept) and not isinstance(raw, str):
            return raw
        return parse(written_text(raw, expected))

    return BeforeValidator(read)


def _read_instant(raw: object, info: ValidationInfo) -> object:
    if isinstance(raw, datetime):
        return raw
    context = info.context
    timezone: tzinfo = context.get("timezone", UTC) if isinstance(context, dict) else UTC
    return parse_instant(written_text(raw, "a time, 2024-01-15T14:30Z"), timezone)


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

Text = Annotated[str, _read(parse_text, (), "text"), WithJsonSchema({"type": _SCALARS})]
"""Any text, made safe and flattened to one line."""
Skill = Annotated[
    str, _read(parse_skill, (), "a skill"), _schema("string", minLength=1, maxLength=LONGEST_SKILL)
]
PathText = Annotated[str, _read(parse_path, (), "a path"), _schema("string", minLength=1)]
InnerPath = Annotated[str, _read(parse_inner_path, (), "a path"), _schema("string", minLength=1)]
"""A path or glob inside the workspace."""
Argument = Annotated[
    str, _read(parse_argument, (), "one argument"), WithJsonSchema({"type": _SCALARS})
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
PerCent = Annotated[
    float, BeforeValidator(read_per_cent), _schema("number", minimum=0, maximum=100)
]
Integer = Annotated[int, _read(parse_integer, int, "a whole number"), _schema("integer")]
Bool = Annotated[bool, _read(parse_bool, bool, "true or false"), _schema("boolean")]

_READ_ID = _read(parse_id, (), "an id")
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


SkillLevel = Annotated[int, BeforeValidator(read_level), _schema("integer", minimum=1, maximum=5)]
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
