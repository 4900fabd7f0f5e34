"""The terminal as a channel: its bell rings for what is new, its title says what waits.

Only what a channel of the settings asks for is written, and all of it by the writer that is given.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.settings import Settings, TerminalSign
from orchestrator_tui.engine.notifying.alerts import Alert, find_alerts, known_as
from orchestrator_tui.engine.notifying.news import Memory, Present, Theme, Told, find_news
from orchestrator_tui.presentation.terminal_title import (
    GIVE_TITLE_BACK,
    KEEP_TITLE,
    terminal_title,
    title_sequence,
)

BELL: Final = "\a"
QUIET_SECONDS: Final = 30.0
"""After a ring; what is new meanwhile rings when they are over, if it still stands."""


class Ringing:
    """Rings and writes titles, as the settings want it; a restart rings nothing."""

    def __init__(
        self,
        settings: Settings,
        write: Callable[[str], None],
        *,
        monotonic: Callable[[], float],
        is_in_tmux: bool,
    ) -> None:
        self._settings = settings
        self._write = write
        self._monotonic = monotonic
        self._is_in_tmux = is_in_tmux
        self._bells = _named(settings, TerminalSign.BELL)
        self._has_title = bool(_named(settings, TerminalSign.TITLE))
        self._title = self._shown = ""
        self._told: dict[MissionId, dict[Theme, Told]] | None = None
        """What stood or was rung for; None until everything was seen once."""
        self._judged: dict[MissionId, Judgement] = {}
        self._unheard: dict[MissionId, set[Theme]] = {}
        self._rang_at: float | None = None

    def take(self, assessment: Assessment) -> None:
        """Show how many decisions wait, and ring for what was raised since the last look."""
        if self._has_title:
            self._title = terminal_title(assessment)
            self.show_title()
        if self._bells and _is_whole(assessment):
            is_first = self._told is None
            told = self._told = self._told or {}
            for each in assessment.missions:
                self._look_at(each, told.setdefault(each.id, {}), assessment)
            if is_first:
                self._unheard.clear()
            self.tick()

    def tick(self) -> None:
        """Ring for what is new, unless it rang a moment ago."""
        if not self._unheard:
            return
        now = self._monotonic()
        if self._rang_at is None or now - self._rang_at >= QUIET_SECONDS:
            self._rang_at = now
            self._unheard.clear()
            self._write(BELL)

    def show_title(self) -> None:
        """Give the terminal its title; the one that it had is kept."""
        if self._title != self._shown:
            keep = "" if self._shown else KEEP_TITLE
            self._shown = self._title
            self._write(keep + title_sequence(self._title, is_in_tmux=self._is_in_tmux))

    def give_title_back(self) -> None:
        """Let the terminal have the title that it had."""
        if self._shown:
            self._shown = ""
            self._write(GIVE_TITLE_BACK)

    def _look_at(
        self, mission: MissionAssessment, told: dict[Theme, Told], assessment: Assessment
    ) -> None:
        one, judgement = mission.mission, mission.judgement
        if one is None or judgement is None or self._judged.get(mission.id) is judgement:
            return
        self._judged[mission.id] = judgement
        now = assessment.at
        alerts = [
            # where nobody recorded since when it is so, it is so since now, every time anew
            replace(each, since=None) if each.since is not None and each.since >= now else each
            for each in find_alerts(one, judgement, self._settings.lead)
            if each.address.channel in self._bells
        ]
        news = find_news(Memory(told, {}), alerts, Present(one, judgement, now))
        for theme in (*news.recovered, *news.decided):
            told.pop(theme, None)
        for each in news.raised:
            told[_theme_of(each)] = Told(each.kind, each.level or 0, now)
        raised = set(map(_theme_of, news.raised))
        still = self._unheard.pop(mission.id, set()).intersection(map(_theme_of, alerts))
        if raised or still:
            self._unheard[mission.id] = raised | still


def _theme_of(alert: Alert) -> Theme:
    return Theme(alert.address, known_as(alert.subject))


def _named(settings: Settings, sign: TerminalSign) -> frozenset[str]:
    """Return the names of the channels that ask for a sign."""
    return frozenset(name for name, each in settings.channels.items() if sign in each.terminal)


def _is_whole(assessment: Assessment) -> bool:
    """Say whether every mission that could be read is at hand, as in the first look it is not."""
    return all(each.mission is not None or each.judgement is None for each in assessment.missions)
