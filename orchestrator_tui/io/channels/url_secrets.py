"""What in the URL of a service is secret, and texts without it.

In most URLs of Apprise everything after the scheme is a secret: tokens stand where a host, a user
or a path would be. So none of it may remain, whatever it is.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote, unquote_plus

HIDDEN: Final = "…"
SHORTEST: Final = 3
"""Characters of a part that is looked for inside of words; what is shorter has to stand alone."""

_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_STEPS: Final = re.compile(r"[/?&]|(?<=\w)=")
_DIVIDERS: Final = re.compile(r"[/?&=:@,;+#\s]+")
ANY_URL: Final = re.compile(r"\w[\w+.-]*://\S+")
_ANY_TOKEN: Final = re.compile(r"[\w.~+/=-]{24,}")
"""What is as long as this, and without a space, is a secret rather than a word."""


class VariableUnset(Exception):
    """A URL names a variable that the environment does not have; its text is the name."""


def filled(url: str, environment: Mapping[str, str]) -> str:
    """Return `url` with the variables that it names, each quoted; raises VariableUnset."""

    def value(found: re.Match[str]) -> str:
        if not environment.get(found[1]):
            raise VariableUnset(found[1])
        return quote(environment[found[1]], safe="")

    return _VARIABLE.sub(value, url)


def scrubbed(text: str, url: str) -> str:
    """Return `text` without any part of `url` beside its scheme, and without what looks secret."""
    found = ANY_URL.sub(HIDDEN, text)
    for part in sorted(_parts(url), key=len, reverse=True):
        pattern = "".join(map(_in_any_form, part))
        if len(part) < SHORTEST:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        found = re.sub(pattern, HIDDEN, found, flags=re.IGNORECASE)
    return _ANY_TOKEN.sub(HIDDEN, found)


def _parts(url: str) -> set[str]:
    """Return what stands in a URL, whole and divided, as it was before it was quoted."""
    _, _, rest = url.partition("://")
    user, at, _ = rest.rpartition("@")
    wholes = [rest, *_STEPS.split(rest), *_DIVIDERS.split(rest), *_DIVIDERS.split(unquote(rest))]
    if at:
        wholes += [user, b64encode(unquote(user).encode()).decode()]
    plain = {unquote(each) for each in wholes} | {unquote_plus(each) for each in wholes}
    return {form for each in plain for form in (each, repr(each)[1:-1]) if form.strip()}


def _in_any_form(character: str) -> str:
    """Return the pattern of a character, quoted for a URL or not."""
    raw = character.encode("utf-8", "surrogatepass")
    quoted = "".join(f"%{byte:02x}" for byte in raw)
    return rf"(?:{re.escape(character)}|{quoted}{'|[+]' if character == ' ' else ''})"
