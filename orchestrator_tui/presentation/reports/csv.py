"""Reports as CSV (RFC 4180), one table by audience; no cell is a formula to a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.presentation.reports.report import Audience
from orchestrator_tui.presentation.reports.work import next_tasks

Value: TypeAlias = str | float | int | bool | datetime | None

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADINGS: Final[dict[Audience, tuple[str, ...]]] = {
    Audience.LEAD: (
        "mission", "task", "title", "agent", "state", "priority", "progress_percent",
        "estimate_hours", "spent_hours", "remaining_hours", "start", "finish",
        "baseline_finish", "slack_hours", "critical",
    ),
    Audience.MANAGEMENT: (
        "mission", "milestone", "title", "status", "progress_percent", "forecast", "due",
        "delay_percent", "probability_on_time", "quality_score", "risk", "reasons",
    ),
    Audience.AGENTS: (
        "mission", "agent", "order", "task", "title", "state", "priority", "progress_percent",
        "remaining_hours", "finish", "after", "blockers",
    ),
}  # fmt: skip


def csv_document(missions: Sequence[MissionAssessment], audience: Audience) -> str:
    """Return tasks (lead), milestones (management) or each agent's next tasks (agents)."""
    rows = {
        Audience.LEAD: _task_rows,
        Audience.MANAGEMENT: _milestone_rows,
        Audience.AGENTS: _work_rows,
    }[audience]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_HEADINGS[audience])
    for mission in missions:
        if mission.judgement is not None:
            for row in rows(mission.judgement):
                writer.writerow([guarded(each) for each in (mission.id, *row)])
    return written.getvalue()


def guarded(value: Value) -> str:
    """Return `value` as a cell; text that a spreadsheet would reckon with begins with `'`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")
        case datetime():
            return format_instant(value)
        case str():
            return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_STARTS) else value


def _task_rows(judgement: Judgement) -> Iterable[tuple[Value, ...]]:
    for each in judgement.tasks:
        yield (
                each.id, each.title, each.agent, each.state, each.priority,
                each.progress_percent, each.estimate_hours, each.spent_hours,
                each.remaining_hours, each.start, each.finish, each.baseline_finish,
                each.slack_hours, each.is_critical,
            )  # fmt: skip


def _milestone_rows(judgement: Judgement) -> Iterable[tuple[Value, ...]]:
    for each in judgement.milestones:
        yield (
                each.id, each.title, each.status, each.progress_percent, each.eta, each.due,
                each.delay_percent, each.probability_on_time, each.quality_score, each.risk,
                "; ".join(each.risks),
            )  # fmt: skip


def _work_rows(judgement: Judgement) -> Iterable[tuple[Value, ...]]:
    tasks = {each.id: each for each in judgement.tasks}
    for agent in judgement.agents:
        for number, each in enumerate(next_tasks(agent, tasks), 1):
            yield (
                    agent.id, number, each.id, each.title, each.state, each.priority,
                    each.progress_percent, each.remaining_hours, each.finish,
                    " ".join(each.after), " ".join(each.blockers),
                )  # fmt: skip
