"""Text that stays text in a chat: nobody is called by it, nothing is linked, nothing formatted.

Chat services read markup of their own out of what they are sent, and what is escaped for one is
markup to the next. So nothing is escaped: what could begin markup is made into what begins none
anywhere. Signs are exchanged for their likes (`<` is `‹`, `*` is `∗`), and after an `@`, in `](`
and in `://` stands a word joiner, which nobody sees. It reads as it was written.
"""

import re
from typing import Final

WORD_JOINER: Final = "\N{WORD JOINER}"

_LIKES: Final = str.maketrans(
    {
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "*": "\N{ASTERISK OPERATOR}",
        "`": "\N{MODIFIER LETTER GRAVE ACCENT}",
        "~": "\N{TILDE OPERATOR}",
    }
)
"""Brackets of tags, links and mentions; emphasis, code, strokes through."""
_EDGE_LINE: Final = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
"""Low lines that are not inside of a word, as in names of Python they are."""
_LOW_LIKE: Final = "\N{MODIFIER LETTER LOW MACRON}"
_BROKEN: Final = re.compile(
    r"(?<=@)"  # a mention: @everyone, @channel, @alice
    r"|(?<=\])(?=[(\[:])"  # a link with a text: [text](target), [text][name], [name]: target
    r"|(?<=:)(?=//)|(?<=\bwww)(?=\.)"  # a link by itself, which services look up for a preview
    r"|(?<=&)(?=#?\w+;)"  # a sign by its name in HTML: &lt;
    r"|(?<=\|)(?=\|)"  # a text that is hidden until it is touched
    r"|(?<=\$)(?=\$)"  # a formula
    r"|^(?=[ \t]*(?:#|=|--|-#|/))",  # a heading, what makes one of the line above, a command
    re.IGNORECASE | re.MULTILINE,
)


def chat_text(text: str) -> str:
    """Return `text` so that no chat service finds anything in it but text."""
    likes = _EDGE_LINE.sub(lambda found: _LOW_LIKE * len(found[0]), text.translate(_LIKES))
    return _BROKEN.sub(WORD_JOINER, likes)
