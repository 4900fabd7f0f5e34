"""One milestone, verified now: what there is to look at is looked at, and commands are run."""

from dataclasses import replace
from datetime import datetime
from threading import Event, Thread
from typing import Final

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.live.observing.commands import RunsCommands
from orchestrator_tui.live.observing.job import Job, allowed_jobs
from orchestrator_tui.live.observing.looking import Collects

_INTERRUPTED_SECONDS: Final = 5.0
"""How long a person who interrupts waits for what runs: it is killed after a second."""


def verify_now(
    known: KnownMission,
    milestone: MilestoneId,
    *,
    collects: Collects,
    runs: RunsCommands,
    now: datetime,
) -> tuple[KnownMission, tuple[Job, ...]]:
    """Return `known` with its evidence as it is now, and which commands of `milestone` ran.

    Only those run that a person allowed, each once and one after the other.
    """
    mission = known.mission
    if mission is None:
        return known, ()
    evidence = _collected(known, mission, collects, now)
    jobs = tuple(
        allowed_jobs(known.id, mission, milestone, evidence=evidence, trusted=known.facts.trusted)
    )
    for each in jobs:
        _run(each, runs)
    if jobs:
        evidence = _collected(known, mission, collects, now)
    return replace(known, evidence=evidence), jobs


def _collected(
    known: KnownMission, mission: Mission, collects: Collects, now: datetime
) -> Evidence:
    evidence, _ = collects.collect(known.id, mission, trusted=known.facts.trusted, now=now)
    return evidence


def _run(job: Job, runs: RunsCommands) -> None:
    """Run a command to its end; who is interrupted meanwhile leaves nothing running."""
    cancel = Event()
    waiting = Thread(target=lambda: runs.run(job, cancel=cancel), name="command")
    waiting.start()
    try:
        waiting.join()
    except BaseException:
        cancel.set()
        waiting.join(_INTERRUPTED_SECONDS)
        raise
