"""JUnit XML as pytest, Surefire, Jest and the Go converters write it.

Cases are counted, and what attributes say of their number is left alone: it is wrong or missing in
half of the dialects. One thing is known from attributes alone: a suite that could not even be
loaded has no case, and counts as an error where it says that it had one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText, plain_text, shorten
from orchestrator_tui.io.evidence.formats.verdict import Verdict, counted
from orchestrator_tui.io.evidence.formats.xml_elements import read_xml
from orchestrator_tui.io.evidence.refusal import Malformed

NAMES_KEPT: Final = 5
"""Names of failing tests that are kept."""
NAMES_SHOWN: Final = 3
LONGEST_NAME: Final = 100

_SUITES: Final = frozenset({"testsuites", "testsuite"})
_OUTCOMES_OF: Final = {
    "disabled": "skipped", "fail": "failure", "failed": "failure", "failure": "failure",
    "ignored": "skipped", "notrun": "skipped", "skipped": "skipped", "suppressed": "skipped",
}  # fmt: skip
"""What some dialects tell in an attribute alone, such as GoogleTest of disabled tests."""
_OUTCOMES: Final = ("error", "failure", "skipped")
"""Gravest first. Surefire's `rerunFailure` comes beside a `failure`, and its `flakyFailure` tells
of a test that passed in the end: neither is an outcome."""


@dataclass(frozen=True, slots=True)
class JunitReport:
    """What became of the tests, counted from the cases themselves."""

    passed: int
    failed: int
    errors: int
    skipped: int
    failing: tuple[PlainText, ...]
    """The names of the first tests that failed or errored, safe to show."""

    @property
    def ran(self) -> int:
        """Return how many tests ran: all but the skipped ones."""
        return self.passed + self.failed + self.errors

    def verdict(self) -> Verdict:
        """Return PASSED where at least one test ran and none failed or errored."""
        skipped = f", {self.skipped:,} skipped" if self.skipped else ""
        broken = self.failed + self.errors
        if broken:
            detail = f"{self._broken_words()} of {counted(self.ran, 'test')}: {self._names()}"
        elif not self.ran:
            detail = f"no test ran{skipped}"
        else:
            detail = f"{counted(self.passed, 'test')} passed{skipped}"
        state = CriterionState.PASSED if self.ran and not broken else CriterionState.FAILED
        return Verdict(state, shorten(detail), float(self.passed))

    def _broken_words(self) -> str:
        said = [(self.failed, "failed"), (self.errors, "errored")]
        return " and ".join(f"{count:,} {word}" for count, word in said if count)

    def _names(self) -> str:
        names = ", ".join(self.failing[:NAMES_SHOWN])
        return names + (", …" if self.failed + self.errors > NAMES_SHOWN else "")


def read_junit(raws: Sequence[tuple[str, bytes]]) -> JunitReport:
    """Return what the reports say together; each is a name and its bytes.

    Raises EvidenceRefused for what is no JUnit XML.
    """
    cases = _Cases()
    for file, raw in raws:
        cases.begin_file()
        read_xml(file, raw, cases)
    return JunitReport(
        passed=cases.counts["passed"],
        failed=cases.counts["failure"],
        errors=cases.counts["error"],
        skipped=cases.counts["skipped"],
        failing=tuple(cases.failing),
    )


@dataclass(slots=True)
class _Suite:
    name: str
    says_it_failed: bool
    has_case: bool = False


class _Cases:
    """Counts the cases of one report after another."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("passed", *_OUTCOMES), 0)
        self.failing: list[PlainText] = []
        self.begin_file()

    def begin_file(self) -> None:
        """Forget where in the last report it was."""
        self._path: list[str] = []
        self._suites: list[_Suite] = []
        self._case: Mapping[str, str] = {}
        self._outcomes: set[str] = set()

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._path and name not in _SUITES:
            raise Malformed(f"is no JUnit XML: its root is <{plain_text(name, limit=40)}>")
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name in _SUITES:
            self._suites.append(_Suite(attributes.get("name", ""), _says_it_failed(attributes)))
        elif name == "testcase":
            self._begin_case(attributes)
        elif name in _OUTCOMES and parent == "testcase":
            self._outcomes.add(name)
        elif name in _OUTCOMES[:2] and parent in _SUITES:
            self._suites[-1].has_case = True
            self._add(name, self._suites[-1].name)

    def text(self, piece: str) -> None:
        """Leave output and stack traces alone."""

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "testcase":
            self._end_case()
        elif name in _SUITES:
            self._end_suite(self._suites.pop())

    def _begin_case(self, attributes: Mapping[str, str]) -> None:
        if "testcase" in self._path[:-1]:
            raise Malformed("has a test inside a test")
        self._suites[-1].has_case = True
        self._case = attributes
        self._outcomes.clear()
        for each in ("status", "result"):
            if outcome := _OUTCOMES_OF.get(attributes.get(each, "").lower()):
                self._outcomes.add(outcome)

    def _end_case(self) -> None:
        if not self._outcomes:
            self.counts["passed"] += 1
            return
        gravest = min(self._outcomes, key=_OUTCOMES.index)
        case = self._case
        self._add(gravest, _full_name(case.get("classname", ""), case.get("name", "")))

    def _end_suite(self, suite: _Suite) -> None:
        if suite.says_it_failed and not suite.has_case:
            self._add("error", suite.name)
            suite.has_case = True  # the suites around it count the same failure
        if self._suites:
            self._suites[-1].has_case |= suite.has_case

    def _add(self, outcome: str, name: str) -> None:
        self.counts[outcome] += 1
        if outcome in _OUTCOMES[:2] and len(self.failing) < NAMES_KEPT:
            self.failing.append(
                plain_text(name.strip() or "a test without a name", limit=LONGEST_NAME)
            )


def _says_it_failed(attributes: Mapping[str, str]) -> bool:
    return any(
        attributes.get(each, "0").strip().lstrip("0") != "" for each in ("failures", "errors")
    )


def _full_name(group: str, name: str) -> str:
    return f"{group}.{name}" if group and not name.startswith(group) else name
