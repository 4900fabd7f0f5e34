import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from orchestrator_tui.cli.guide import BEGIN, EVERYBODY, agent_guide, agents_file
from orchestrator_tui.cli.new import MissionTemplate, mission_text
from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.milestone import Review
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.domain.task import Task
from tests.cli.calling import call
from tests.cli.commands import run

NOW = datetime(2024, 1, 15, 16, 15, 42, tzinfo=UTC)


@pytest.mark.parametrize("template", MissionTemplate)
def test_a_new_mission_has_no_problem(template: str, tmp_path: Path) -> None:
    made = run("new", "chat-app", "--template", template, cwd=tmp_path)
    checked = run("check", cwd=tmp_path)
    shown = run("status", cwd=tmp_path)

    assert (made.returncode, checked.returncode, shown.returncode) == (0, 0, 0)
    assert checked.stdout == b""
    assert "MISSION: Chat app" in shown.stdout.decode()
    assert sorted(each.name for each in (tmp_path / "missions").iterdir()) == [
        "AGENTS.md",
        "chat-app.yaml",
    ]


def test_its_times_are_around_now() -> None:
    text = mission_text(Path("missions/x.yaml"), MissionTemplate.STARTER, NOW)

    read = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text

    assert read["started"] == "2024-01-15T15:15Z"
    assert read["agents"]["builder"]["updated"] == "2024-01-15T16:15Z"
    assert read["deadline"] == "2024-01-17T16:15Z"


def test_a_mission_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    run("new", "one", cwd=tmp_path)
    (tmp_path / "missions" / "one.yaml").write_text("mine")

    done = run("new", "one", cwd=tmp_path)

    assert done.returncode == 3
    assert "is there already; nothing was written" in done.stderr.decode()
    assert (tmp_path / "missions" / "one.yaml").read_text() == "mine"


def test_a_folder_mission_of_that_name_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "missions" / "one").mkdir(parents=True)

    done = run("new", "one", cwd=tmp_path)

    assert done.returncode == 3
    assert not (tmp_path / "missions" / "one.yaml").exists()


def test_instructions_are_added_once_to_those_that_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "missions"
    folder.mkdir()
    (folder / "AGENTS.md").write_text("# Ours\n", encoding="utf-8")

    run("new", "one", cwd=tmp_path)
    run("new", "two", cwd=tmp_path)

    text = (folder / "AGENTS.md").read_text(encoding="utf-8")
    assert text.startswith("# Ours\n\n")
    assert text.count(BEGIN) == 1
    assert EVERYBODY in text


@pytest.mark.parametrize("existing", ["", "no newline", "newline\n"])
def test_what_stands_in_the_instructions_is_kept(existing: str) -> None:
    text = agents_file(existing)

    assert text.startswith(existing)
    assert agents_file(text) == text


def test_a_guide_speaks_to_one_agent() -> None:
    done = run("guide", "--agent", "react-expert")

    text = done.stdout.decode()
    assert done.returncode == 0
    assert "You are the agent `react-expert`." in text
    assert "agents/react-expert.yaml" in text
    assert "$" not in text


def test_the_example_of_the_guide_is_valid() -> None:
    example = agent_guide("me").split("```yaml\n")[1].split("```")[0]
    read = yaml.load(example, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    read["tasks"]["chat-ui"]["estimate"] = "10h"

    mission = Mission.model_validate({"mission": "x", "started": NOW, **read})

    assert mission.blockers


def test_every_field_that_the_guide_names_exists() -> None:
    table = agent_guide("me").split("| --- | --- |\n")[1].split("\n\n")[0]
    models: dict[str, type[BaseModel]] = {
        "agents": Agent,
        "tasks": Task,
        "blockers": Blocker,
        "milestones": Review,
    }

    for row in table.splitlines():
        _, entry, fields, _ = row.split("|")
        named = set(fields.split("`")[1::2])
        assert named <= set(models[entry.strip(" `").split(".")[0]].model_fields)


def test_every_command_of_the_guide_can_be_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chat-app.yaml"
    path.write_text(
        "mission: Chat\nstarted: 2024-01-15T08:00Z\nagents: {me: {}, api-architect: {}}\n"
        "tasks:\n  chat-ui: {agent: me, estimate: 10h}\n"
        "  api: {agent: api-architect, estimate: 10h}\n"
        "milestones: {M1_API_DESIGN: {tasks: [api]}}\n"
    )
    lines = agent_guide("me").split("```sh\n")[1].split("```")[0].splitlines()

    for line in lines:
        words = shlex.split(line.replace("MISSION", str(path)))[1:]
        assert call(capsys, *words).status == 0, line


def test_the_guide_names_every_state() -> None:
    assert all(f"`{each}`" in agent_guide("me") for each in AgentState)
