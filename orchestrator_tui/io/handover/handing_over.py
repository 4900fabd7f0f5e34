"""Handing over an approved milestone: the archive of what was delivered, and what is told of it.

Everything is built beside, and then takes its place in one step; a handover that was interrupted
is done again, and comes to the same.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.handing_over import (
    FOLDER,
    Copies,
    approval_of,
    folder_name,
    handover_values,
)
from orchestrator_tui.engine.next_hands import next_agents
from orchestrator_tui.io.editing.locks import lock_file, locked
from orchestrator_tui.io.handover import points
from orchestrator_tui.io.handover.archive import ARCHIVES, archive, write_file
from orchestrator_tui.io.handover.copying import Harvest
from orchestrator_tui.io.handover.folder import Folder, draft_name
from orchestrator_tui.io.handover.manifest import FILES, Approved, archived_approval
from orchestrator_tui.io.handover.template import filled_in

HANDOVERS: Final = "handover"
"""The folder of a mission's handovers."""
PATIENCE_SECONDS: Final = 20.0
"""How long another handover of the same mission is waited for."""
COMMAND: Final = "handover"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the handovers of a mission belong, and what they are made from."""

    mission: MissionId
    home: Path
    """The folder that the mission's file is in; of a folder mission, the folder itself."""
    workspace: Path
    state: Path
    passed: Callable[[str], None] = lambda _point: None
    """Is told of each point as it is passed."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was handed over, and what the person should know of it."""

    file: Path
    archive: Path
    to: tuple[AgentId, ...]
    copied: int
    left_out: tuple[str, ...]
    """What was not copied, and why; one safe line each."""
    problems: tuple[Problem, ...]
    """What is wrong with the template."""


def hand_over(
    summary: MilestoneSummary, mission: Mission, judgement: Judgement, place: Place
) -> HandedOver:
    """Write the handover of an approved milestone, and archive what was delivered.

    The same inputs give the same bytes. Raises UsageError where the milestone is not approved, and
    WriteRefused where the disk refuses: then there is what was there, or all of the new.
    """
    approval = approval_of(judgement, summary.id)
    if approval is None:
        raise UsageError(f"{summary.id} is not approved: there is nothing to hand over")
    approved = Approved(place.mission, summary.id, approval, summary.evidence_digest)
    own = place.home / FOLDER
    folder = folder_name(place.mission)
    with _held(place, own / folder) as whole:
        place.passed(points.BEGUN)
        with whole.inner(ARCHIVES, is_made=True) as archives:
            harvest = archive(
                archives,
                approved,
                _patterns(mission, summary.id),
                workspace=place.workspace,
                apart=own,
                passed=place.passed,
            )
        copies = _copies(harvest, summary.id)
        values = handover_values(summary, mission, judgement, copies)
        text, problems = filled_in(place.home, values)
        with whole.inner(HANDOVERS, is_made=True) as handovers:
            _tell(handovers, f"{summary.id}.md", text, place.passed)
    return HandedOver(
        file=own / folder / HANDOVERS / f"{summary.id}.md",
        archive=own / folder / ARCHIVES / summary.id,
        to=next_agents(mission, judgement, summary.id),
        copied=copies.copied,
        left_out=copies.left_out,
        problems=problems,
    )


def is_handed_over(
    mission: MissionId, milestone: MilestoneId, home: Path, *, approved_at: datetime | None = None
) -> bool:
    """Say whether a milestone was handed over; with `approved_at`, after that very approval."""
    own = home / FOLDER / folder_name(mission)
    try:
        with Folder.at(own) as whole, whole.below((ARCHIVES, milestone)) as archived:
            kept = archived_approval(archived)
        has_told = (own / HANDOVERS / f"{milestone}.md").is_file()
    except OSError:
        return False
    return has_told and kept is not None and approved_at in {None, kept}


def take_back(place: Place, milestone: MilestoneId) -> None:
    """Remove the handover of a milestone whose approval was withdrawn, and its archive.

    Raises WriteRefused where the disk refuses.
    """
    own = place.home / FOLDER / folder_name(place.mission)
    if not own.exists():
        return
    with _held(place, own) as whole:
        for folder, name in ((HANDOVERS, f"{milestone}.md"), (ARCHIVES, str(milestone))):
            with whole.inner(folder, is_made=True) as kept:
                kept.sweep()
                if kept.has(name):
                    gone = draft_name(name)
                    kept.rename(name, gone)
                    kept.remove(gone)
                    kept.sync()


@contextmanager
def _held(place: Place, path: Path) -> Iterator[Folder]:
    """Hold the folder of the mission's handovers, and keep others out of it meanwhile."""
    lock = lock_file(path, place.state)
    with (
        locked(lock, path, patience_seconds=PATIENCE_SECONDS, command=COMMAND),
        Folder.at(place.home) as top,
        top.below((FOLDER, path.name), is_made=True) as folder,
    ):
        yield folder


def _patterns(mission: Mission, milestone: MilestoneId) -> Iterator[str]:
    for key in mission.milestones[milestone].tasks:
        task = mission.tasks.get(key)
        if task is not None and not task.cancelled:
            yield from task.deliverables


def _copies(harvest: Harvest, milestone: MilestoneId) -> Copies:
    told: list[str] = [plain_text(f"{each.name} {each.why}") for each in harvest.left_out]
    if harvest.more_left_out:
        told.append(f"and {harvest.more_left_out} more")
    place = f"{os.pardir}/{ARCHIVES}/{milestone}/{FILES}"
    return Copies(place, len(harvest.copied), tuple(told))


def _tell(handovers: Folder, name: str, text: str, passed: Callable[[str], None]) -> None:
    """Write the handover in place of the one there is, in one step."""
    handovers.sweep()
    draft = draft_name(name)
    try:
        write_file(handovers, draft, text.encode("utf-8", "replace"))
        passed(points.DRAFTED)
        handovers.rename(draft, name)
        handovers.sync()
    except OSError:
        handovers.remove(draft)
        raise
    passed(points.TOLD)
