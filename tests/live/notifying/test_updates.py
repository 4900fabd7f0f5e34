"""Reports go out by themselves: once an occasion, to whoever asked for them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel, Lead, Settings, TerminalSign
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import ReportOccasion
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.live.notifying.updates import MOST_AT_ONCE, NEWS_LASTS, due_reports
from tests.builders import START, after, approved, known, mission
from tests.live.listening import save
from tests.live.notifying.test_hub import Mission as WatchedMission
from tests.live.notifying.test_hub import wait
from tests.live.recorded_world import World

CHANNELS = {
    "mail": Channel(file="mail"),
    "chat": Channel(file="chat"),
    "desk": Channel(terminal=frozenset(TerminalSign)),
}
SETTINGS = Settings(channels=CHANNELS)
TOMORROW = after(24)
"""At eight in the morning, when the first daily report is due: the mission starts at eight."""
TASKS = {"api": {"estimate": "90h"}}


def sponsored(*occasions: str, **fields: Any) -> Mission:
    boss = {"name": "Tomás Rey", "role": "sponsor", "notify": ["mail"], "reports": occasions}
    return mission(**({"stakeholders": {"boss": boss}, "tasks": TASKS} | fields))


def world(one: Mission, now: datetime, facts: HistoryFacts | None = None) -> Assessment:
    return assess(Snapshot(missions=(known(one, facts=facts or HistoryFacts()),)), now)


def reports(one: Mission, now: datetime, settings: Settings = SETTINGS) -> list[OutgoingMessage]:
    return list(due_reports(world(one, now), settings))


def reached(hours: float) -> tuple[Mission, HistoryFacts]:
    """Return a mission whose one milestone was approved, hours after START."""
    done = {"estimate": "1h", "started": START, "finished": after(1), "progress": 100}
    one = sponsored(
        "milestone",
        "daily",
        tasks={"api": done, "ui": {"estimate": "90h"}},
        milestones={"M1": {"title": "First", "tasks": ["api"]}},
    )
    return one, approved(hours)


# Daily


def test_a_daily_report_says_whom_it_is_for_and_how_the_mission_stands() -> None:
    (report,) = reports(sponsored("daily"), TOMORROW)

    assert report.title.startswith("Daily report 2024-01-16: 0% complete")
    assert report.title.endswith("· Test mission")
    assert "for Tomás Rey (management)" in report.body
    assert "Planned finish: " in report.body
    assert report.markdown.startswith("# Test mission")
    assert report.html.startswith("<!DOCTYPE html>")
    assert (report.recipient, report.channel, report.made) == ("boss", "mail", TOMORROW)
    assert [(each.kind, each.subject) for each in report.items] == [("REPORT", "test")]


def test_before_the_first_morning_of_a_mission_there_is_none() -> None:
    assert reports(sponsored("daily"), TOMORROW - timedelta(seconds=1)) == []
    assert reports(sponsored("daily", started=after(30)), TOMORROW) == []


def test_there_is_one_a_day_however_often_it_is_looked() -> None:
    moments = [TOMORROW + timedelta(minutes=each) for each in range(0, 3 * 24 * 60, 17)]

    ids = [each.id for now in moments for each in reports(sponsored("daily"), now)]

    assert len(ids) == len(moments)
    assert len(set(ids)) == 3


def test_after_days_of_sleep_only_the_newest_is_made() -> None:
    (report,) = reports(sponsored("daily"), TOMORROW + timedelta(days=5))

    assert "2024-01-21" in report.title


def test_what_was_made_is_not_written_again() -> None:
    (report,) = reports(sponsored("daily"), TOMORROW)

    assert due_reports(world(sponsored("daily"), TOMORROW), SETTINGS, {report.id}) == ()


def test_the_morning_is_that_of_the_mission() -> None:
    there = sponsored("daily", timezone="America/New_York", started=START - timedelta(days=1))
    eight_there = datetime(2024, 1, 16, 13, tzinfo=UTC)

    before = reports(there, eight_there - timedelta(seconds=1))
    at_eight = reports(there, eight_there)

    assert "2024-01-15" in before[0].title
    assert "2024-01-16" in at_eight[0].title


@pytest.mark.parametrize(
    ("zone", "daily", "start"),
    [
        pytest.param("Europe/Berlin", time(2, 30), datetime(2024, 3, 28, tzinfo=UTC), id="skipped"),
        pytest.param("Europe/Berlin", time(2, 30), datetime(2024, 10, 24, tzinfo=UTC), id="twice"),
        pytest.param(
            "America/Havana", time(0, 15), datetime(2024, 11, 1, tzinfo=UTC), id="twice after 0:00"
        ),
        pytest.param(
            "Australia/Lord_Howe", time(1, 45), datetime(2024, 4, 4, tzinfo=UTC), id="half an hour"
        ),
    ],
)
def test_a_change_of_the_clocks_neither_skips_nor_doubles_a_report(
    zone: str, daily: time, start: datetime
) -> None:
    one = sponsored("daily", timezone=zone, started=start)
    settings = replace(SETTINGS, daily_report=daily)
    made: dict[str, str] = {}

    for quarter in range(24 * 4, 6 * 24 * 4):
        for each in due_reports(
            world(one, start + timedelta(minutes=15 * quarter)), settings, made
        ):
            made[each.id] = each.title[: len("Daily report 2024-01-15")]

    days = sorted(made.values())
    assert len(days) == len(set(days)) == 6


def test_a_complete_mission_gets_one_last_report_and_then_none() -> None:
    done = {"estimate": "1h", "started": START, "finished": after(3), "progress": 100}
    one = sponsored("daily", tasks={"api": done})
    days = [TOMORROW + timedelta(days=each) for each in range(30)]

    titles = {each.id: each.title for now in days for each in reports(one, now)}

    assert [each[:39] for each in titles.values()] == ["Daily report 2024-01-16: 100% complete,"]


# Milestones and plans


def test_a_milestone_that_was_approved_is_reported_with_its_summary() -> None:
    one, facts = reached(3)

    (report,) = due_reports(world(one, after(4), facts), SETTINGS)

    assert report.title == "Milestone reached: First · Test mission"
    assert report.subject == "M1"
    assert "First (M1)" in report.body


def test_an_approval_of_long_ago_is_no_news() -> None:
    one, facts = reached(3)
    now = after(3) + NEWS_LASTS

    ids = {each.id for each in due_reports(world(one, now, facts), SETTINGS)}
    later = {
        each.id for each in due_reports(world(one, now + timedelta(seconds=1), facts), SETTINGS)
    }

    assert len(ids) == 2  # the daily one, too
    assert len(later) == 1


def test_a_milestone_that_is_approved_anew_is_reported_anew() -> None:
    one, first = reached(3)
    _, second = reached(5)

    now = after(6)
    ids = [due_reports(world(one, now, facts), SETTINGS)[0].id for facts in (first, second)]

    assert len(set(ids)) == 2


def test_a_new_plan_is_reported_once() -> None:
    one = sponsored("replan")
    facts = HistoryFacts(replanned=after(5))

    (report,) = due_reports(world(one, after(6), facts), SETTINGS)

    assert report.title.startswith("New plan: ")
    assert due_reports(world(one, after(6), facts), SETTINGS)[0].id == report.id
    assert due_reports(world(one, after(6)), SETTINGS) == ()
    assert due_reports(world(one, after(4), facts), SETTINGS) == ()


# From end to end


def test_the_hub_puts_a_report_into_the_outbox_once_even_after_a_restart(tmp_path: Path) -> None:
    there = WatchedMission(World(tmp_path))
    save(
        there.world.file,
        "mission: Chat\nstarted: 2024-01-14T08:00Z\ntasks:\n  api: {estimate: 90h}\n"
        "stakeholders:\n  boss: {notify: [mail], reports: [daily]}\n",
    )

    for _ in range(2):
        with there.run() as run:
            wait(run)
            wait(run)

    (report,) = there.sent()
    assert report.title.startswith("Daily report 2024-01-15: ")
    assert report.html.startswith("<!DOCTYPE html>")


# Whom


def test_each_channel_of_a_reader_gets_it_but_no_terminal_and_none_that_is_unknown() -> None:
    boss = {"notify": ["mail", "desk", "gone", "chat", "mail"], "reports": ["daily"]}

    found = reports(sponsored(stakeholders={"boss": boss}), TOMORROW)

    assert [each.channel for each in found] == ["mail", "chat"]
    assert len({each.id for each in found}) == 2


@pytest.mark.parametrize(
    ("role", "audience"),
    [
        pytest.param("lead", "lead", id="lead"),
        pytest.param("tech-lead", "lead", id="tech lead"),
        pytest.param("Team Lead", "lead", id="in words"),
        pytest.param("leadership coach", "management", id="another word"),
        pytest.param("sponsor", "management", id="sponsor"),
        pytest.param("emergency", "management", id="emergency"),
    ],
)
def test_leads_get_everything_and_others_what_management_gets(role: str, audience: str) -> None:
    boss = {"name": "Ann", "role": role, "notify": ["mail"], "reports": ["daily"]}

    (report,) = reports(sponsored(stakeholders={"boss": boss}), TOMORROW)

    assert f"for Ann ({audience})" in report.body


def test_the_lead_gets_what_the_settings_ask_for() -> None:
    lead = Lead(notify=("mail",), reports=(ReportOccasion.DAILY,))

    (report,) = reports(mission(), TOMORROW, replace(SETTINGS, lead=lead))

    assert report.recipient == ""
    assert "Report" not in report.title
    assert reports(mission(), TOMORROW, SETTINGS) == []


def test_many_reports_are_written_a_few_at_a_time() -> None:
    readers = {f"s{each}": {"notify": ["mail", "chat"], "reports": ["daily"]} for each in range(5)}
    one, made = sponsored(stakeholders=readers), set[str]()

    for _ in range(3):
        found = due_reports(world(one, TOMORROW), SETTINGS, made)
        assert len(found) <= MOST_AT_ONCE
        made |= {each.id for each in found}

    assert len(made) == 10
    assert due_reports(world(one, TOMORROW), SETTINGS, made) == ()


@given(st.text(min_size=1, max_size=80))
def test_no_name_breaks_a_line_of_the_report(name: str) -> None:
    boss = {"name": f"x{name}x", "notify": ["mail"], "reports": ["daily"]}

    (report,) = reports(sponsored(stakeholders={"boss": boss}), TOMORROW)

    assert report.body.split("\n")[3].startswith("Daily report 2024-01-16 for x")
    assert report.body.split("\n")[3].endswith("(management), 2024-01-16 08:00 UTC")
