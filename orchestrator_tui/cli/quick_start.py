"""Leaves out of a short command what it never uses, and what takes a tenth of it to load."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Final

PLUGINS_VARIABLE: Final = "PYDANTIC_DISABLE_PLUGINS"
_PACKAGES: Final = "importlib.metadata"


def load_no_plugins() -> None:
    """Keep pydantic from looking through every installed package for plugins to load.

    For commands that start no other program: the variable is meant for this process alone.
    """
    os.environ.setdefault(PLUGINS_VARIABLE, "__all__")
    if _PACKAGES in sys.modules or "pydantic" in sys.modules:
        return
    # Pydantic loads the means to look before it asks whether to; they are a stand-in meanwhile.
    stand_in = ModuleType(_PACKAGES)
    stand_in.entry_points = tuple  # type: ignore[attr-defined]  # a module takes any attribute
    sys.modules[_PACKAGES] = stand_in
    try:
        with suppress(ImportError, AttributeError):
            import_module("pydantic.plugin._loader")
    finally:
        del sys.modules[_PACKAGES]
