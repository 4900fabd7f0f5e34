"""A mission, whole: the root of the mission format."""

from contextlib import suppress
from difflib import get_close_matches
from typing import Annotated, Final
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, WithJsonSchema

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.external import Change, External
from orchestrator_tui.domain.fields import (
    AgentRef,
    BlockerRef,
    ChangeRef,
    DecisionRef,
    ExternalRef,
    Instant,
    KnowledgeRef,
    MilestoneRef,
    PathText,
    StakeholderRef,
    TaskRef,
    Text,
)
from orchestrator_tui.domain.knowledge import Decision, Knowledge
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.policy import Policy
from orchestrator_tui.domain.stakeholder import Stakeholder
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import plain_text

_OF_THE_MACHINE: Final = frozenset({"Factory", "localtime", "posixrules"})
"""Files beside the zones that mean another time on another machine, or none."""
_OTHER_CLOCKS: Final = ("posix/", "right/")
"""Folders that some systems keep beside the zones; `right/` counts leap seconds."""
LONGEST_NAME: Final = 80
"""Characters of an unknown zone for which a near one is looked for."""
LEAST_ALIKE: Final = 0.85
"""How alike two names must be for the one to be a slip of the other."""


def _timezone_name(raw: object) -> object:
    if not isinstance(raw, str):
        raise ValueError(  # noqa: TRY004 - pydantic reports only ValueError
            "is no text: write the name of a time zone, Europe/Berlin"
        )
    timezone_named(raw)
    return raw


def timezone_named(name: str) -> ZoneInfo:
    """Return the IANA time zone of that name.

    Raises ValueError, with what to write instead.
    """
    if name not in _OF_THE_MACHINE and not name.startswith(_OTHER_CLOCKS):
        with suppress(ValueError, OSError, KeyError):
            return ZoneInfo(name)
    raise ValueError(f"{plain_text(name, limit=80)!r} is no time zone: {_near_timezone(name)}")


def _near_timezone(name: str) -> str:
    """Return the hint that names the zone of that city, or the one written most like it."""
    # The signs of Etc/GMT+1 mean the opposite of what they look like.
    places = [each for each in available_timezones() if "/" in each and each[:4] != "Etc/"]
    zones = {each.lower(): each for each in places}
    cities = {each.rpartition("/")[2].lower(): each for each in sorted(places, reverse=True)}
    wanted = name[:LONGEST_NAME].lower().strip().replace(" ", "_")
    choices = {"utc": "UTC", **(zones if "/" in wanted else cities)}
    near = get_close_matches(wanted, choices, n=1, cutoff=LEAST_ALIKE)
    return f"did you mean {choices[near[0]]}?" if near else "write UTC or Europe/Berlin"


TimezoneName = Annotated[str, BeforeValidator(_timezone_name), WithJsonSchema({"type": "string"})]


class Mission(Entry):
    """A mission: the plan people wrote, what agents reported, what was decided."""

    title: Text = Field(alias="mission")
    started: Instant
    """When work began; the baseline starts here."""
    deadline: Instant | None = None
    workspace: PathText | None = None
    """Where evidence is read, relative to the mission's folder; absent: that folder itself."""
    timezone: TimezoneName = "UTC"
    policy: Policy = Policy()
    stakeholders: dict[StakeholderRef, Stakeholder] = {}
    agents: dict[AgentRef, Agent] = {}
    tasks: dict[TaskRef, Task] = {}
    milestones: dict[MilestoneRef, Milestone] = {}
    blockers: dict[BlockerRef, Blocker] = {}
    externals: dict[ExternalRef, External] = {}
    changes: dict[ChangeRef, Change] = {}
    knowledge: dict[KnowledgeRef, Knowledge] = {}
    decisions: dict[DecisionRef, Decision] = {}
