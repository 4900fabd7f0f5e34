"""The settings file: strict, with every problem at its place, under environment and flags."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.settings import DEFAULTS, Channel, ClockFormat
from orchestrator_tui.io.settings import (
    SettingsInvalid,
    actor_name,
    load_settings,
    settings_file,
)

WHOLE = """\
name: Alice Example
theme: orchestrator-light
clock: 12h
timezone: Europe/Berlin
keymap:
  mission.agent: x
channels:
  ops: ntfy://topic
  log: {file: messages.jsonl}
  page: {run: [pager, --now]}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsInvalid) as refused:
        load_settings({}, chosen=written(folder, text))
    return [str(each).removeprefix(str(folder)) for each in refused.value.problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings({"XDG_CONFIG_HOME": str(tmp_path)}) == DEFAULTS


def test_every_key_of_the_file_is_read(tmp_path: Path) -> None:
    settings = load_settings({}, chosen=written(tmp_path, WHOLE))

    assert settings.name == "Alice Example"
    assert settings.theme == "orchestrator-light"
    assert settings.clock is ClockFormat.HOURS_12
    assert settings.timezone == "Europe/Berlin"
    assert settings.keymap == {"mission.agent": "x"}
    assert settings.channels == {
        "ops": Channel(url="ntfy://topic"),
        "log": Channel(file=str(tmp_path / "messages.jsonl")),
        "page": Channel(run=("pager", "--now")),
    }


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_settings({}, chosen=written(tmp_path, "# nothing yet\n")) == DEFAULTS


@pytest.mark.parametrize(
    ("environment", "flags", "expected"),
    [
        pytest.param({}, {}, "file", id="the file over the defaults"),
        pytest.param({"ORCHESTRATOR_TUI_NAME": "env"}, {}, "env", id="the environment over it"),
        pytest.param(
            {"ORCHESTRATOR_TUI_NAME": "env"}, {"name": "flag"}, "flag", id="a flag over all"
        ),
        pytest.param({"ORCHESTRATOR_TUI_NAME": ""}, {"name": None}, "file", id="empty says none"),
    ],
)
def test_the_more_particular_source_wins(
    tmp_path: Path, environment: dict[str, str], flags: dict[str, str | None], expected: str
) -> None:
    file = written(tmp_path, "name: file\n")

    assert load_settings(environment, chosen=file, flags=flags).name == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "them: dark\n",
            ["/config.yaml:1:1: error: `them` is no key of the settings: did you mean theme?"],
            id="a misspelt key",
        ),
        pytest.param(
            "name: A\nclock: 24\n",
            ["/config.yaml:2:8: error: `clock` '24' is none of 24h, 12h: did you mean 24h?"],
            id="a clock that is none",
        ),
        pytest.param(
            "keymap:\n  mission.agnt: x\n",
            [
                (
                    "/config.yaml:2:3: error: `keymap.mission.agnt` is the id of no key:"
                    " did you mean mission.agent?"
                )
            ],
            id="a key nobody knows",
        ),
        pytest.param(
            "timezone: Europe/Berln\n",
            [
                (
                    "/config.yaml:1:11: error: `timezone` 'Europe/Berln' is no time zone:"
                    " did you mean Europe/Berlin?"
                )
            ],
            id="a zone that is none",
        ),
        pytest.param(
            "- name\n",
            [
                (
                    "/config.yaml:1:1: error: the settings are a mapping of keys, such as"
                    " name: Alice; name, theme, keymap, clock, timezone, lead, daily_report,"
                    " channels"
                )
            ],
            id="a list",
        ),
        pytest.param(
            "name: a\nname: b\n",
            ["/config.yaml:2:1: error: key `name` is given twice, first on line 1: remove one"],
            id="a key twice",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert problems(tmp_path, text) == expected


def test_every_problem_is_found_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "them: a\nclock: x\nkeymap: {nothing.at.all: y}\n")

    assert [each.split(":")[1] for each in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "channels: {ops: secret-token-1}",
        "channels: {ops: {url: secret-token-1}}",
        "channels: {ops: {url: 'slack://secret-token-1', file: x}}",
        "channels: {ops: [secret-token-1]}",
        "channels: {ops: {urls: secret-token-1}}",
        "channels: {ops: {url: !slack://secret-token-1 x}}",
        "channels: {'slack://secret-token-1': {file: x}}",
        "lead: {notify: ['slack://secret-token-1']}",
        "slack://secret-token-1: x",
    ],
)
def test_what_stands_in_a_channel_is_never_repeated(tmp_path: Path, text: str) -> None:
    found = problems(tmp_path, text)

    assert found
    assert "secret-token-1" not in " ".join(found)
    assert "secret-token-1" not in repr(Channel(url="secret-token-1"))


@pytest.mark.parametrize(
    ("environment", "flags", "said"),
    [
        pytest.param({"ORCHESTRATOR_TUI_CLOCK": "25h"}, {}, "ORCHESTRATOR_TUI_CLOCK", id="env"),
        pytest.param({}, {"timezone": "Nowhere/At"}, "--timezone", id="flag"),
    ],
)
def test_a_wrong_value_names_where_it_came_from(
    tmp_path: Path, environment: dict[str, str], flags: dict[str, str | None], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        load_settings(environment, chosen=written(tmp_path, ""), flags=flags)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no settings at .*gone\.yaml"):
        load_settings({}, chosen=tmp_path / "gone.yaml")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").mkdir()

    with pytest.raises(SettingsInvalid, match="is a folder, not a regular file"):
        load_settings({}, chosen=tmp_path / "config.yaml")


def test_the_file_is_where_the_environment_says(tmp_path: Path) -> None:
    assert settings_file({"XDG_CONFIG_HOME": str(tmp_path)}) == (
        tmp_path / "orchestrator-tui" / "config.yaml"
    )
    assert settings_file({"ORCHESTRATOR_TUI_CONFIG": "/own.yaml"}) == Path("/own.yaml")


def test_the_person_is_named_by_the_settings_else_by_the_login(tmp_path: Path) -> None:
    named = load_settings({}, chosen=written(tmp_path, "name: Alice\n"))

    assert actor_name(named, {}) == "Alice"
    assert actor_name(DEFAULTS, {})
