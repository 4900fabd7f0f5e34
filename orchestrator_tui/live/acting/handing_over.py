"""What an approval sets off: the milestone is handed over to those who go on from it.

It is done beside the decision, and done again where it was interrupted: the decision holds anyway.
"""

from typing import Final

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.engine.summary import summarize
from orchestrator_tui.io.evidence.collecting import home_of
from orchestrator_tui.io.handover.handing_over import (
    Place,
    hand_over,
    is_handed_over,
    take_back,
)
from orchestrator_tui.io.reading.discovery import FoundMission
from orchestrator_tui.live.acting.looking import look_at_mission
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.projecting import projections
from orchestrator_tui.live.acting.signing import Signatory

MOST_TOLD: Final = 3
"""Notices of one handover."""


def hand_over_now(
    found: FoundMission, milestone: MilestoneId, signatory: Signatory
) -> tuple[str, ...]:
    """Hand over an approved milestone as it is now; return what the person should know.

    Doing it again does no harm. Where it fails there is a notice, and what was there before.
    """
    try:
        return _handed_over(found, milestone, signatory)
    except (OrchestratorError, OSError) as error:
        return (f"{milestone} was not handed over: {_reason(error)}",)


def hand_over_once(found: FoundMission, approval: Ruling, signatory: Signatory) -> tuple[str, ...]:
    """Hand over a milestone, unless that was done after this very approval.

    Returns what went wrong.
    """
    milestone = MilestoneId(approval.subject)
    home = home_of(found.path, is_folder=found.is_folder)
    if is_handed_over(found.id, milestone, home, approved_at=approval.at):
        return ()
    return hand_over_now(found, milestone, signatory)


def follow_what_holds(changed: Ruling, signatory: Signatory) -> tuple[str, ...]:
    """Hand over the approval that holds now that a decision was taken, or taken back.

    Where none holds any more, the handover is taken back.

    Returns what went wrong; then the handover is what it was.
    """
    milestone = MilestoneId(changed.subject)
    try:
        found = find_mission(signatory.path, changed.mission)
        with signatory.rulings() as rulings:
            rest = projections(rulings.all(found.id))[found.id, changed.subject]
        if rest.ruling.kind is RulingKind.APPROVED and not rest.is_taken_back:
            return hand_over_once(found, rest.ruling, signatory)
        home = home_of(found.path, is_folder=found.is_folder)
        take_back(Place(found.id, home, home, signatory.state), milestone)
    except (OrchestratorError, OSError) as error:
        return (f"the handover of {milestone} was not taken back: {_reason(error)}",)
    return ()


def _reason(error: Exception) -> str:
    return shorten(plain_text(str(error).partition("\n")[0]))


def _handed_over(
    found: FoundMission, milestone: MilestoneId, signatory: Signatory
) -> tuple[str, ...]:
    look = look_at_mission(found, signatory)
    home = home_of(found.path, is_folder=found.is_folder)
    handed = hand_over(
        summarize(look.mission, look.judgement, milestone, look.at),
        look.mission,
        look.judgement,
        Place(found.id, home, home / (look.mission.workspace or ""), signatory.state),
    )
    left_out = [f"the archive of {milestone} is without {each}" for each in handed.left_out]
    told = [*map(str, handed.problems), *left_out]
    more = len(told) - MOST_TOLD
    return (*told[:MOST_TOLD], *([f"and {more} more, see {handed.file.name}"] if more > 0 else []))
