"""A daily report is made once a day, at its time by the clocks of the mission, whatever they do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from tests.hub.by_hand import HandWorld
from tests.hub.received import things_of
from tests.live.recorded_world import START, Run

REPORT = (("REPORT", "chat", 0),)
BOSS = "  boss: {notify: [log], reports: [daily]}\n"
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


class Days:
    """A mission in some time zone, whose stakeholder `boss` wants a report a day."""

    def __init__(self, root: Path, *, zone: str = "UTC") -> None:
        self.place = HandWorld(root, zone=zone)
        self.place.write({}, more=f"{BOSS}tasks: {{work: {{estimate: 400h}}}}\n")

    def come_to(self, run: Run, moment: datetime) -> int:
        """Set the clock, and return how many reports there are by then."""
        self.place.world.ahead = moment - START - timedelta(seconds=self.place.world.seconds)
        self.place.pass_the_window(run)
        return len(self.reports())

    def reports(self) -> list[OutgoingMessage]:
        """Return the reports that were made, as they arrived."""
        found = self.place.received()
        assert {things_of(each.items) for each in found} <= {REPORT}
        assert len({each.id for each in found}) == len(found)
        return found


EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_it_is_made_once_a_day_when_it_is_time(tmp_path: Path) -> None:
    days = Days(tmp_path)
    with days.place.run() as run:
        before = days.come_to(run, EIGHT - AN_HOUR)
        counts = [
            days.come_to(run, EIGHT + timedelta(minutes=late)) - before
            for late in (-2, 0, 2, 60, 12 * 60, 24 * 60 - 2, 24 * 60, 24 * 60 + 2)
        ]

    assert counts == [0, 1, 1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize("step", [AN_HOUR, -AN_HOUR, A_DAY, -A_DAY, -7 * A_DAY])
def test_a_clock_that_is_set_and_put_right_makes_none_twice(
    tmp_path: Path, step: timedelta
) -> None:
    days = Days(tmp_path)
    with days.place.run() as run:
        days.come_to(run, EIGHT - A_DAY)
        days.come_to(run, EIGHT + AN_HOUR / 2)
        days.come_to(run, EIGHT + AN_HOUR / 2 + step)
        days.come_to(run, EIGHT + AN_HOUR)
        days.come_to(run, EIGHT + A_DAY + AN_HOUR)
        days.come_to(run, EIGHT + A_DAY + 2 * AN_HOUR)
        made = [each.made.date() for each in days.reports()]

    assert made.count(EIGHT.date()) == 1
    assert sum(each > EIGHT.date() for each in made) == 1


def test_after_days_of_sleep_there_is_one_report(tmp_path: Path) -> None:
    days = Days(tmp_path)
    with days.place.run() as run:
        before = days.come_to(run, EIGHT)
        after = days.come_to(run, EIGHT + 5 * A_DAY + AN_HOUR)

    assert after - before == 1


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        pytest.param("2026-03-28T08:00Z", "2026-03-29T06:00Z", "2026-03-30T06:00Z", id="spring"),
        pytest.param("2026-10-24T07:00Z", "2026-10-25T07:00Z", "2026-10-26T07:00Z", id="autumn"),
    ],
)
def test_where_clocks_change_for_summer_it_is_made_at_eight_by_the_clock(
    tmp_path: Path, before: str, first: str, second: str
) -> None:
    days = Days(tmp_path, zone="Europe/Berlin")
    counts = []
    with days.place.run() as run:
        begun = days.come_to(run, datetime.fromisoformat(before))
        for each in (first, second):
            moment = datetime.fromisoformat(each)
            early = days.come_to(run, moment - timedelta(minutes=2)) - begun
            counts += [early, days.come_to(run, moment) - begun]

    assert counts == [0, 1, 1, 2]
