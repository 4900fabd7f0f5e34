"""The checks that criteria are made of: one class a kind, chosen by the key that is given."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import (
    AgentRef,
    Argument,
    Elapsed,
    InnerPath,
    InnerPaths,
    Limit,
    PerCent,
    Text,
)

SHORTEST_TIMEOUT = timedelta(seconds=1)
LONGEST_TIMEOUT = timedelta(hours=1)


class SarifLevel(StrEnum):
    """The levels of a SARIF result, mildest first."""

    NONE = "none"
    NOTE = "note"
    WARNING = "warning"


def _with_a_path(paths: tuple[str, ...]) -> tuple[str, ...]:
    if not paths:
        raise ValueError("names no file: write a path or glob")
    return paths


class Exists(Entry):
    """Passes when at least one file matches each glob."""

    exists: Annotated[InnerPaths, AfterValidator(_with_a_path)]


class PathWithText(Entry):
    """A glob and the text that a match must hold."""

    path: InnerPath
    text: Text


class Contains(Entry):
    """Passes when a file matches and holds the text."""

    contains: PathWithText


class Newer(Entry):
    """Passes when the newest match of one glob is newer than the newest of another."""

    newer: InnerPath
    than: InnerPath


class Junit(Entry):
    """Passes when at least one test ran and none failed."""

    junit: InnerPath


class Coverage(Entry):
    """Passes when line coverage reaches the threshold."""

    coverage: InnerPath
    at_least: PerCent | None = None
    """Absent: the mission's `policy.coverage`."""


class Sarif(Entry):
    """Passes when no result is above a level."""

    sarif: InnerPath
    max_level: SarifLevel = SarifLevel.WARNING


class BenchmarkLimit(Entry):
    """What one benchmark may take."""

    mean: Limit | None = None
    median: Limit | None = None
    max: Limit | None = None


class Benchmark(Entry):
    """Passes when each named benchmark stays within its limits."""

    benchmark: InnerPath
    limits: dict[Text, BenchmarkLimit] = {}


class Build(Entry):
    """Passes when the newest build record says so."""

    build: InnerPath


class ReviewBy(Entry):
    """Passes when that agent's review of the milestone does."""

    review: AgentRef


def _with_a_program(arguments: tuple[str, ...]) -> tuple[str, ...]:
    if not arguments[0].strip():
        raise ValueError("names no program: write [program, argument]")
    return arguments


class Run(Entry):
    """Passes when a trusted command exits with 0."""

    run: Annotated[
        tuple[Argument, ...],
        Field(min_length=1, max_length=1000),
        AfterValidator(_with_a_program),
    ]
    timeout: Annotated[Elapsed, Field(ge=SHORTEST_TIMEOUT, le=LONGEST_TIMEOUT)] = timedelta(
        minutes=5
    )


class Manual(Entry):
    """Passes when a person ticked it."""

    manual: Text


class Waive(Entry):
    """Never passes: the criterion is left out on purpose, and listed as a deviation."""

    waive: Text


KINDS: Final[dict[str, type[Entry]]] = {
    "exists": Exists, "contains": Contains, "newer": Newer, "junit": Junit, "coverage": Coverage,
    "sarif": Sarif, "benchmark": Benchmark, "build": Build, "review": ReviewBy, "run": Run,
    "manual": Manual, "waive": Waive,
}  # fmt: skip


def _kind_of(raw: Any) -> str | None:
    if isinstance(raw, dict):
        return next((f"<{kind}>" for kind in KINDS if kind in raw), None)
    return next((f"<{kind}>" for kind, model in KINDS.items() if isinstance(raw, model)), None)


def _no_text(raw: object) -> object:
    if isinstance(raw, str):
        raise ValueError(  # noqa: TRY004 - pydantic reports only ValueError
            f"is text: write a check, such as {{exists: docs/**}} or {{manual: {raw[:40]!r}}}"
        )
    return raw


Check = Annotated[
    Annotated[Exists, Tag("<exists>")]
    | Annotated[Contains, Tag("<contains>")]
    | Annotated[Newer, Tag("<newer>")]
    | Annotated[Junit, Tag("<junit>")]
    | Annotated[Coverage, Tag("<coverage>")]
    | Annotated[Sarif, Tag("<sarif>")]
    | Annotated[Benchmark, Tag("<benchmark>")]
    | Annotated[Build, Tag("<build>")]
    | Annotated[ReviewBy, Tag("<review>")]
    | Annotated[Run, Tag("<run>")]
    | Annotated[Manual, Tag("<manual>")]
    | Annotated[Waive, Tag("<waive>")],
    Discriminator(
        _kind_of,
        custom_error_type="check_kind",
        custom_error_message="is no check: name one of " + ", ".join(KINDS),
    ),
    BeforeValidator(_no_text),
]
"""One check; the tags are in angle brackets so that they are never taken for keys of the file."""
