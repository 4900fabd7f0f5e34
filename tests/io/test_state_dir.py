"""Where this program keeps what is its own."""

from pathlib import Path

import pytest

from orchestrator_tui.io.state_dir import state_folder

HOME = Path.home() / ".local" / "state" / "orchestrator-tui"


@pytest.mark.parametrize(
    ("environment", "chosen", "expected"),
    [
        pytest.param({}, None, HOME, id="by default in the home folder"),
        pytest.param({"XDG_STATE_HOME": "/s"}, None, Path("/s/orchestrator-tui"), id="XDG"),
        pytest.param({"XDG_STATE_HOME": "s"}, None, HOME, id="a relative XDG path is ignored"),
        pytest.param({"XDG_STATE_HOME": ""}, None, HOME, id="an empty XDG path is ignored"),
        pytest.param(
            {"XDG_STATE_HOME": "/s", "ORCHESTRATOR_TUI_STATE": "/own"},
            None,
            Path("/own"),
            id="the program's own variable",
        ),
        pytest.param(
            {"ORCHESTRATOR_TUI_STATE": "/own"}, Path("/asked"), Path("/asked"), id="the option"
        ),
    ],
)
def test_the_more_particular_wish_wins(
    environment: dict[str, str], chosen: Path | None, expected: Path
) -> None:
    assert state_folder(environment, chosen) == expected
