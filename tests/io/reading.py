"""Missions for tests of reading, made from text as it would stand in files."""

from datetime import UTC, datetime

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.io.reading.mission_yaml import MissionReading, read_mission
from orchestrator_tui.io.reading.part_yaml import read_part

HEAD = "mission: Alpha\nstarted: 2024-01-15T08:00Z\n"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def reading(*texts: str, present: datetime | None = NOW) -> MissionReading:
    """Return what parts with these texts say together; they are called 1.yaml, 2.yaml, …"""
    parts = [
        read_part(f"{number}.yaml", text.encode()) for number, text in enumerate(texts, start=1)
    ]
    return read_mission(parts, present=present)


def mission_in(*texts: str) -> Mission:
    """Return the mission of parts that are known to be valid."""
    found = reading(*texts)
    assert found.mission is not None, found.problems
    return found.mission


def problems_in(*texts: str) -> tuple[Problem, ...]:
    """Return what is wrong with parts of these texts."""
    return reading(*texts).problems


def lines_of(problems: tuple[Problem, ...]) -> list[str]:
    """Return problems as `check` prints them."""
    return [str(each) for each in problems]
