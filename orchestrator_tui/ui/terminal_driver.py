"""Textual's driver for terminals, for terminals that are not well-behaved.

Textual's own dies of bytes that are not UTF-8, spins when the terminal is gone, writes to standard
error (which is a log here), and starts twice when it is continued twice.
"""

import codecs
import os
import selectors
import signal
import termios
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any, Final

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from typing_extensions import override

HUNG_UP: Final = 128 + signal.SIGHUP
READ_BYTES: Final = 4096
WAIT_SECONDS: Final = 0.1
"""Between two looks whether an escape sequence is complete, or input was disabled."""
_LOCAL_FLAGS: Final = 3


def driver_on(screen: TextIOWrapper, hung_up: Callable[[int], None]) -> type[LinuxDriver]:
    """Return a driver class that draws on `screen`, and says when nobody is there any more."""

    class TerminalDriver(GuardedDriver):
        """The driver on that screen."""

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self.screen = self._file = screen
            self.hung_up = hung_up

    return TerminalDriver


class GuardedDriver(LinuxDriver):
    """Survives any input, and ends with its terminal."""

    screen: TextIOWrapper
    hung_up: Callable[[int], None]
    _is_resuming = False

    @override
    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            width, height = os.get_terminal_size(self.screen.fileno())
        except (OSError, ValueError):
            return 80, 25
        return width or 80, height or 25

    @override
    def run_input_thread(self) -> None:
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                typed = ""
                if waiting.select(WAIT_SECONDS):
                    raw = self._read()
                    if not raw:
                        self.hung_up(HUNG_UP)
                        return
                    typed = decode(raw)
                parser = self._fed(parser, typed)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _fed(self, parser: XTermParser, typed: str) -> XTermParser:
        """Pass on what `typed` means, and return the parser to go on with."""
        try:
            if typed:
                for each in parser.feed(typed):
                    self.process_message(each)
            for each in parser.tick():
                self.process_message(each)
        except (ParseError, EOFError, ValueError, IndexError):
            # Noise on the line: it means nothing, and the next key may mean something.
            return XTermParser(self._debug)
        return parser

    @override
    def _sigcont_application(self, *_: object) -> None:
        # Shells and parents may continue a program twice, even while it is starting again, and
        # they may continue one that was never suspended.
        if self._is_resuming or not self._auto_restart:
            return
        if not self._has_the_terminal():
            # Continued in the background: the shell must see its job stop again, so that it
            # continues it once it is in front.
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        if not self._is_line_buffered():
            return
        self._is_resuming = True
        try:
            if not self._must_signal_resume:
                self._must_signal_resume = True
                self.suspend_application_mode()
            self.resume_application_mode()
        finally:
            self._is_resuming = False

    def _has_the_terminal(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True

    def _is_line_buffered(self) -> bool:
        """Say whether the terminal is not the app's at present."""
        try:
            return bool(termios.tcgetattr(self.fileno)[_LOCAL_FLAGS] & termios.ICANON)
        except (termios.error, OSError):
            return False
