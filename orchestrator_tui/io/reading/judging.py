"""One entry of a mission, from the tree to its model, with everything that is wrong with it."""

import re
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import AnyRef
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.written import ID_PATTERN
from orchestrator_tui.io.reading.blocks import Block
from orchestrator_tui.io.reading.findings import Field, Finding, Path, Place, Spread, dotted
from orchestrator_tui.io.reading.format_shape import HEAD, MODELS, OPTIONAL_KEYS, POLICY, entry_path
from orchestrator_tui.io.reading.pydantic_words import finding_of, shape_words, without_echoes
from orchestrator_tui.io.reading.remarks import StampOf, remarks_on
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence

_IDS: Final[TypeAdapter[str]] = TypeAdapter(AnyRef)
_ID: Final = re.compile(ID_PATTERN)
_VALIDATORS: Final = {name: model.__pydantic_validator__ for name, model in MODELS.items()}


class Judged(NamedTuple):
    """What an entry turned out to be."""

    model: Entry | None
    """Absent where it has errors."""
    findings: tuple[Finding, ...]
    stamps: tuple[StampOf, ...]
    """When things in it are said to have happened."""
    latest: datetime | None
    """The latest of the stamps."""
    local: tuple[StampOf, ...]
    """Times without an offset."""


class _Kept(NamedTuple):
    """A judgement and what it depends on beside the block that keeps it."""

    judged: Judged
    timezone: tzinfo
    others: tuple[Block, ...]


def judge(section: str, name: str, blocks: tuple[Block, ...], timezone: tzinfo) -> Judged:
    """Return what the entry `name` is, whose fields are spread over `blocks`.

    A judgement is kept on the first block, so an entry whose text did not change costs nothing.
    """
    kept = blocks[0].judged
    if (
        isinstance(kept, _Kept)
        and kept.timezone is timezone
        and len(kept.others) == len(blocks) - 1
        and all(old is new for old, new in zip(kept.others, blocks[1:], strict=True))
    ):
        return kept.judged
    judged = _judge(section, name, blocks, timezone)
    blocks[0].judged = _Kept(judged, timezone, blocks[1:])
    return judged


def is_id(name: str) -> bool:
    """Say whether `name` can be named by another entry at all."""
    return _ID.fullmatch(name) is not None


def spread_of(section: str, blocks: tuple[Block, ...]) -> Spread:
    """Return the fields that `blocks` give together; of a field given twice, the first."""
    fields: dict[str, Field] = {}
    for source, block in enumerate(blocks):
        if section == HEAD:
            fields[block.key.text] = Field(block.key, block.node, source)
        elif isinstance(block.node, Mapping):
            for name, (key, node) in block.node.entries.items():
                fields.setdefault(name, Field(key, node, source))
    return Spread(blocks[0].key, fields)


def _judge(section: str, name: str, blocks: tuple[Block, ...], timezone: tzinfo) -> Judged:
    path = entry_path(section, name)
    if refused := _shape_findings(section, name, path, blocks):
        return Judged(None, tuple(refused), (), None, ())
    entry = spread_of(section, blocks)
    remarks = remarks_on(entry, path, timezone)
    model: Entry | None = None
    errors: tuple[Finding, ...] = ()
    try:
        model = _VALIDATORS[section].validate_python(
            _values(section, entry),
            context={"timezone": timezone},
            by_alias=True,
            by_name=False,
        )
    except ValidationError as error:
        errors = tuple(
            finding_of(each, section, name, entry)
            for each in without_echoes(error.errors(include_url=False, include_input=False))
        )
    findings = errors + remarks.findings + _commented(section, path, entry, blocks)
    latest = max((each.at for each in remarks.stamps), default=None)
    return Judged(model, findings, remarks.stamps, latest, remarks.local)


def _shape_findings(
    section: str, name: str, path: Path, blocks: tuple[Block, ...]
) -> list[Finding]:
    """Return what is wrong with the id, and with blocks that are no mapping at all."""
    found: list[Finding] = []
    if section in {HEAD, POLICY}:
        shaped = blocks if section == POLICY else ()
    else:
        shaped = blocks
        try:
            _IDS.validate_python(name)
        except ValidationError as error:
            place = Place(0, blocks[0].key.line, blocks[0].key.column)
            said = str(error.errors()[0].get("ctx", {}).get("error", ""))
            found.append(Finding(Severity.ERROR, f"in `{section}`, {said}", place))
    for source, block in enumerate(shaped):
        if not isinstance(block.node, Mapping):
            message = f"`{dotted(path)}` {shape_words(block.node)}: write its fields, key: value"
            place = Place(source, block.node.line, block.node.column)
            found.append(Finding(Severity.ERROR, message, place))
    return found


def _values(section: str, entry: Spread) -> dict[str, Any]:
    """Return the source texts by key; an optional field that is null counts as not given."""
    optional = OPTIONAL_KEYS[section]
    return {
        name: value_of(field.node)
        for name, field in entry.fields.items()
        if not (isinstance(field.node, Scalar) and field.node.is_null and name in optional)
    }


def value_of(node: Node) -> Any:
    """Return a node as plain values of source texts."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [value_of(each) for each in node.items]
    return {name: value_of(value) for name, (_, value) in node.entries.items()}


def _commented(
    section: str, path: Path, entry: Spread, blocks: tuple[Block, ...]
) -> tuple[Finding, ...]:
    """Return warnings of values that are lost because they begin with `#`."""
    found: list[Finding] = []
    for name, (key, node, source) in entry.fields.items():
        if not (isinstance(node, Scalar) and node.is_null and not node.text):
            continue
        text = blocks[source].text
        if text is None or name not in OPTIONAL_KEYS[section]:
            continue
        lines = text.split("\n")
        at = key.line - blocks[source].key.line
        follows = lines[at][key.column + len(name) :] if at < len(lines) else ""
        if follows.lstrip(": ").startswith("#"):
            message = (
                f"`{dotted((*path, name))}` is empty, for what follows is a comment:"
                " quote the value if it begins with #"
            )
            found.append(Finding(Severity.WARNING, message, Place(source, node.line, node.column)))
    return tuple(found)
