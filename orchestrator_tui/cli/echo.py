"""What the commands write: answers to standard output, words for people to standard error."""

import os
import sys
from types import TracebackType
from typing import Final, TextIO

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text

BROKEN_PIPE: Final = 141
"""The exit status a shell gives for a program whose reader went away."""
LONGEST_LINE: Final = 2000
"""Characters of one line on standard error."""


def open_closed_streams() -> None:
    """Lead standard streams that the caller closed to nowhere.

    Python has no object for them, and the next file to be opened would take their place.
    """
    for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != descriptor:
                os.dup2(nowhere, descriptor)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))


def answer(text: str) -> None:
    """Write `text`, which is safe to show, to standard output in the terminal's encoding."""
    _deliver(text.encode(sys.stdout.encoding or "utf-8", "replace"))


def answer_document(text: str) -> None:
    """Write a document for programs to standard output, in UTF-8 whatever the locale says."""
    _deliver(text.encode("utf-8", "replace"))


def complain(message: str) -> None:
    """Write `message`, whatever it holds, to standard error, each line made safe.

    Where nobody takes it, it is done without: what the command is for goes on.
    """
    lines = [plain_text(each, limit=LONGEST_LINE) for each in message.splitlines()]
    try:
        _write(sys.stderr, "".join(f"{each}\n" for each in lines).encode("utf-8", "replace"))
    except OSError:
        _give_up(sys.stderr)


def complain_of_a_bug(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    """Write the traceback of what nobody expected, made safe: it may quote agents' text."""
    import traceback

    complain("".join(traceback.format_exception(kind, error, where)))


def _deliver(encoded: bytes) -> None:
    try:
        _write(sys.stdout, encoded)
    except BrokenPipeError:
        _give_up(sys.stdout)
        raise SystemExit(BROKEN_PIPE) from None
    except OSError as error:
        _give_up(sys.stdout)
        raise WriteRefused(f"the output was not written: {error.strerror}") from None


def _write(stream: TextIO, encoded: bytes) -> None:
    stream.flush()
    stream.buffer.write(encoded)
    stream.buffer.flush()


def _give_up(stream: TextIO) -> None:
    """Send what is still buffered nowhere: it would be complained of when the interpreter ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
