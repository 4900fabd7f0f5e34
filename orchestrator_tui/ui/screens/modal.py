"""A screen over another."""

from textual.screen import ModalScreen

from orchestrator_tui.ui.screens.base import AssessedScreen


class AssessedModal(AssessedScreen, ModalScreen[None]):
    """An assessed screen that lets the one beneath shine through."""
