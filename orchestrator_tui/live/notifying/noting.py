"""What is news, as the history keeps it until it is told."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.notice import Address, Notice, NoticeKind
from orchestrator_tui.domain.settings import Lead
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.notifying.alerts import Alert, known_as, recipients
from orchestrator_tui.engine.notifying.news import News, Theme
from orchestrator_tui.live.notifying.ledger import Ledger
from orchestrator_tui.presentation.notices import decision_detail, notice_detail


def entries_of(
    news: News, ledger: Ledger, mission: MissionAssessment, now: datetime
) -> Iterator[tuple[Notice, datetime]]:
    """Yield what is to be told, each with when this program came to tell it."""
    for theme in news.recovered:
        told = ledger.told(mission.id, theme).notice
        yield replace(told, kind=NoticeKind.RECOVERED, detail=""), now
    for each in news.raised:
        waiting = ledger.waiting(mission.id, Theme(each.address, known_as(each.subject)))
        yield _notice(each, mission, now), now if waiting is None else waiting.noted


def _notice(alert: Alert, mission: MissionAssessment, now: datetime) -> Notice:
    title, detail, since = "", "", now
    if alert.escalation is not None:
        title, detail = alert.escalation.title, notice_detail(alert.escalation, now)
        since = alert.escalation.since
    elif alert.attention is not None:
        title, detail = alert.attention.text, decision_detail(alert.attention, now)
    return Notice(
        mission=mission.id,
        subject=alert.subject,
        address=alert.address,
        kind=alert.kind,
        level=alert.level,
        since=since,
        mission_title=shorten(mission.title),
        title=shorten(title),
        detail=detail,
    )


def untold(addresses: Iterable[Address]) -> Iterator[str]:
    """Yield who is not told, in words, a line for each channel that is not there."""
    found: dict[str, set[str]] = {}
    for each in addresses:
        found.setdefault(each.channel, set()).add(each.recipient or "the lead")
    for channel, whom in found.items():
        are = "is" if len(whom) == 1 else "are"
        names = ", ".join(sorted(whom))
        yield f"no channel '{shorten(channel)}' in the settings: {names} {are} not told through it"


def is_told_through(mission: MissionAssessment, channel: str, lead: Lead) -> bool:
    """Say whether anybody is told of a mission through a channel."""
    if mission.mission is None:
        return False
    return any(channel in each.channels for each in recipients(mission.mission, lead))
