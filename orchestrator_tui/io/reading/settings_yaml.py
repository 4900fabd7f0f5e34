"""The settings file, with every problem at its place; a secret in it is never repeated."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from orchestrator_tui.domain.key_ids import KEY_IDS
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.settings_format import ChannelEntry, LeadEntry, SettingsFile
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.channels.paths import rooted
from orchestrator_tui.io.reading.findings import Field, Place, Spread, dotted, locate
from orchestrator_tui.io.reading.judging import value_of
from orchestrator_tui.io.reading.part import Part, digest_of, refused_part
from orchestrator_tui.io.reading.pydantic_words import about_words, did_you_mean
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes
from orchestrator_tui.io.reading.source_text import TextRefused, source_text
from orchestrator_tui.io.reading.yaml_nodes import Mapping as YamlMapping
from orchestrator_tui.io.reading.yaml_nodes import Node, Scalar
from orchestrator_tui.io.reading.yaml_tree import parse_tree

_KEYS: Final = tuple(SettingsFile.model_fields)
_CHANNEL_KEYS: Final = tuple(ChannelEntry.model_fields)
_LEAD_KEYS: Final = tuple(LeadEntry.model_fields)
_NOWHERE: Final = Scalar("", "", 0, 0)
_URL: Final = re.compile(r"\w[\w+.-]*://[^\s…]*[^\s…'`]")
"""A URL that somebody wrote, wherever it stands: most of those of channels are secrets."""


def read_settings(file: Path) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return the values that the file gives, by field of `Settings`, and what is wrong with it."""
    shown = plain_text(str(file))
    try:
        raw, _ = read_bytes(file)
    except FileRefused as refused:
        return {}, refused_part(shown, f"the file {refused}").problems
    blank = Part(file=shown, digest=digest_of(raw))
    try:
        root = parse_tree(source_text(raw).text).root
    except TextRefused as refused:
        return {}, (blank.problem(_hidden(refused.message), refused.line, refused.column),)
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return {}, ()
    if not isinstance(root, YamlMapping):
        message = f"the settings are a mapping of keys, such as name: Alice; {', '.join(_KEYS)}"
        return {}, (blank.problem(message, root.line, root.column),)
    found, wrong = _checked(root)
    if channels := found.get("channels"):
        found = {**found, "channels": rooted(channels, file.parent)}
    problems = tuple(
        blank.problem(_hidden(message), place.line, place.column)
        for message, place in sorted(wrong, key=lambda each: each[1])
    )
    return found, problems


def checked_values(values: Mapping[str, str]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return what texts by key mean, and what is wrong with them."""
    entries = {key: (_NOWHERE, _scalar(text)) for key, text in values.items()}
    found, wrong = _checked(YamlMapping(dict(entries), 0, 0))
    return found, tuple(message for message, _ in wrong)


def _hidden(message: str) -> str:
    return _URL.sub("…", message)


def _scalar(text: str) -> Node:
    return Scalar(text, '"', 0, 0)


def _checked(root: YamlMapping) -> tuple[Mapping[str, Any], list[tuple[str, Place]]]:
    entry = Spread(
        _NOWHERE, {name: Field(key, node, 0) for name, (key, node) in root.entries.items()}
    )
    wrong = _unknown_keys(entry)
    try:
        given = SettingsFile.model_validate(
            {name: value_of(field.node) for name, field in entry.fields.items()}
        )
    except ValidationError as error:
        return {}, wrong + [
            _worded(dict(each), entry)
            for each in error.errors(include_url=False, include_input=False)
        ]
    found: dict[str, Any] = {
        name: value for name in _KEYS if (value := getattr(given, name)) is not None
    }
    if given.lead is not None:
        found["lead"] = given.lead.lead()
    if given.channels is not None:
        found["channels"] = {key: each.channel() for key, each in given.channels.items()}
    return found, wrong


def _unknown_keys(entry: Spread) -> list[tuple[str, Place]]:
    """Return the ids in the keymap that no key has."""
    keymap = entry.fields.get("keymap")
    if keymap is None or not isinstance(keymap.node, YamlMapping):
        return []
    found = []
    for name, (key, _) in keymap.node.entries.items():
        if name not in KEY_IDS:
            hint = did_you_mean(name, KEY_IDS, otherwise="the help names them all")
            message = f"`{dotted(('keymap', name))}` is the id of no key: {hint}"
            found.append((message, Place(0, key.line, key.column)))
    return found


def _worded(error: dict[str, Any], entry: Spread) -> tuple[str, Place]:
    """Return an error of pydantic in words; what stands in a channel is not repeated."""
    is_about_key = error["loc"][-1:] == ("[key]",)
    steps = tuple(each for each in error["loc"] if each != "[key]")
    found = locate(entry, steps)
    name = dotted(found.path)
    if error["type"] == "extra_forbidden":
        inner = _LEAD_KEYS if steps[0] == "lead" else _CHANNEL_KEYS
        choices = _KEYS if len(steps) == 1 else inner
        said = f"is no key of the settings: {did_you_mean(str(steps[-1]), choices)}"
        return f"`{name}` {said}", found.at_key
    node = None if steps[:1] == ("channels",) else found.node
    said = about_words(error, node, is_about_key=is_about_key)  # type: ignore[arg-type]  # its shape
    place = found.at_key if is_about_key or found.node is None else found.at_value
    return plain_text(f"`{name}` {said}", limit=600), place
