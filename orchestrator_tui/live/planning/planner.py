"""Asks a worker for plans, beside whatever the caller does."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Lock, Thread
from typing import Final

from orchestrator_tui.domain.errors import MissionInvalid
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf, imagined
from orchestrator_tui.live.planning.asked import Asked, Failed
from orchestrator_tui.live.planning.dialogue import Dialogue, drain
from orchestrator_tui.live.planning.question import Question, Told
from orchestrator_tui.live.planning.worker_process import WORKER

CLOSE_SECONDS: Final = 2.0
"""How long it is waited for the thread at the end; it may be telling something."""


def _tell_nobody(why: str) -> None:
    """Say nothing."""


class Planner:
    """One worker, and of several questions the newest.

    The worker starts when it is first needed. Every call returns at once. What is found is told in
    a thread of its own, again and again until it `is_done`; what is being told while the question
    changes cannot be taken back.
    """

    def __init__(self, words: Sequence[str] = WORKER) -> None:
        """Prepare; `words` start the worker."""
        self._words = words
        self._lock = Lock()
        self._thread: Thread | None = None
        self._waking: int | None = None
        self._asked: Asked | None = None
        self._is_changed = self._is_closed = False

    def warm_up(self) -> None:
        """Start the worker if it is not there: it takes a moment until it can search."""
        with self._lock:
            self._wake()

    def ask(
        self,
        known: KnownMission,
        now: datetime,
        *,
        told: Told,
        failed: Failed = _tell_nobody,
        what_if: WhatIf = AS_IT_IS,
        order: Order = Order(),  # noqa: B008 - it is frozen
    ) -> None:
        """Search for plans for a mission, as it would be at `now`; an earlier search ends.

        `failed` hears in one line why there are none. A solver that crashes is no reason: then they
        are searched for without it. Raises MissionNotFound or UsageError for an impossible what-if,
        MissionInvalid where there is no mission to plan.
        """
        if known.mission is None:
            raise MissionInvalid(known.problems)
        there = imagined(known.mission, what_if, now)
        # the files and what happened are large, and say nothing to a plan
        light = replace(known, mission=there, files=(), activity=())
        self._change(Asked(Question(light, now, order), told, failed))

    def cancel(self) -> None:
        """End the search that is under way, if there is one; nothing more is told of it."""
        with self._lock:
            has_asked = self._thread is not None
        if has_asked:
            self._change(None)

    def close(self) -> None:
        """End the search and the worker, for good."""
        with self._lock:
            self._is_closed = True
            thread = self._thread
            self._poke()
        if thread is not None:
            thread.join(CLOSE_SECONDS)

    def _change(self, asked: Asked | None) -> None:
        with self._lock:
            self._asked = asked
            self._is_changed = True
            self._wake()

    def _wake(self) -> None:
        """Let the thread look at what changed; start it if need be."""
        if self._is_closed:
            return
        if self._thread is None:
            reading, self._waking = os.pipe()
            for each in (reading, self._waking):
                os.set_blocking(each, False)
            self._thread = Thread(
                target=self._converse, args=(reading,), name="planner", daemon=True
            )
            self._thread.start()
        self._poke()

    def _poke(self) -> None:
        with suppress(BlockingIOError):  # it is awake, or will be
            if self._waking is not None:
                os.write(self._waking, b"\n")

    def _converse(self, wake: int) -> None:
        dialogue = Dialogue(self._words)
        try:
            dialogue.start()
            while self._take_up(dialogue):
                frames = dialogue.wait(wake)
                drain(wake)
                for frame in frames:
                    if self._has_news():
                        break
                    dialogue.take(frame)
        finally:
            dialogue.end()
            with self._lock:
                self._is_closed = True
                waking, self._waking = self._waking, None
            for each in (wake, waking):
                if each is not None:
                    os.close(each)

    def _take_up(self, dialogue: Dialogue) -> bool:
        """Put the question that changed; say whether the dialogue goes on."""
        with self._lock:
            if self._is_closed:
                return False
            is_changed, asked = self._is_changed, self._asked
            self._is_changed, self._asked = False, None
        if is_changed:
            dialogue.put(asked)
        return True

    def _has_news(self) -> bool:
        with self._lock:
            return self._is_changed or self._is_closed
