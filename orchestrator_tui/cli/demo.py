"""`demo`: the app on a mission that simulated agents work on."""

from typing import Annotated

import typer


def demo(
    speed: Annotated[
        float, typer.Option(metavar="N", min=0.1, max=20, help="How much faster the agents are.")
    ] = 1.0,
    seed: Annotated[
        int, typer.Option(metavar="N", help="The same number gives the same course.")
    ] = 1,
) -> None:
    """Open the app on a demo mission that simulated agents, separate processes, work on."""
    from orchestrator_tui.cli.demo_team.reporting import STATE
    from orchestrator_tui.cli.demo_team.team import running_team
    from orchestrator_tui.cli.open import open_app
    from orchestrator_tui.io.clock import system_clock

    with running_team(speed=speed, seed=seed, now=system_clock()) as path:
        open_app(path, state=path.parent / STATE)
