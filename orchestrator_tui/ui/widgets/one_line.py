"""One line across the screen: the problem line, and the line of keys."""

from dataclasses import dataclass
from typing import NamedTuple

from textual import events, on
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import fit_steady
from orchestrator_tui.ui.text import Styles, strip_of, styles_on


class OneLine(Widget):
    """A line drawn by itself; a new one costs no layout."""

    line: reactive[Line] = reactive((), init=False)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_of_tones: Styles | None = None

    def say(self, line: Line) -> None:
        """Show `line`, on a ground of alarm if it alarms; an empty one takes no room."""
        self.line = line
        self.set_class(not line, "-absent")
        self.set_class(any(each.tone is Tone.ALARM for each in line), "-alarming")

    @override
    def notify_style_update(self) -> None:
        self._styles_of_tones = None
        super().notify_style_update()

    @override
    def render_line(self, y: int) -> Strip:
        return strip_of(fit_steady(self.line if y == 0 else (), self.size.width), self.tones)

    @property
    def tones(self) -> Styles:
        """Return how every tone looks on this line."""
        if self._styles_of_tones is None:
            self._styles_of_tones = styles_on(self)
        return self._styles_of_tones


AFTER_A_KEY = "  "
"""May go where the line ends."""


class Key(NamedTuple):
    """A key, what it is for, and the action it runs."""

    key: str
    word: str
    action: str
    is_on: bool = True
    """Whether it does anything at present; if not it is grey, and says why when it is pressed."""


class KeyLine(OneLine):
    """The keys of a screen, the last ones gone where there is no room; a click presses one."""

    keys: reactive[tuple[Key, ...]] = reactive((), init=False)

    @dataclass(eq=False)
    class Pressed(Message):
        """Someone clicked on a key."""

        action: str

    @override
    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = [Piece(" ")]
        for each in self._keys_with_room():
            pieces += (
                Piece(each.key, Tone.ACCENT if each.is_on else Tone.TRACK),
                Piece(f" {each.word}{AFTER_A_KEY}", Tone.MUTED if each.is_on else Tone.TRACK),
            )
        # the blanks behind the last one would be cut where it ends the line
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
        return strip_of(fit_steady(tuple(pieces), self.size.width), self.tones)

    def _keys_with_room(self) -> tuple[Key, ...]:
        kept: list[Key] = []
        left = self.size.width - 1
        for each in self.keys:
            left -= _width(each)
            if left < -len(AFTER_A_KEY):
                break
            kept.append(each)
        return tuple(kept)

    @on(events.Click)
    def _press(self, event: events.Click) -> None:
        x = 1
        for each in self._keys_with_room():
            if x <= event.x < x + _width(each) - len(AFTER_A_KEY):
                self.post_message(self.Pressed(each.action))
                return
            x += _width(each)


def _width(key: Key) -> int:
    return width_of(key.key) + 1 + width_of(key.word) + len(AFTER_A_KEY)
