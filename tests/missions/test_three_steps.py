"""Three steps in a row."""

import pytest

from tests.missions.commands import status_of

START = "2024-01-15T08:00:00Z"


def test_at_its_start_the_forecast_is_eighteen_hours() -> None:
    mission = status_of("missions/three-steps.yaml", START)

    assert mission["timeline"]["forecast_finish"] == "2024-01-16T02:00:00Z"
    assert mission["critical_path"]["length_hours"] == pytest.approx(18)


def test_at_its_start_every_step_is_critical() -> None:
    mission = status_of("missions/three-steps.yaml", START)

    assert mission["critical_path"]["tasks"] == ["api-design", "backend", "frontend"]
    assert all(each["critical"] for each in mission["tasks"])


def test_the_backup_takes_nothing_by_itself() -> None:
    mission = status_of("missions/three-steps.yaml", START)

    assert [each["agent"] for each in mission["tasks"]] == [
        "api-architect", "django-expert", "react-expert",
    ]  # fmt: skip
