"""Where this program keeps what is its own: outside of the missions, in the user's state folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import platformdirs

VARIABLE: Final = "ORCHESTRATOR_TUI_STATE"
OWN_NAME: Final = "orchestrator-tui"


def state_folder(environment: Mapping[str, str], chosen: Path | None = None) -> Path:
    """Return the state folder, which need not exist: as `chosen`, or as the environment says.

    Follows the XDG Base Directory Specification, which ignores relative paths in its variables.
    """
    if chosen is not None:
        return chosen
    if named := environment.get(VARIABLE):
        return Path(named)
    home = Path(environment.get("XDG_STATE_HOME", ""))
    if home.is_absolute():
        return home / OWN_NAME
    return Path(platformdirs.user_state_dir(OWN_NAME, appauthor=False))
