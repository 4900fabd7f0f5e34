"""The proof that an edit did what it was meant to do, and nothing else."""

from collections.abc import Sequence

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.io.editing.meaning import Meaning, is_same, root_of
from orchestrator_tui.io.editing.refusal import EditRefused, not_editable
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.source_text import source_text
from orchestrator_tui.io.reading.yaml_nodes import Mapping
from orchestrator_tui.io.reading.yaml_tree import parse_tree


def root_in(part: Part) -> dict[str, Meaning]:
    """Return what a part says at its top; raises EditRefused where it cannot be read."""
    errors = _errors_of(part)
    if part.is_broken:
        raise EditRefused(f"the file cannot be read, so nothing was written: {_first(errors)}")
    if not errors:
        return root_of(part)
    tree = parse_tree(source_text(part.raw).text)  # the part leaves out what is no section
    entries = tree.root.entries if isinstance(tree.root, Mapping) else {}
    return {key: node for key, (_, node) in entries.items()}


def proven(part: Part, raw: bytes, root: dict[str, Meaning], edits: Sequence[Edit]) -> Part:
    """Return the part that `raw` is read to, which says what `root` says.

    Raises EditRefused where it says anything else.
    """
    new = read_part(part.file, raw, part)
    if new.is_broken:
        raise not_editable(
            (each.place for each in edits), f"the file could not be read: {_first(_errors_of(new))}"
        )
    now = root_in(new)
    in_order = not part.has_aliases  # what a merge key brings is read after the rest
    if now.keys() != root.keys() or not all(
        is_same(each, now[key], in_order=in_order) for key, each in root.items()
    ):
        raise not_editable((each.place for each in edits), "it would change what other places say")
    return new


def _errors_of(part: Part) -> list[Problem]:
    return [each for each in part.problems if each.severity is Severity.ERROR]


def _first(errors: Sequence[Problem]) -> str:
    return str(errors[0]) if errors else ""
