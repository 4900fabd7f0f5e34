"""Twelve hours of a mission: what happens in them, and who is told what because of it.

The times of day are those of one Monday, in UTC, which is the time zone of the mission. Nobody is
silent, overloaded or late in it, so that blockers and one supplier are all there is to tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from orchestrator_tui.domain.deeds import Acknowledge, Deed, Snooze
from orchestrator_tui.domain.ids import MissionId

MIDNIGHT: Final = datetime(2026, 3, 2, tzinfo=UTC)
END: Final = "12:00"
QUIET: Final = ("04:00", "06:00", "07:20", "11:10")
"""When the snoozed licence and the silent last dependent rise, and blockers that are over would."""
RELAY: Final = MissionId("relay")
DEPENDENTS: Final = 12


def at(time_of_day: str) -> datetime:
    """Return that time of the day."""
    hours, _, minutes = time_of_day.partition(":")
    return MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes))


def _stamp(time_of_day: str) -> str:
    return f"2026-03-02T{time_of_day}Z"


AGENTS: Final = {"ada": "key", "ben": "host", "cleo": "licence", "dan": "database"}
"""Each with its task; a blocker has the id of the task that it holds up."""
MISSION: Final = """\
mission: Payment relay
started: 2026-03-02T00:00Z
policy: {fresh_within: 1d}
stakeholders:
  ops: {name: Operations, notify: [log], levels: [1, 2, 3, 4]}
  cto: {name: Grace, notify: [mail], reports: [daily]}
  duty: {role: emergency, notify: [hook]}
"""
SETTINGS: Final = """\
name: kim
lead: {notify: [log]}
"""


def mission_files() -> dict[str, str]:
    """Return the parts of the mission as it begins, by their names."""
    agents = "".join(f"  {each}: {{}}\n" for each in AGENTS)
    tasks = "".join(
        f"  {task}: {{agent: {agent}, estimate: 200h}}\n" for agent, task in AGENTS.items()
    )
    after = "".join(f"  {each}: {{estimate: 5h, after: [database]}}\n" for each in dependents())
    everything = ", ".join([*AGENTS.values(), *dependents()])
    milestone = (
        f"{{title: Relay, tasks: [{everything}], criteria: {{built: {{exists: relay.bin}}}}}}"
    )
    return {
        "mission.yaml": MISSION + f"milestones:\n  M1: {milestone}\n",
        "parts/plan.yaml": f"agents:\n{agents}tasks:\n{tasks}{after}",
        "parts/supplier.yaml": supplier("OK"),
        "parts/dependents.yaml": "blockers: {}\n",
    }


def dependents() -> list[str]:
    """Return the tasks that wait for the database."""
    return [f"after-{each:02}" for each in range(1, DEPENDENTS + 1)]


def supplier(status: str, since: str = "00:00") -> str:
    """Return the part that says how somebody outside stands."""
    said = f"{{title: Card network, status: {status}, since: {_stamp(since)}}}"
    return f"externals:\n  cards: {said}\n"


def dependent_blockers(*resolved: str, at: str = "") -> str:
    """Return the part of the dependents' own blockers."""
    lines = [
        f"  {each}: {{title: No rows for {each}, task: {each}, opened: {_stamp('03:20')}"
        + (f", resolved: {_stamp(at)}" if each in resolved else "")
        + "}\n"
        for each in dependents()
    ]
    return "blockers:\n" + "".join(lines)


@dataclass(frozen=True)
class Opens:
    """An agent says what holds it up, by `block`."""

    agent: str
    title: str


@dataclass(frozen=True)
class Resolves:
    """An agent says that it can go on, by `unblock`."""

    blocker: str


@dataclass(frozen=True)
class Reports:
    """An agent reports, by `report`."""

    agent: str
    progress: int


@dataclass(frozen=True)
class Writes:
    """A person saves a part of the mission in an editor."""

    part: str
    text: str


@dataclass(frozen=True)
class Decides:
    """A person decides in the app."""

    deed: Deed


What: TypeAlias = Opens | Resolves | Reports | Writes | Decides


@dataclass(frozen=True)
class Event:
    """Something that happens, and how that is seen to have arrived."""

    at: str
    what: What
    shown: Mapping[str, str] = field(default_factory=dict)
    """By the id of what escalates, what a look then shows; empty where it shows it no more."""


def _silent(level: int) -> dict[str, str]:
    return {f"blocker:{each}": f"{level} silent" for each in dependents()}


_LAST: Final = dependents()[-1]
EVENTS: Final = (
    Event("00:10", Opens("ada", "No key of the bank"), {"blocker:key": "1"}),
    Event("01:00", Opens("ben", "No host to run on"), {"blocker:host": "1"}),
    Event("02:00", Opens("cleo", "No licence"), {"blocker:licence": "1"}),
    Event("03:00", Opens("dan", "The database is gone"), {"blocker:database": "1"}),
    # all twelve wait for the database: they are shown under its blocker, and tell nobody
    Event("03:20", Writes("parts/dependents.yaml", dependent_blockers()), _silent(1)),
    Event(
        "03:30", Decides(Snooze("blocker:licence", at("06:45"))), {"blocker:licence": "1 silent"}
    ),
    Event("04:40", Decides(Acknowledge("blocker:host")), {"blocker:host": "2 held"}),
    # a report that changes nothing of what escalates
    Event("05:20", Reports("ada", 10), {"blocker:key": "3"}),
    # eleven of them end while they are silent; of them nobody ever hears
    Event(
        "06:00",
        Writes("parts/dependents.yaml", dependent_blockers(*dependents()[:-1], at="06:00")),
        {f"blocker:{dependents()[0]}": "", f"blocker:{_LAST}": "2 silent"},
    ),
    Event("06:15", Resolves("database"), {"blocker:database": "", f"blocker:{_LAST}": "2"}),
    Event("06:30", Resolves("host"), {"blocker:host": ""}),
    Event(
        "06:40",
        Writes("parts/dependents.yaml", dependent_blockers(*dependents(), at="06:40")),
        {f"blocker:{_LAST}": ""},
    ),
    Event("07:00", Writes("parts/supplier.yaml", supplier("FAILED", "07:00")),
          {"external:cards": "1"}),
    Event("07:50", Writes("parts/supplier.yaml", supplier("OK", "07:50")), {"external:cards": ""}),
    Event("09:20", Resolves("key"), {"blocker:key": ""}),
)  # fmt: skip
"""In order of time."""
