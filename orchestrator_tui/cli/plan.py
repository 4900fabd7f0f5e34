"""`plan`: the ways to go on with a mission, as it is or as it might be; nothing is written."""

import json
import os
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.one_mission import only_mission
from orchestrator_tui.cli.options import AtOption, JsonOption, PathArgument, StateOption
from orchestrator_tui.cli.status import WidthOption, looked_at, terminal_width
from orchestrator_tui.domain.duration import parse_elapsed
from orchestrator_tui.domain.errors import MissionInvalid, UsageError, WriteRefused
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.instant import LATEST, parse_instant
from orchestrator_tui.domain.text import plain_text

if TYPE_CHECKING:
    from orchestrator_tui.domain.replanning import Replanning
    from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
    from orchestrator_tui.engine.replanning.order import Order
    from orchestrator_tui.engine.what_if import WhatIf
    from orchestrator_tui.live.planning.planner import Planner

SECONDS: Final = 10.0
LEAST_SECONDS: Final = 0.1
MOST_SECONDS: Final = 3600.0
MOST_WORKERS: Final = 8
_QUOTED: Final = 80


def plan(  # noqa: PLR0913 - one parameter an option
    path: PathArgument,
    *,
    at: AtOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    unavailable: Annotated[
        list[str] | None,
        typer.Option(
            metavar="AGENT[=UNTIL]",
            help="What if it is away from now on: until a time, or for 10h.",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="TASK", help="What if it is cancelled.")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option(metavar="TIME", help="What if the mission's deadline is then.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(help="How long to search.", min=LEAST_SECONDS, max=MOST_SECONDS)
    ] = SECONDS,
    width: WidthOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="What was decided before, and whether it helped.")
    ] = False,
) -> None:
    """Print the ways to go on, what each would change, and when it would end; write nothing.

    With --at or --json the same question has the same answer, to the byte.
    """
    mission = only_mission(path)
    if history:
        from orchestrator_tui.cli.plan_history import tell_plan_history

        if unavailable or drop or deadline:
            raise UsageError("--history is of what was decided: there is no what-if in it")
        tell_plan_history(mission, at, state, as_json=as_json)
        return
    from orchestrator_tui.live.planning.planner import Planner

    order = _order(seconds, is_deterministic=as_json or at is not None)
    with closing(Planner()) as planner:
        planner.warm_up()  # it loads what it needs while the mission is read
        snapshot, now = looked_at(mission, at, state)
        known = _known(snapshot)
        what_if = _what_if(unavailable or [], drop or [], deadline, now)
        found = _search(planner, known, now, what_if=what_if, order=order)
    if as_json:
        from orchestrator_tui.presentation.plan_json import plan_document

        # in ASCII alone nothing can act on a terminal, and nothing is lost
        answer_document(json.dumps(plan_document(known.id, found), allow_nan=False) + "\n")
    else:
        _print_box(known, found, what_if, width or terminal_width())


def _order(seconds: float, *, is_deterministic: bool) -> "Order":
    from orchestrator_tui.engine.replanning.order import Order

    if is_deterministic:
        return Order(seconds=seconds, is_deterministic=True)
    processors = os.cpu_count() or 1
    return Order(seconds=seconds, workers=max(Order().workers, min(MOST_WORKERS, processors)))


def _known(snapshot: "Snapshot") -> "KnownMission":
    """Return the one mission that was read, and say what is not right with it."""
    (known,) = snapshot.missions
    if known.mission is None:
        raise MissionInvalid(known.problems)
    for each in (*snapshot.problems, *known.problems, *known.evidence.problems):
        complain(str(each))
    return known


def _what_if(
    unavailable: list[str], drop: list[str], deadline: str | None, now: datetime
) -> "WhatIf":
    from orchestrator_tui.engine.what_if import WhatIf

    return WhatIf(
        unavailable=tuple(_absence(each, now) for each in unavailable),
        drop=tuple(TaskId(each) for each in drop),
        deadline=None if deadline is None else _moment("--deadline", deadline),
    )


def _absence(written: str, now: datetime) -> tuple[AgentId, datetime | None]:
    """Return the agent, and until when it is away: so long from `now`, a time, or for ever."""
    agent, is_bounded, until = written.partition("=")
    if not is_bounded:
        return AgentId(agent), None
    try:
        lasts = parse_elapsed(until)
    except ValueError:
        return AgentId(agent), _moment("--unavailable", until, or_else=", or 10h")
    if lasts > LATEST - now:
        raise UsageError(f"--unavailable: {until} from then on is outside the calendar")
    return AgentId(agent), now + lasts


def _moment(option: str, written: str, *, or_else: str = "") -> datetime:
    try:
        return parse_instant(written)
    except ValueError as error:
        quoted = repr(str(plain_text(written, limit=_QUOTED)))
        raise UsageError(f"{option}: {quoted} {error}{or_else}") from None


def _search(
    planner: "Planner",
    known: "KnownMission",
    now: datetime,
    *,
    what_if: "WhatIf",
    order: "Order",
) -> "Replanning":
    """Return what is known when nothing is searched for any more; raises WriteRefused."""
    from queue import SimpleQueue

    from orchestrator_tui.cli.plan_progress import PlanProgress

    heard: SimpleQueue[Replanning | str] = SimpleQueue()
    planner.ask(known, now, told=heard.put, failed=heard.put, what_if=what_if, order=order)
    with PlanProgress() as progress:
        while True:
            found = heard.get()
            if isinstance(found, str):
                raise WriteRefused(found)
            if found.is_done:
                return found
            progress.show(found)


def _print_box(known: "KnownMission", found: "Replanning", what_if: "WhatIf", width: int) -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.plan import plan_box

    if known.mission is not None:
        lines = plan_box(known.mission, found, what_if, width)
        answer(painted(lines, in_colour=wants_colour()))
