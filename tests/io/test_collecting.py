"""Garbage is collected again after much was made, whatever happened meanwhile."""

import gc
from collections.abc import Iterator

import pytest

from orchestrator_tui.io.collecting import collect_seldom, without_collecting


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    threshold, was_enabled = gc.get_threshold(), gc.isenabled()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    if was_enabled:
        gc.enable()
    else:
        gc.disable()


def test_nothing_is_collected_until_all_is_made() -> None:
    gc.enable()

    with without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_failure_does_not_end_the_collecting() -> None:
    gc.enable()

    with pytest.raises(ValueError, match="bad"), without_collecting():
        raise ValueError("bad")

    assert gc.isenabled()


def test_who_collects_nothing_at_all_is_left_alone() -> None:
    gc.disable()

    with without_collecting():
        pass

    assert not gc.isenabled()


def test_what_is_there_already_is_never_looked_through_again() -> None:
    gc.disable()
    before = gc.get_freeze_count()

    collect_seldom()

    assert gc.isenabled()
    assert gc.get_freeze_count() > before
