"""Where this program keeps what is its own: outside of the missions, in the user's state folder."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import UsageError

VARIABLE: Final = "ORCHESTRATOR_TUI_STATE"
OWN_NAME: Final = "orchestrator-tui"


def state_folder(environment: Mapping[str, str], chosen: Path | None = None) -> Path:
    """Return the state folder, which need not exist: as `chosen`, or as the environment says.

    Follows the XDG Base Directory Specification, which ignores relative paths in its variables.
    Raises UsageError where nothing names a folder, and this user has no home.
    """
    if chosen is not None:
        return chosen
    if named := environment.get(VARIABLE):
        return Path(named)
    home = Path(environment.get("XDG_STATE_HOME", ""))
    if home.is_absolute():
        return home / OWN_NAME
    if sys.platform != "linux":
        import platformdirs  # noqa: PLC0415 - on Linux a tenth of a report, and the same answer

        return Path(platformdirs.user_state_dir(OWN_NAME, appauthor=False))
    try:
        return Path.home() / ".local" / "state" / OWN_NAME
    except RuntimeError:
        raise UsageError(
            "you have no home folder to keep state in:"
            f" name a folder with --state-dir or {VARIABLE}"
        ) from None
