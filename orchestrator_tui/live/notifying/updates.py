"""Reports that are due to stakeholders and to the lead: daily, at milestones, and at re-plans.

They follow from what is so, like all that is told: the id of each follows from its occasion and
from whom it is for, so that it is sent once, whatever ends and begins again.
"""

from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.notice import LEAD
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.domain.stakeholder import Stakeholder
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    MilestoneStatus,
    ReportOccasion,
    TaskState,
)
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.notifying.daily import daily_slot, local_date
from orchestrator_tui.engine.summary import summarize
from orchestrator_tui.live.notifying.composing import ID_DIGITS
from orchestrator_tui.presentation.reports.occasions import Update, Written, written_update
from orchestrator_tui.presentation.reports.report import Audience

NEWS_LASTS: Final = timedelta(hours=24)
"""How long after a milestone was approved, or a plan accepted, it is still reported: what is older
when a mission is first seen is no news."""
MOST_AT_ONCE: Final = 4
"""Reports that are written in one look; the others come in the next ones: no alert waits for
them."""
_OVER: Final = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


class _Reader(NamedTuple):
    """Somebody who wants reports."""

    id: str
    name: str
    audience: Audience
    channels: tuple[str, ...]
    occasions: tuple[ReportOccasion, ...]


class _Due(NamedTuple):
    """One occasion to report on a mission."""

    occasion: ReportOccasion
    day: date
    """Where the mission is."""
    key: str
    """What tells it from others of its kind."""
    milestone: MilestoneId | None = None


def due_reports(
    assessment: Assessment, settings: Settings, made: Container[str] = frozenset()
) -> tuple[OutgoingMessage, ...]:
    """Return the first few reports that are due now and whose ids are not `made` already.

    Nothing is written in vain: whoever notes what was made is told nothing twice.
    """
    found = (
        report
        for each in assessment.missions
        if each.missing_since is None
        for report in _reports_on(each, settings, made, assessment.at)
    )
    return tuple(islice(found, MOST_AT_ONCE))


def _reports_on(
    mission: MissionAssessment, settings: Settings, made: Container[str], now: datetime
) -> Iterator[OutgoingMessage]:
    plan, judgement = mission.mission, mission.judgement
    if plan is None or judgement is None:
        return
    readers = tuple(_readers(plan, settings))
    dues = tuple(_dues(plan, judgement, settings, now)) if readers else ()
    for reader in readers:
        for due in dues:
            if due.occasion in reader.occasions:
                yield from _reports(mission, reader, due, made=made, now=now)


def _reports(
    mission: MissionAssessment,
    reader: _Reader,
    due: _Due,
    *,
    made: Container[str],
    now: datetime,
) -> Iterator[OutgoingMessage]:
    """Yield one report for each channel of a reader; it is written when it is first needed."""
    written: Written | None = None
    for channel in reader.channels:
        key = _id(mission, reader, channel, due)
        if key in made:
            continue
        written = written or _written(mission, reader, due, now)
        subject = due.milestone or mission.id
        yield OutgoingMessage(
            id=key,
            mission=mission.id,
            channel=channel,
            made=now,
            subject=subject,
            body=written.text,
            recipient=reader.id,
            items=(MessageItem("REPORT", mission.id, subject, None, written.title),),
            markdown=written.markdown,
            html=written.html,
        )


def _written(mission: MissionAssessment, reader: _Reader, due: _Due, now: datetime) -> Written:
    plan, judgement = mission.mission, mission.judgement
    summary = None
    if plan is not None and judgement is not None and due.milestone is not None:
        summary = summarize(plan, judgement, due.milestone, now)
    about = Update(due.occasion, due.day, reader.audience, shorten(reader.name))
    return written_update(mission, now, about, summary)


def _id(mission: MissionAssessment, reader: _Reader, channel: str, due: _Due) -> str:
    told = (mission.id, reader.id, channel, due.occasion, due.key)
    said = "\0".join(("report", *told))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


# Whom


def _readers(mission: Mission, settings: Settings) -> Iterator[_Reader]:
    lead = settings.lead
    if lead.reports and (channels := _sendable(lead.notify, settings)):
        yield _Reader(LEAD, settings.name, Audience.LEAD, channels, lead.reports)
    for key, each in mission.stakeholders.items():
        if each.reports and (channels := _sendable(each.notify, settings)):
            yield _Reader(key, each.name or key, audience_of(each), channels, each.reports)


def audience_of(stakeholder: Stakeholder) -> Audience:
    """Return which report a stakeholder gets: all there is, if the role is that of a lead."""
    role = (stakeholder.role or "").casefold().replace("-", " ").replace("_", " ")
    return Audience.LEAD if "lead" in role.split() else Audience.MANAGEMENT


def _sendable(names: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    """Return the channels that there are, and that carry a text: a terminal only rings."""
    channels = settings.channels
    return tuple(
        each for each in dict.fromkeys(names) if each in channels and not channels[each].terminal
    )


# When


def _dues(
    mission: Mission, judgement: Judgement, settings: Settings, now: datetime
) -> Iterator[_Due]:
    slot = daily_slot(
        now,
        at=settings.daily_report,
        zone=mission.timezone,
        started=judgement.started,
        completed=completed_at(judgement),
    )
    if slot is not None:
        day = local_date(slot, mission.timezone)
        yield _Due(ReportOccasion.DAILY, day, day.isoformat())
    for each in judgement.milestones:
        given = each.approval
        if (
            given is not None
            and given.decision is ApprovalDecision.APPROVED
            and each.status is MilestoneStatus.COMPLETED
            and _is_news(given.at, now)
        ):
            key = f"{each.id}\0{given.at.isoformat()}"
            day = local_date(given.at, mission.timezone)
            yield _Due(ReportOccasion.MILESTONE, day, key, each.id)
    replanned = judgement.timeline.replanned
    if replanned is not None and _is_news(replanned, now):
        day = local_date(replanned, mission.timezone)
        yield _Due(ReportOccasion.REPLAN, day, replanned.isoformat())


def _is_news(moment: datetime, now: datetime) -> bool:
    return now - NEWS_LASTS <= moment <= now


def completed_at(judgement: Judgement) -> datetime | None:
    """Return when the last work was done and the last milestone approved; None before that."""
    finish, milestones = judgement.timeline.forecast_finish, judgement.milestones
    if finish is None or not (judgement.tasks or milestones):
        return None
    if any(each.status is not MilestoneStatus.COMPLETED for each in milestones):
        return None
    if any(each.state not in _OVER for each in judgement.tasks):
        return None
    return max([finish, *(each.approval.at for each in milestones if each.approval is not None)])
