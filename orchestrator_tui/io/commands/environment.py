"""What a command is given of the environment: names that are on a list, and nothing else.

Tokens and keys of the person stand in variables, so everything that is not needed is left out.
"""

import os
from collections.abc import Mapping
from typing import Final

OWN: Final = (
    "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "SHELL", "TMPDIR", "TZ", "USER",
)  # fmt: skip
"""Passed on as the person has them: a pin covers that they are, and not what is in them."""
FIXED: Final = {
    "CI": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "NO_COLOR": "1",
    "PYTHONUNBUFFERED": "1",
    "TERM": "dumb",
}
"""The same for every command."""
PATH: Final = "PATH"
"""Passed on, and covered by a pin: it decides which programs are meant."""


def given_environment(person: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return all that a command is given, in the order of the names."""
    own = {name: person[name] for name in OWN if name in person}
    whole = own | FIXED | {PATH: search_path(person)}
    return tuple(sorted(whole.items()))


def search_path(person: Mapping[str, str]) -> str:
    """Return the absolute folders of the person's `PATH`, in order.

    A relative one would mean the folder of whoever wrote the mission.
    """
    folders = person.get(PATH, os.defpath).split(os.pathsep)
    return os.pathsep.join(each for each in folders if each.startswith("/"))


def pinned_environment(given: tuple[tuple[str, str], ...]) -> dict[str, str | None]:
    """Return what a pin covers: what was decided here by value, the person's own by name alone."""
    decided = {name: value for name, value in given if name not in OWN}
    return dict.fromkeys(OWN) | decided
