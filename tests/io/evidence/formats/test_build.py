from datetime import UTC, datetime

import pytest

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.evidence.formats.build import read_builds
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from tests.io.evidence.formats.reports import as_json

PASSED = {"status": "passed", "finished": "2024-01-15T14:00Z", "url": "https://ci.example/7"}
FAILED = {"status": "failed", "finished": "2024-01-15T15:30+02:00"}
RUNNING = {"status": "running", "url": "https://ci.example/8"}


@pytest.mark.parametrize(
    ("raws", "state", "told"),
    [
        pytest.param(as_json(PASSED), CriterionState.PASSED,
                     "the newest build says passed (https://ci.example/7)", id="passed"),
        pytest.param(as_json(FAILED), CriterionState.FAILED, "the newest build says failed",
                     id="failed"),
        pytest.param(as_json(FAILED, "1.json") + as_json(PASSED, "2.json"), CriterionState.PASSED,
                     "the newest build says passed (https://ci.example/7)",
                     id="the newest counts, by its time and not by its name"),
        pytest.param(as_json([PASSED, {**FAILED, "finished": "2024-01-15 16:00"}]),
                     CriterionState.FAILED, "the newest build says failed", id="a list of records"),
        pytest.param(as_json([PASSED, RUNNING]), CriterionState.PASSED,
                     "the newest build says passed, 1 build not finished (https://ci.example/7)",
                     id="one still running"),
        pytest.param(as_json(RUNNING), CriterionState.FAILED,
                     "no build has finished, 1 build not finished", id="all still running"),
        pytest.param([("b.yaml", b"status: Passed\nfinished: 2024-01-15T14:00Z\n")],
                     CriterionState.PASSED, "the newest build says Passed", id="YAML"),
        pytest.param(as_json({**FAILED, "status": "\x1b[2Jpassed"}), CriterionState.FAILED,
                     "the newest build says ␛[2Jpassed", id="hostile words"),
        pytest.param(as_json([]), CriterionState.FAILED, "no build has finished", id="no record"),
    ],
)  # fmt: skip
def test_the_newest_build_decides(
    raws: list[tuple[str, bytes]], state: CriterionState, told: str
) -> None:
    verdict = read_builds(raws).verdict()

    assert (verdict.state, verdict.detail) == (state, told)


def test_records_are_given_newest_first_in_utc() -> None:
    builds = read_builds(as_json([FAILED, PASSED]))

    assert [each.finished for each in builds.finished] == [
        datetime(2024, 1, 15, 14, 0, tzinfo=UTC),
        datetime(2024, 1, 15, 13, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("file", "raw", "told"),
    [
        pytest.param("b.json", b"", "b.json: is empty", id="empty JSON"),
        pytest.param("b.yaml", b"", "b.yaml: is empty", id="empty YAML"),
        pytest.param("b.json", b"3", "b.json: a record is a number, not an object",
                     id="a number"),
        pytest.param("b.yaml", b"passed", "b.yaml: a record is text, not an object", id="a word"),
        pytest.param("b.json", b"{}", "b.json: is no build record: it has no `status`",
                     id="no status"),
        pytest.param("b.json", b'{"status": true}',
                     "b.json: `status` is true or false, not text", id="a status that is none"),
        pytest.param("b.json", b'{"status": "failed"}',
                     "b.json: says failed, but not when: it has no `finished`", id="no time"),
        pytest.param("b.yaml", b"status: passed\nfinished: yesterday",
                     "b.yaml: `finished` is not a time: write 2024-01-15T14:30Z",
                     id="no such time"),
        pytest.param("b.yaml", b"status: passed\nstatus: failed",
                     "b.yaml:2: key `status` is given twice, first on line 1: remove one",
                     id="duplicate keys"),
        pytest.param("b.yaml", b"status: 'passed", None, id="cut off"),
        pytest.param("b.yaml", b"a: &a [1]\n" + b"b: [" + b"*a," * 20_000 + b"]", None,
                     id="many aliases"),
        pytest.param("b.yaml", b"[" * 100_000, None, id="deep YAML"),
        pytest.param("b.yaml", b"status: \xff", "b.yaml:1: byte 0xFF is not UTF-8: save the file"
                     " as UTF-8", id="not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(file: str, raw: bytes, told: str | None) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        read_builds([(file, raw)])

    assert told is None or refused.value.detail == told
