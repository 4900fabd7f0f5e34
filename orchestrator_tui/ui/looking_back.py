"""The app as it asks, when all work of a mission has ended, how content a person is."""

from typing import Any

from textual.screen import ModalScreen
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.ui.messages import Asked
from orchestrator_tui.ui.planning import PlanningApp
from orchestrator_tui.ui.questions import HowContent

_OVER = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


class LookingBackApp(PlanningApp):
    """Asks once for each mission whose work was seen to end; never over another question."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._going_on: set[MissionId] = set()
        """Missions in which somebody was seen to have work left."""

    @override
    def take_newest(self, assessment: Assessment) -> None:
        super().take_newest(assessment)
        for each in assessment.missions:
            if _has_work_left(each):
                self._going_on.add(each.id)
            elif each.id in self._going_on and each.judgement is not None and self._may_ask():
                self._going_on.discard(each.id)
                self.post_message(Asked(each.id, HowContent("", each.title)))
                return  # the others are asked about at later looks

    def _may_ask(self) -> bool:
        is_free = self.is_running and not self.is_asking
        is_free = is_free and not isinstance(self.screen, ModalScreen)
        return is_free and self.can_write and not self.standpoint.is_past


def _has_work_left(mission: MissionAssessment) -> bool:
    judgement = mission.judgement
    return judgement is not None and any(each.state not in _OVER for each in judgement.tasks)
