"""One criterion looked at, whatever its check is."""

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator_tui.domain.check import (
    Benchmark,
    Build,
    Check,
    Contains,
    Coverage,
    Exists,
    Junit,
    Newer,
    Run,
    Sarif,
)
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.asking import CriterionKey
from orchestrator_tui.io.evidence.content import NotLookedAt
from orchestrator_tui.io.evidence.file_checks import (
    look_at_existing,
    look_at_newer,
    look_at_text,
)
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.evidence.report_checks import look_at_report
from orchestrator_tui.io.evidence.seen import Seen, missing

LookAtCommand = Callable[[CriterionKey, Run, Seen], Finding]


@dataclass(frozen=True, slots=True)
class Checking:
    """What the checks of one mission are judged by."""

    seen: Seen
    coverage: float
    """Asked for where a check names no threshold."""
    look_at_command: LookAtCommand

    def finding(self, key: CriterionKey, check: Check) -> Finding:
        """Return what is found of one criterion."""
        try:
            return self._look_at(key, check)
        except EvidenceRefused as refused:
            return Finding(CriterionState.FAILED, refused.detail, source=refused.file)
        except NotLookedAt as error:
            return missing(str(error))

    def _look_at(self, key: CriterionKey, check: Check) -> Finding:
        match check:
            case Exists():
                return look_at_existing(check, self.seen)
            case Contains():
                return look_at_text(check, self.seen)
            case Newer():
                return look_at_newer(check, self.seen)
            case Run():
                return self.look_at_command(key, check, self.seen)
            case Junit() | Coverage() | Sarif() | Benchmark() | Build():
                return look_at_report(check, self.seen, coverage=self.coverage)
            case _:
                return missing("there is nothing to look at in the workspace")
