"""A picture of the screen as SVG that loads nothing and stands right in every viewer."""

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from textual.message import Message
from textual.pilot import Pilot

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.deeds import AcceptPlan, Deed
from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.presentation.view import View
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.messages import (
    AgentWanted,
    EscalationsWanted,
    ForecastWanted,
    HistoryWanted,
    LearnedWanted,
    MetricsWanted,
    MilestonesWanted,
    MissionWanted,
    StepWanted,
    TimelineWanted,
)
from orchestrator_tui.ui.ports import Archive, Done, Moment, Planner

_FONT_FACES: Final = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_FONT: Final = "DejaVu Sans Mono"
_FONT_SIZE: Final = "20.266px"
"""In which a character of that font is as wide as a cell."""
_CELL: Final = 12.2
"""The width of a cell in the pictures that Textual makes."""
_TEXT: Final = re.compile(
    r'(<text class="(?!.*-title)[^"]*" x=")([\d.]+)(" y="[\d.]+" textLength=")([\d.]+)'
    r'("[^>]*>)((?:&#160;)*)(.*?)((?:&#160;)*)</text>'
)
_BLANK: Final = "&#160;"
_DOTTED: Final = re.compile("[\u2800-\u28ff]")
"""Dots of plots, which come from another font with another width: each is put into its cell."""
_CHARACTER: Final = re.compile(r"&[^;]+;|.")


def tidy_picture(svg: str) -> str:
    """Return `svg` without fonts from elsewhere, each text at the cell where it is seen.

    Some viewers drop the blanks at the head of a text, which would move everything after them.
    """
    alone = _FONT_FACES.sub("", svg).replace("Fira Code", _FONT)
    return _TEXT.sub(_seen, alone.replace("font-size: 20px", f"font-size: {_FONT_SIZE}"))


def _seen(match: re.Match[str]) -> str:
    head, x, middle, length, tail, before, text, behind = match.groups()
    if not text:
        return ""
    left, right = len(before) // len(_BLANK), len(behind) // len(_BLANK)
    x_seen = float(x) + left * _CELL
    if _DOTTED.search(text):
        cells = enumerate(_CHARACTER.findall(text))
        places = ((f"{x_seen + at * _CELL:g}{middle}{_CELL:g}", each) for at, each in cells)
        return "".join(f"{head}{place}{tail}{each}</text>" for place, each in places)
    seen = float(length) - (left + right) * _CELL
    return f"{head}{x_seen:g}{middle}{seen:g}{tail}{text}</text>"


class _Still:
    """One assessment, and never another."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    def start(self, tell: Callable[[Assessment], None]) -> None:
        """Tell it at once."""
        tell(self._assessment)

    def stop(self) -> None:
        """Have nothing to stop."""


class _Blank:
    """The desk and the archive of a picture: nothing is done there, and nothing has happened."""

    actor = ""

    def do(self, mission: MissionId, deed: Deed) -> Done:
        """Refuse."""
        raise UsageError(f"{mission} is a picture: {type(deed).__name__} cannot be done to it")

    def undo(self, done: Done) -> Done:
        """Refuse."""
        raise UsageError(f"{done.text}: a picture cannot be changed")

    def preview(self, mission: MissionId, deed: AcceptPlan) -> tuple[FileDiff, ...]:
        """Refuse."""
        raise UsageError(f"{mission} is a picture: {deed.option.title} cannot be seen in its files")

    def newest(
        self, mission: MissionId | None = None, limit: int = 500
    ) -> tuple[RecordedEvent, ...]:
        """Return nothing."""
        del mission, limit
        return ()

    def about(
        self, mission: MissionId, subjects: Collection[str], limit: int = 500
    ) -> tuple[RecordedEvent, ...]:
        """Return nothing."""
        del mission, subjects, limit
        return ()

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        """Return nothing."""
        del mission, agent
        return frozenset()

    def metrics(self, mission: MissionId | None, length: timedelta, now: datetime) -> None:
        """Return nothing."""
        del mission, length, now

    def moment(self, sequence: int) -> Moment:
        """Refuse."""
        raise MissionNotFound(f"there is no event {sequence}")

    def before(self, sequence: int | None, mission: MissionId | None = None) -> None:
        """Return nothing."""
        del sequence, mission

    def after(self, sequence: int, mission: MissionId | None = None) -> None:
        """Return nothing."""
        del sequence, mission


def take_picture(
    assessment: Assessment,
    view: View,
    size: tuple[int, int],
    theme: str,
    *,
    archive: Archive | None = None,
    steps_back: int = 0,
) -> str:
    """Return a picture of a screen as SVG, drawn without a terminal.

    A mission, its agent and its timeline are those of the first mission; with `steps_back` they are
    shown so many events ago.
    """
    app = _app_at(assessment, theme, archive)
    taken: list[str] = []

    async def take(pilot: Pilot[object]) -> None:
        await pilot.pause()
        for message in _way_to(view, assessment, steps_back):
            app.post_message(message)
            await pilot.pause()
            while app.workers:
                await app.workers.wait_for_complete()
                await pilot.pause()
        if view is View.MISSIONS:
            app.action_missions()
        if view is View.HELP:
            app.action_help()
        await pilot.pause()
        taken.append(tidy_picture(app.export_screenshot()))
        app.exit()

    app.run(headless=True, size=size, auto_pilot=take)
    (picture,) = taken
    return picture


def _app_at(assessment: Assessment, theme: str, archive: Archive | None) -> OrchestratorApp:
    app = OrchestratorApp(
        source=_Still(assessment),
        clock=lambda: assessment.at,
        settings=Settings(theme=theme),
        desk=_Blank(),
        archive=archive or _Blank(),
    )
    app.make_planner = _nobody
    return app


def _nobody() -> Planner:
    """Refuse: no picture looks for plans, but their key is not grey."""
    raise UsageError("a picture looks for no plans")


def _way_to(view: View, assessment: Assessment, steps_back: int) -> tuple[Message, ...]:
    if view is View.MISSIONS or not assessment.missions:
        return ()
    first = assessment.missions[0]
    step = (StepWanted(-steps_back, first.id),) if steps_back else ()
    return (MissionWanted(first.id), *step, *_further(view, first))


_WANTED: Final = {
    View.TIMELINE: TimelineWanted,
    View.FORECAST: ForecastWanted,
    View.MILESTONES: MilestonesWanted,
    View.ESCALATIONS: EscalationsWanted,
    View.HISTORY: HistoryWanted,
    View.LEARNED: LearnedWanted,
}


def _further(view: View, first: MissionAssessment) -> tuple[Message, ...]:
    if view is View.METRICS:
        return (MetricsWanted(None),)  # of everything that is pictured
    if view in _WANTED:
        return (_WANTED[view](first.id),)
    agents = () if first.judgement is None else first.judgement.agents
    if view is View.AGENT and agents:
        troubled = max(agents, key=lambda each: len(each.blockers))
        return (AgentWanted(first.id, troubled.id),)
    return ()
