"""Who was told what, as far as it is not over: the history's notices, at hand in every look."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.notice import Address, NoticeKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.engine.notifying.alerts import known_as
from orchestrator_tui.engine.notifying.news import Memory, Theme, Told
from orchestrator_tui.io.history.notices import KeptNotice

_NOTHING: Final = Memory({}, {})


class Ledger:
    """The notices that stand; it is told of every change of them."""

    def __init__(self, standing: Iterable[KeptNotice]) -> None:
        self._told: dict[MissionId, dict[Theme, KeptNotice]] = defaultdict(dict)
        self._waiting: dict[MissionId, dict[Theme, KeptNotice]] = defaultdict(dict)
        self._recoveries: dict[MissionId, list[KeptNotice]] = defaultdict(list)
        self._memories: dict[MissionId, Memory] = {}
        self._seen: dict[int, datetime] = {}
        """By number, where a clock was set back since it was noted."""
        for each in standing:
            self._add(each)

    def memory(self, mission: MissionId) -> Memory:
        """Return what is remembered of a mission: the same until it changes."""
        told, waiting = self._told.get(mission), self._waiting.get(mission)
        if not told and not waiting:
            return _NOTHING
        if mission not in self._memories:
            self._memories[mission] = Memory(
                self._remembered(told or {}), self._remembered(waiting or {})
            )
        return self._memories[mission]

    def told(self, mission: MissionId, theme: Theme) -> KeptNotice:
        """Return what was told of a theme that `memory` knows as told."""
        return self._told[mission][theme]

    def waiting(self, mission: MissionId, theme: Theme) -> KeptNotice | None:
        """Return what waits to be told of a theme, but that it is over."""
        return self._waiting.get(mission, {}).get(theme)

    def groups(self) -> dict[Address, list[KeptNotice]]:
        """Return all that waits, by where it is to go."""
        groups: dict[Address, list[KeptNotice]] = defaultdict(list)
        for by_theme in self._waiting.values():
            for each in by_theme.values():
                groups[each.notice.address].append(each)
        for recoveries in self._recoveries.values():
            for each in recoveries:
                groups[each.notice.address].append(each)
        return groups

    def replaced_by(self, told: Iterable[KeptNotice]) -> list[int]:
        """Return the numbers of what need not be remembered once those were told."""
        over = []
        for each in told:
            if each.notice.kind is NoticeKind.RECOVERED:
                over.append(each.number)
            elif before := self._told[each.notice.mission].get(_theme(each)):
                over.append(before.number)
        return over

    def note(
        self,
        mission: MissionId,
        *,
        new: Iterable[KeptNotice],
        unsaid: Iterable[Theme],
        over: Iterable[Theme],
    ) -> None:
        """Take in what was noted of a mission."""
        for theme in unsaid:
            self._waiting[mission].pop(theme, None)
        for theme in over:
            ended = self._told[mission].pop(theme)
            self._seen.pop(ended.number, None)
        for each in new:
            self._add(each)
        self._memories.pop(mission, None)

    def see(self, mission: MissionId, themes: Iterable[Theme], now: datetime) -> None:
        """Take in what is still so, by a clock that was set back."""
        for each in themes:
            self._seen[self._told[mission][each].number] = now
        self._memories.pop(mission, None)

    def tell(self, told: Iterable[KeptNotice], message: OutgoingMessage) -> None:
        """Take in that a message tells those."""
        for each in told:
            mission, theme = each.notice.mission, _theme(each)
            self._memories.pop(mission, None)
            if each.notice.kind is NoticeKind.RECOVERED:
                self._recoveries[mission].remove(each)
            else:
                self._waiting[mission].pop(theme, None)
                noted = max(each.noted, message.made)
                self._add(KeptNotice(each.number, each.notice, noted, message.id))

    def _remembered(self, kept: dict[Theme, KeptNotice]) -> dict[Theme, Told]:
        return {
            theme: Told(
                each.notice.kind,
                int(each.notice.level or 0),
                each.noted,
                self._seen.get(each.number),
            )
            for theme, each in kept.items()
        }

    def _add(self, kept: KeptNotice) -> None:
        mission = kept.notice.mission
        if kept.notice.kind is NoticeKind.RECOVERED:
            self._recoveries[mission].append(kept)
        else:
            (self._told if kept.message else self._waiting)[mission][_theme(kept)] = kept


def is_due(group: Iterable[KeptNotice], now: datetime, window: float) -> bool:
    """Say whether a group has waited for `window` seconds; a clock set back makes none wait."""
    return any(abs((now - each.noted).total_seconds()) >= window for each in group)


def _theme(kept: KeptNotice) -> Theme:
    return Theme(kept.notice.address, known_as(kept.notice.subject))
