"""What a renderer of GitHub's Markdown makes of a document."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

INVISIBLE = "<!-- -->"
"""The one piece of HTML that we write: a comment that says nothing."""


def tokens(document: str) -> list[Token]:
    """Return all tokens of a document, those inside of others included."""
    parser = MarkdownIt("gfm-like")
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False})
    return list(_all(parser.parse(document)))


def kinds(document: str) -> dict[str, int]:
    """Return how many tokens of each kind a document has."""
    found: dict[str, int] = {}
    for each in tokens(document):
        found[each.type] = found.get(each.type, 0) + 1
    return found


def html(document: str) -> list[str]:
    """Return the HTML that a document lets through, beside the comments that say nothing."""
    return [
        each.content
        for each in tokens(document)
        if each.type.startswith("html") and each.content.strip() != INVISIBLE
    ]


def read(document: str) -> str:
    """Return what a person reads."""
    shown = (
        each.content
        for each in tokens(document)
        if each.type in {"text", "text_special", "code_inline", "code_block", "fence"}
    )
    return "".join(shown)


def _all(found: list[Token] | None) -> Iterator[Token]:
    for each in found or ():
        yield each
        yield from _all(each.children)
