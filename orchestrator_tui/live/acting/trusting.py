"""Allowing one command to run, and taking that back: the pin is kept outside of the mission."""

from typing import Final

from orchestrator_tui.domain.check import Check, Run
from orchestrator_tui.domain.deeds import Distrust, Trust
from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.milestone import PeerReview
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.engine.approving import milestone_of
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.io.commands.named_files import CommandRefused
from orchestrator_tui.io.commands.pins import command_of
from orchestrator_tui.io.evidence.collecting import home_of
from orchestrator_tui.io.evidence.mission_evidence import mission_path
from orchestrator_tui.io.reading.discovery import FoundMission
from orchestrator_tui.live.acting.decisions import Decision

LOOK_AGAIN: Final = "look again before you allow it"


def trusting(found: FoundMission, mission: Mission, deed: Trust) -> Decision:
    """Return what is kept of `deed`, done to `mission` as it is.

    Raises MissionNotFound, with the nearest names, where it names what does not exist, UsageError
    where there is no command, and WriteRefused where it is not exactly what was shown.
    """
    check = _check_of(mission, deed)
    if not isinstance(check, Run):
        raise UsageError(f"{deed.criterion} runs no command: there is nothing to allow")
    home = home_of(found.path, is_folder=found.is_folder)
    try:
        command = command_of(
            check,
            mission_path=mission_path(found.id, home),
            mission=found.id,
            milestone=deed.milestone,
            criterion=deed.criterion,
            workspace=home / (mission.workspace or ""),
        )
    except CommandRefused as refusal:
        raise WriteRefused(f"the command of {deed.criterion} {refusal}") from None
    if not command.program:
        raise UsageError(f"the command of {deed.criterion} names no program that is there")
    if command.pin != deed.pin:
        raise WriteRefused(
            f"the command of {deed.criterion} is no longer what was shown: {LOOK_AGAIN}"
        )
    text = f"the command of {deed.criterion} may run"
    return Decision(RulingKind.TRUSTED, _subject(deed), text, digest=deed.pin)


def distrusting(mission: Mission, deed: Distrust, holding: tuple[Ruling, ...]) -> Decision:
    """Return what is kept of `deed`; `holding` are the rulings that hold.

    What was allowed once can be taken back, whatever the mission says by now. Raises
    MissionNotFound where there is nothing of that name.
    """
    kind, subject = RulingKind.DISTRUSTED, _subject(deed)
    if all((each.kind, each.subject) != (RulingKind.TRUSTED, subject) for each in holding):
        _check_of(mission, deed)
    return Decision(kind, subject, f"no command of {deed.criterion} may run")


def _subject(deed: Trust | Distrust) -> str:
    return f"{deed.milestone}/{deed.criterion}"


def _check_of(mission: Mission, deed: Trust | Distrust) -> Check | PeerReview:
    criteria = milestone_of(mission, deed.milestone).all_criteria
    check = criteria.get(CriterionId(deed.criterion))
    if check is None:
        raise not_found("criterion", deed.criterion, criteria)
    return check
