"""Everything about one agent."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.agent import agent_paragraphs
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.screens.modal import AssessedModal
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel


class AgentScreen(AssessedModal):
    """One agent, over the screen it was opened from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,enter", "dismiss", "close", id="agent.close"),
    ]

    panel = getters.query_one("#agent", ProsePanel)

    def __init__(self, mission: MissionId, agent: AgentId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self._mission = mission
        self._agent = agent

    @override
    def compose(self) -> ComposeResult:
        panel = ProsePanel(Tab("agent", self._agent), id="agent")
        panel.set_reactive(ProsePanel.note, (Piece("esc closes", Tone.MUTED),))
        yield panel

    @override
    def show(self, assessment: Assessment) -> None:
        self.panel.focus()
        mission = assessment.mission(self._mission)
        judgement = None if mission is None else mission.judgement
        agents = () if judgement is None else judgement.agents
        agent = next((each for each in agents if each.id == self._agent), None)
        if agent is None or judgement is None:
            self.panel.paragraphs = ()
            self.panel.when_empty = says("This agent is no longer there.")
            return
        self.panel.tabs = (Tab("agent", shorten(f"{agent.icon} {agent.title}")),)
        self.panel.paragraphs = agent_paragraphs(agent, judgement, assessment.at)
