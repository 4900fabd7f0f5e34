"""Only `ui/text.py` makes what Textual draws, so that nothing is ever read as markup."""

import ast
from pathlib import Path

import pytest

import orchestrator_tui

PACKAGE = Path(orchestrator_tui.__file__).parent
HOME = PACKAGE / "ui" / "text.py"
DRAWN = {"Content", "Text", "Static", "Label", "Markdown", "Segment"}
FILES = [
    each
    for folder in ("ui", "presentation")
    for each in sorted((PACKAGE / folder).rglob("*.py"))
    if each != HOME
]


def called(tree: ast.Module) -> set[str]:
    """Return the names that are called, whatever they belong to."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            while isinstance(function, ast.Attribute):
                names.add(function.attr)
                function = function.value
            if isinstance(function, ast.Name):
                names.add(function.id)
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda each: str(each.relative_to(PACKAGE)))
def test_nothing_else_makes_content(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert called(tree) & DRAWN == set()


@pytest.mark.parametrize("path", FILES, ids=lambda each: str(each.relative_to(PACKAGE)))
def test_nothing_sets_a_title_that_textual_would_parse(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parsed = {"border_title", "border_subtitle", "tooltip"}

    written = {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
    }

    assert written & parsed == set()


@pytest.mark.parametrize(
    "path",
    [each for each in FILES if each.parent != PACKAGE / "ui" and "presentation" not in each.parts],
    ids=lambda each: str(each.relative_to(PACKAGE)),
)
def test_screens_and_widgets_do_not_reach_for_the_app(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    reached = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "app"
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    ]

    assert reached == []
