"""`history import`: finished work from elsewhere becomes experience that forecasts rest on."""

import argparse
import os
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.echo import answer, complain
from orchestrator_tui.cli.paths import existing
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder, make_folder, note_missions_folder
from orchestrator_tui.io.past_work import Columns, PastWork, read_past_work, refuse_problems
from orchestrator_tui.io.state_dir import state_folder

_LONGEST_NAME: Final = 80


def import_words(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add the words of the command to a parser."""
    parser.add_argument("file", type=Path, metavar="FILE", help="Finished tasks as CSV.")
    named = (
        ("estimate", True, "The column of hours that were estimated."),
        ("actual", True, "The column of hours that it took."),
        ("agent", True, "The column of who did it."),
        ("category", False, "The column of what sort of work it was."),
        ("group", False, "The column of what it was done for, with others."),
        ("finished", False, "The column of when it was finished; else when the file was written."),
        ("task", False, "The column of what the task is called."),
    )
    for name, is_required, about in named:
        parser.add_argument(
            f"--{name}", required=is_required, default="", metavar="COLUMN", help=about
        )
    parser.add_argument("--name", metavar="NAME", help="What this past is called; else the file.")
    parser.add_argument(
        "--skip-bad", action="store_true", help="Leave out rows that make no sense, and say which."
    )
    return parser


def import_past(given: argparse.Namespace) -> None:
    """Keep the finished work of a file; the same file twice adds nothing."""
    for each in ("estimate", "actual", "agent"):
        if not getattr(given, each):
            raise UsageError(f"--{each}: it is empty: write what the column is called")
    columns = Columns(
        given.estimate, given.actual, given.agent, given.category, given.group, given.finished,
        given.task,
    )  # fmt: skip
    name = plain_text(given.name or given.file.stem, limit=_LONGEST_NAME)
    found = read_past_work(given.file, columns, name=name)
    if found.problems and not given.skip_bad:
        complain(f"{_rows(found)} cannot be read: correct the file, or add --skip-bad")
        refuse_problems(found)
    path = existing(given.path)
    folder = history_folder(state_folder(os.environ, given.state_dir), path)
    make_folder(folder)
    with History.open(folder, clock=system_clock) as history:
        new = history.note_experience(Experience(work=found.records))
    note_missions_folder(folder, path)
    _say_what_was_skipped(found)
    tasks = f"{len(found.records):,} task{'' if len(found.records) == 1 else 's'}"
    answer(f"{tasks} of {name}: {new:,} new\n")


def _say_what_was_skipped(found: PastWork) -> None:
    if found.problems:
        complain(f"{_rows(found)} skipped, the first one: {found.problems[0]}")


def _rows(found: PastWork) -> str:
    return f"{len(found.problems):,} row{'' if len(found.problems) == 1 else 's'}"
