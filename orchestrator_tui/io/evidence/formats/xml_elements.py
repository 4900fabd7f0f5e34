"""XML read element by element: no tree, no entity, nothing fetched, and every fault with its line.

A document type is let through, because Cobertura's reports carry one; what it declares is not.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol, cast

from orchestrator_tui.io.evidence.refusal import EvidenceRefused, Malformed

DEEPEST: Final = 100


class Elements(Protocol):
    """What takes the elements of one kind of document; raises Malformed for what is wrong."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element, without the prefix of its namespace."""

    def text(self, piece: str) -> None:
        """Take a piece of the text in the element that began last."""

    def end(self, name: str) -> None:
        """Take the end of an element."""


def read_xml(file: str, raw: bytes, elements: Elements) -> None:
    """Give every element of `raw` to `elements`; raises EvidenceRefused."""
    if not raw.strip():
        raise EvidenceRefused(file, None, "is empty")
    # Brings urllib along: 50 ms that only those pay who have such a report.
    from defusedxml import DefusedXmlException  # noqa: PLC0415
    from defusedxml.expatreader import create_parser  # noqa: PLC0415

    # What a document type refers to is passed over, as SAX does unless told otherwise: refusing it
    # would refuse every report that names its document type.
    parser = create_parser(forbid_entities=True, forbid_external=False)
    parser.setContentHandler(cast("Any", _Content(elements)))
    try:
        # In one piece: older expats take quadratic time for a long token that comes in many.
        parser.feed(raw)
        parser.close()
    except Malformed as fault:
        raise EvidenceRefused(file, _line_of(parser), str(fault)) from None
    except DefusedXmlException:
        message = "declares entities: they are never read"
        raise EvidenceRefused(file, _line_of(parser), message) from None
    except Exception as error:  # noqa: BLE001 - a codec named by the file may raise anything
        raise EvidenceRefused(file, _line_of(parser), f"is no XML: {_reason(error)}") from None


def _line_of(parser: Any) -> int | None:
    return parser.getLineNumber() or None


def _reason(error: Exception) -> str:
    told = getattr(error, "getMessage", None)  # SAX puts the place into the text, this is without
    return str(told() if told is not None else error)


class _Content:
    """What SAX calls, as far as reports need it."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._depth = 0
        self.characters = elements.text

    def startElement(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: N802 - SAX
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed(f"is nested too deep: at most {DEEPEST} levels are read")
        self._elements.begin(_local(name), attributes)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX
        self._depth -= 1
        self._elements.end(_local(name))

    def setDocumentLocator(self, locator: object) -> None:  # noqa: N802 - SAX
        """Do without: the parser is asked for the line."""

    def startDocument(self) -> None:  # noqa: N802 - SAX
        """Do nothing: the root element says what the document is."""

    def endDocument(self) -> None:  # noqa: N802 - SAX
        """Do nothing: `close` has seen that it is whole."""

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802 - SAX
        """Leave style sheets and other instructions alone."""

    def skippedEntity(self, name: str) -> None:  # noqa: N802 - SAX
        """Refuse what only a document type that is not read could explain."""
        raise Malformed(f"uses the entity &{name};, which is never read")


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
