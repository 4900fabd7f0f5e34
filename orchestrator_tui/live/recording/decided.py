"""What a person decided, as events: each decision once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from orchestrator_tui.domain.accepted_plan import AcceptedPlan
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.text import quoted, shorten

KINDS: Final[Mapping[RulingKind, EventKind]] = {
    RulingKind.ACKNOWLEDGED: EventKind.ACKNOWLEDGED,
    RulingKind.SNOOZED: EventKind.SNOOZED,
    RulingKind.ASSIGNED: EventKind.ASSIGNED,
    RulingKind.TICKED: EventKind.CRITERION_TICKED,
    RulingKind.NOTED: EventKind.NOTE_ADDED,
    RulingKind.APPROVED: EventKind.MILESTONE_APPROVED,
    RulingKind.REJECTED: EventKind.MILESTONE_REJECTED,
    RulingKind.TRUSTED: EventKind.COMMAND_TRUSTED,
    RulingKind.DISTRUSTED: EventKind.COMMAND_DISTRUSTED,
    RulingKind.PLAN_ACCEPTED: EventKind.PLAN_ACCEPTED,
    RulingKind.PLAN_DISMISSED: EventKind.PLAN_DISMISSED,
    RulingKind.FEEDBACK_GIVEN: EventKind.FEEDBACK_GIVEN,
    RulingKind.ADVICE_TAKEN: EventKind.ADVICE_TAKEN,
    RulingKind.ADVICE_DISMISSED: EventKind.ADVICE_DISMISSED,
    RulingKind.WITHDRAWN: EventKind.RULING_WITHDRAWN,
}
"""Rulings that are events of their own. One of kind EDITED shows as a change of the file."""

_SAYINGS: Final = {
    RulingKind.ACKNOWLEDGED: "acknowledged {0}",
    RulingKind.SNOOZED: "snoozed {0} until {1}",
    RulingKind.ASSIGNED: "gave {0} to {2}",
    RulingKind.TICKED: "ticked {0}",
    RulingKind.NOTED: "noted of {0}",
    RulingKind.EDITED: "edited {0}",
    RulingKind.APPROVED: "approved {0}",
    RulingKind.REJECTED: "rejected {0}",
    RulingKind.TRUSTED: "allowed the command of {0} to run",
    RulingKind.DISTRUSTED: "allowed no command of {0} to run any more",
    RulingKind.PLAN_ACCEPTED: "accepted a plan ({3})",
    RulingKind.PLAN_DISMISSED: "kept the plan as it is",
    RulingKind.FEEDBACK_GIVEN: "gave {4} of 5 for {0}",
    RulingKind.ADVICE_TAKEN: "took the advice {0}",
    RulingKind.ADVICE_DISMISSED: "dismissed the advice {0}",
}


def events_of(rulings: Iterable[Ruling], all_rulings: Iterable[Ruling]) -> tuple[Event, ...]:
    """Return the events that `rulings` are; `all_rulings` are those that they may take back."""
    by_id = {each.id: each for each in all_rulings}
    found = (_event(each, by_id) for each in rulings)
    return tuple(each for each in found if each is not None)


def is_event_of(event: Event, ruling: Ruling) -> bool:
    """Say whether `event` is the one that `ruling` was."""
    return (
        event.kind is KINDS.get(ruling.kind)
        and (event.at, event.actor) == (ruling.at, ruling.actor)
        and (event.subject == ruling.subject or ruling.kind is RulingKind.WITHDRAWN)
    )


def _event(ruling: Ruling, by_id: Mapping[str, Ruling]) -> Event | None:
    kind = KINDS.get(ruling.kind)
    if kind is None:
        return None
    if ruling.kind is not RulingKind.WITHDRAWN:
        return _told(ruling, kind, ruling.subject, _saying(ruling))
    taken_back = by_id.get(ruling.subject)
    if taken_back is None or taken_back.kind not in KINDS:
        return None
    said = f"took back: {_saying(taken_back)}"
    return replace(
        _told(ruling, kind, taken_back.subject, said), before=taken_back.comment, after=""
    )


def _told(ruling: Ruling, kind: EventKind, subject: str, said: str) -> Event:
    more = f": {quoted(ruling.comment)}" if ruling.comment else ""
    after = ruling.comment if ruling.score is None else f"score {ruling.score}"
    return Event(ruling.at, kind, subject, f"{ruling.actor} {said}{more}", ruling.actor, "", after)


def _saying(ruling: Ruling) -> str:
    until = "it is over" if ruling.until is None else _minute(ruling.until)
    plan = "" if ruling.plan is None else _promise(ruling.plan)
    return _SAYINGS[ruling.kind].format(
        shorten(ruling.subject), until, shorten(ruling.to), plan, ruling.score
    )


def _promise(plan: AcceptedPlan) -> str:
    """Return what a plan is called, and when it ends instead of which other time."""
    finish, kept = (
        "never" if each is None else _minute(each) for each in (plan.finish, plan.kept_finish)
    )
    return f"{shorten(plan.title)}: ends {finish} instead of {kept}"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
