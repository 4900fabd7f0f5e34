"""How keys are written for a person, and which of them the settings put in the place of others.

They are set once, when the app starts, and hold for the app's own context.
"""

import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

Keymap = Mapping[str, str]
"""By the id of a key: the keys that do it instead, divided by commas."""
USUAL: Final[Keymap] = MappingProxyType({})
_SIGNS: Final = {
    "escape": "esc",
    "slash": "/",
    "backslash": "\\",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
    "at": "@",
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
    "apostrophe": "'",
    "asterisk": "*",
    "ampersand": "&",
    "tilde": "~",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_KEYMAP: Final[ContextVar[Keymap]] = ContextVar("keymap", default=USUAL)


def read_keys_as(keymap: Keymap) -> None:
    """Name keys as `keymap` has them from now on, in this context and those made from it."""
    _KEYMAP.set(keymap)


def is_moved(key_id: str) -> bool:
    """Say whether another key than usual does it."""
    return bool(_KEYMAP.get().get(key_id))


def key_of(key_id: str, usual: str) -> str:
    """Return the key of an id as a person reads it; the first, where several do it."""
    chosen = _KEYMAP.get().get(key_id) or usual
    return shown_key(next((each for each in chosen.split(",") if each.strip()), usual))


def shown_key(key: str) -> str:
    """Return a key as a person reads it: `^k` for `ctrl+k`, `[` for `left_square_bracket`."""
    *modifiers, last = key.strip().split("+") if len(key) > 1 else (key,)
    sign = _SIGNS.get(last) or _sign_named(last)
    if "ctrl" in modifiers:
        modifiers.remove("ctrl")
        sign = f"^{sign}"
    return "+".join((*modifiers, sign))


def _sign_named(name: str) -> str:
    if "_" not in name:
        return name
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name
