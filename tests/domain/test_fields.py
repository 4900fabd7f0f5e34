"""Every kind of value is read from its own text, by its own rule."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from orchestrator_tui.domain import fields
from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.check import Check, Exists, Run
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.policy import EscalationPolicy
from orchestrator_tui.domain.task import Estimate, Task
from tests.builders import NOON, mission


def read(kind: Any, raw: object, **context: object) -> Any:
    return TypeAdapter(kind).validate_python(raw, context=context)


def refusal(kind: Any, raw: object) -> str:
    with pytest.raises(ValidationError) as refused:
        read(kind, raw)
    return refused.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        pytest.param(fields.Text, "no", "no", id="text that looks like a bool"),
        pytest.param(fields.Text, "a\x1bb", "a␛b", id="text is made safe"),
        pytest.param(fields.AnyRef, "007", "007", id="id that looks like a number"),
        pytest.param(fields.PerCent, "80", 80.0, id="per cent"),
        pytest.param(fields.PerCent, "80%", 80.0, id="per cent with its sign"),
        pytest.param(fields.PerCent, "99.5", 99.5, id="per cent with a fraction above one"),
        pytest.param(fields.PerCent, "0", 0.0, id="zero"),
        pytest.param(fields.PerCent, "1", 1.0, id="one per cent"),
        pytest.param(
            fields.PerCent, "1.1111111111111112", 10 / 9, id="as many decimals as a program writes"
        ),
        pytest.param(fields.Integer, "+3", 3, id="whole number"),
        pytest.param(fields.Bool, "True", True, id="true"),
        pytest.param(fields.Bool, "false", False, id="false"),
        pytest.param(fields.Work, "1d", timedelta(hours=8), id="a day of work"),
        pytest.param(fields.Elapsed, "1d", timedelta(hours=24), id="a day"),
        pytest.param(
            fields.Skills, ["react", "c++"], {"react": 3, "c++": 3}, id="skills as a list"
        ),
        pytest.param(fields.Skills, {"react": "5"}, {"react": 5}, id="skills with levels"),
        pytest.param(fields.Texts, "one", ("one",), id="one text for many"),
        pytest.param(fields.InnerPaths, "docs/**", ("docs/**",), id="one path for many"),
    ],
)
def test_a_kind_reads_its_own_text(kind: Any, written: object, value: object) -> None:
    assert read(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        pytest.param(fields.PerCent, "120", "120 is above 100: write 0 to 100", id="above"),
        pytest.param(fields.PerCent, "-1", "-1 is below 0: write 0 to 100", id="below"),
        pytest.param(fields.PerCent, "0.8", "0.8 is a fraction: write per cent, 80", id="fraction"),
        pytest.param(fields.PerCent, "100.0001", "100.0001 is above 100", id="hardly above"),
        pytest.param(fields.PerCent, "nan", "'nan' is not a number: write digits", id="nan"),
        pytest.param(fields.PerCent, "1e2", "'1e2' is not a number: write digits", id="exponent"),
        pytest.param(
            fields.Integer, "3.0", "'3.0' is not a whole number: write digits", id="point"
        ),
        pytest.param(fields.Integer, "9" * 5000, "is not a whole number", id="5,000 digits"),
        pytest.param(fields.Bool, "yes", "'yes' is neither true nor false: write", id="yes"),
        pytest.param(fields.AnyRef, "../x", "is not an id", id="id that leads out"),
        pytest.param(fields.AnyRef, "-x", "is not an id", id="id like an option"),
        pytest.param(fields.AnyRef, "tа", "is not an id", id="Cyrillic id"),
        pytest.param(fields.AnyRef, "x\n", "is not an id", id="id with a line break"),
        pytest.param(fields.InnerPath, "/etc/passwd", "leaves the workspace", id="absolute path"),
        pytest.param(fields.InnerPath, "a/../../b", "leaves the workspace", id="path that climbs"),
        pytest.param(fields.InnerPath, "~/x", "leaves the workspace", id="home"),
        pytest.param(fields.InnerPath, "C:\\x", "leaves the workspace", id="drive"),
        pytest.param(fields.InnerPath, "a\u202eb", "holds bidirectional overrides", id="bidi path"),
        pytest.param(fields.Argument, "a\0b", "holds control characters", id="NUL in a command"),
        pytest.param(fields.Skill, "", "is 0 characters long", id="empty skill"),
        pytest.param(fields.Skills, {"x": "6"}, "6 is no level: write 1 to 5", id="level six"),
        pytest.param(fields.Work, 4, "is int: write 4h or 30m", id="bare number"),
        pytest.param(fields.Text, None, "is empty: write text", id="null for text"),
    ],
)
def test_a_kind_refuses_with_what_to_write(kind: Any, written: object, message: str) -> None:
    assert message in refusal(kind, written)


def test_a_time_without_offset_is_in_the_zone_of_the_mission() -> None:
    moment = read(fields.Instant, "2024-01-15T14:30", timezone=ZoneInfo("Europe/Paris"))

    assert moment == datetime(2024, 1, 15, 13, 30, tzinfo=UTC)


def test_an_estimate_is_one_duration_or_three() -> None:
    one = Task.model_validate({"estimate": "4h"})
    three = Task.model_validate({"estimate": {"best": "1h", "likely": "2h", "worst": "8h"}})

    assert one.estimate == Estimate(likely=timedelta(hours=4))
    assert (three.estimate.best, three.estimate.worst) == (timedelta(hours=1), timedelta(hours=8))
    with pytest.raises(ValidationError, match="best ≤ likely ≤ worst"):
        Task.model_validate({"estimate": {"best": "3h", "likely": "2h"}})


@pytest.mark.parametrize(
    "thresholds",
    [
        pytest.param({"moderate": "5h", "critical": "4h"}, id="both given"),
        pytest.param({"critical": "1h"}, id="one against the default of another"),
    ],
)
def test_thresholds_of_escalation_that_are_out_of_order_are_refused(
    thresholds: dict[str, str],
) -> None:
    with pytest.raises(ValidationError, match="moderate ≤ critical ≤ mission_critical"):
        EscalationPolicy.model_validate(thresholds)


def test_an_agent_may_be_away_for_ever_or_in_windows() -> None:
    always = Agent.model_validate({"unavailable": "true"})
    never = Agent.model_validate({"unavailable": "false"})
    at_noon = Agent.model_validate({"unavailable": [{"from": NOON, "until": "2024-01-15T13:00Z"}]})

    assert always.is_away(NOON)
    assert not never.is_away(NOON)
    assert at_noon.is_away(NOON)
    assert not at_noon.is_away(NOON + timedelta(hours=1))


def test_a_check_is_chosen_by_the_key_that_is_given() -> None:
    assert isinstance(read(Check, {"exists": "docs/**"}), Exists)
    assert isinstance(read(Check, {"run": ["make", "test"], "timeout": "5m"}), Run)
    assert "is no check: name one of exists" in refusal(Check, {"junti": "a.xml"})
    assert "write a check" in refusal(Check, "done")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        pytest.param({"exists": []}, "names no file: write a path or glob", id="no file"),
        pytest.param(
            {"run": [" "]}, "names no program: write [program, argument]", id="no program"
        ),
    ],
)
def test_a_check_that_looks_at_nothing_is_refused(check: dict[str, Any], message: str) -> None:
    assert message in refusal(Check, check)


def test_an_alternative_without_parts_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        Task.model_validate({"estimate": "4h", "alternatives": [{"title": "x", "parts": {}}]})


def test_criteria_that_are_given_are_merged_over_those_of_the_type() -> None:
    milestone = Milestone.model_validate(
        {
            "type": "DEPLOYMENT_READY",
            "criteria": {"documentation": {"waive": "none"}, "more": {"manual": "x"}},
        }
    )

    assert list(milestone.all_criteria) == [
        "integration_tests", "security_audit", "documentation", "rollback_plan", "more",
    ]  # fmt: skip
    assert type(milestone.all_criteria["documentation"]).__name__ == "Waive"  # type: ignore[index]


@pytest.mark.parametrize(
    "zone",
    ["Mars/Olympus", "../UTC", "/etc/passwd", "", "UTC\0", "localtime", "posixrules", "right/UTC"],
)
def test_a_time_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError, match="is no time zone"):
        mission(timezone=zone)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param("Berlin", "did you mean Europe/Berlin?", id="a city"),
        pytest.param("New York", "did you mean America/New_York?", id="a city of two words"),
        pytest.param("Europe/Berln", "did you mean Europe/Berlin?", id="a slip"),
        pytest.param("utc", "did you mean UTC?", id="case"),
        pytest.param("CEST", "write UTC or Europe/Berlin", id="an abbreviation"),
        pytest.param("GMT+1", "write UTC or Europe/Berlin", id="an offset"),
    ],
)
def test_a_time_zone_that_is_nearly_one_is_suggested(written: str, hint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        mission(timezone=written)

    assert hint in str(refused.value)


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Mission.model_validate({"mission": "x", "started": NOON, "misson": "y"})
