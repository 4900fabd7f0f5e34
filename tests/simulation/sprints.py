"""Sprints of the demo's team, one after another, watched and recorded as the app does it.

Everything is real but the clock: the agents' moves, the files that they write, the recorder with
its history, the engines, and what the tech lead decides.
"""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from random import Random
from shutil import rmtree

from orchestrator_tui.cli.demo_team.agent import LEAD, make_a_move
from orchestrator_tui.cli.demo_team.lines import Edit
from orchestrator_tui.cli.demo_team.mission import write_mission
from orchestrator_tui.cli.demo_team.moves import Turn, agent_edits
from orchestrator_tui.cli.demo_team.reporting import STATE, TEAM
from orchestrator_tui.cli.demo_team.world import read_world
from orchestrator_tui.cli.demo_team.writing import WRITERS
from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now
from orchestrator_tui.live.recording.holding import Holding
from orchestrator_tui.live.recording.keeping import Keeping
from orchestrator_tui.live.recording.recorder import Recorder
from tests.simulation.tech_lead import TechLead

MONDAY = datetime(2024, 1, 15, 9, 0, tzinfo=UTC)
BETWEEN = timedelta(hours=1)
"""From the end of a sprint to the start of the next."""
ABSENT = "react-expert"
BACKUP = "frontend-generalist"
"""Stands by, and works once a plan gives it something."""
LEAVES, STAYS_AWAY = timedelta(seconds=60), timedelta(minutes=12)
"""In every fourth sprint that agent is away: from so long after the start, and for how long."""
LONGEST = timedelta(hours=2)
"""A sprint of ten minutes that takes longer than this hangs."""
_ENDED = {TaskState.FINISHED, TaskState.CANCELLED}


@dataclass
class Office:
    """Where the team works: the missions, what is kept of them, and what time it is."""

    root: Path
    beat: timedelta
    """Between two moves of every agent."""
    beats_a_look: int
    now: datetime = MONDAY

    @property
    def missions(self) -> Path:
        """Return the folder of the missions; the state stands beside them, as in the demo."""
        return self.root / "missions"

    @property
    def state(self) -> Path:
        """Return where the history is kept."""
        return self.missions / STATE

    def clock(self) -> datetime:
        """Return what time it is."""
        return self.now

    def monotonic(self) -> float:
        """Return the seconds since the first morning."""
        return (self.now - MONDAY).total_seconds()


@contextmanager
def quietly() -> Iterator[None]:
    """Let nothing be seen of what the commands of the team print."""
    nowhere = TextIOWrapper(BytesIO(), encoding="utf-8")
    with redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def play(office: Office, seed: int) -> Judgement:
    """Let the team work through one sprint, and return how it stood when all work had ended."""
    folder = office.missions / f"sprint-{seed:02}"
    write_mission(folder, office.now, 1.0)
    team, began = _Team(folder, office, seed), office.now
    with _watched(office) as watch:
        judgement = watch.look(folder.name)
        while any(each.state not in _ENDED for each in judgement.tasks):
            assert office.now < began + LONGEST, f"sprint {seed} does not end"
            judgement = team.works_on(watch)
        # what was reviewed and approved after the last task is part of the sprint
        for _ in range(3):
            judgement = team.works_on(watch)
        watch.lead.looks_back(judgement)
        judgement = watch.look(folder.name)
    rmtree(folder)
    office.now += BETWEEN
    return judgement


class _Team:
    """Everybody who works on one sprint: the demo's agents, and one who stands by."""

    def __init__(self, folder: Path, office: Office, seed: int) -> None:
        self._folder = folder
        self._office = office
        self._seed = seed
        names = (*(each for each in TEAM if each != LEAD), BACKUP)
        self._chances = {each: Random(f"{seed}:{each}") for each in names}  # noqa: S311
        leaves = office.now + LEAVES
        self._away = (leaves, leaves + STAYS_AWAY) if seed % 4 == 0 else None
        self._is_missed = False

    def works_on(self, watch: "_Watch") -> Judgement:
        """Let everybody work until the next look, and look."""
        for _ in range(self._office.beats_a_look):
            self._office.now += self._office.beat
            for name, chance in self._chances.items():
                turn = Turn(name, self._office.now, self._office.beat, 1.0, chance, self._seed)
                if name == BACKUP:
                    self._help_out(turn)
                elif name != ABSENT or not self._is_away():
                    make_a_move(self._folder, turn)
        return watch.look(self._folder.name)

    def _is_away(self) -> bool:
        """Say whether the agent is away, which its mission says like a calendar from then on."""
        if self._away is None or not self._away[0] <= self._office.now < self._away[1]:
            return False
        if not self._is_missed:
            self._is_missed = True
            since, until = (format_instant(each) for each in self._away)
            window = Edit(("agents", ABSENT, "unavailable"), f"[{{from: {since}, until: {until}}}]")
            WRITERS[LEAD](self._folder / "mission.yaml", (window,))
        return True

    def _help_out(self, turn: Turn) -> None:
        """Let who stands by work on what a plan gave it, in the part of who had it before."""
        world = read_world(self._folder)
        if world.tasks_of(turn.me) and (edits := agent_edits(world, turn)):
            WRITERS[ABSENT](self._folder / f"agents/{ABSENT}.yaml", edits)


class _Watch:
    """Looks at the missions as the live loop does, and lets the tech lead decide on what it saw."""

    def __init__(self, office: Office, recorder: Recorder, lead: TechLead) -> None:
        self.lead = lead
        self._office = office
        self._recorder = recorder
        self._library = MissionLibrary(office.missions)

    def look(self, mission: str) -> Judgement:
        """Judge, record, and decide."""
        now = self._office.now
        told = self._recorder.told(self._library.refresh(now), now)
        assessment = assess(with_foresight_now(told, now), now)
        self._recorder.judged(assessment)
        self._office.now += timedelta(seconds=1)  # what was told is kept a moment later
        self._recorder.record()
        found = assessment.mission(MissionId(mission))
        assert found is not None
        self.lead.decides(found)
        return _judged(found)


def _judged(mission: MissionAssessment) -> Judgement:
    assert mission.judgement is not None, mission.problems
    return mission.judgement


@contextmanager
def _watched(office: Office) -> Iterator[_Watch]:
    holding = Holding(office.missions, office.state, clock=office.clock, may_record=True)
    keeping = Keeping(holding, monotonic=office.monotonic)
    recorder = Recorder(office.missions, keeping, monotonic=office.monotonic)
    desk = Desk(
        office.missions, state=office.state, clock=office.clock, actor="lead", poke=lambda: None
    )
    try:
        yield _Watch(office, recorder, TechLead(desk, office.clock))
    finally:
        recorder.close()
