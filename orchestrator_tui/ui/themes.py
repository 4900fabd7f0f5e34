"""Two themes of our own: calm, one accent, alarm colours only where something is wrong."""

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.text import plain_text

DARK: Final = Theme(
    name="orchestrator-dark",
    primary="#4cc2b0",
    secondary="#7f8ea3",
    accent="#4cc2b0",
    warning="#e5b567",
    error="#f2777a",
    success="#4cc2b0",
    foreground="#d3d9e3",
    background="#10141b",
    surface="#10141b",
    panel="#1b212b",
    dark=True,
    variables={
        "strong": "#f1f4f8",
        "muted": "#838f9f",
        "frame": "#333d4b",
        "track": "#3a4554",
        "bar": "#3fa294",
        "cursor": "#1d2733",
        "cursor-idle": "#161c25",
        "alarm-back": "#3b1d23",
        "past": "#b39ddb",
        "past-line": "#2c2541",
        "past-idle": "#1c1829",
        "past-frame": "#4d4370",
        "past-back": "#14121c",
    },
)
LIGHT: Final = Theme(
    name="orchestrator-light",
    primary="#00776b",
    secondary="#5b6673",
    accent="#00776b",
    warning="#8f5a00",
    error="#b3261e",
    success="#00776b",
    foreground="#29313b",
    background="#fafaf7",
    surface="#fafaf7",
    panel="#ecece6",
    dark=False,
    variables={
        "strong": "#0b0f14",
        "muted": "#646e79",
        "frame": "#c4c7c4",
        "track": "#c9cdc9",
        "bar": "#0a8577",
        "cursor": "#e4efec",
        "cursor-idle": "#f1f3ef",
        "alarm-back": "#fbe4e1",
        "past": "#6a4bb0",
        "past-line": "#e4dcf5",
        "past-idle": "#eee9f8",
        "past-frame": "#c3b5e2",
        "past-back": "#f5f2fb",
    },
)
THEMES: Final = (DARK, LIGHT)


def require_theme(name: str) -> None:
    """Raise UsageError, with all there are, unless a theme has this name."""
    names = {*BUILTIN_THEMES, *(each.name for each in THEMES)}
    if name not in names:
        known = ", ".join(sorted(names))
        raise UsageError(f"there is no theme {plain_text(name, limit=80)!r}: write one of {known}")
