"""How far a search is, is said where a person can see it."""

import io
from dataclasses import replace

import pytest
from typing_extensions import override

from orchestrator_tui.cli.plan_progress import CLEAR, PlanProgress
from tests.replannings import wiki


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def test_the_line_is_written_over_and_nothing_is_left_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    times = iter([0.0, 2.4])

    with PlanProgress(terminal := Terminal(), seconds=lambda: next(times)) as progress:
        progress.show(replace(wiki(), searched=1, strategies=5))

    lines = terminal.getvalue().split(CLEAR)
    assert lines == [
        "",
        "searching …",
        "searching for 2 s: 1 of 5 strategies, the best so far ends 21:20 and saves 4h40",
        "",
    ]


@pytest.mark.parametrize(
    ("stream", "term"),
    [
        pytest.param(io.StringIO(), "xterm", id="a file"),
        pytest.param(Terminal(), "dumb", id="a terminal that cannot"),
    ],
)
def test_where_nobody_sees_it_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, term: str
) -> None:
    monkeypatch.setenv("TERM", term)

    with PlanProgress(stream) as progress:
        progress.show(wiki())

    assert stream.getvalue() == ""
