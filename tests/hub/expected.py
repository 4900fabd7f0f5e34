"""Who is told what of the twelve hours, worked out by hand, with a word on why."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.hub.script import END, EVENTS, QUIET, dependents

Thing: TypeAlias = tuple[str, str, int]
"""Of what somebody is told its kind, its subject and its level, 0 where it has none."""


@dataclass(frozen=True)
class Told:
    """One message: who gets it, and what it tells."""

    at: str
    """From when on it waited to be grouped; of a report, when it was made."""
    to: str
    """The id of a stakeholder; empty for the lead."""
    things: tuple[Thing, ...]
    """In order of names."""


def _raised(subject: str, level: int) -> Thing:
    return ("RAISED", subject, level)


def _over(subject: str, level: int) -> Thing:
    return ("RECOVERED", subject, level)


KEY, HOST, LICENCE = "blocker:key", "blocker:host", "blocker:licence"
DATABASE, LAST, CARDS = "blocker:database", f"blocker:{dependents()[-1]}", "external:cards"
OPS: Final = (
    # by age 2 from 02:10, 3 from 04:10, 4 from 08:10
    Told("00:10", "ops", (_raised(KEY, 1),)),
    Told("01:00", "ops", (_raised(HOST, 1),)),
    Told("02:00", "ops", (_raised(LICENCE, 1),)),
    Told("02:10", "ops", (_raised(KEY, 2),)),
    # two things within half a minute are one message: the host comes to level 2 as the root opens
    Told("03:00", "ops", (_raised(DATABASE, 1), _raised(HOST, 2))),
    # 03:20: nothing of the twelve; 04:00: nothing of the licence, which is snoozed
    Told("04:10", "ops", (_raised(KEY, 3),)),
    # nothing of the host, which was acknowledged at 04:40 and stays at level 2 for an hour
    Told("05:00", "ops", (_raised(DATABASE, 2),)),
    Told("05:40", "ops", (_raised(HOST, 3),)),
    # the last of the twelve is a root of its own from now on, three hours old by 06:20
    Told("06:15", "ops", (_raised(LAST, 2), _over(DATABASE, 2))),
    Told("06:30", "ops", (_over(HOST, 3),)),
    Told("06:40", "ops", (_over(LAST, 2),)),
    # the snooze ends: the level that it has by now, and none of those in between
    Told("06:45", "ops", (_raised(LICENCE, 3),)),
    Told("07:00", "ops", (_raised(CARDS, 1),)),
    Told("07:50", "ops", (_over(CARDS, 1),)),
    Told("08:10", "ops", (_raised(KEY, 4),)),
    Told("09:20", "ops", (_over(KEY, 4),)),
    Told("10:00", "ops", (_raised(LICENCE, 4),)),
)
"""Who wants every level."""
CTO: Final = (
    Told("08:00", "cto", (("REPORT", "relay", 0),)),
    Told("08:10", "cto", (_raised(KEY, 4),)),
    Told("09:20", "cto", (_over(KEY, 4),)),
    Told("10:00", "cto", (_raised(LICENCE, 4),)),
)
"""Who wants the highest level, as everybody does who does not say, and a report each morning."""


def _of_emergencies(to: str) -> tuple[Told, ...]:
    return (
        Told("04:10", to, (_raised(KEY, 3),)),
        Told("05:40", to, (_raised(HOST, 3),)),
        Told("06:30", to, (_over(HOST, 3),)),
        Told("06:45", to, (_raised(LICENCE, 3),)),
        Told("08:10", to, (_raised(KEY, 4),)),
        Told("09:20", to, (_over(KEY, 4),)),
        Told("10:00", to, (_raised(LICENCE, 4),)),
    )


DUTY: Final = _of_emergencies("duty")
"""An emergency contact, who is told at levels 3 and 4."""
LEAD: Final = tuple(
    sorted(
        # a failed supplier is a reason to plan anew, which is for the lead to decide; that there is
        # nothing to decide any more is told to nobody
        (
            *_of_emergencies(""),
            Told("07:00", "", (("DECISION", "REPLAN:external-change:cards", 0),)),
        ),
        key=lambda each: each.at,
    )
)
"""The lead, with the levels that a lead is told of where the settings do not say."""
EXPECTED: Final = {"ops": OPS, "cto": CTO, "duty": DUTY, "": LEAD}
"""By recipient, in order."""
CHANNELS: Final = {"ops": "log", "cto": "mail", "duty": "hook", "": "log"}
"""By recipient; the lead and those who want everything share one."""


def moments() -> list[str]:
    """Return every time of day at which something happens or is told, in order, and the end."""
    told = {each.at for found in EXPECTED.values() for each in found}
    return sorted({"00:00", *QUIET, *told, *(each.at for each in EVENTS), END})
