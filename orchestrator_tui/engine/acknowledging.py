"""What a person has seen and takes care of, and for how long that holds."""

from datetime import datetime

from orchestrator_tui.domain.history import Acknowledgement
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.domain.text import PlainText, plain_text
from orchestrator_tui.engine.situation import Situation

LONGEST_NAME = 80
"""Characters of a person's name that are shown."""


def escalation_id(kind: EscalationKind, subject: str) -> str:
    """Return the id of what escalates: `blocker:react-dependency`."""
    return f"{kind.lower().replace('_', '-')}:{subject}"


def known_ids(situation: Situation, kind: EscalationKind, subject: str) -> tuple[str, ...]:
    """Return every id under which the history may know a subject.

    The delay of the critical path goes on when another milestone becomes the first that it holds
    up: whatever was known of it under another milestone still holds.
    """
    own = escalation_id(kind, subject)
    if kind is not EscalationKind.CRITICAL_PATH_DELAY:
        return (own,)
    facts, any_milestone = situation.known.facts, escalation_id(kind, "")
    others = {*facts.first_seen, *facts.acknowledged} - {own}
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
    known = situation.known.facts.acknowledged
    given = [known[each] for each in known_ids(situation, kind, subject) if each in known]
    valid = [each for each in given if since <= each.at <= situation.now]
    return max(valid, key=lambda each: each.at, default=None)


def is_held(situation: Situation, kind: EscalationKind, subject: str, *, since: datetime) -> bool:
    """Say whether somebody takes care of a subject just now: nobody else need be told."""
    given = acknowledgement_of(situation, kind, subject, since=since)
    return given is not None and _holds(situation, given)


def who_watches(situation: Situation, agent: AgentId) -> str | None:
    """Return who has seen that an agent is silent, or only stale, since its last report."""
    key = escalation_id(EscalationKind.SILENT_AGENT, agent)
    given = situation.known.facts.acknowledged.get(key)
    if given is None or given.at > situation.now or not _holds(situation, given):
        return None
    reported = situation.last_report(situation.mission.agents[agent])
    return None if reported is not None and reported > given.at else name_of(given)


def name_of(given: Acknowledgement) -> PlainText:
    """Return who gave an acknowledgement, safe to show."""
    return plain_text(given.by, limit=LONGEST_NAME)


def _holds(situation: Situation, given: Acknowledgement) -> bool:
    return situation.now < given.at + situation.mission.policy.acknowledge_holds
