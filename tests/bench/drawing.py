"""What one changed row of a long table costs, from its rows to the drawn screen."""

import asyncio
from collections.abc import Iterator
from statistics import median
from time import process_time

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from typing_extensions import override

from orchestrator_tui.engine.assess import assess
from orchestrator_tui.presentation.rows.agents import AgentRow, agent_columns, agent_rows
from orchestrator_tui.ui.themes import DARK
from orchestrator_tui.ui.widgets.live_table import LiveTable
from tests.bench.generator import NOW
from tests.bench.table import Row, row_of
from tests.builders import mission, snapshot

ROWS = 1_000
RUNS = 40
GOAL = 5
SIZE = (120, 36)
CHANGED = 7
"""The row that changes: one that is in sight."""


class TableApp(App[None]):
    """One table."""

    def __init__(self, rows: tuple[AgentRow, ...]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self._rows = rows

    @override
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    @override
    def compose(self) -> ComposeResult:
        table = LiveTable[AgentRow](id="table")
        table.columns = agent_columns(self._rows)
        yield table


def measure() -> Iterator[Row]:
    """Yield the processor time of one changed row."""
    rows, changed = _rows(20), _rows(80)
    yield row_of(
        f"one row of {ROWS:,} changed, processor time", asyncio.run(_updates(rows, changed)),
        goal=GOAL,
    )  # fmt: skip


def _rows(percent: int) -> tuple[AgentRow, ...]:
    agents = {
        f"agent-{each:04}": {"skills": ["backend"], "state": "ACTIVE", "task": f"task-{each:04}"}
        for each in range(ROWS)
    }
    tasks = {
        f"task-{each:04}": {
            "estimate": "8h", "agent": f"agent-{each:04}",
            "progress": str(percent if each == CHANGED else 50),
        }
        for each in range(ROWS)
    }  # fmt: skip
    (one,) = assess(snapshot(mission(agents=agents, tasks=tasks)), NOW).missions
    assert one.judgement is not None
    return agent_rows(one.judgement, NOW)


async def _updates(rows: tuple[AgentRow, ...], changed: tuple[AgentRow, ...]) -> list[float]:
    app = TableApp(rows)
    async with app.run_test(size=SIZE) as pilot:
        table = app.query_one("#table", LiveTable)
        table.rows_shown = rows
        await pilot.pause()
        at_rest = median([await _cost(pilot, table, None) for _ in range(RUNS)])
        taken = [
            await _cost(pilot, table, changed if run % 2 == 0 else rows) for run in range(RUNS)
        ]
    return [max(0.0, each - at_rest) for each in taken]


async def _cost(
    pilot: Pilot[None], table: LiveTable[AgentRow], rows: tuple[AgentRow, ...] | None
) -> float:
    """Return the processor time until everything is drawn, after giving `rows` to the table."""
    start = process_time()
    if rows is not None:
        table.rows_shown = rows
    await pilot.pause()
    return process_time() - start
