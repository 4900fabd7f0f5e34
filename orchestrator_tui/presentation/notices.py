"""Messages to people, readable on a phone in five seconds: how bad, what, where, and what to do.

Agents' titles stand between words of ours, and are cut before those are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.notice import Notice, NoticeKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.standing import AttentionKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.asking import newly_asked
from orchestrator_tui.presentation.words import count_words, hours_between, hours_short, utc_words

LONGEST_TITLE: Final = 120
MOST_TOLD: Final = 20
"""Things that a message tells one by one; more are counted."""
MOST_ASKED: Final = 3
"""Actions that one notice asks for; more are seen in the app."""
_LONGEST_MISSION: Final = 40
_INDENT: Final = "  "

_DECIDE: Final = {
    AttentionKind.APPROVAL: "approve it, or send it back with a comment",
    AttentionKind.ESCALATION: "step in, or give it to somebody",
    AttentionKind.REPLAN: "compare the options and accept one, or keep the plan",
    AttentionKind.TRUST: "read what would run, then allow it or not",
    AttentionKind.FORGED_APPROVAL: "find out who wrote it; it counts for nothing",
    AttentionKind.CONTRADICTION: "find out which of the two is true",
    AttentionKind.BROKEN_FILE: "mend the file; until then its last good version counts",
    AttentionKind.MANUAL_CHECK: "look at it, and tick it if it holds",
}


def notice_detail(escalation: EscalationAssessment, now: datetime) -> str:
    """Return on whom it is since when, what is asked, and what comes next: a line each."""
    lines = (_on_whom(escalation, now), _asked(escalation), _coming(escalation, now))
    return "\n".join(each for each in lines if each)


def decision_detail(attention: Attention, now: datetime) -> str:
    """Return what is asked and what hangs on it, a line each."""
    del now
    lines = [f"Asked: {_DECIDE[attention.kind]}."]
    hangs: list[str] = [shorten(attention.why)] if attention.why else []
    if attention.delay_cost:
        hangs.append(f"each hour of waiting costs the mission {hours_short(attention.delay_cost)}")
    if hangs:
        lines.append(f"At stake: {'; '.join(hangs)}.")
    return "\n".join(lines)


def message_body(notices: Sequence[Notice], now: datetime) -> str:
    """Return what `notices`, at least one, say: a title, then the worst first.

    The same notices say the same, in whatever order they are given.
    """
    ranked = sorted(notices, key=_rank)
    if len(ranked) == 1:
        return "\n".join((_headline(ranked[0], now), *_told(ranked[0], now)))
    lines = [_group_title(ranked)]
    is_of_many = len({each.mission for each in ranked}) > 1
    for each in ranked[:MOST_TOLD]:
        told = (f"{_INDENT}{line}" for line in _told(each, now))
        lines += ["", f"- {_headline(each, now, names_mission=is_of_many)}", *told]
    rest = ranked[MOST_TOLD:]
    return "\n".join([*lines, *(_counted(rest) if rest else ())])


def digest_body(messages: Sequence[OutgoingMessage]) -> str:
    """Return what stands for `messages`, in their order: when each was made, its title, its id."""
    level = max((each.level for each in messages if each.level is not None), default=None)
    worst = "" if level is None else f", worst {_level_words(level)}"
    lines = [f"{count_words(len(messages), 'message')} while this channel was down or full{worst}"]
    newest = max((each.made for each in messages), default=None)
    for each in messages:
        made = "" if newest is None else f"{utc_words(each.made, newest)} · "
        lines += ["", f"- {made}{shorten(each.title, LONGEST_TITLE)}", f"{_INDENT}id {each.id}"]
    return "\n".join(lines)


# One notice


def _rank(notice: Notice) -> tuple[float, datetime, str, str, str]:
    """Return what puts the worst first: a decision comes after what is CRITICAL."""
    badness = {
        NoticeKind.RAISED: float(notice.level or 0),
        NoticeKind.DECISION: EscalationLevel.MODERATE + 0.5,
        NoticeKind.RECOVERED: 0.0,
    }[notice.kind]
    return -badness, notice.since, notice.mission, notice.subject, notice.title


def _headline(notice: Notice, now: datetime, *, names_mission: bool = True) -> str:
    """Return how bad, what and where, in that order."""
    lasted = hours_short(hours_between(notice.since, now))
    ending = {
        NoticeKind.RAISED: f", open for {lasted}",
        NoticeKind.DECISION: "",
        NoticeKind.RECOVERED: f", after {lasted}",
    }[notice.kind]
    start = f"{_how_bad(notice)}: "
    where = f" · {shorten(notice.mission_title, _LONGEST_MISSION)}" if names_mission else ""
    room = LONGEST_TITLE - len(start) - len(ending) - len(where)
    return f"{start}{shorten(notice.title, room)}{ending}{where}"


def _how_bad(notice: Notice) -> str:
    if notice.kind is NoticeKind.RAISED and notice.level is not None:
        return _level_words(notice.level)
    return notice.kind.value


def _told(notice: Notice, now: datetime) -> Iterator[str]:
    if notice.kind is NoticeKind.RECOVERED:
        was = f" It was {_level_words(notice.level)}." if notice.level is not None else ""
        yield f"Open since {utc_words(notice.since, now)}, and over.{was} Nothing more is asked."
    elif notice.detail:
        yield from notice.detail.split("\n")


def _level_words(level: EscalationLevel) -> str:
    return level.name.replace("_", " ")


# An escalation


def _on_whom(escalation: EscalationAssessment, now: datetime) -> str:
    whom = f"On {escalation.agent}" if escalation.agent else "On nobody"
    needs = f", needs {shorten(escalation.needs)}" if escalation.needs else ""
    care = [f"given to {escalation.assigned_to}"] if escalation.assigned_to else []
    if escalation.acknowledged_by:
        care.append(f"acknowledged by {escalation.acknowledged_by}")
    taken = ", ".join(care) or "acknowledged by nobody"
    return f"{whom}{needs}, since {utc_words(escalation.since, now)}; {taken}."


def _asked(escalation: EscalationAssessment) -> str:
    new = newly_asked(escalation)
    if not new:
        return ""
    more = f"; and {len(new) - MOST_ASKED} more" if len(new) > MOST_ASKED else ""
    said = f"Asked: {'; '.join(new[:MOST_ASKED])}{more}"
    return said if said.endswith("…") else f"{said}."


def _coming(escalation: EscalationAssessment, now: datetime) -> str:
    due = utc_words(escalation.due, now)
    following = f"Next: {_next_level(escalation, now)}"
    if escalation.due <= now:
        late = hours_short(hours_between(escalation.due, now))
        return f"{following}; it was due {due}, {late} ago."
    if escalation.due == escalation.next_level_at and not escalation.is_held:
        return f"{following}, unless it is resolved before."
    return f"{following}; due {due}, in {hours_short(hours_between(now, escalation.due))}."


def _next_level(escalation: EscalationAssessment, now: datetime) -> str:
    level, rises = escalation.level, escalation.next_level_at
    if escalation.is_held:
        return f"stays {_level_words(level)} for now, as it was acknowledged"
    if level is EscalationLevel.MISSION_CRITICAL:
        return "nothing above, this is the highest level"
    if rises is None:
        return f"stays {_level_words(level)} until it ends"
    higher = _level_words(EscalationLevel(level + 1))
    if rises <= now:
        return f"{higher} at any moment"
    return f"{higher} at {utc_words(rises, now)}, in {hours_short(hours_between(now, rises))}"


# Many notices


def _group_title(ranked: Sequence[Notice]) -> str:
    missions = {each.mission: each.mission_title for each in ranked}
    said = ", ".join(_amounts(ranked))
    if len(missions) > 1:
        return f"{count_words(len(missions), 'mission')}: {said}"
    (title,) = missions.values()
    return f"{said} · {shorten(title, _LONGEST_MISSION)}"


def _amounts(notices: Iterable[Notice]) -> Iterator[str]:
    """Yield how many there are of each sort: `3 escalations, worst CRITICAL`, `1 recovered`."""
    counts = Counter(each.kind for each in notices)
    levels = [
        each.level for each in notices if each.kind is NoticeKind.RAISED and each.level is not None
    ]
    if levels:
        worst = f"{'at' if len(levels) == 1 else 'worst'} {_level_words(max(levels))}"
        yield f"{count_words(len(levels), 'escalation')}{' ' if len(levels) == 1 else ', '}{worst}"
    if count := counts[NoticeKind.DECISION]:
        yield count_words(count, "decision")
    if count := counts[NoticeKind.RECOVERED]:
        yield f"{count:,} recovered"


def _counted(rest: Sequence[Notice]) -> Iterator[str]:
    """Yield how many more there are of which sort, by mission."""
    yield ""
    yield f"and {len(rest):,} more:"
    missions: dict[str, list[Notice]] = {}
    for each in rest:
        missions.setdefault(each.mission, []).append(each)
    for told in list(missions.values())[:MOST_TOLD]:
        sorts = Counter(_how_bad(each) for each in told)
        said = ", ".join(f"{count:,} {sort}" for sort, count in sorts.items())
        yield f"- {shorten(told[0].mission_title, _LONGEST_MISSION)}: {said}"
    others = list(missions.values())[MOST_TOLD:]
    if others:
        count = sum(map(len, others))
        yield f"- {count_words(len(others), 'more mission')}: {count:,} in all"
