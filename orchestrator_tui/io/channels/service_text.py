"""What a service is sent of a message: title, text and format, as long as the service allows.

The id is the last line whatever is cut, and what is cut is said: a message is never divided.
"""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.io.channels.chat_text import chat_text

TEXT: Final = "text"
HTML: Final = "html"
MARKDOWN: Final = "markdown"
MAIL: Final = frozenset({"mailto", "mailtos"})
"""Services that show text as text, and pages as pages."""
PROGRAMS: Final = frozenset(
    {"amqp", "amqps", "form", "forms", "json", "jsons", "mqtt", "mqtts", "rsyslog", "syslog", "xml",
     "xmls"}
)  # fmt: skip
"""Services behind which is a program, which gets every character as it was written."""
LONGEST_TITLE: Final = 120
"""Characters of a title, which may have to stand in a header."""
NO_LIMIT: Final = 1 << 20

_ROOM: Final = 16
"""Characters that a service may add between title and text."""
_OF_HTML: Final = {"&": 5, "<": 4, ">": 4, '"': 6, "'": 6, "\n": 6, " ": 2}
_OF_MARKDOWN: Final = dict.fromkeys("\\_*[]()~`>#+=|{}.!-&", 2)
"""Characters that become more where Apprise turns text into the format of a service."""
_LAST_OF_ONE_UNIT: Final = "\uffff"
"""What comes after it counts twice in services that count as JavaScript does."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is to be known of a service to write for it."""

    schemes: Collection[str]
    """What its URLs may begin with."""
    format: str
    """What it makes of text: text, html or markdown."""
    longest_title: int = LONGEST_TITLE
    """0 where it has none: then the title is the first line of the text."""
    longest_text: int = 0
    """Characters; 0 where that is not bounded."""

    @property
    def is_chat(self) -> bool:
        """Say whether it may find markup in a text; of what nobody knows, that is assumed."""
        return not self.is_mail and PROGRAMS.isdisjoint(self.schemes)

    @property
    def is_mail(self) -> bool:
        """Say whether it takes pages of HTML."""
        return not MAIL.isdisjoint(self.schemes)


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to a service."""

    title: str
    text: str
    format: str
    """What `text` is: text or html."""


def letter(document: dict[str, Any], service: Service) -> Letter:
    """Return what a service is sent of a message, of which `document` says everything."""
    last = f"id {document['id']}"
    if service.is_mail and document.get("html"):
        page = with_last_line(document["html"], last)
        return Letter(_title(document["title"], service), page, HTML)
    whole = chat_text(document["text"]) if service.is_chat else document["text"]
    first, _, rest = whole.partition("\n")
    title = _title(first, service)
    text = rest if title == first else whole
    limit = (service.longest_text or NO_LIMIT) - len(title) - _ROOM
    lines = [each for each in text.split("\n") if each.strip() != last]
    return Letter(title, _fitted(lines, last, limit, _costs(service.format)), TEXT)


def ascii_title(title: str) -> str:
    """Return a title that fits into any header."""
    return title.encode("ascii", "replace").decode()


def with_last_line(page: str, line: str) -> str:
    """Return a page of HTML with one more line at its end."""
    written = f"<p>{escape(line)}</p>"
    head, end, tail = page.rpartition("</body>")
    return f"{head}{written}{end}{tail}" if end else f"{page}{written}"


def _title(first: str, service: Service) -> str:
    return (
        shorten(first.strip(), min(LONGEST_TITLE, service.longest_title))
        if (service.longest_title)
        else ""
    )


def _costs(format_: str) -> dict[str, int]:
    return {HTML: _OF_HTML, MARKDOWN: _OF_MARKDOWN}.get(format_, {})


def _fitted(lines: list[str], last: str, limit: int, costs: dict[str, int]) -> str:
    """Return as many lines as fit, and what says how many do not, with `last` at the end."""
    whole = "\n".join((*lines, last)).strip("\n")
    if _length(whole, costs) <= limit:
        return whole
    left = limit - _length(f"\n… {len(lines)} more lines\n{last}", costs)
    kept: list[str] = []
    for each in lines:
        cost = _length(f"{each}\n", costs)
        if cost > left:
            kept.append(_cut(each, left, costs))
            break
        kept.append(each)
        left -= cost
    more = len(lines) - len(kept)
    said = [f"… {more} more lines"] if more else []
    return "\n".join((*(each for each in kept if each), *said, last))


def _cut(line: str, left: int, costs: dict[str, int]) -> str:
    """Return the beginning of a line, as much as costs no more than is left."""
    left -= 2
    for at, each in enumerate(line):
        left -= _length(each, costs)
        if left < 0:
            return f"{line[:at]}…" if at else ""
    return line


def _length(text: str, costs: dict[str, int]) -> int:
    return sum(costs.get(each, 1 + (each > _LAST_OF_ONE_UNIT)) for each in text)
