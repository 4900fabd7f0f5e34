"""`verify`: the criteria of one milestone, looked at and run now."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.options import JsonOption, PathArgument, StateOption
from orchestrator_tui.cli.paths import existing
from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound, UsageError
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.text import plain_text

if TYPE_CHECKING:
    from orchestrator_tui.domain.assessment import MissionAssessment
    from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
    from orchestrator_tui.io.commands.results import CommandResults
    from orchestrator_tui.live.observing.job import Job

OUTPUT_LINES: Final = 20
"""Of a command that failed, the last ones."""


def verify(
    path: PathArgument,
    milestone: Annotated[str, typer.Argument(metavar="MILESTONE", help="Its id.")],
    *,
    state: StateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at the evidence for a milestone now, and run its commands that were allowed.

    The exit status is 0 where every criterion is met and no deliverable is missing, else 1.
    """
    from orchestrator_tui.io.clock import system_clock

    # what a person allowed in this very second counts
    now = system_clock()
    judged = _judged(existing(path), MilestoneId(milestone), state, now)
    if as_json:
        from orchestrator_tui.presentation.verify_json import verify_document

        document = verify_document(judged, now.replace(microsecond=0))
        answer_document(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        from orchestrator_tui.cli.paint import painted, wants_colour
        from orchestrator_tui.presentation.text.verification import verification_lines

        answer(painted(verification_lines(judged, now), in_colour=wants_colour()))
    if not judged.is_verified:
        raise typer.Exit(1)


def _judged(
    path: Path, milestone: MilestoneId, chosen: Path | None, now: datetime
) -> MilestoneAssessment:
    """Return the milestone as it is judged from what was found."""
    from orchestrator_tui.engine.assess import assess_mission
    from orchestrator_tui.io.commands.results import CommandResults
    from orchestrator_tui.io.history.reading_facts import with_facts
    from orchestrator_tui.io.library import read_snapshot
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.observing.trusted_runs import TrustedRuns
    from orchestrator_tui.live.observing.verifying import verify_now
    from orchestrator_tui.live.observing.workspaces import Workspaces

    home = state_folder(os.environ, chosen)
    snapshot = read_snapshot(path, now)
    only = replace(snapshot, missions=(_mission_with(snapshot, milestone),))
    known = with_facts(only, path, home, now)
    results = CommandResults(home)
    workspaces = Workspaces(path, results)
    verified, ran = verify_now(
        known.missions[0],
        milestone,
        collects=workspaces,
        runs=TrustedRuns(workspaces, results),
        now=now,
    )
    judged = assess_mission(verified, now)
    for each in (*known.problems, *judged.problems):
        complain(str(each))
    _tell_output(ran, results)
    return _found(judged, milestone)


def _mission_with(snapshot: "Snapshot", milestone: MilestoneId) -> "KnownMission":
    """Return the mission that has the milestone; raises what there is to say where none has."""
    from orchestrator_tui.engine.naming import listing, not_found

    read = [each for each in snapshot.missions if each.mission is not None]
    found = [each for each in read if each.mission and milestone in each.mission.milestones]
    if len(found) == 1:
        return found[0]
    if found:
        names = listing([each.path for each in found])
        raise UsageError(f"several missions have a milestone {milestone}: name one of {names}")
    problems = (*snapshot.problems, *(one for each in snapshot.missions for one in each.problems))
    if not read and problems:
        raise MissionInvalid(tuple(each for each in problems if each.is_error) or problems)
    if not read:
        raise MissionNotFound("there is no mission: write one with 'orchestrator-tui new NAME'")
    known = [key for each in read if each.mission for key in each.mission.milestones]
    raise not_found("milestone", milestone, list(dict.fromkeys(known)))


def _found(judged: "MissionAssessment", milestone: MilestoneId) -> MilestoneAssessment:
    milestones = () if judged.judgement is None else judged.judgement.milestones
    return next(each for each in milestones if each.id == milestone)


def _tell_output(ran: "tuple[Job, ...]", results: "CommandResults") -> None:
    """Say what the commands wrote that did not pass, the last lines of each."""
    for each in ran:
        result = results.get(each.pin)
        if result is not None and not result.passed:
            complain(f"{plain_text(each.key[1])}: {result.why}")
            for line in result.output.splitlines()[-OUTPUT_LINES:]:
                complain(f"  {line}")
