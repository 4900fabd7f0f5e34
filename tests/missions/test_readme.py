"""What the README says is so."""

import re
from pathlib import Path

import pytest

from orchestrator_tui.cli.words import COMMANDS
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.key_ids import KEY_IDS
from orchestrator_tui.domain.milestone import CRITERIA_BY_TYPE
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import MilestoneType
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.engine.handing_over import Copies, handover_values
from orchestrator_tui.engine.summary import summarize
from orchestrator_tui.io.settings import load_settings
from orchestrator_tui.presentation.rows.help import KEYS
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.keymap import keymap_faults
from orchestrator_tui.ui.themes import require_theme
from tests.builders import START, approved, judged, mission
from tests.missions.commands import ROOT, orchestrator_tui

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOUSE_AND_MARKS = {"The mouse", "Marks"}


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told_of(command: str) -> None:
    assert f"`… {command}" in README


def test_no_command_is_told_of_that_does_not_exist() -> None:
    assert set(re.findall(r"`… (\w+)", README)) == set(COMMANDS)


@pytest.mark.parametrize(
    "key",
    sorted(
        key.replace("^", "ctrl+")
        for title, rows in KEYS
        if title not in MOUSE_AND_MARKS
        for row in rows
        for key in row.keys.replace(" … ", " ").split()
    ),
)
def test_every_key_of_the_help_is_told_of(key: str) -> None:
    assert f"`{key}`" in README


def test_the_mission_of_the_readme_is_one(tmp_path: Path) -> None:
    (mission,) = (each for each in blocks("yaml") if "mission:" in each)
    path = tmp_path / "wiki.yaml"
    path.write_text(mission, encoding="utf-8")

    done = orchestrator_tui("check", str(path))

    assert done.returncode == 0, done.stdout
    assert "warning:" not in done.stdout


def test_the_settings_of_the_readme_are_valid(tmp_path: Path) -> None:
    (text,) = (each for each in blocks("yaml") if "keymap:" in each)
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")

    settings = load_settings({}, chosen=path)

    assert keymap_faults(settings.keymap, OrchestratorApp) == ()
    require_theme(settings.theme)


@pytest.mark.parametrize("key_id", KEY_IDS)
def test_every_id_of_a_key_is_told_of(key_id: str) -> None:
    where, _, what = key_id.partition(".")
    (line,) = re.findall(rf"^- `{where}\.`: (.*(?:\n  .*)*)", README, re.MULTILINE)

    assert f"`{what}`" in line


def test_every_picture_and_link_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)

    assert [each for each in links if "://" not in each and not (ROOT / each).exists()] == []


@pytest.mark.parametrize(
    "line", [each for block in blocks("sh") for each in block.splitlines() if " status " in each]
)
def test_every_status_of_the_readme_works(line: str) -> None:
    done = orchestrator_tui(*line.split()[1:])

    assert done.returncode == 0, done.stderr


def test_the_gate_runs_the_tests_as_the_readme_says() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pytest -n auto" in gate
    assert "pytest -n auto" in README


def test_every_place_of_a_template_is_told_of() -> None:
    (names,) = re.findall(r"dollar sign\. There are (.*?)\. Nothing", README, re.DOTALL)

    assert set(re.findall(r"`(\w+)`", names)) == set(
        handover_values(*_handed_over(), Copies("", 0))
    )


@pytest.mark.parametrize("kind", [each for each in MilestoneType if CRITERIA_BY_TYPE[each]])
def test_the_criteria_of_every_type_are_told_of(kind: MilestoneType) -> None:
    table = re.findall(r"^\|.*\|$", README.split("## Milestones")[1], re.MULTILINE)[:6]
    heading, _, *rows = ([cell.split("`")[1] for cell in each[2:].split(" | ")] if "`" in each
                         else [] for each in table)  # fmt: skip

    told = [row[heading.index(kind)] for row in rows]
    assert told == list(CRITERIA_BY_TYPE[kind])


def _handed_over() -> tuple[MilestoneSummary, Mission, Judgement]:
    """Return what is handed over of the smallest mission there is."""
    one = mission(milestones={"M1": {}})
    judgement = judged(one, facts=approved(0))
    return summarize(one, judgement, MilestoneId("M1"), START), one, judgement
