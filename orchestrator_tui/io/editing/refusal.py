"""Why a file was left as it is."""

from orchestrator_tui.domain.edits import Place
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text


class EditRefused(WriteRefused):
    """An edit that would have changed more, or something else, than the fact it names."""


def name_of(place: Place) -> str:
    """Return a place as messages name it: `tasks.chat-ui.progress`."""
    return plain_text(".".join(place), limit=120)
