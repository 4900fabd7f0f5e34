"""The parts of a folder mission, merged by entry and field."""

import pytest

from tests.io.reading import HEAD, lines_of, mission_in, problems_in, reading


def test_every_agent_may_own_a_part_of_its_entry() -> None:
    mission = mission_in(
        f"{HEAD}agents:\n  ada: {{title: Ada}}\ntasks:\n  t1: {{estimate: 4h, agent: ada}}\n",
        "agents:\n  ada: {state: ACTIVE, task: t1}\ntasks:\n  t1: {progress: 40}\n",
    )

    assert mission.agents["ada"].title == "Ada"  # type: ignore[index]
    assert mission.agents["ada"].task == "t1"  # type: ignore[index]
    assert mission.tasks["t1"].progress == 40  # type: ignore[index]


def test_single_values_and_the_policy_may_be_spread_too() -> None:
    mission = mission_in(
        "mission: Alpha\npolicy: {coverage: 90}\n",
        "started: 2024-01-15T08:00Z\npolicy: {quality: 70}\n",
    )

    assert (mission.policy.coverage, mission.policy.quality) == (90, 70)


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        pytest.param(
            f"{HEAD}tasks:\n  t1:\n    estimate: 4h\n    progress: 10\n",
            "tasks:\n  t1:\n    progress: 20\n",
            "2.yaml:3:5: error: `tasks.t1.progress` is given twice, also at 1.yaml:6:5:"
            " keep one of the two",
            id="a field",
        ),
        pytest.param(
            HEAD,
            "mission: Beta\n",
            "2.yaml:1:1: error: `mission` is given twice, also at 1.yaml:1:1: keep one of the two",
            id="a single value",
        ),
        pytest.param(
            f"{HEAD}policy: {{coverage: 80}}\n",
            "policy: {coverage: 90}\n",
            "2.yaml:1:10: error: `policy.coverage` is given twice, also at 1.yaml:3:10:"
            " keep one of the two",
            id="a threshold",
        ),
    ],
)
def test_the_same_field_in_two_parts_is_an_error_with_both_places(
    first: str, second: str, line: str
) -> None:
    assert lines_of(problems_in(first, second)) == [line]


def test_an_error_stands_in_the_part_that_holds_the_field() -> None:
    found = problems_in(
        f"{HEAD}tasks:\n  t1:\n    estimate: 4h\n",
        "# a report\ntasks:\n  t1:\n    progress: 120\n",
    )

    assert lines_of(found) == [
        "2.yaml:4:15: error: `tasks.t1.progress` 120 is above 100: write 0 to 100"
    ]


def test_ids_are_known_across_parts_and_broken_entries_still_count_as_there() -> None:
    found = problems_in(
        f"{HEAD}agents:\n  ada: {{}}\ntasks:\n  t1: {{estimate: 4, agent: ada}}\n",
        "tasks:\n  t2: {estimate: 1h, after: [t1], agent: ada}\n",
    )

    assert [each.line for each in found] == [6]


def test_a_part_that_cannot_be_read_does_not_blame_the_others() -> None:
    found = problems_in(
        f"{HEAD}tasks:\n  t1: {{estimate: 4h, agent: ada}}\n",
        "agents:\n  ada: [oh no\n",
    )

    assert [each.file for each in found] == ["2.yaml"]


def test_the_order_of_the_entries_is_that_of_the_parts() -> None:
    first = f"{HEAD}tasks:\n  b: {{estimate: 1h}}\n  a: {{estimate: 1h}}\n"
    second = "tasks:\n  c: {estimate: 1h}\n"
    report = "tasks:\n  b: {progress: 1}\n"

    assert list(mission_in(first, second).tasks) == ["b", "a", "c"]
    assert list(mission_in(first, second, report).tasks) == ["b", "a", "c"]


def test_the_time_zone_of_one_part_holds_for_all() -> None:
    mission = mission_in(
        f"{HEAD}timezone: Europe/Paris\n", "agents:\n  ada: {updated: 2024-01-15T09:00}\n"
    )

    (ada,) = mission.agents.values()
    assert ada.updated is not None
    assert ada.updated.hour == 8


def test_without_any_part_there_is_no_mission_and_no_problem() -> None:
    found = reading()

    assert not found.problems
    assert found.mission is None


def test_what_is_missing_is_said_once_of_the_first_part() -> None:
    found = problems_in("tasks:\n  t1: {estimate: 1h}\n", "agents: {}\n")

    assert lines_of(found) == [
        "1.yaml:1:1: error: `mission` is missing: write mission: its title",
        "1.yaml:1:1: error: `started` is missing: write started: 2024-01-15T06:30Z",
    ]
