"""What a person has seen to: acknowledged, snoozed or given to somebody, and how long that holds.

Whatever was given counts from then on, for what was open by then; it says nothing of a subject that
began later under the same id.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Protocol, TypeVar

from orchestrator_tui.domain.history import Acknowledgement, Assigned, Snoozed
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.domain.text import PlainText, plain_text
from orchestrator_tui.engine.situation import Situation

LONGEST_NAME = 80
"""Characters of a person's name that are shown."""

_PREFIXES: Final = {kind: f"{kind.lower().replace('_', '-')}:" for kind in EscalationKind}


class _Ruled(Protocol):
    @property
    def at(self) -> datetime: ...


Given = TypeVar("Given", bound=_Ruled)


def escalation_id(kind: EscalationKind, subject: str) -> str:
    """Return the id of what escalates: `blocker:react-dependency`."""
    return _PREFIXES[kind] + subject


def known_ids(situation: Situation, kind: EscalationKind, subject: str) -> tuple[str, ...]:
    """Return every id under which the history may know a subject.

    The delay of the critical path goes on when another milestone becomes the first that it holds
    up: whatever was known of it under another milestone still holds.
    """
    own = escalation_id(kind, subject)
    if kind is not EscalationKind.CRITICAL_PATH_DELAY:
        return (own,)
    facts, any_milestone = situation.known.facts, escalation_id(kind, "")
    everything = {*facts.first_seen, *facts.acknowledged, *facts.snoozed, *facts.assigned}
    others = everything - {own}
    return (own, *sorted(each for each in others if each.startswith(any_milestone)))


def first_seen(situation: Situation, kind: EscalationKind, subject: str) -> datetime:
    """Return since when the history knows a subject; now where it does not."""
    known = situation.known.facts.first_seen
    seen = [known[each] for each in known_ids(situation, kind, subject) if each in known]
    return min([*seen, situation.now])


def acknowledgement_of(
    situation: Situation, kind: EscalationKind, subject: str, *, since: datetime
) -> Acknowledgement | None:
    """Return the newest acknowledgement of what is open since `since`; an older one is void."""
    return _newest(situation.known.facts.acknowledged, situation, kind, subject, since=since)


def snooze_of(
    situation: Situation, kind: EscalationKind, subject: str, *, since: datetime
) -> Snoozed | None:
    """Return the newest snooze of what is open since `since`, unless it is over."""
    given = _newest(situation.known.facts.snoozed, situation, kind, subject, since=since)
    return given if given is not None and situation.now < given.until else None


def assignment_of(
    situation: Situation, kind: EscalationKind, subject: str, *, since: datetime
) -> Assigned | None:
    """Return the newest word on who is to take care of what is open since `since`."""
    return _newest(situation.known.facts.assigned, situation, kind, subject, since=since)


def is_held(situation: Situation, kind: EscalationKind, subject: str, *, since: datetime) -> bool:
    """Say whether somebody takes care of a subject just now: nobody else need be told."""
    given = acknowledgement_of(situation, kind, subject, since=since)
    return given is not None and holds(situation, given)


def holds(situation: Situation, given: Acknowledgement) -> bool:
    """Say whether an acknowledgement still holds a subject at its level."""
    return situation.now < given.at + situation.mission.policy.acknowledge_holds


def who_watches(situation: Situation, agent: AgentId) -> str | None:
    """Return who has seen that an agent is silent, or only stale, since its last report."""
    key = escalation_id(EscalationKind.SILENT_AGENT, agent)
    given = situation.known.facts.acknowledged.get(key)
    if given is None or given.at > situation.now or not holds(situation, given):
        return None
    reported = situation.last_report(situation.mission.agents[agent])
    return None if reported is not None and reported > given.at else name_of(given)


def name_of(given: Acknowledgement) -> PlainText:
    """Return who gave an acknowledgement, safe to show."""
    return plain_text(given.by, limit=LONGEST_NAME)


def _newest(
    known: Mapping[str, Given],
    situation: Situation,
    kind: EscalationKind,
    subject: str,
    *,
    since: datetime,
) -> Given | None:
    """Return what was given last, since `since` and up to now, under any id of a subject."""
    if not known:
        return None  # nearly always so, and there may be thousands of subjects
    given = [known[each] for each in known_ids(situation, kind, subject) if each in known]
    valid = [each for each in given if since <= each.at <= situation.now]
    return max(valid, key=lambda each: each.at, default=None)
