"""The criteria of a milestone, of which some are ticked by a person."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from orchestrator_tui.presentation.rows.milestone import CriterionRow
from orchestrator_tui.ui.widgets.live_table import LiveTable


class CriteriaTable(LiveTable[CriterionRow]):
    """One line a criterion; space does what enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "open", "tick", show=False, id="criterion.tick"),
    ]
