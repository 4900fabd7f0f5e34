"""What waits in all missions together stands in one order, and counts what cannot be read."""

from typing import Any

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.engine.decisions import count_decisions, find_decisions
from tests.builders import START, after, known, mission

BLOCKER: dict[str, Any] = {"title": "Stuck", "opened": START, "task": "x"}


def stuck(name: str, *, slack: float) -> KnownMission:
    """Return a mission in which a decision holds up a task that has so many hours to spare."""
    return known(
        mission(
            mission=f"Mission {name}",
            agents={"a": {}, "b": {}},
            tasks={
                "x": {"agent": "a", "estimate": "4h"},
                "y": {"agent": "b", "estimate": f"{4 + slack}h"},
            },
            blockers={"db": BLOCKER},
        ),
        id=name,
    )


def problem(file: str, severity: Severity = Severity.ERROR) -> Problem:
    """Return something that is wrong in a file."""
    return Problem(severity, file, 3, 7, "no such day")


def unread(name: str, *problems: Problem) -> KnownMission:
    """Return a mission that could not be read."""
    return KnownMission(
        id=MissionId(name), path=f"{name}.yaml", revision="", mission=None, problems=problems
    )


def test_what_costs_most_to_leave_comes_first_in_whatever_mission_it_is() -> None:
    known_missions = tuple(stuck(name, slack=hours) for name, hours in (("c", 2), ("a", 0.5)))
    first = stuck("b", slack=0)

    found = find_decisions(assess(Snapshot((*known_missions, first)), after(5)))

    assert [(each.title, each.attention.delay_cost) for each in found] == [
        ("Mission b", 1.0), ("Mission a", 0.5), ("Mission c", 0.0),
    ]  # fmt: skip
    assert found[0].key == "b/ESCALATION:blocker:db"


def test_of_equals_the_mission_decides() -> None:
    both = (stuck("b", slack=0), stuck("a", slack=0))

    found = find_decisions(assess(Snapshot(both), after(5)))
    turned = find_decisions(assess(Snapshot(both[::-1]), after(5)))

    assert [each.mission for each in found] == ["a", "b"]
    assert found == turned


def test_what_cannot_be_read_waits_too_after_what_is_known_to_cost_anything() -> None:
    warning = problem("fine.yaml", Severity.WARNING)
    bad = unread("bad", problem("bad.yaml"), problem("bad.yaml"), warning)
    world = Snapshot((bad, stuck("a", slack=0)), problems=(problem("twice.yaml"), warning))

    assessment = assess(world, after(5))

    found = find_decisions(assessment)
    assert [(each.mission, each.attention.text, each.attention.why) for each in found[1:]] == [
        ("bad", "Mend bad.yaml:3:7: no such day", "it cannot be read at all · 1 more error"),
        (None, "Mend twice.yaml:3:7: no such day", "it cannot be read at all"),
    ]
    assert found[0].mission == "a"
    assert count_decisions(assessment) == len(found)


def test_an_empty_folder_waits_for_nobody() -> None:
    assert find_decisions(assess(Snapshot(()), START)) == ()
