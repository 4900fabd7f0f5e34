"""Cobertura XML as coverage.py, gcovr, Istanbul and others write it."""

from collections.abc import Mapping
from posixpath import join

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.formats.line_hits import LineHits, add_line
from orchestrator_tui.io.evidence.formats.xml_elements import read_xml
from orchestrator_tui.io.evidence.refusal import Malformed


def read_cobertura(file: str, raw: bytes, hits: LineHits) -> None:
    """Add the lines of a report to `hits`; raises EvidenceRefused with the line."""
    read_xml(file, raw, _Lines(hits))


class _Lines:
    """Takes the lines of each class; those that methods repeat are the same lines."""

    def __init__(self, hits: LineHits) -> None:
        self._hits = hits
        self._is_root = True
        self._sources: list[str] = []
        self._in_source = False
        self._lines: dict[int, bool] | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._is_root:
            self._check_root(name, attributes)
        elif name == "line" and self._lines is not None:
            add_line(self._lines, attributes.get("number", ""), attributes.get("hits", ""))
        elif name == "class":
            self._lines = self._hits.of(self._place_of(attributes.get("filename", "")))
        elif name == "source":
            self._sources.append("")
            self._in_source = True

    def text(self, piece: str) -> None:
        if self._in_source:
            self._sources[-1] += piece

    def end(self, name: str) -> None:
        if name == "class":
            self._lines = None
        elif name == "source":
            self._in_source = False

    def _check_root(self, name: str, attributes: Mapping[str, str]) -> None:
        self._is_root = False
        if name != "coverage":
            raise Malformed(f"is no Cobertura XML: its root is <{plain_text(name, limit=40)}>")
        if "clover" in attributes:
            raise Malformed("is Clover XML: write Cobertura XML or LCOV")

    def _place_of(self, filename: str) -> str:
        """Return the path of a class, which is relative to the source folder where there is one.

        Of several folders the report does not say which: together they name the file as well.
        """
        if not filename:
            raise Malformed("has a class without a filename")
        return join("|".join(each.strip() for each in self._sources), filename)
