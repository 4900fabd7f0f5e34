"""Every key can be remapped by its id, and the settings know every id."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import orchestrator_tui.ui
from orchestrator_tui.domain.key_ids import KEY_IDS
from orchestrator_tui.presentation.keys import shown_key
from orchestrator_tui.presentation.rows.help import KEYS, HelpRow


def subclasses(of: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def own_bindings() -> Iterator[Binding]:
    """Yield the keys of every class of the screen that is ours."""
    for module in pkgutil.walk_packages(orchestrator_tui.ui.__path__, "orchestrator_tui.ui."):
        importlib.import_module(module.name)
    for each in set(subclasses(DOMNode)):
        if each.__module__.startswith("orchestrator_tui."):
            for binding in vars(each).get("BINDINGS", ()):
                assert isinstance(binding, Binding), (each, binding)
                yield binding


USUAL = {
    (binding.id, shown_key(binding.key_display or key))
    for binding in own_bindings()
    for key in binding.key.split(",")
}
"""Each id with a key that usually does it."""


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row.words) for _, rows in KEYS for row in rows if row.ids]
)
def test_the_help_names_keys_by_their_ids(row: HelpRow) -> None:
    usual = row.each or tuple(row.keys.split())

    assert set(zip(row.ids, usual, strict=True)) <= USUAL


def test_every_key_has_an_id_that_the_settings_know() -> None:
    assert sorted({each.id or f"none: {each}" for each in own_bindings()}) == list(KEY_IDS)
