"""`feedback`: a stakeholder says how content it is."""

import os
from pathlib import Path
from typing import Annotated

import typer

from orchestrator_tui.cli.echo import answer
from orchestrator_tui.cli.options import StateOption
from orchestrator_tui.domain.text import plain_text

MissionArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help="The mission: its file, or its folder.")
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="STAKEHOLDER", help="Who says so, as the mission names it.")
]
ScoreOption = Annotated[
    int, typer.Option("--score", metavar="N", help="From 1, not content at all, to 5.")
]
CommentOption = Annotated[str, typer.Option("--comment", metavar="TEXT", help="Why, in one line.")]
MilestoneOption = Annotated[
    str, typer.Option("--milestone", metavar="ID", help="Of one milestone, not of the mission.")
]


def feedback(
    path: MissionArgument,
    *,
    by: ByOption,
    score: ScoreOption,
    comment: CommentOption = "",
    milestone: MilestoneOption = "",
    state: StateOption = None,
) -> None:
    """Say how content a stakeholder is with what it was told, from 1 to 5."""
    from orchestrator_tui.cli.one_mission import only_mission
    from orchestrator_tui.domain.deeds import GiveFeedback
    from orchestrator_tui.domain.errors import MissionNotFound
    from orchestrator_tui.engine.saying import required_line
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.history.place import mission_at
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.acting.desk import Desk

    stakeholder = required_line(by, "name of the stakeholder")
    mission = only_mission(path)
    about = mission_at(mission)
    if about is None:
        raise MissionNotFound(f"{plain_text(str(path))} is no mission")
    desk = Desk(
        mission,
        state=state_folder(os.environ, state),
        clock=system_clock,
        actor=stakeholder,
        poke=lambda: None,
    )
    done = desk.do(about, GiveFeedback(score, milestone, comment, stakeholder))
    answer(f"{done.text}\n")
