"""What of the alerts that stand is news, and what of that which was told is over.

By levels, not by events: it is worked out anew from what is so and what was told, so that nothing
depends on having seen a change happen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.external import ExternalStatus
from orchestrator_tui.domain.ids import BlockerId, ExternalId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.notice import Address, NoticeKind
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.engine.acknowledging import escalation_id
from orchestrator_tui.engine.notifying.alerts import Alert, known_as

_BLOCKER: Final = escalation_id(EscalationKind.BLOCKER, "")
_EXTERNAL: Final = escalation_id(EscalationKind.EXTERNAL, "")


class Theme(NamedTuple):
    """What is told to one address at most once a level."""

    address: Address
    subject: str
    """As `known_as` names it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is remembered of one theme."""

    kind: NoticeKind
    level: int
    """0 for decisions."""
    noted: datetime
    """Since when it waits; once it was told, when that was."""
    seen: datetime | None = None
    """When it was still so, by a clock that was set back since: what is over ended after that."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told, and what waits for others to be grouped with, and then is."""

    told: Mapping[Theme, Told]
    waiting: Mapping[Theme, Told]


class Present(NamedTuple):
    """One mission as it is now."""

    mission: Mission
    judgement: Judgement
    now: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told of one mission that was not told before."""

    raised: tuple[Alert, ...] = ()
    """New themes, and those that rose."""
    recovered: tuple[Theme, ...] = ()
    """Told, and over: the recipient is told that, too."""
    decided: tuple[Theme, ...] = ()
    """Told, and no longer to be decided: nobody need be told."""
    unsaid: tuple[Theme, ...] = ()
    """Waiting, and over or silent by now: it is not sent at all."""
    still_so: tuple[Theme, ...] = ()
    """Told, and so by a clock that was set back to before it was told."""

    def __bool__(self) -> bool:
        """Say whether there is any; that something is still so is none."""
        return bool(self.raised or self.recovered or self.decided or self.unsaid)


def find_news(memory: Memory, alerts: Iterable[Alert], present: Present) -> News:
    """Return what is news now, by what is remembered of the mission."""
    standing = {Theme(each.address, known_as(each.subject)): each for each in alerts}
    told, waiting = memory.told, memory.waiting
    again = {theme for theme, each in standing.items() if _began_anew(each, told.get(theme))}
    raised = tuple(
        each
        for theme, each in standing.items()
        if (each.level or 0) > _level_known(theme, memory)
        or (theme in again and theme not in waiting)
    )
    is_over = _Endings(present)
    over = [theme for theme, each in told.items() if theme in again or is_over(theme, each)]
    is_decision = {theme: told[theme].kind is NoticeKind.DECISION for theme in over}
    return News(
        raised=raised,
        recovered=tuple(each for each in over if not is_decision[each]),
        decided=tuple(each for each in over if is_decision[each]),
        unsaid=tuple(each for each in waiting if each not in standing),
        still_so=tuple(
            theme
            for theme, each in told.items()
            if (each.seen or each.noted) > present.now and is_over.is_open(theme)
        ),
    )


def _level_known(theme: Theme, memory: Memory) -> int:
    known = (memory.told.get(theme), memory.waiting.get(theme))
    return max((each.level for each in known if each is not None), default=-1)


def _began_anew(alert: Alert, told: Told | None) -> bool:
    """Say whether what was told ended, and began again, between two looks."""
    return told is not None and alert.since is not None and alert.since > told.noted


class _Endings:
    """Says what is over: not only out of sight because a clock was set back."""

    def __init__(self, present: Present) -> None:
        self._mission = present.mission
        self._now = present.now
        judgement = present.judgement
        self._open = {known_as(each.id) for each in judgement.escalations}
        self._open |= {each.key for each in judgement.attention}

    def is_open(self, theme: Theme) -> bool:
        """Say whether a theme is in sight."""
        return theme.subject in self._open

    def __call__(self, theme: Theme, told: Told) -> bool:
        if self.is_open(theme):
            return False
        if theme.subject.startswith(_BLOCKER):
            blocker = self._mission.blockers.get(BlockerId(theme.subject.removeprefix(_BLOCKER)))
            return blocker is None or blocker.resolved is not None
        if theme.subject.startswith(_EXTERNAL):
            key = ExternalId(theme.subject.removeprefix(_EXTERNAL))
            external = self._mission.externals.get(key)
            return external is None or external.status is ExternalStatus.OK
        return self._now >= (told.seen or told.noted)
