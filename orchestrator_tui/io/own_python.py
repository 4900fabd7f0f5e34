"""Starting a part of this program as a program of its own: this Python, and its packages alone."""

import sys
from pathlib import Path
from typing import Final

import orchestrator_tui

PACKAGES: Final = frozenset({"dist-packages", "site-packages"})
"""Folders to import from. Others could be where agents write."""
_ROOT: Final = str(Path(orchestrator_tui.__file__).parent.parent)


def own_python(module: str, *, roots: tuple[str, ...] = (_ROOT,)) -> tuple[str, ...]:
    """Return the words that run `main` of a module.

    Nothing of the person's counts there: no variable, no folder of theirs, no current folder.
    """
    program = f"import sys; sys.path.extend(sys.argv[1:]); from {module} import main; main()"
    packages = (each for each in sys.path if Path(each).name in PACKAGES)
    return (sys.executable, "-I", "-c", program, *roots, *packages)
