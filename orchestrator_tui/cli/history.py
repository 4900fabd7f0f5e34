"""`history`: what happened, whether it is what was recorded, and dropping the oldest of it."""

import argparse
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn

from typing_extensions import override

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.cli.words import PROGRAM
from orchestrator_tui.domain.duration import parse_elapsed
from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.instant import format_instant, parse_instant
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.history.place import EVENTS_FILE, history_folder, mission_at
from orchestrator_tui.io.state_dir import state_folder

VERIFY: Final = "verify"
PRUNE: Final = "prune"
IMPORT: Final = "import"
_QUOTED: Final = 80


def history(words: Sequence[str]) -> None:
    """Print what happened; `history verify` checks it, `prune` drops the oldest of it.

    `history import` takes over finished work from elsewhere.
    """
    if words and words[0] == VERIFY:
        _verify(_verify_words().parse_intermixed_args(words[1:]))
    elif words and words[0] == PRUNE:
        _prune(_prune_words().parse_intermixed_args(words[1:]))
    elif words and words[0] == IMPORT:
        from orchestrator_tui.cli.history_import import import_past, import_words

        parser = _words(f"history {IMPORT}", "Take over finished work from elsewhere.", first=False)
        import_past(_with_path(import_words(parser)).parse_intermixed_args(words[1:]))
    else:
        given = _tell_words().parse_intermixed_args(words)
        with without_collecting():
            _tell(given)


def _tell(given: argparse.Namespace) -> None:
    from orchestrator_tui.io.history.events import Wanted
    from orchestrator_tui.io.history.reading_events import read_events

    folder = _folder(given)
    mission = mission_at(given.path)
    wanted = Wanted(mission=mission, since=_since(given.since), kinds=_kinds(given.kind))
    events = read_events(folder, wanted, clock=system_clock)
    if events is None:
        raise _nothing(given.path)
    if given.json:
        import json

        from orchestrator_tui.presentation.history_json import history_document

        # in ASCII alone nothing can act on a terminal, and nothing is lost
        answer_document(json.dumps(history_document(events)) + "\n")
        return
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.history import history_lines

    lines = history_lines(events, has_missions=mission is None)
    answer(painted(lines, in_colour=wants_colour()))
    if not events:
        complain("nothing that fits has been recorded")


def _verify(given: argparse.Namespace) -> None:
    from orchestrator_tui.io.history.history import History

    opened = History.open_to_read(_folder(given), clock=system_clock)
    if opened is None:
        raise _nothing(given.path)
    with opened:
        found = opened.verify()
    since = f" since {format_instant(found.since)}" if found.since else ""
    count = f"{found.events} event{'' if found.events == 1 else 's'}"
    if found.is_whole:
        answer(f"whole: {count}{since}\n")
        return
    if found.first_bad is None:
        answer(f"broken: {found.reason} (the {count}{since} whole)\n")
    else:
        before = f"({count}{since} before it whole)"
        answer(f"broken at event {found.first_bad}: {found.reason} {before}\n")
    raise SystemExit(1)


def _prune(given: argparse.Namespace) -> None:
    from orchestrator_tui.io.history.history import History

    folder = _folder(given)
    kept = _elapsed("--keep", given.keep)
    if not (folder / EVENTS_FILE).exists():
        raise _nothing(given.path)
    with History.open(folder, clock=system_clock) as opened:
        dropped = opened.prune(system_clock() - kept)
    answer(
        f"dropped {dropped.events} event{'' if dropped.events == 1 else 's'} "
        f"seen before {format_instant(dropped.before)}\n"
    )


def _folder(given: argparse.Namespace) -> Path:
    return history_folder(state_folder(os.environ, given.state_dir), given.path)


def _nothing(path: Path) -> MissionNotFound:
    existing(path)
    return MissionNotFound(
        f"nothing is recorded of {plain_text(str(path))!r} yet: "
        f"open it with '{PROGRAM} {plain_text(str(path))}', which records as long as it is open"
    )


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return system_clock() - parse_elapsed(text)
    except ValueError:
        pass
    try:
        return parse_instant(text)
    except ValueError:
        quoted = plain_text(text, limit=_QUOTED)
        raise UsageError(
            f"--since: {quoted!r} is no time: write 2024-01-15T14:30Z, or 1d for the last day"
        ) from None


def _elapsed(option: str, text: str) -> timedelta:
    try:
        return parse_elapsed(text)
    except ValueError as error:
        raise UsageError(f"{option}: {plain_text(text, limit=_QUOTED)!r} {error}") from None


def _kinds(names: Sequence[str]) -> tuple[EventKind, ...]:
    kinds: list[EventKind] = []
    for each in names:
        try:
            kinds.append(EventKind(each.upper()))
        except ValueError:
            near = get_close_matches(each.upper(), list(EventKind), n=1, cutoff=0.4)
            hint = f": did you mean {near[0]}?" if near else ""
            quoted = plain_text(each, limit=_QUOTED)
            raise UsageError(f"--kind: {quoted!r} is no kind of event{hint}") from None
    return tuple(kinds)


class _Words(argparse.ArgumentParser):
    """Reads words; complains as the other commands do, whatever was typed."""

    @override
    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Usage:", 1)

    @override
    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Usage:", 1)

    @override
    def error(self, message: str) -> NoReturn:
        complain(f"{self.format_usage()}\nError: {message}")
        raise SystemExit(2)


def _words(name: str, about: str, *, first: bool = True) -> _Words:
    """Return what reads the words of a command; `first`: whether the path is the first of them."""
    parser = _Words(prog=f"{PROGRAM} {name}", description=about, allow_abbrev=False)
    if first:
        _with_path(parser)
    parser.add_argument(
        "--state-dir", type=Path, metavar="DIR", help="Where this program keeps what is its own."
    )
    return parser


def _with_path(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=DEFAULT_PATH,
        metavar="PATH",
        help="A mission, or a folder of missions.",
    )
    return parser


def _tell_words() -> _Words:
    parser = _words(
        "history",
        "Print what happened, the newest last. 'history verify' checks that it is what was "
        "recorded, 'history prune --keep 90d' drops the oldest whole days, 'history import' takes "
        "over finished work from elsewhere.",
    )
    parser.add_argument(
        "--since", metavar="TIME", help="Seen since then: 2024-01-15T16:15Z, or 1d."
    )
    parser.add_argument(
        "--kind", action="append", default=[], metavar="KIND", help="Such as TASK_FINISHED."
    )
    parser.add_argument(
        "--json", action="store_true", help="Print one JSON document and nothing else."
    )
    return parser


def _verify_words() -> _Words:
    return _words(f"history {VERIFY}", "Say whether everything is as it was recorded.")


def _prune_words() -> _Words:
    parser = _words(f"history {PRUNE}", "Drop the oldest whole days (UTC).")
    parser.add_argument(
        "--keep", required=True, metavar="TIME", help="How much is kept, such as 90d."
    )
    return parser
