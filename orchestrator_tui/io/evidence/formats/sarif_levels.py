"""How grave one SARIF result is: the rules of SARIF 2.1.0, sections 3.27.10, 3.27.23 and 3.52."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final, TypeVar

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.formats.json_values import (
    as_text,
    object_at,
    objects_at,
    text_at,
)
from orchestrator_tui.io.evidence.refusal import Malformed

Item = TypeVar("Item")


class ResultLevel(IntEnum):
    """How grave a result is, mildest first."""

    NONE = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3


_LEVELS: Final = {each.name.lower(): each for each in ResultLevel}
_ACCEPTED: Final = "accepted"


class RuleLevels:
    """The default level of every rule of a run."""

    def __init__(self, run: Mapping[str, object]) -> None:
        tool = object_at(run, "tool")
        self._driver = _Rules(object_at(tool, "driver"))
        self._extensions = [_Rules(each) for each in objects_at(tool, "extensions")]

    def level_of(self, result: Mapping[str, object]) -> ResultLevel:
        """Return the level of `result`: its own, or the one of its rule; raises Malformed."""
        if (given := result.get("level")) is not None:
            return _level(given)
        if result.get("kind", "fail") != "fail":
            return ResultLevel.NONE
        reference = object_at(result, "rule")
        rules = self._component(object_at(reference, "toolComponent").get("index"))
        level = rules.level(
            text_at(result, "ruleId") or text_at(reference, "id"),
            result.get("ruleIndex", reference.get("index")),
        )
        return ResultLevel.WARNING if level is None else level

    def _component(self, index: object) -> "_Rules":
        return _at(self._extensions, index) or self._driver


class _Rules:
    """The rules of one tool component."""

    def __init__(self, component: Mapping[str, object]) -> None:
        rules = objects_at(component, "rules")
        self._by_index = [_default_level(each) for each in rules]
        self._by_id = {text_at(each, "id"): _default_level(each) for each in rules}

    def level(self, rule: str, index: object) -> ResultLevel | None:
        """Return the default level of a rule; of `CA1000/1` it may be the one of `CA1000`."""
        if (found := _at(self._by_index, index)) is not None:
            return found
        while rule not in self._by_id and "/" in rule:
            rule = rule.rpartition("/")[0]
        return self._by_id.get(rule)


def is_suppressed(result: Mapping[str, object]) -> bool:
    """Return whether it has suppressions, and none of them waits or was turned down."""
    suppressions = objects_at(result, "suppressions")
    return bool(suppressions) and all(
        each.get("status", _ACCEPTED) == _ACCEPTED for each in suppressions
    )


def _default_level(rule: Mapping[str, object]) -> ResultLevel | None:
    level = object_at(rule, "defaultConfiguration").get("level")
    return None if level is None else _level(level)


def _level(written: object) -> ResultLevel:
    level = _LEVELS.get(as_text(written, "`level`"))
    if level is None:
        raise Malformed(f"`{plain_text(str(written), limit=40)}` is no level")
    return level


def _at(items: Sequence[Item], index: object) -> Item | None:
    if not isinstance(index, int) or not 0 <= index < len(items):
        return None
    return items[index]
