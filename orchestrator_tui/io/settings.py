"""Reads the settings file, and lays environment and flags over it.

Defaults < file < environment < flags. A file with any error is refused whole, with every problem
at its place.
"""

import getpass
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from orchestrator_tui.domain.errors import MissionInvalid, UsageError
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.state_dir import OWN_NAME

VARIABLE: Final = "ORCHESTRATOR_TUI_CONFIG"
FILE_NAME: Final = "config.yaml"
_OF_THE_ENVIRONMENT: Final = {
    f"ORCHESTRATOR_TUI_{key.upper()}": key for key in ("name", "theme", "clock", "timezone")
}
NOBODY: Final = "somebody"
"""Who acts where neither the settings nor the system name anybody."""


def settings_file(environment: Mapping[str, str], chosen: Path | None = None) -> Path:
    """Return where the settings are, which need not exist."""
    if chosen is not None:
        return chosen
    if named := environment.get(VARIABLE):
        return Path(named)
    home = Path(environment.get("XDG_CONFIG_HOME", ""))
    if home.is_absolute():
        return home / OWN_NAME / FILE_NAME
    if sys.platform != "linux":
        import platformdirs  # noqa: PLC0415 - on Linux it only costs the start, and says the same

        return Path(platformdirs.user_config_dir(OWN_NAME, appauthor=False)) / FILE_NAME
    return Path.home() / ".config" / OWN_NAME / FILE_NAME


def load_settings(
    environment: Mapping[str, str],
    *,
    chosen: Path | None = None,
    flags: Mapping[str, str | None] | None = None,
) -> Settings:
    """Return the settings in force.

    Raises SettingsInvalid with every problem of the file, and UsageError where the environment or
    a flag says what cannot be, or names a file that is not there.
    """
    file = settings_file(environment, chosen)
    is_named = chosen is not None or VARIABLE in environment
    layers: list[Mapping[str, Any]] = []
    if _is_there(file):
        layers.append(_read(file))
    elif is_named:
        raise UsageError(f"there are no settings at {plain_text(str(file))}: name a file")
    layers += [
        _checked(name, key, value)
        for name, key in _OF_THE_ENVIRONMENT.items()
        if (value := environment.get(name))
    ]
    layers += [
        _checked(f"--{key}", key, value)
        for key, value in (flags or {}).items()
        if value is not None
    ]
    if not layers:
        return DEFAULTS
    return Settings(**{key: value for layer in layers for key, value in layer.items()})


def actor_name(settings: Settings, environment: Mapping[str, str]) -> str:
    """Return who the person is: as the settings say, else as the login does."""
    if settings.name:
        return settings.name
    with suppress(OSError, KeyError):  # no such user, as in some containers
        return plain_text(getpass.getuser(), limit=80)
    return environment.get("USER") or NOBODY


class SettingsInvalid(MissionInvalid):
    """The settings file was read, and makes no sense."""


def _is_there(file: Path) -> bool:
    """Say whether there is a file, be it closed to us: reading it then says so."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _read(file: Path) -> Mapping[str, Any]:
    from orchestrator_tui.io.reading.settings_yaml import (  # noqa: PLC0415 - heavy, and seldom
        read_settings,
    )

    found, problems = read_settings(file)
    if problems:
        raise SettingsInvalid(problems)
    return found


def _checked(source: str, key: str, text: str) -> Mapping[str, Any]:
    from orchestrator_tui.io.reading.settings_yaml import (  # noqa: PLC0415 - heavy, and seldom
        checked_values,
    )

    found, wrong = checked_values({key: text})
    for each in wrong:
        raise UsageError(f"{source}: {each}")
    return found
