"""Runs a command that a person allowed, and says what came of it.

Nothing of it stays behind on Linux: not a process in the background, not one in a session of its
own. Elsewhere what leaves the command's process group may stay, and memory is bounded for each
process alone. Either way it runs as this user, with this user's files and network.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Final

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock, system_clock
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.gate import Gate
from orchestrator_tui.io.commands.limits import LIMITS, Limits
from orchestrator_tui.io.commands.mission_files import mission_state
from orchestrator_tui.io.commands.named_files import CommandRefused
from orchestrator_tui.io.commands.pins import Origin, pinned
from orchestrator_tui.io.commands.shown_output import shown_output
from orchestrator_tui.io.commands.supervision import Supervision, Told

_LOST: Final = "nobody knows how it ended: who watched over it was ended first"
_MISSION_CHANGED: Final = (
    "it changed its own mission, or somebody changed more of it than reports while it ran"
)
_LONGEST_WHY: Final = 300
_BY_THE_SYSTEM: Final[dict[int, str]] = {
    signal.SIGKILL: ", as the system does where memory ends",
    signal.SIGXCPU: ": it used too much processor time",
    signal.SIGXFSZ: ": it wrote a file that is too big",
}


def run(
    spec: CommandSpec,
    *,
    given: bytes = b"",
    cancel: Event | None = None,
    limits: Limits = LIMITS,
    clock: Clock = system_clock,
) -> CommandResult:
    """Run a command, wait for its end, and return how it ended; whatever fails is in the result.

    What is `given` stands on its standard input, where it may be read or left alone. What a mission
    asks for is run right after its pin was found to be one that a person allowed. It waits, so it
    belongs in a thread, which may not end before.
    """
    if not spec.program:
        return _not_run(Ending.NOT_STARTED, f"its program is not there: {spec.argv[0]}", clock)
    if cancel is not None and cancel.is_set():
        return _not_run(Ending.CANCELLED, "cancelled before it began", clock)
    try:
        with Supervision(spec, limits, given) as supervision:
            told = supervision.wait(cancel)
    except OSError as error:
        return _not_run(Ending.NOT_STARTED, f"cannot start: {error.strerror}", clock)
    if told is None:
        return _not_run(Ending.LOST, _LOST, clock)
    try:
        return _result(told, spec, limits, clock)
    except (KeyError, TypeError, ValueError):
        return _not_run(Ending.LOST, _LOST, clock)


def run_if_pinned(
    check: Run,
    origin: Origin,
    pin: str,
    *,
    gate: Gate,
    cancel: Event | None = None,
    state_of: Callable[[Path], str] = mission_state,
) -> CommandResult:
    """Wait for a place at `gate`, then run a check if it is still exactly what `pin` stands for.

    The result is VOID where the mission, by `state_of` its path, was changed while it ran, or a
    file that the command names: who changed it cannot be told. What agents report of their own
    work meanwhile counts as no change.
    """
    with gate.passed(os.path.realpath(origin.mission_path), cancel) as is_in:
        if not is_in:
            return _not_run(Ending.CANCELLED, "cancelled before it began", system_clock)
        try:
            spec = pinned(check, origin)
        except CommandRefused as refused:
            return _not_run(Ending.NOT_ALLOWED, str(refused), system_clock)
        if spec.pin != pin:
            why = "it is not what was allowed any more, and did not run"
            return _not_run(Ending.NOT_ALLOWED, why, system_clock)
        before = state_of(origin.mission_path)
        result = run(spec, cancel=cancel)
        if before != state_of(origin.mission_path):
            return _void(result, _MISSION_CHANGED)
        return _if_unchanged(result, spec, check, origin)


def _if_unchanged(
    result: CommandResult, spec: CommandSpec, check: Run, origin: Origin
) -> CommandResult:
    """Return `result`, void where the command is not what it was when it began."""
    try:
        after = pinned(check, origin)
    except CommandRefused as refused:
        return _void(result, f"after it ran, {refused}")
    if after.pin == spec.pin:
        return result
    changed = {path for path, _ in set(spec.files) ^ set(after.files)} or {spec.program}
    names = ", ".join(os.path.relpath(each, spec.folder) for each in sorted(changed))
    return _void(result, f"what it runs was changed while it ran: {names}")


def _void(result: CommandResult, why: str) -> CommandResult:
    if result.ending in {Ending.NOT_STARTED, Ending.CANCELLED}:
        return result
    why = plain_text(f"the result is void: {why}", limit=_LONGEST_WHY)
    return replace(result, ending=Ending.VOID, why=why)


def _result(told: Told, spec: CommandSpec, limits: Limits, clock: Clock) -> CommandResult:
    """Return what the supervisor said; raises KeyError, TypeError or ValueError for nonsense."""
    fields = told.fields
    ending = Ending(fields["ending"] or Ending.EXITED)
    if ending is Ending.NOT_STARTED:
        return _not_run(ending, f"cannot start {spec.program}: {fields['why']}", clock)
    code: int | None = None
    if ending is Ending.EXITED:
        code = os.waitstatus_to_exitcode(fields["status"])
        ending = Ending.SIGNALLED if code < 0 else ending
    head, left_out = int(fields["head"]), int(fields["left_out"])
    return CommandResult(
        ending=ending,
        why=_why(ending, code or 0, spec, limits),
        exit_code=code if ending is Ending.EXITED else None,
        output=shown_output(told.kept[:head], told.kept[head:], left_out),
        ended=clock(),
        seconds=float(fields["seconds"]),
        left_out=left_out,
        strays=int(fields["strays"]),
    )


def _why(ending: Ending, code: int, spec: CommandSpec, limits: Limits) -> str:
    """Return how it ended, as one line."""
    match ending:
        case Ending.EXITED:
            return f"exited with {code}"
        case Ending.SIGNALLED:
            return f"ended by {_signal_name(-code)}{_BY_THE_SYSTEM.get(-code, '')}"
        case Ending.TIMED_OUT:
            return f"ended here: it took longer than {spec.timeout.total_seconds():g} s"
        case Ending.TOO_MUCH_MEMORY:
            return f"ended here: it used more than {limits.memory_bytes >> 20:,} MB of memory"
        case Ending.TOO_MANY_PROCESSES:
            return f"ended here: it started more than {limits.processes:,} processes"
        case _:
            return "cancelled"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _not_run(ending: Ending, why: str, clock: Clock) -> CommandResult:
    return CommandResult(
        ending=ending,
        why=plain_text(why, limit=_LONGEST_WHY),
        exit_code=None,
        output="",
        ended=clock(),
        seconds=0.0,
    )
