#!/usr/bin/env python3
"""Draw the metrics of a team that has ended some sprints, and what another one has learned.

The sprints are those of the demo's team in a time of their own. What the other team has done is
random numbers with a seed; what follows from it is worked out as in the app.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from orchestrator_tui.domain.assessment import Assessment  # noqa: E402 - found once the path is set
from orchestrator_tui.domain.experience import BlockedSpell, Experience, WorkRecord  # noqa: E402
from orchestrator_tui.engine.assess import assess  # noqa: E402
from orchestrator_tui.io.library import read_snapshot  # noqa: E402
from orchestrator_tui.live.forecasting.learned_now import with_learning_now  # noqa: E402
from orchestrator_tui.live.past.archive import Archive  # noqa: E402
from orchestrator_tui.presentation.view import View  # noqa: E402
from orchestrator_tui.ui.picture import take_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402
from tests.simulation.sprints import Office, play, quietly  # noqa: E402

SPRINTS: Final = 8
BEAT: Final = timedelta(seconds=5)
DAYS_APART: Final = timedelta(hours=15)
NAME: Final = "platform"
NOW: Final = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SEED: Final = 7
TASKS: Final = 480
SPREAD: Final = 0.4
"""The standard deviation of log(actual / estimate)."""
SLOW: Final = {"catalog-engineer": 1.8, "order-engineer": 1.5, "reliability-engineer": 1.8}
"""Who takes so many times as long as estimated."""
CAUSES: Final = {"postgres": 6.0, "search": 1.2}
"""What blockers were about, and how many hours they stayed open."""


def lived(folder: Path) -> Office:
    """Return the office after some sprints."""
    office = Office(folder, BEAT, beats_a_look=2)
    office.missions.mkdir()
    for seed in range(1, SPRINTS + 1):
        with quietly():
            play(office, seed)
        office.now += DAYS_APART
    return office


def past(agents: Sequence[str]) -> Experience:
    """Return what these agents have done: random numbers with a seed, and a few habits."""
    random = Random(SEED)  # noqa: S311 - a past, no secret
    work, blocked = [], []
    for number in range(TASKS):
        agent = agents[number % len(agents)]
        hours = random.choice((1.0, 2.0, 4.0, 8.0))
        took = hours * SLOW.get(agent, 1.0) * random.lognormvariate(0, SPREAD)
        ended = NOW - timedelta(hours=6 * (TASKS - number))
        work.append(WorkRecord("past", f"t{number}", ended, hours, took, agent, "", f"g{number}"))
        cause = random.choice(tuple(CAUSES))
        opened = ended - timedelta(hours=CAUSES[cause] * random.lognormvariate(0, SPREAD))
        blocked.append(BlockedSpell("past", f"b{number}", opened, ended, agent=agent, cause=cause))
    return Experience(work=tuple(work), blocked=tuple(blocked[::4]))


def taught() -> Assessment:
    """Return the platform as it is seen by a team with such a past."""
    snapshot = read_snapshot(ROOT / "missions" / NAME, NOW)
    (known,) = snapshot.missions
    agents = () if known.mission is None else tuple(known.mission.agents)
    told = replace(known, facts=replace(known.facts, experience=past(agents)))
    return assess(with_learning_now(replace(snapshot, missions=(told,)), NOW), NOW)


def main() -> None:
    """Draw each screen in each size that is named, and say which."""
    with TemporaryDirectory() as name:
        office = lived(Path(name))
        archive = Archive(office.missions, state=office.state, clock=office.clock)
        worlds = {
            View.METRICS: replace(taught(), at=office.now),
            View.LEARNED: taught(),
        }
        for size, (screen, world) in product(sys.argv[1:], worlds.items()):
            width, height = (int(each) for each in size.split("x"))
            picture = take_picture(world, screen, (width, height), DARK.name, archive=archive)
            out = FOLDER / f"{screen.value}-{size}.svg"
            out.write_text(picture, encoding="utf-8")
            sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
