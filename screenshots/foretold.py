#!/usr/bin/env python3
"""Draw the forecast, as a team sees it that has ended fourteen milestones before.

What was foretold of those, and when they ended, is drawn from random numbers with a seed; what is
foretold of the mission, and how well the past was foretold, is worked out as in the app.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Final

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from orchestrator_tui.domain.calibration import PastForecasts, ScoredForecast  # noqa: E402 - found once the path is set
from orchestrator_tui.domain.foresight import LEVELS  # noqa: E402
from orchestrator_tui.domain.history import Forecast  # noqa: E402
from orchestrator_tui.domain.snapshot import Snapshot  # noqa: E402
from orchestrator_tui.engine.assess import assess  # noqa: E402
from orchestrator_tui.engine.forecasting.scoring import scored  # noqa: E402
from orchestrator_tui.io.library import read_snapshot  # noqa: E402
from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now  # noqa: E402
from orchestrator_tui.presentation.view import View  # noqa: E402
from orchestrator_tui.ui.picture import take_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402

NAME: Final = "chat-app.yaml"
NOW: Final = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)
ENDED: Final = 14
SEED: Final = 85
APART: Final = timedelta(days=4)
SPREAD: Final = 0.28
"""The standard deviation of log(length) that was foretold."""
LATER: Final = 0.25
"""By how much of that work ended later than it was foretold, as work does."""
_NORMAL = NormalDist()


def past(number: int, random: Random) -> ScoredForecast:
    """Return one milestone of the past: what was foretold when it began, and what came."""
    began = NOW - APART * (ENDED + 1 - number)
    hours = random.uniform(18, 60)

    def after(score: float) -> datetime:
        return began + timedelta(hours=hours * 2.718 ** (SPREAD * score))

    finishes = tuple(after(_NORMAL.inv_cdf(each)) for each in LEVELS)
    foretold = Forecast(
        f"P{number}", began, after(0), finishes, due=after(_NORMAL.inv_cdf(0.7)), on_time=0.7
    )
    ended = after(random.gauss(LATER, 1.0))
    found = scored(PastForecasts("chat-app", foretold.subject, ended, (foretold,)))
    if found is None:
        raise SystemExit(f"{foretold.subject} ended before it was foretold")
    return found


def _read() -> Snapshot:
    return read_snapshot(ROOT / "missions" / NAME, NOW, warns_of_future=False)


def main(sizes: list[str]) -> None:
    """Draw the picture in each size, and say which."""
    random = Random(SEED)  # noqa: S311 - numbers for a picture
    scores = tuple(past(number, random) for number in range(ENDED))
    found = with_foresight_now(_read(), NOW)
    missions = tuple(
        replace(each, facts=replace(each.facts, scored=scores)) for each in found.missions
    )
    assessment = assess(replace(found, missions=missions), NOW)
    for size in sizes:
        columns, lines = (int(each) for each in size.split("x"))
        out = FOLDER / f"forecast-{size}.svg"
        drawn = take_picture(assessment, View.FORECAST, (columns, lines), DARK.name)
        out.write_text(drawn, encoding="utf-8")
        sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
