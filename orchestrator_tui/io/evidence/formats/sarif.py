"""SARIF 2.1: what static analysis found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator_tui.domain.check import SarifLevel
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText, plain_text, shorten
from orchestrator_tui.io.evidence.formats.json_values import (
    as_object,
    object_at,
    objects_at,
    read_json,
    refusing,
    text_at,
)
from orchestrator_tui.io.evidence.formats.sarif_levels import (
    ResultLevel,
    RuleLevels,
    is_suppressed,
)
from orchestrator_tui.io.evidence.formats.sarif_places import place_of
from orchestrator_tui.io.evidence.formats.verdict import Verdict, counted
from orchestrator_tui.io.evidence.refusal import Malformed

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SarifResults:
    """How many results there are of each level, and where the first of each is."""

    counts: tuple[int, ...]
    """By `ResultLevel`; suppressed results are in none of them."""
    first: tuple[PlainText, ...]
    """By `ResultLevel`: rule and place of the first, `F401 at src/app.py:12`; empty without any."""
    suppressed: int
    unfinished: tuple[PlainText, ...]
    """Tools that say that they failed, or gave no results."""
    tools: tuple[PlainText, ...]
    """Tools that gave results, be it none at all."""

    def verdict(self, max_level: SarifLevel) -> Verdict:
        """Return PASSED where every tool finished and no result is above `max_level`."""
        if self.unfinished:
            return Verdict(
                CriterionState.FAILED, shorten(f"{self.unfinished[0]} did not finish its analysis")
            )
        if not self.tools:
            return Verdict(CriterionState.FAILED, PlainText("no run in it has results"))
        allowed = ResultLevel[max_level.name]
        above = [each for each in reversed(ResultLevel) if each > allowed and self.counts[each]]
        number = sum(self.counts[each] for each in above)
        if above:
            found = f"{counted(number, 'result')} above {max_level}"
            first = f"{found}: {above[0].name.lower()} {self.first[above[0]]}"
            return Verdict(CriterionState.FAILED, shorten(first.rstrip()), float(number))
        return Verdict(
            CriterionState.PASSED, shorten(f"no result above {max_level}{self._rest()}"), 0.0
        )

    def _rest(self) -> str:
        milder = sum(self.counts)
        said = [(milder, "at or below it"), (self.suppressed, "suppressed")]
        rest = ", ".join(f"{count:,} {word}" for count, word in said if count)
        return f" ({rest})" if rest else ""


def read_sarif(raws: Sequence[tuple[str, bytes]]) -> SarifResults:
    """Return what the reports say together.

    Raises EvidenceRefused for what is no SARIF 2.1.
    """
    runs = _Runs()
    for file, raw in raws:
        log = read_json(file, raw)
        with refusing(file):
            for run in _runs_of(log):
                runs.add(run)
    return SarifResults(
        counts=tuple(runs.counts),
        first=tuple(runs.first),
        suppressed=runs.suppressed,
        unfinished=tuple(runs.unfinished),
        tools=tuple(runs.tools),
    )


def _runs_of(log: object) -> list[Mapping[str, object]]:
    root = as_object(log, "the log")
    version = text_at(root, "version")
    if not version.startswith("2.1"):
        shown = (
            f"its version is {plain_text(version, limit=20)}" if version else "it has no version"
        )
        raise Malformed(f"is no SARIF 2.1: {shown}")
    if "runs" not in root:
        raise Malformed("is no SARIF 2.1: it has no `runs`")
    return objects_at(root, "runs")


class _Runs:
    """Counts the results of one run after another."""

    def __init__(self) -> None:
        self.counts = [0] * len(ResultLevel)
        self.first = [PlainText("")] * len(ResultLevel)
        self.suppressed = 0
        self.unfinished: list[PlainText] = []
        self.tools: list[PlainText] = []

    def add(self, run: Mapping[str, object]) -> None:
        """Add a run; one without `results` only describes rules, or was never begun."""
        driver = object_at(object_at(run, "tool"), "driver")
        name = plain_text(text_at(driver, "name") or "a tool", limit=LONGEST_NAME)
        if _has_failed(run):
            self.unfinished.append(name)
        if "results" not in run:
            return
        self.tools.append(name)
        levels = RuleLevels(run)
        for result in objects_at(run, "results"):
            if is_suppressed(result):
                self.suppressed += 1
            elif result.get("baselineState") != "absent":  # absent: it is no longer found
                self._count(levels.level_of(result), result, run)

    def _count(
        self, level: ResultLevel, result: Mapping[str, object], run: Mapping[str, object]
    ) -> None:
        self.counts[level] += 1
        if self.counts[level] == 1:
            rule = text_at(result, "ruleId") or text_at(object_at(result, "rule"), "id")
            place = place_of(result, run)
            said = [plain_text(rule, limit=LONGEST_NAME), f"at {place}" if place else ""]
            self.first[level] = PlainText(" ".join(each for each in said if each))


def _has_failed(run: Mapping[str, object]) -> bool:
    """Return whether the tool says so; `results: null` is what one writes that could not begin."""
    said = any(each.get("executionSuccessful") is False for each in objects_at(run, "invocations"))
    return said or ("results" in run and run["results"] is None)
