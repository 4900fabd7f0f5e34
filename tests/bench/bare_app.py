"""The smallest Textual app: what any start can be measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static
from typing_extensions import override


class BareApp(App[None]):
    """One Static, nothing else."""

    @override
    def compose(self) -> ComposeResult:
        yield Static("bare and ready")


if __name__ == "__main__":
    BareApp().run()
