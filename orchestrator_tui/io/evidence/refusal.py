"""Evidence that cannot be read as what it should be."""

from orchestrator_tui.domain.text import SHOWN_LIMIT, PlainText, plain_text, shorten


class EvidenceRefused(Exception):
    """A report is malformed; its text is one line, safe to show: `junit.xml:12: is no XML`."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        """Say what is wrong with `file`; `line` counts from 1, and is absent where unknown."""
        self.file: PlainText = plain_text(file, limit=SHOWN_LIMIT)
        self.line = line
        self.message: PlainText = plain_text(message, limit=SHOWN_LIMIT)
        super().__init__(f"{self.place}: {self.message}")

    @property
    def place(self) -> PlainText:
        """Return the file, with the line where it is known."""
        return self.file if self.line is None else PlainText(f"{self.file}:{self.line}")

    @property
    def detail(self) -> PlainText:
        """Return place and message as one line of a criterion."""
        return shorten(str(self))


class Malformed(Exception):
    """What is wrong, said by a reader that knows neither the file nor the line."""
