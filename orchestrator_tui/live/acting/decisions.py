"""Deeds of a person that no mission file can hold: what has to be true, and what is kept of them.

Acknowledgements, ticks and notes are rulings alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, DecidedCause
from orchestrator_tui.domain.check import Manual
from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Delegate,
    GiveFeedback,
    Note,
    Snooze,
    Tick,
)
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import BlockerId, MilestoneId, MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.engine.saying import one_line, required_line

LONGEST_NOTE: Final = 2_000
"""Characters of a note."""
LEAST_SCORE: Final = 1
BEST_SCORE: Final = 5
LONGEST_SNOOZE: Final = timedelta(days=7)
_SHOWN: Final = 60

_KINDS: Final = {each.lower().replace("_", "-"): each for each in EscalationKind}
"""What the id of an escalation begins with."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is kept of such a deed, and the sentence for whoever did it."""

    kind: RulingKind
    subject: str
    text: str
    comment: str = ""
    digest: str = ""
    """Of what was shown."""
    looked_seconds: float | None = None
    until: datetime | None = None
    """Of a snooze."""
    to: str = ""
    """Of an assignment."""
    score: int | None = None
    """Of a feedback."""
    actor: str = ""
    """Who decided; empty for who acts."""
    plan: AcceptedPlan | None = None
    causes: tuple[DecidedCause, ...] = ()
    """Of a decision on plans, what it settles."""


def decision_of(
    mission: Mission,
    about: MissionId,
    deed: Acknowledge | Snooze | Delegate | Tick | Note | GiveFeedback,
    now: datetime,
) -> Decision:
    """Return what is kept of `deed`, done at `now` to `mission` as it is.

    Raises MissionNotFound, with the nearest names, where it names what does not exist, and
    UsageError where it cannot be.
    """
    match deed:
        case Acknowledge():
            return _acknowledged(mission, deed, now)
        case Snooze():
            return _snoozed(mission, deed, now)
        case Delegate():
            return _delegated(mission, deed, now)
        case Tick():
            return _ticked(mission, deed)
        case Note():
            return _noted(mission, about, deed)
        case GiveFeedback():
            return _content(mission, about, deed)
        case _:
            assert_never(deed)


def _acknowledged(mission: Mission, deed: Acknowledge, now: datetime) -> Decision:
    _require_escalation(mission, deed.escalation, now, undone="acknowledge")
    return Decision(RulingKind.ACKNOWLEDGED, deed.escalation, f"{deed.escalation} is acknowledged")


def _snoozed(mission: Mission, deed: Snooze, now: datetime) -> Decision:
    _require_escalation(mission, deed.escalation, now, undone="snooze")
    if not now < deed.until <= now + LONGEST_SNOOZE:
        raise UsageError(
            "a snooze ends later than now, and within 7 days: "
            f"{_to_the_second(deed.until)} is not then"
        )
    text = f"{deed.escalation} is snoozed until {_to_the_second(deed.until)}"
    return Decision(RulingKind.SNOOZED, deed.escalation, text, until=deed.until)


def _to_the_second(moment: datetime) -> str:
    return format_instant(moment.replace(microsecond=0))


def _delegated(mission: Mission, deed: Delegate, now: datetime) -> Decision:
    _require_escalation(mission, deed.escalation, now, undone="give to anybody")
    people: dict[str, None] = dict.fromkeys((*mission.agents, *mission.stakeholders))
    if deed.to not in people:
        raise not_found("agent or stakeholder", deed.to, people)
    text = f"{deed.escalation} is with {deed.to}"
    return Decision(RulingKind.ASSIGNED, deed.escalation, text, to=deed.to)


def _content(mission: Mission, about: MissionId, deed: GiveFeedback) -> Decision:
    if deed.subject and MilestoneId(deed.subject) not in mission.milestones:
        raise not_found("milestone", deed.subject, mission.milestones)
    if not LEAST_SCORE <= deed.score <= BEST_SCORE:
        raise UsageError(
            f"a score is from {LEAST_SCORE} (not content at all) to {BEST_SCORE}: "
            f"{deed.score} is not"
        )
    by = one_line(deed.by)
    if by and mission.stakeholders and by not in mission.stakeholders:
        raise not_found("stakeholder", by, mission.stakeholders)
    subject = deed.subject or about
    return Decision(
        RulingKind.FEEDBACK_GIVEN,
        subject,
        f"{by or 'you'} gave {deed.score} of {BEST_SCORE} for {subject}",
        comment=shorten(one_line(deed.comment), LONGEST_NOTE),
        score=deed.score,
        actor=by,
    )


def _require_escalation(mission: Mission, escalation: str, now: datetime, *, undone: str) -> None:
    """Raise where the mission has nothing that could escalate under that id."""
    prefix, _, subject = escalation.partition(":")
    kind = _KINDS.get(prefix)
    if kind is None:
        raise not_found("kind of escalation", prefix, _KINDS)
    if subject not in (names := _subjects(mission, kind)):
        raise not_found(f"{prefix} escalation", subject, names)
    if kind is EscalationKind.BLOCKER:
        blocker = mission.blockers[BlockerId(subject)]
        if not blocker.is_open(now):
            raise UsageError(
                f"the blocker {subject} is no longer open: nothing is left to {undone}"
            )


def _subjects(mission: Mission, kind: EscalationKind) -> Collection[str]:
    """Return what an escalation of that kind may be about."""
    match kind:
        case EscalationKind.BLOCKER:
            return mission.blockers
        case EscalationKind.QUALITY_GATE:
            return {
                f"{key}/{criterion}": None
                for key, each in mission.milestones.items()
                for criterion in each.all_criteria
            }
        case EscalationKind.CRITICAL_PATH_DELAY:
            return mission.milestones
        case EscalationKind.EXTERNAL:
            return mission.externals
        case EscalationKind.AGENT_OVERLOAD | EscalationKind.SILENT_AGENT:
            return mission.agents


def _ticked(mission: Mission, deed: Tick) -> Decision:
    milestone = mission.milestones.get(MilestoneId(deed.milestone))
    if milestone is None:
        raise not_found("milestone", deed.milestone, mission.milestones)
    criteria = milestone.all_criteria
    check = criteria.get(deed.criterion)
    if check is None:
        raise not_found("criterion", deed.criterion, criteria)
    if not isinstance(check, Manual):
        manual = [key for key, each in criteria.items() if isinstance(each, Manual)]
        more = f": by hand there is {', '.join(manual)}" if manual else ""
        raise UsageError(f"{deed.criterion} is not one that a person ticks{more}")
    subject = f"{deed.milestone}/{deed.criterion}"
    return Decision(RulingKind.TICKED, subject, f"{shorten(check.manual, _SHOWN)}: ticked")


def _noted(mission: Mission, about: MissionId, deed: Note) -> Decision:
    text = required_line(deed.text, "note")
    if len(text) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE:,} characters: this has {len(text):,}")
    names = {about: None} | {key: None for section in _sections(mission) for key in section}
    if deed.subject not in names:
        raise not_found("entry", deed.subject, names)
    return Decision(RulingKind.NOTED, deed.subject, f"noted of {deed.subject}", text)


def _sections(mission: Mission) -> tuple[Collection[str], ...]:
    return (
        mission.agents, mission.tasks, mission.milestones, mission.blockers, mission.externals,
        mission.changes, mission.stakeholders, mission.knowledge, mission.decisions,
    )  # fmt: skip
