"""`notify`: sends a test message through one channel of the settings."""

import os
import uuid
from collections.abc import Mapping
from time import monotonic
from typing import Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer
from orchestrator_tui.cli.options import ConfigOption
from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.io.channels.delivering import NotDelivered, deliver
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.settings import actor_name, load_settings, settings_file

TEST: Final = "test"
TITLE: Final = "A test message of orchestrator-tui"


def notify(
    what: Annotated[str, typer.Argument(metavar=TEST, help="Sends a test message.")],
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="Its name in the settings.")],
    *,
    config: ConfigOption = None,
) -> None:
    """Send a test message through a channel of your settings, and say what happened.

    The exit status is 0 where it was delivered, else 1.
    """
    if what != TEST:
        meant = plain_text(what, limit=80)
        raise UsageError(f"notify {meant!r} is nothing to do: write notify test CHANNEL")
    settings = load_settings(os.environ, chosen=config)
    file = plain_text(str(settings_file(os.environ, config)))
    found = _chosen(channel, settings.channels, file)
    message = _test_message(channel, actor_name(settings, os.environ))
    began = monotonic()
    try:
        deliver(found, message)
    except NotDelivered as error:
        answer(f"{channel}: not delivered: {error.why}\n")
        raise typer.Exit(1) from None
    answer(f"{channel}: delivered in {monotonic() - began:.1f} s, id {message.id}\n")


def _chosen(name: str, channels: Mapping[str, Channel], file: str) -> Channel:
    """Return the channel of that name; raises MissionNotFound."""
    if name in channels:
        return channels[name]
    if not channels:
        raise MissionNotFound(
            f"there are no channels: write some in {file}, such as"
            f" channels: {{{_example(name)}: {{file: messages.jsonl}}}}"
        )
    raise MissionNotFound(f"{not_found('channel', name, list(channels))}; they are set in {file}")


def _example(name: str) -> str:
    return name if name.isalnum() and name.isascii() and len(name) < len(TITLE) else "desk"


def _test_message(channel: str, name: str) -> OutgoingMessage:
    key = uuid.uuid4().hex
    return OutgoingMessage(
        id=key,
        mission=MissionId(""),
        channel=channel,
        made=system_clock(),
        subject=TEST,
        body=f"{TITLE}\n{plain_text(name)} sent it to see whether this channel works.\nid {key}",
        items=(MessageItem("TEST", MissionId(""), TEST, None, TITLE),),
    )
