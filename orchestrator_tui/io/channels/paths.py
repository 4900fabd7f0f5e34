"""What the paths in a channel mean: those of the person who wrote the settings."""

import os.path
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from orchestrator_tui.domain.settings import Channel


def rooted(channels: Mapping[str, Channel], folder: Path) -> dict[str, Channel]:
    """Return the channels with absolute paths: `~` is the home, the rest begins at `folder`."""
    return {name: _rooted(each, folder) for name, each in channels.items()}


def _rooted(channel: Channel, folder: Path) -> Channel:
    if channel.file is not None:
        return replace(channel, file=_absolute(channel.file, folder))
    if channel.run and os.sep in channel.run[0]:  # else it is looked for in PATH
        return replace(channel, run=(_absolute(channel.run[0], folder), *channel.run[1:]))
    return channel


def _absolute(path: str, folder: Path) -> str:
    return os.path.abspath(folder / os.path.expanduser(path))  # noqa: PTH100, PTH111 - they never fail, and `..` goes
