"""The parts of a mission read as one, with every problem at its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from orchestrator_tui.domain.instant import EARLIEST
from orchestrator_tui.domain.mission import Mission, timezone_named
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.engine.rules.violations import find_violations
from orchestrator_tui.io.reading.findings import Finding, Path, dotted, locate
from orchestrator_tui.io.reading.format_shape import HEAD, POLICY, SECTIONS
from orchestrator_tui.io.reading.judging import spread_of
from orchestrator_tui.io.reading.merging import Given, given_for
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.remarks import StampOf
from orchestrator_tui.io.reading.section_judging import Findings, judge_section
from orchestrator_tui.io.reading.yaml_nodes import Scalar

_UNTITLED: Final = Mission(mission="", started=EARLIEST)
"""Stands in for the single values while the rules look at the entries of a broken mission."""


@dataclass(frozen=True, slots=True)
class MissionReading:
    """What the parts say together."""

    mission: Mission | None
    """Absent where there is any error."""
    problems: tuple[Problem, ...]
    """In the order of the parts, then of place."""
    next_stamp: datetime | None
    """The earliest time at which a warning of a stamp ahead ends."""


def read_mission(parts: Sequence[Part], *, present: datetime | None) -> MissionReading:
    """Return the mission that `parts` make, and every problem.

    Stamps later than `present` are warned of; with None, nobody knows what is later.
    """
    found = Findings(present)
    timezone = _timezone_of(parts)
    for section in (HEAD, POLICY, *SECTIONS):
        judge_section(section, parts, timezone or UTC, found)
    of_parts = [problem for part in parts for problem in part.problems]
    if not any(each.is_error for each in of_parts):
        found.problems.extend(_missing_head(parts))
        found.problems.extend(_violations(parts, found))
    if timezone is None and found.local is not None:
        found.problems.append(_local_time(*found.local))
    problems = _in_order_of_place([*of_parts, *found.problems], parts)
    has_error = any(each.is_error for each in problems)
    return MissionReading(
        mission=_assembled(found.models) if parts and not has_error else None,
        problems=problems,
        next_stamp=min(found.ahead, default=None),
    )


def _in_order_of_place(problems: list[Problem], parts: Sequence[Part]) -> tuple[Problem, ...]:
    order = {part.file: index for index, part in enumerate(parts)}
    return tuple(
        sorted(
            problems,
            key=lambda each: (order.get(each.file, -1), each.line or 0, each.column or 0),
        )
    )


def _timezone_of(parts: Sequence[Part]) -> tzinfo | None:
    """Return the zone of times without an offset; None where the mission names none."""
    for given in given_for(HEAD, HEAD, parts):
        node = given.block.node
        if given.block.key.text == "timezone" and isinstance(node, Scalar) and not node.is_null:
            try:
                return timezone_named(node.text)
            except ValueError:
                return UTC  # the judgement of the entry says what is wrong with it
    return None


def _local_time(stamp: StampOf, given: Given) -> Problem:
    message = (
        f"`{dotted(stamp.path)}` has no offset, and the mission no `timezone`: it is read as UTC;"
        " write Z at its end, or name the time zone"
    )
    return given.problem(Finding(Severity.WARNING, message, stamp.place))


def _missing_head(parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield what is missing where not one single value is given."""
    if not parts or given_for(HEAD, HEAD, parts):
        return
    for key, example in (("mission", "its title"), ("started", "2024-01-15T06:30Z")):
        yield parts[0].problem(f"`{key}` is missing: write {key}: {example}", 0, 0)


def _assembled(models: Mapping[str, Mapping[str, Any]]) -> Mission:
    """Return the mission that the judged entries make, without validating them again."""
    head: Mission = models[HEAD].get(HEAD, _UNTITLED)
    update: dict[str, Any] = {each: models[each] for each in SECTIONS if models[each]}
    if models[POLICY]:
        update[POLICY] = models[POLICY][POLICY]
    return head.model_copy(update=update)


def _violations(parts: Sequence[Part], found: Findings) -> Iterator[Problem]:
    for violation in find_violations(_assembled(found.models), broken=found.broken):
        message = violation.message
        if violation.other is not None:
            other = _problem_at(parts, violation.other, "", Severity.WARNING)
            message = f"{message} (see {other.where})"
        yield _problem_at(parts, violation.path, message, violation.severity)


def _problem_at(parts: Sequence[Part], path: Path, message: str, severity: Severity) -> Problem:
    """Return a problem at the place that a path of a mission leads to."""
    section, name, steps = str(path[0]), str(path[1]), path[2:]
    given = given_for(section, name, parts)
    found = locate(spread_of(section, tuple(each.block for each in given)), steps)
    place = found.at_key if found.node is None else found.at_value
    return given[place.source].problem(Finding(severity, message, place))
