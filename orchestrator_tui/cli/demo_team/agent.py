"""One simulated agent as a process of its own; it ends when whoever started it does.

Standard input is a pipe that nobody writes to. It ends when the process at its other end ends,
however that comes about, so waiting for it is both the pause between two moves and the watch.
"""

import argparse
import select
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from yaml import YAMLError

from orchestrator_tui.cli.demo_team.mission import PLACE_PREFIX
from orchestrator_tui.cli.demo_team.moves import Turn, agent_edits, lead_edits
from orchestrator_tui.cli.demo_team.reporting import REPORTERS, TEAM, write_by_command
from orchestrator_tui.cli.demo_team.world import read_world
from orchestrator_tui.cli.demo_team.writing import WRITERS
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.io.clock import Clock, system_clock

LEAD: Final = "lead"
_PAUSE_SECONDS: Final = (2.0, 4.0)
_LEAD_PAUSE_SECONDS: Final = (8.0, 14.0)

Wait = Callable[[float], bool]
"""Waits so many seconds; returns whether to go on."""


def main() -> None:
    """Run one agent until standard input ends, then clear the folder away."""
    parser = argparse.ArgumentParser(prog="demo agent")
    parser.add_argument("folder", type=Path)
    parser.add_argument("name", choices=TEAM)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=1.0)
    chosen = parser.parse_args()
    run(
        chosen.folder,
        chosen.name,
        speed=chosen.speed,
        seed=chosen.seed,
        clock=system_clock,
        wait=_while_the_parent_lives,
    )
    # who started it clears up too, unless it was killed; the last one finds nothing left
    if chosen.folder.parent.name.startswith(PLACE_PREFIX):
        shutil.rmtree(chosen.folder.parent, ignore_errors=True)


def run(folder: Path, name: str, *, speed: float, seed: int, clock: Clock, wait: Wait) -> None:
    """Let the agent `name` make its moves in the mission at `folder` until `wait` says no."""
    # not for secrets: the same seed must give the same demo
    chance = Random(f"{seed}:{name}")  # noqa: S311
    pauses = _LEAD_PAUSE_SECONDS if name == LEAD else _PAUSE_SECONDS
    pause = chance.uniform(*pauses) / speed
    while wait(pause):
        try:
            turn = Turn(name, clock(), timedelta(seconds=pause), speed, chance, seed)
            make_a_move(folder, turn)
        except (OSError, YAMLError, ValueError, KeyError, OrchestratorError):
            # somebody is writing, by hand perhaps: look again at the next turn
            if not folder.is_dir():
                return
        pause = chance.uniform(*pauses) / speed


def make_a_move(folder: Path, turn: Turn) -> None:
    """Read the mission at `folder`, and write what whoever's turn it is has to say."""
    is_lead = turn.me == LEAD
    edits = (lead_edits if is_lead else agent_edits)(read_world(folder), turn)
    if edits and turn.me in REPORTERS:
        write_by_command(folder, edits, turn)
    elif edits:
        WRITERS[turn.me](folder / ("mission.yaml" if is_lead else f"agents/{turn.me}.yaml"), edits)


def _while_the_parent_lives(seconds: float) -> bool:
    ended, _, _ = select.select([sys.stdin], [], [], seconds)
    return not ended


if __name__ == "__main__":
    main()
