"""What waits for a person in all missions together, in one order."""

from typing import NamedTuple

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import AttentionKind
from orchestrator_tui.domain.text import shorten


class Decision(NamedTuple):
    """Something that waits for a person, and where."""

    mission: MissionId | None
    """None where it is in no mission: a file of the folder cannot be read at all."""
    title: str
    """Of the mission; safe to show."""
    attention: Attention

    @property
    def key(self) -> str:
        """Return what it is known by while it waits."""
        return f"{self.mission or ''}/{self.attention.key}"


def find_decisions(assessment: Assessment) -> tuple[Decision, ...]:
    """Return all that waits in any mission or in the folder, what costs most to leave first."""
    found = [Decision(None, "", each) for each in _broken(assessment.problems)]
    for each in assessment.missions:
        found += [Decision(each.id, shorten(each.title), one) for one in waiting_in(each)]
    return tuple(sorted(found, key=lambda each: (*each.attention.urgency, each.mission or "")))


def count_decisions(assessment: Assessment) -> int:
    """Return how many there are."""
    in_missions = sum(len(waiting_in(each)) for each in assessment.missions)
    return in_missions + len(_broken(assessment.problems))


def waiting_in(mission: MissionAssessment) -> tuple[Attention, ...]:
    """Return all that waits in a mission; of one that cannot be read, what is to be mended."""
    judgement = mission.judgement
    return _broken(mission.problems) if judgement is None else judgement.attention


def _broken(problems: tuple[Problem, ...]) -> tuple[Attention, ...]:
    """Return one entry a file: nobody knows what hangs on it."""
    by_file: dict[str, list[Problem]] = {}
    for each in problems:
        if each.is_error:
            by_file.setdefault(each.file, []).append(each)
    return tuple(
        Attention(
            AttentionKind.BROKEN_FILE,
            file,
            0.0,
            shorten(f"Mend {errors[0].where}: {errors[0].message}"),
            why="it cannot be read at all" + _more(len(errors) - 1),
        )
        for file, errors in by_file.items()
    )


def _more(count: int) -> str:
    return f" · {count} more error{'s' if count > 1 else ''}" if count else ""
