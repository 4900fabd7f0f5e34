"""`inbox`: the messages to one agent."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.agent_values import AGENT_OPTION, Values
from orchestrator_tui.cli.agent_words import STATE_OPTION, Command, Option, read_words
from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.one_mission import MISSION_ARGUMENT, mission_at, state_of
from orchestrator_tui.domain.errors import MissionInvalid
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.message import Message
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.assess import judge
from orchestrator_tui.engine.inbox import find_messages
from orchestrator_tui.engine.reporting import agent_of
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryFault
from orchestrator_tui.io.history.place import EVENTS_FILE, history_folder
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.reading.discovery import is_file
from orchestrator_tui.presentation.inbox_json import inbox_document

INBOX: Final = Command(
    "inbox",
    "Print the messages to an agent: advice, tasks, review requests, blockers.",
    (MISSION_ARGUMENT,),
    (
        AGENT_OPTION,
        Option("--json", "", "Print one JSON document and nothing else."),
        Option("--read", "", "Remember that the agent has read what is printed."),
        STATE_OPTION,
    ),
)
UNREAD: Final = "*"
"""Marks a message that the agent has not read."""


def inbox(words: Sequence[str], *, clock: Clock = system_clock) -> None:
    """Print the messages to an agent: advice, tasks, review requests, blockers."""
    values = Values(INBOX, read_words(INBOX, words))
    agent, path, now = AgentId(values.required("--agent")), mission_at(values), clock()
    marks = ReadMarks(history_folder(state_of(values), path), clock)
    known = known_mission(path, state_of(values), now)
    messages = messages_to(agent, known, now, read=marks.of(known.id, agent))
    if values.has("--json"):
        document = inbox_document(messages)
        answer_document(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        answer("".join(f"{message_line(each)}\n" for each in messages))
        if not messages:
            complain(f"no messages for {agent}")
    if values.has("--read"):
        marks.add(known.id, agent, [each.id for each in messages if not each.is_read], now)


def known_mission(path: Path, state: Path, now: datetime) -> KnownMission:
    """Return the mission at `path`, with what the history knows of it.

    Raises MissionInvalid where it cannot be read.
    """
    snapshot = with_facts(read_snapshot(path, now), path, state, now)
    for each in snapshot.problems:
        complain(str(each))
    (known,) = snapshot.missions
    if known.mission is None:
        raise MissionInvalid(tuple(each for each in known.problems if each.is_error))
    return known


def messages_to(
    agent: AgentId, known: KnownMission, now: datetime, *, read: frozenset[str]
) -> tuple[Message, ...]:
    """Return the messages to `agent`; raises MissionNotFound where there is no such agent."""
    mission = known.mission
    if mission is None:
        return ()
    agent_of(mission, agent)
    return find_messages(mission, judge(known, mission, now), agent, now, id=known.id, read=read)


def message_line(message: Message) -> str:
    """Return a message as one line, marked while it is unread."""
    mark = " " if message.is_read else UNREAD
    return f"{mark} {format_instant(message.at)}  {message.text}"


class ReadMarks:
    """Which messages an agent has read, as the history remembers it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def of(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return the ids of messages that were read; none where no history can tell."""
        if not is_file(self._folder / EVENTS_FILE):
            return frozenset()  # and SQLite need not be loaded
        from orchestrator_tui.io.history.history import History

        try:
            history = History.open_to_read(self._folder, clock=self._clock)
            if history is None:
                return frozenset()
            with history:
                return history.read_messages(mission, agent)
        except HistoryFault:
            return frozenset()  # who asked for what the history knows has said why already

    def add(self, mission: MissionId, agent: AgentId, ids: list[str], at: datetime) -> None:
        """Remember that the agent has read messages; raises HistoryFault."""
        if not ids:
            return
        try:
            self._add(mission, agent, ids, at)
        except HistoryDamaged as damage:  # that has been moved aside, and a new one begins
            complain(str(damage))
            self._add(mission, agent, ids, at)

    def _add(self, mission: MissionId, agent: AgentId, ids: list[str], at: datetime) -> None:
        from orchestrator_tui.io.history.history import History

        with History.open(self._folder, clock=self._clock) as history:
            history.mark_read(mission, agent, ids, at)
