"""The communication hub: everybody is told once what they want to be told, and that it is over.

It stands in the process that keeps the history, and nowhere else. What is told follows from what is
so and from what the history says was told: a restart at any moment changes nothing.
"""

import math
import time
from collections.abc import Callable, Container, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, Protocol

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.notice import Address
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.engine.notifying.alerts import Alert, find_alerts, known_as
from orchestrator_tui.engine.notifying.news import News, Present, Theme, find_news
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.notices import KeptNotice
from orchestrator_tui.live.notifying.composing import composed, events_of_message
from orchestrator_tui.live.notifying.ledger import Ledger, is_due
from orchestrator_tui.live.notifying.noting import entries_of, is_told_through, untold
from orchestrator_tui.live.notifying.updates import due_reports
from orchestrator_tui.live.recording.appending import DRAWING_SECONDS
from orchestrator_tui.live.recording.keeping import Keeping

GROUPED_SECONDS: Final = 30.0
"""What comes up within so many seconds of the first is told in one message."""

Note = Callable[[MissionId, Event], None]


class Delivers(Protocol):
    """Delivers what is in the outbox, beside the loop."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what could not be delivered, and why."""

    def wake(self, *, may_send: bool) -> None:
        """See what is in the outbox; never waits."""

    def happened(self) -> tuple[Event, ...]:
        """Return what happened to channels since this was asked last."""

    def close(self) -> None:
        """End; what was not delivered is delivered by whoever is next."""


