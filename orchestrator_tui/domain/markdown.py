"""Text that stands in Markdown as it is: no link, no markup, no HTML, no end of a table cell."""

import re

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&$^!]|:(?=[^\s\d])")
_AT_THE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_BARE_HOST = re.compile(r"(?i)\bwww\.")
_MENTION = re.compile(r"@")
_BACKTICKS = re.compile(r"`+")
_NOTHING = "<!-- -->"
"""Parts a word in two without being seen: what is parted is neither a mention nor an address."""


def escaped(text: str) -> str:
    """Return `text`, which is one safe line, so that Markdown shows it as it is."""
    safe = _ACTIVE.sub(r"\\\g<0>", text.strip())
    safe = _AT_THE_START.sub(_escape_the_start, safe)
    safe = _BARE_HOST.sub(lambda match: match[0][:-1] + "\\.", safe)
    return _MENTION.sub(f"@{_NOTHING}", safe)


def code(text: str) -> str:
    """Return `text`, which is one safe line, as code: for names that are to be copied.

    Not for the cells of a table, which end at a bar even in code.
    """
    if not text.strip():
        return escaped(text)
    longest = max((len(each) for each in _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    # one space at each end is taken away again, and keeps a backtick of the text off the fence
    room = " " if longest or (text[0] == " " and text[-1] == " ") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _escape_the_start(match: re.Match[str]) -> str:
    mark = match[1]
    return f"{mark}{_NOTHING}" if mark.isdigit() else f"\\{mark}"
