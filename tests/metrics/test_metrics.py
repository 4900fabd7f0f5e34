"""The metrics are what the history says: computed twice, equal to the last digit."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.accepted_plan import AcceptedPlan
from orchestrator_tui.domain.events import OF_MILESTONE, OF_MISSION, Event, EventKind
from orchestrator_tui.domain.experience import BlockedSpell, Experience
from orchestrator_tui.domain.foresight import LEVELS
from orchestrator_tui.domain.history import Baseline, Forecast
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.metrics import Metric, MetricKind, Metrics
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.live.measuring.measured import measured
from tests.metrics.naive import Naive

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = NOON + timedelta(hours=8)
SINCE = NOON + timedelta(hours=1)
WINDOWS = [
    (SINCE, NOW),
    (SINCE - (NOW - SINCE), SINCE),
    *((SINCE + timedelta(hours=each), SINCE + timedelta(hours=each + 1)) for each in range(7)),
]
"""All of it, the one before, and its seven parts."""
M = MissionId("m")


class Kept:
    """A history in a folder of its own, written row by row."""

    def __init__(self, root: Path) -> None:
        self.path = root / "missions"
        self.path.mkdir()
        self.state = root / "state"
        self.folder = history_folder(self.state, self.path)
        self.folder.mkdir(parents=True)

    def keep(
        self,
        events: Sequence[tuple[MissionId, Event, datetime]] = (),
        rulings: Sequence[Ruling] = (),
        forecasts: Sequence[tuple[MissionId, Forecast]] = (),
        blocked: Sequence[BlockedSpell] = (),
    ) -> None:
        with History.open(self.folder, clock=lambda: NOW) as history:
            for mission, event, seen in events:
                history.append(mission, [event], seen=seen, version=None, revision="")
            for mission, forecast in forecasts:
                history.note_forecasts(mission, [forecast])
            for spell in blocked:
                history.note_experience(Experience(blocked=(spell,)))
        kept = Rulings.open(self.folder, clock=lambda: NOW)
        for each in rulings:
            kept.take(each)
        kept.close()

    def measured(self, since: datetime = SINCE) -> tuple[Metrics, ...]:
        return measured(self.path, self.state, NOW, since=since)

    def metric(self, kind: MetricKind) -> Metric:
        (found,) = (each for each in self.measured()[0].metrics if each.kind is kind)
        return found


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def told(kind: EventKind, subject: str, minutes: float, **fields: Any) -> Any:
    moment = at(minutes)
    event = Event(moment, kind, subject, **{"text": "", **fields})
    return M, event, moment


def ruled(kind: RulingKind, subject: str, minutes: float, **fields: Any) -> Ruling:
    given: dict[str, Any] = {
        "id": f"{kind}{subject}{minutes}", "at": at(minutes), "mission": M, "kind": kind,
        "subject": subject, "actor": "lead", **fields,
    }  # fmt: skip
    return Ruling(**given)


def ended(subject: str, minutes: float, what: str = OF_MILESTONE) -> Any:
    after = f"finish {format_instant(at(minutes))}"
    return told(EventKind.WORK_ENDED, subject, minutes, before=what, after=after)


def ranged(
    subject: str, made: float, median: float, step: float = 10
) -> tuple[MissionId, Forecast]:
    middle = LEVELS.index(0.5)
    finishes = tuple(at(median + (place - middle) * step) for place in range(len(LEVELS)))
    return M, Forecast(subject, at(made), at(median), finishes)


def test_a_status_counts_as_current_for_fifteen_minutes(kept: Kept) -> None:
    kept.keep(
        [
            told(EventKind.TASK_STARTED, "t", 60, actor="ann"),
            told(EventKind.AGENT_REPORTED, "ann", 90, actor="ann"),
            told(EventKind.TASK_FINISHED, "t", 120, actor="ann"),
        ]
    )

    found = kept.metric(MetricKind.REAL_TIME_ACCURACY)

    assert (found.numerator, found.denominator) == (32, 60)
    assert found.value == pytest.approx(53.333, abs=0.001)


def test_hours_that_were_spent_are_a_report_as_any_other(kept: Kept) -> None:
    kept.keep(
        [
            told(EventKind.TASK_STARTED, "t", 60, actor="ann"),
            told(EventKind.TASK_CHANGED, "t", 90, actor="ann", after="spent 2h"),
            told(EventKind.TASK_CHANGED, "t", 110, after="title Other"),
            told(EventKind.TASK_FINISHED, "t", 120, actor="ann"),
        ]
    )

    found = kept.metric(MetricKind.REAL_TIME_ACCURACY)

    assert (found.numerator, found.denominator) == (32, 60)


def test_every_end_counts_however_many_there_are(kept: Kept) -> None:
    names = [f"M{each}" for each in range(220)]
    kept.keep(
        [ended(each, 200) for each in names], forecasts=[ranged(each, 0, 200) for each in names]
    )

    assert kept.metric(MetricKind.MILESTONE_PREDICTION).denominator == 220
    assert kept.metric(MetricKind.FORECAST_COVERAGE).numerator == 220


def test_a_milestone_is_foretold_as_well_as_at_half_time(kept: Kept) -> None:
    kept.keep(
        [ended("M1", 200)],
        forecasts=[ranged("M1", 0, 400), ranged("M1", 90, 250), ranged("M1", 150, 200)],
    )

    found = kept.metric(MetricKind.MILESTONE_PREDICTION)

    assert found.value == pytest.approx(75)
    assert found.denominator == 1
    assert kept.metric(MetricKind.FORECAST_COVERAGE).value == 100


def test_a_blocker_that_rose_to_critical_was_resolved_too_late(kept: Kept) -> None:
    kept.keep(
        [
            told(EventKind.BLOCKER_OPENED, "soon", 70),
            told(EventKind.BLOCKER_OPENED, "late", 70),
            told(EventKind.BLOCKER_OPENED, "open", 70),
            told(EventKind.ESCALATED, "blocker:soon", 80, after="MODERATE"),
            told(EventKind.ESCALATED, "blocker:late", 80, after="CRITICAL"),
            told(EventKind.BLOCKER_RESOLVED, "soon", 90),
            told(EventKind.BLOCKER_RESOLVED, "late", 90),
        ]
    )

    found = kept.metric(MetricKind.ESCALATION_EFFECTIVENESS)

    assert (found.numerator, found.denominator) == (1, 3)


def plan(kept_finish: datetime | None) -> AcceptedPlan:
    return AcceptedPlan(
        strategy=Strategy.REASSIGN,
        title="other hands",
        finish=None,
        kept_finish=kept_finish,
        milestones=(),
        baseline=Baseline(NOON, {}),
    )


def test_a_plan_succeeded_that_ended_before_what_was_forecast_without_it(kept: Kept) -> None:
    kept.keep(
        [ended(M, 300, OF_MISSION)],
        [
            ruled(RulingKind.PLAN_ACCEPTED, M, 60, plan=plan(at(310))),
            ruled(RulingKind.PLAN_ACCEPTED, M, 70, plan=plan(at(300))),
            ruled(RulingKind.PLAN_ACCEPTED, M, 80, plan=plan(None)),
            ruled(RulingKind.PLAN_ACCEPTED, M, 301, plan=plan(None)),
        ],
    )

    found = kept.metric(MetricKind.REPLANNING_SUCCESS)

    assert (found.numerator, found.denominator) == (2, 3)


def test_people_are_measured_by_what_they_decided_and_did_not_take_back(kept: Kept) -> None:
    withdrawn = ruled(RulingKind.FEEDBACK_GIVEN, "M1", 110, score=1)
    kept.keep(
        [told(EventKind.MILESTONE_REVIEWED, "M1", 200, text="bob reviewed M1: needs rework")],
        [
            ruled(RulingKind.APPROVED, "M1", 100, looked_seconds=3.0),
            ruled(RulingKind.APPROVED, "M2", 100, looked_seconds=60.0),
            ruled(RulingKind.FEEDBACK_GIVEN, "M1", 105, score=4),
            ruled(RulingKind.FEEDBACK_GIVEN, "M2", 105, score=5),
            withdrawn,
            ruled(RulingKind.WITHDRAWN, withdrawn.id, 120),
        ],
    )

    assert kept.metric(MetricKind.STAKEHOLDER_SATISFACTION).value == 4.5
    assert kept.metric(MetricKind.RUBBER_STAMPS).value == 50
    assert kept.metric(MetricKind.FALSE_GREENS).value == 50


def test_waits_are_measured_from_when_they_began(kept: Kept) -> None:
    kept.keep(
        [
            told(EventKind.ESCALATED, "blocker:b", 60, after="ROUTINE"),
            told(EventKind.ESCALATED, "blocker:b", 90, before="ROUTINE", after="MODERATE"),
        ],
        [
            ruled(RulingKind.ACKNOWLEDGED, "blocker:b", 120),
            ruled(RulingKind.ACKNOWLEDGED, "blocker:b", 300),
        ],
        blocked=[BlockedSpell(M, "b", at(60), at(240))],
    )

    assert kept.metric(MetricKind.TIME_TO_ACKNOWLEDGE).value == 1
    assert kept.metric(MetricKind.TIME_TO_RESOLVE).value == 3


def test_each_figure_has_the_window_before_it_and_seven_parts(kept: Kept) -> None:
    kept.keep(
        rulings=[ruled(RulingKind.FEEDBACK_GIVEN, "M1", each, score=score)
                 for each, score in ((-300, 2), (60, 3), (121, 5), (479, 4))]
    )  # fmt: skip

    found = kept.metric(MetricKind.STAKEHOLDER_SATISFACTION)

    assert (found.value, found.previous) == (4, 2)
    assert found.trend == (3, 5, None, None, None, None, 4)


def test_without_anything_to_measure_there_is_no_value(kept: Kept) -> None:
    kept.keep()

    assert all(
        (each.value, each.denominator, set(each.trend)) == (None, 0, {None})
        for each in kept.measured()[0].metrics
    )


def test_without_a_history_there_is_nothing(tmp_path: Path) -> None:
    assert measured(tmp_path, tmp_path / "state", NOW) == ()


def valued(numerator: float, denominator: float, unit: str) -> float | None:
    if not denominator:
        return None
    return numerator / denominator * (100 if unit == "PERCENT" else 1)


minutes = st.integers(-120, 470).map(lambda each: each + 0.25 * (each % 3))
subjects = st.sampled_from(["t0", "t1", "M1"])
missions = st.sampled_from([M, MissionId("n")])
_AFTER = ["", "MODERATE", "CRITICAL", "MISSION_CRITICAL"]
_TEXTS = ["", "bob reviewed M1: needs rework", "bob reviewed M1: passed"]


@st.composite
def events(draw: st.DrawFn) -> tuple[MissionId, Event, datetime]:
    kind = draw(st.sampled_from([
        EventKind.TASK_STARTED, EventKind.TASK_PROGRESSED, EventKind.TASK_FINISHED,
        EventKind.TASK_REMOVED, EventKind.TASK_CHANGED, EventKind.TASK_REGRESSED,
        EventKind.AGENT_REPORTED, EventKind.AGENT_CHANGED, EventKind.BLOCKER_OPENED,
        EventKind.BLOCKER_RESOLVED, EventKind.ESCALATED, EventKind.RECOVERED,
        EventKind.MILESTONE_REVIEWED, EventKind.WORK_ENDED, EventKind.MISSION_REMOVED,
    ]))  # fmt: skip
    moment = at(draw(minutes))
    subject, after = draw(subjects), draw(st.sampled_from(_AFTER))
    before = ""
    if kind in {EventKind.ESCALATED, EventKind.RECOVERED}:
        subject = f"blocker:{subject}"
    if kind is EventKind.WORK_ENDED:
        before = draw(st.sampled_from([OF_MISSION, OF_MILESTONE]))
        after = f"finish {format_instant(moment)}"
    actor = draw(st.sampled_from(["ann", "bob", ""]))
    event = Event(moment, kind, subject, draw(st.sampled_from(_TEXTS)), actor, before, after)
    return draw(missions), event, moment + timedelta(seconds=draw(st.integers(-5, 90)))


@st.composite
def rulings(draw: st.DrawFn) -> Ruling:
    kind = draw(st.sampled_from([
        RulingKind.APPROVED, RulingKind.REJECTED, RulingKind.ACKNOWLEDGED,
        RulingKind.FEEDBACK_GIVEN, RulingKind.PLAN_ACCEPTED,
    ]))  # fmt: skip
    subject = draw(subjects)
    kept_finish = draw(st.none() | minutes.map(at))
    return Ruling(
        id=draw(st.uuids()).hex,
        at=at(draw(minutes)),
        mission=draw(missions),
        kind=kind,
        subject=f"blocker:{subject}" if kind is RulingKind.ACKNOWLEDGED else subject,
        actor="lead",
        looked_seconds=draw(st.none() | st.floats(0, 30)),
        score=draw(st.integers(1, 5)) if kind is RulingKind.FEEDBACK_GIVEN else None,
        plan=plan(kept_finish) if kind is RulingKind.PLAN_ACCEPTED else None,
    )


@st.composite
def forecasts(draw: st.DrawFn) -> tuple[MissionId, Forecast]:
    subject, made = draw(st.sampled_from(["", "t0", "M1"])), draw(minutes)
    finish = draw(st.none() | minutes.map(at))
    finishes = draw(
        st.just(()) | st.lists(minutes, min_size=len(LEVELS), max_size=len(LEVELS)).map(
            lambda each: (*(at(one) for one in sorted(each)[:-2]), None, None))
    )  # fmt: skip
    return draw(missions), Forecast(subject, at(made), finish, finishes)


spells = st.builds(
    lambda mission, key, begin, length: BlockedSpell(mission, key, at(begin), at(begin + length)),
    missions, st.sampled_from(["b1", "b2", "b3"]), st.integers(-100, 300), st.integers(0, 100),
)  # fmt: skip


@given(
    st.tuples(
        st.lists(events(), max_size=25),
        st.lists(rulings(), max_size=8, unique_by=lambda each: each.id),
        st.lists(forecasts(), max_size=12),
        st.lists(spells, max_size=5),
    )
)
@settings(max_examples=40)
def test_a_naive_recomputation_says_the_same_to_the_last_digit(
    tmp_path_factory: pytest.TempPathFactory, rows: Any
) -> None:
    kept = Kept(tmp_path_factory.mktemp("kept"))
    kept.keep(*rows)

    for metrics in kept.measured():
        naive = Naive(kept.folder, NOW, metrics.mission)
        for each in metrics.metrics:
            assert (each.numerator, each.denominator) == naive.of(each.kind, SINCE, NOW), each.kind
            values = [valued(*naive.of(each.kind, *one), each.unit) for one in WINDOWS]
            assert [each.value, each.previous, *each.trend] == values, each.kind
