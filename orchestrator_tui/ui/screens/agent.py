"""Everything about one agent."""

import asyncio
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.agent import agent_paragraphs
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.dossiers import messages_to
from orchestrator_tui.ui.ports import Archive
from orchestrator_tui.ui.screens.acting import DEED_KEYS, STEP_KEYS, UNDO_KEY, ActingScreen, Target
from orchestrator_tui.ui.screens.modal import AssessedModal
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel


class AgentScreen(ActingScreen, AssessedModal):
    """One agent, over the screen it was opened from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="screen.back"),
        Binding("i,enter", "app.back", "close", id="agent.close"),
        *STEP_KEYS,
        *DEED_KEYS,
        UNDO_KEY,
    ]

    panel = getters.query_one("#agent", ProsePanel)

    def __init__(
        self,
        mission: MissionId,
        agent: AgentId,
        assessment: Assessment | None,
        *,
        archive: Archive | None = None,
    ) -> None:
        super().__init__(assessment)
        self._mission = mission
        self._agent = agent
        self._archive = archive
        self._read: frozenset[str] = frozenset()
        """The messages that the agent said it has read."""

    @override
    def target(self) -> Target:
        one = self._known()
        tasks = () if one is None else (*(() if one.task is None else (one.task,)), *one.queue)
        title = self._agent if one is None else one.title
        return Target(self._mission, self._agent, title, self._agent, tasks)

    def _known(self) -> AgentAssessment | None:
        mission = None if self.assessment is None else self.assessment.mission(self._mission)
        judgement = None if mission is None else mission.judgement
        agents = () if judgement is None else judgement.agents
        return next((each for each in agents if each.id == self._agent), None)

    @override
    def compose(self) -> ComposeResult:
        panel = ProsePanel(Tab("agent", self._agent), id="agent")
        panel.set_reactive(ProsePanel.note, _keys(is_past=False))
        yield panel

    @override
    def show(self, assessment: Assessment) -> None:
        self.panel.focus()
        self.panel.note = _keys(is_past=self.standpoint.is_past)
        mission = assessment.mission(self._mission)
        judgement = None if mission is None else mission.judgement
        agent = self._known()
        if agent is None or judgement is None:
            self.panel.paragraphs = ()
            self.panel.when_empty = says("This agent is not there.")
            return
        self.panel.tabs = (Tab("agent", shorten(f"{agent.icon} {agent.title}")),)
        self._show_the_agent()
        if self._archive is not None:
            self._ask_what_it_read(self._archive)

    def _show_the_agent(self) -> None:
        mission = None if self.assessment is None else self.assessment.mission(self._mission)
        judgement = None if mission is None else mission.judgement
        agent = self._known()
        if self.assessment is None or judgement is None or agent is None:
            return
        messages = messages_to(self.assessment, self._mission, self._agent, self._read)
        self.panel.paragraphs = agent_paragraphs(
            agent, judgement, self.assessment.at, messages=messages
        )

    @work(group="inbox", exclusive=True, description="inbox")
    async def _ask_what_it_read(self, archive: Archive) -> None:
        try:
            read = await asyncio.to_thread(archive.read_messages, self._mission, self._agent)
        except OrchestratorError:
            # the screen History says what is wrong; without it all is shown as unread
            return
        if read != self._read:
            self._read = read
            self._show_the_agent()


def _keys(*, is_past: bool) -> Line:
    back = key_of("screen.back", "esc")
    if is_past:
        return (Piece("past", Tone.ACCENT), Piece(f" · {back} now", Tone.MUTED))
    priority, agent = key_of("task.priority", "P"), key_of("task.agent", "A")
    words = f"{priority} priority · {agent} assign · {key_of('note.add', 'n')} note · {back} closes"
    return (Piece(words, Tone.MUTED),)