class Hub:
    """Tells people what follows from each look, as long as this process keeps the history."""

    def __init__(
        self,
        keeping: Keeping,
        settings: Settings,
        *,
        courier: Delivers,
        note: Note,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; `note` takes in that somebody is told, as an event of a mission."""
        self._keeping = keeping
        self._settings = settings
        self._courier = courier
        self._note = note
        self._monotonic = monotonic
        self._ledger: Ledger | None = None
        self._latest: Assessment | None = None
        self._seen: dict[MissionId, MissionAssessment] = {}
        self._unknown: dict[MissionId, frozenset[Address]] = {}
        self._reported: set[str] = set()
        self._may_send = False
        self._due = math.inf

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know: who is not told, and why."""
        return (*self._courier.notices, *untold(chain.from_iterable(self._unknown.values())))

    def judged(self, assessment: Assessment) -> None:
        """Take in what was judged; it is told in a moment."""
        self._latest = assessment
        self._due = min(self._due, self._monotonic() + DRAWING_SECONDS)

    def due(self) -> float:
        """Return when there is something to do, on the monotonic clock."""
        return self._due

    def tell(self) -> None:
        """Tell what is news since it was asked last, and what waited long enough."""
        self._due = math.inf
        if self._latest is None or not self._is_ready():
            return
        now = self._latest.at
        self._forget_all_but({each.id for each in self._latest.missions})
        for each in self._latest.missions:
            if self._seen.get(each.id) is not each and self._note_news(each, now):
                self._seen[each.id] = each
        if self._send_groups(now):
            self._courier.wake(may_send=True)
        if self._send_reports(self._latest):
            self._courier.wake(may_send=True)
        self._note_channels(self._latest)

    def begin_anew(self) -> None:
        """Read again what was told: another history is open."""
        self._ledger = None
        self._seen.clear()
        self._unknown.clear()
        self._reported.clear()

    def close(self) -> None:
        """End."""
        self._courier.close()

    def _is_ready(self) -> bool:
        """Say whether this process is the one that tells, and knows what was told."""
        if not self._keeping.is_recording:
            if self._may_send:
                self._may_send = False
                self._courier.wake(may_send=False)
            self.begin_anew()
            return False
        if self._ledger is None:
            standing = self._keeping.use(lambda each: each.notices.standing(), None)
            if standing is None:
                return False
            self._ledger = Ledger(standing)
            self._may_send = True
            self._courier.wake(may_send=True)
        return True

    def _forget_all_but(self, there: Container[MissionId]) -> None:
        """Forget what missions said that are gone; what was told of them stays in the history."""
        for known in (self._seen, self._unknown):
            for key in [each for each in known if each not in there]:
                del known[key]

    def _note_news(self, mission: MissionAssessment, now: datetime) -> bool:
        """Note what is news of a mission; say whether that could be done."""
        ledger = self._ledger
        if ledger is None or mission.mission is None or mission.judgement is None:
            return ledger is not None
        alerts = self._sendable(
            mission, find_alerts(mission.mission, mission.judgement, self._settings.lead)
        )
        memory = ledger.memory(mission.id)
        if not alerts and not memory.told and not memory.waiting:
            return True
        news = find_news(memory, alerts, Present(mission.mission, mission.judgement, now))
        if news.still_so:
            ledger.see(mission.id, news.still_so, now)
        return not news or self._keep(ledger, mission, news, now)

    def _sendable(self, mission: MissionAssessment, alerts: Sequence[Alert]) -> list[Alert]:
        """Return what goes out through channels that there are; a terminal is told by its app."""
        channels = self._settings.channels
        self._unknown[mission.id] = frozenset(
            each.address for each in alerts if each.address.channel not in channels
        )
        return [
            each
            for each in alerts
            if (channel := channels.get(each.address.channel)) and not channel.terminal
        ]

    def _keep(self, ledger: Ledger, mission: MissionAssessment, news: News, now: datetime) -> bool:
        over = (*news.recovered, *news.decided)
        risen = [Theme(each.address, known_as(each.subject)) for each in news.raised]
        unsaid = [
            each.number
            for theme in (*news.unsaid, *risen)
            if (each := ledger.waiting(mission.id, theme)) is not None
        ]
        entries = [*entries_of(news, ledger, mission, now)]
        kept = self._keeping.use(
            lambda history: history.notices.note(
                entries,
                unsaid=unsaid,
                over=[ledger.told(mission.id, each).number for each in over],
                at=now,
            ),
            None,
        )
        if kept is None:
            self.begin_anew()
            return False
        ledger.note(mission.id, new=kept, unsaid=(*news.unsaid, *risen), over=over)
        return True

    def _send_groups(self, now: datetime) -> bool:
        """Put every group that waited long enough into the outbox; say whether there was any.

        What waited before this process may be over: it is sent once its mission was judged anew.
        """
        was_put = False
        for address, all_of_it in () if self._ledger is None else self._ledger.groups().items():
            group = [each for each in all_of_it if each.notice.mission in self._seen]
            if self._ledger is not None and is_due(group, now, GROUPED_SECONDS):
                was_put = self._send(self._ledger, address, group, now) or was_put
        return was_put

    def _send(
        self, ledger: Ledger, address: Address, group: Sequence[KeptNotice], now: datetime
    ) -> bool:
        message = composed(address, group, now)
        told, over = [each.number for each in group], ledger.replaced_by(group)

        def tell(history: History) -> bool:
            history.notices.tell(message, told, over=over)
            return True

        if not self._keeping.use(tell, otherwise=False):
            self.begin_anew()
            return False
        ledger.tell(group, message)
        for mission, event in events_of_message(address, group, now):
            self._note(mission, event)
        return True

    def _note_channels(self, assessment: Assessment) -> None:
        """Note what happened to channels, as events of the missions that are told through them."""
        for event in self._courier.happened():
            for each in assessment.missions:
                if is_told_through(each, event.subject, self._settings.lead):
                    self._note(each.id, event)

    def _send_reports(self, assessment: Assessment) -> bool:
        reports = due_reports(assessment, self._settings, self._reported)
        if not reports:
            return False

        def put(history: History) -> bool:
            history.outbox.put(reports)
            return True

        was_put = self._keeping.use(put, otherwise=False)
        if was_put:
            self._reported.update(each.id for each in reports)
        return was_put
