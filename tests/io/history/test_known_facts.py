"""What the history knows beside the files, as of any moment."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import NO_FACTS, Acknowledgement, Baseline
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, harm, opened

SILENT = "silent:react-expert"


def ruling(
    kind: RulingKind, subject: str, *, days: float, name: str = "", mission: MissionId = MISSION
) -> Ruling:
    """Return a decision that the lead took so many days ago."""
    at = days_ago(days)
    return Ruling(
        id=name or f"{kind}{days}", at=at, mission=mission, kind=kind, subject=subject, actor="lead"
    )


def test_what_nobody_recorded_has_no_facts(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        assert history.facts(MISSION, NOON, ()) == NO_FACTS


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(10, None, id="before the first"),
        pytest.param(9, 9, id="at the moment it was frozen"),
        pytest.param(5, 9, id="between two"),
        pytest.param(0, 3, id="after both"),
    ],
)
def test_the_newest_baseline_counts(tmp_path: Path, days: float, expected: float | None) -> None:
    planned = {TaskId("chat-ui"): (NOON, None), TaskId("late\0"): (None, NOON)}
    with opened(tmp_path) as history:
        history.freeze_baseline(MISSION, Baseline(days_ago(9), planned))
        history.freeze_baseline(MISSION, Baseline(days_ago(3), planned))
        history.freeze_baseline(MissionId("other"), Baseline(days_ago(1), {}))

        for _ in range(2):
            baseline = history.facts(MISSION, days_ago(days), ()).baseline

            assert (baseline and baseline.frozen) == (expected and days_ago(expected))
            assert baseline is None or baseline.planned == planned


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(5, None, id="while the first is in force"),
        pytest.param(3, 3, id="as it was accepted"),
        pytest.param(0, 3, id="later"),
    ],
)
def test_a_new_plan_is_known_by_when_it_replaced_the_first(
    tmp_path: Path, days: float, expected: float | None
) -> None:
    with opened(tmp_path) as history:
        history.freeze_baseline(MISSION, Baseline(days_ago(9), {}))
        history.freeze_baseline(MISSION, Baseline(days_ago(3), {}))

        facts = history.facts(MISSION, days_ago(days), ())

    assert facts.replanned == (expected and days_ago(expected))


@pytest.mark.parametrize("body", ["x'00'", "'text'", "3"], ids=["bytes", "text", "number"])
def test_a_damaged_baseline_is_none(tmp_path: Path, body: str) -> None:
    with opened(tmp_path) as history:
        history.freeze_baseline(MISSION, Baseline(NOON, {}))
    harm(tmp_path, f"UPDATE baselines SET body = {body}")  # noqa: S608

    with opened(tmp_path) as history:
        assert history.facts(MISSION, NOON, ()).baseline is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(10, None, id="before it began"),
        pytest.param(9, 9, id="as it began"),
        pytest.param(7, 9, id="after it rose"),
        pytest.param(5, None, id="as it ended"),
        pytest.param(2, 3, id="after it began again"),
    ],
)
def test_an_escalation_is_first_seen_where_its_run_began(
    tmp_path: Path, days: float, expected: float | None
) -> None:
    with opened(tmp_path) as history:
        for kind, day in (
            (EventKind.ESCALATED, 9),
            (EventKind.ESCALATED, 8),
            (EventKind.RECOVERED, 5),
            (EventKind.ESCALATED, 3),
        ):
            at = days_ago(day)
            append(history, event(at=at, kind=kind, subject=SILENT), seen=at)
            append(history, event(at=at, subject=SILENT), seen=at)

        first_seen = history.facts(MISSION, days_ago(days), ()).first_seen

        assert first_seen == ({} if expected is None else {SILENT: days_ago(expected)})


def test_escalations_of_other_missions_are_theirs(tmp_path: Path) -> None:
    escalated = event(kind=EventKind.ESCALATED, subject=SILENT)
    with opened(tmp_path) as history:
        append(history, escalated)
        append(history, event(kind=EventKind.RECOVERED, subject=SILENT), mission=MissionId("other"))

        assert set(history.facts(MISSION, NOON, ()).first_seen) == {SILENT}
        assert history.facts(MissionId("other"), NOON, ()).first_seen == {}


def test_an_open_escalation_outlives_a_prune(tmp_path: Path) -> None:
    began = days_ago(20)
    with opened(tmp_path) as history:
        append(history, event(at=began, kind=EventKind.ESCALATED, subject=SILENT), seen=began)
        append(history)
        history.prune(days_ago(5))

        assert history.facts(MISSION, NOON, ()).first_seen == {SILENT: began}


ACKNOWLEDGED = [
    ruling(RulingKind.ACKNOWLEDGED, SILENT, days=9, name="a"),
    ruling(RulingKind.ACKNOWLEDGED, SILENT, days=7, name="b"),
    ruling(RulingKind.WITHDRAWN, "b", days=5),
    ruling(RulingKind.TICKED, "m1/reviewed/twice", days=4),
    ruling(RulingKind.ACKNOWLEDGED, "other", days=9, name="c", mission=MissionId("other")),
]


@pytest.mark.parametrize(
    ("days", "acknowledged", "is_ticked"),
    [
        pytest.param(10, None, False, id="before all"),
        pytest.param(8, 9, False, id="after the first"),
        pytest.param(6, 7, False, id="the newest counts"),
        pytest.param(5, 9, False, id="the newest was withdrawn"),
        pytest.param(0, 9, True, id="ticked"),
    ],
)
def test_decisions_count_from_when_they_were_taken(
    tmp_path: Path, days: float, acknowledged: float | None, is_ticked: bool
) -> None:
    def by_lead(day: float) -> Acknowledgement:
        return Acknowledgement("lead", days_ago(day))

    with opened(tmp_path) as history:
        facts = history.facts(MISSION, days_ago(days), ACKNOWLEDGED)

    assert facts.acknowledged == ({SILENT: by_lead(acknowledged)} if acknowledged else {})
    place = MilestoneId("m1"), CriterionId("reviewed/twice")
    assert facts.ticked == ({place: by_lead(4)} if is_ticked else {})


def test_facts_of_the_past_do_not_know_what_came_later(tmp_path: Path) -> None:
    moments: list[datetime] = [NOON + timedelta(hours=each) for each in range(20)]
    with opened(tmp_path) as history:
        told = []
        for count, at in enumerate(moments):
            kind = EventKind.ESCALATED if count % 3 else EventKind.RECOVERED
            append(history, event(at=at, kind=kind, subject=f"s{count % 4}"), seen=at)
            told.append(history.facts(MISSION, at, ()))

        assert [history.facts(MISSION, at, ()) for at in moments] == told
