"""`notify test`: says whether a channel works, before it is needed."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.cli.commands import modules_after

SETTINGS = """\
name: Alice
channels:
  log: {file: sent/messages.jsonl}
  pager: {run: [sh, -c, "echo nobody is there; exit 1"]}
  desk: {terminal: [bell]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yaml"
    file.write_text(SETTINGS)
    return file


def test_a_test_message_is_sent_and_told_of(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = call(capsys, "notify", "test", "log", "--config", config)

    document = json.loads((config.parent / "sent" / "messages.jsonl").read_text())
    assert said.status == 0
    assert re.fullmatch(rf"log: delivered in \d+\.\d s, id {document['id']}\n", said.out)
    assert document["channel"] == "log"
    assert document["items"][0]["kind"] == "TEST"
    assert "Alice sent it" in document["text"]


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        pytest.param("pager", "exited with 1: nobody is there", id="a command that fails"),
        pytest.param(
            "desk",
            "it is a terminal: every open app rings by itself, and nothing is sent",
            id="a terminal",
        ),
    ],
)
def test_what_is_not_delivered_is_told_with_exit_1(
    config: Path, capsys: pytest.CaptureFixture[str], channel: str, why: str
) -> None:
    said = call(capsys, "notify", "test", channel, "--config", config)

    assert (said.status, said.out) == (1, f"{channel}: not delivered: {why}\n")


def test_a_channel_that_is_not_set_is_told_with_the_nearest(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = call(capsys, "notify", "test", "lgo", "--config", config)

    assert said.status == 4
    assert "there is no channel 'lgo': did you mean log?" in said.err
    assert f"they are set in {config}" in said.err


def test_who_has_no_channels_is_told_where_to_write_some(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text("name: Alice\n")

    said = call(capsys, "notify", "test", "ops", "--config", config)

    assert said.status == 4
    assert f"write some in {config}, such as channels: {{ops: {{file:" in said.err


def test_nothing_else_can_be_done(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(capsys, "notify", "tset", "log", "--config", config)

    assert (said.status, said.out) == (2, "")
    assert "write notify test CHANNEL" in said.err


def test_it_loads_neither_apprise_nor_the_screen(config: Path) -> None:
    loaded = modules_after("notify", "test", "log", "--config", config)

    assert {each.partition(".")[0] for each in loaded} & {"apprise", "requests", "textual"} == set()
