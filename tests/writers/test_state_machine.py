"""Nothing is lost, whatever happens in whatever order; and each planted bug is noticed."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from orchestrator_tui.domain.errors import OrchestratorError
from tests.writers.interrupted import make_impatient
from tests.writers.mutants import MUTANTS, Mutant
from tests.writers.state_machine import Writers

EXAMPLES = int(os.environ.get("ORCHESTRATOR_TUI_TEST_EXAMPLES", "40"))
"""Histories that are tried; more of them on a night without hurry."""


def run(examples: int, *, steps: int = 15, is_fixed: bool = False) -> None:
    """Try so many histories."""
    run_state_machine_as_test(
        Writers,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=is_fixed or settings().derandomize,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
            print_blob=False,
        ),
    )


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody ends anything while this one process waits for that."""
    make_impatient(monkeypatch)


def test_nothing_is_lost_in_any_order() -> None:
    run(EXAMPLES)


@pytest.mark.parametrize("mutant", [pytest.param(each, id=name) for name, each in MUTANTS.items()])
def test_a_planted_bug_is_noticed(monkeypatch: pytest.MonkeyPatch, mutant: Mutant) -> None:
    monkeypatch.setattr(mutant.owner, mutant.name, mutant.planted)

    with pytest.raises((AssertionError, OSError, OrchestratorError)):
        run(300, steps=mutant.steps, is_fixed=True)
