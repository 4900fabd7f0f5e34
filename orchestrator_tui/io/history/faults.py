"""What can go wrong with a history; every text says what happened, where, and what to do."""

from orchestrator_tui.domain.errors import OrchestratorError


class HistoryFault(OrchestratorError):
    """The history cannot be read or written; the missions are as they are."""


class HistoryDamaged(HistoryFault):
    """What the file holds is no history; the text says where it was moved, if it was."""


class HistoryUnavailable(HistoryFault):
    """The history is there or could be, and is locked, not allowed, or out of space."""

    exit_code = 3
