"""`schema`: the JSON Schema, the one beside the missions included."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.cli.schema import schema_document
from orchestrator_tui.io.reading.format_shape import SECTIONS

KEPT = Path(__file__).parents[2] / "missions" / "mission.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return dict(json.loads(schema_document()))


def test_the_schema_beside_the_missions_is_the_one_that_is_printed(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert run(["schema"]) == 0
    assert capfdbinary.readouterr().out == KEPT.read_bytes()


def test_the_schema_says_which_dialect_it_is_in(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["mission", "started"]


def test_every_section_is_a_mapping_by_id(schema: dict[str, Any]) -> None:
    for section in SECTIONS:
        (pattern,) = schema["properties"][section]["patternProperties"]
        assert pattern == "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
        assert schema["properties"][section]["additionalProperties"] is False


def test_defaults_are_written_as_a_mission_has_them(schema: dict[str, Any]) -> None:
    policy = schema["$defs"]["Policy"]["properties"]

    assert policy["fresh_within"]["default"] == "15m"
    assert policy["suspicious_approval"]["default"] == "10s"
    assert schema["$defs"]["Task"]["properties"]["spent"]["default"] == "0h"


def test_fields_are_described_in_the_words_of_the_models(schema: dict[str, Any]) -> None:
    task = schema["$defs"]["Task"]

    assert task["description"] == "One piece of work."
    assert task["properties"]["after"]["description"] == (
        "Ids of tasks and milestones it waits for."
    )


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    references = {part.split('"')[0] for part in json.dumps(schema).split('"$ref": "#/$defs/')[1:]}

    assert references <= schema["$defs"].keys()
