"""The ids of all keys, by which the settings remap them."""

from typing import Final

KEY_IDS: Final = (
    "app.help",
    "app.missions",
    "app.palette",
    "app.quit",
    "mission.agent",
    "mission.timeline",
    "screen.back",
    "screen.filter",
)
"""In the order of the alphabet; a test holds them equal to those of the screens."""
