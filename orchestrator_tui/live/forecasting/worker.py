"""The worker: loads numpy once, and answers one question after another.

It is a program of its own, gives way to others, and ends with whoever started it.
"""

import os
import signal
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.commands.starting import PARENT_DEATH_SIGNAL, ask_linux
from orchestrator_tui.live.forecasting.question import Answer, Question, answered
from orchestrator_tui.live.planning.frames import Frame, Incoming, Kind, pickled, unpickled
from orchestrator_tui.live.planning.worker import BACKGROUND, own_pipes

_CHUNK: Final = 1 << 20
_LONGEST_WHY: Final = 200


def main() -> None:
    """Answer questions until nobody asks any more."""
    ask_linux(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    os.nice(BACKGROUND)
    orders, answers = own_pipes()
    serve(answered, orders=orders, answers=answers)


def serve(answer: Answer, *, orders: int, answers: int) -> None:
    """Answer every question that comes, until no more can come."""
    incoming = Incoming()
    while piece := os.read(orders, _CHUNK):
        for frame in incoming.feed(piece):
            try:
                _reply(answer, frame).write_to(answers)
            except BrokenPipeError:
                return


def _question_in(asked: Frame) -> Question:
    found = unpickled(asked.payload)
    if not isinstance(found, Question):
        raise TypeError("it is no question")
    return found


def _reply(answer: Answer, asked: Frame) -> Frame:
    try:
        return Frame(Kind.ANSWER, asked.number, pickled(answer(_question_in(asked))))
    except Exception as error:  # noqa: BLE001 - whatever it is costs this answer alone
        why = plain_text(f"{type(error).__name__}: {error}", limit=_LONGEST_WHY)
        return Frame(Kind.FAILED, asked.number, pickled(why))
