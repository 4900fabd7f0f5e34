"""The line that says how far the search for options is, and what they are about."""

from typing import Final, NamedTuple

from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.replan import saved_words
from orchestrator_tui.presentation.words import NOT_KNOWN, clock_time, count_words

LOOK_AGAIN: Final = ("plan.again", "l")
CLEAR: Final = ("plan.clear", "c")
OUTDATED: Final = "These options are about an earlier version of the mission"
CANCELLED: Final = "The search was stopped"


class Search(NamedTuple):
    """How a search stands."""

    found: Replanning | None = None
    is_searching: bool = False
    is_outdated: bool = False
    """Whether what was found is about another version than the one that is shown."""
    is_cancelled: bool = False
    failure: str = ""
    """Why nothing, or no more, was found; safe to show."""


def search_line(search: Search) -> Line:
    """Return how far the search is; one line, whatever happens."""
    if search.failure:
        return (Piece(f" ✗ {shorten(search.failure)}", Tone.ALARM), *_again())
    if search.is_searching:
        return _progress(search.found)
    if search.is_outdated:
        return (Piece(f" ! {OUTDATED}", Tone.WARN), *_again())
    if search.is_cancelled:
        best = _best(search.found)
        return (Piece(f" ■ {CANCELLED}{best}", Tone.MUTED), *_again())
    if search.found is None:
        return (Piece(" "),)
    return _result(search.found)


def _progress(found: Replanning | None) -> Line:
    counted = ""
    if found is not None and found.strategies:
        strategies = count_words(found.strategies, "strategy", "strategies")
        counted = f" · {found.searched} of {strategies}"
    stop = key_of("screen.back", "esc")
    return (
        Piece(" ◌ ", Tone.ACCENT),
        Piece("searching", Tone.PLAIN),
        Piece(f"{counted}{_best(found)}  ", Tone.MUTED),
        Piece(stop, Tone.ACCENT),
        Piece(" stops it", Tone.MUTED),
    )


def _result(found: Replanning) -> Line:
    proven = [each.is_optimal for each in found.options[1:]]
    words = count_words(len(found.options), "option") + _best(found)
    if proven and all(proven):
        words += " · all proven optimal"
    at = f" · as of {clock_time(found.at)}"
    return (Piece(" ✓ ", Tone.GOOD), Piece(f"{words}{at}", Tone.MUTED))


def _best(found: Replanning | None) -> str:
    options = () if found is None else found.options
    saves = max((each.saves_hours or 0.0 for each in options), default=0.0)
    words = saved_words(saves)
    return "" if words == NOT_KNOWN else f" · best saves {words}"


def _again() -> Line:
    return (
        Piece("  "),
        Piece(key_of(*LOOK_AGAIN), Tone.ACCENT),
        Piece(" looks again", Tone.MUTED),
    )


def imagined_line(sentences: tuple[str, ...]) -> Line:
    """Return what is imagined; nothing where nothing is."""
    if not sentences:
        return ()
    return (
        Piece(" What if: ", Tone.ACCENT),
        Piece(shorten("; ".join(sentences)), Tone.STRONG),
        Piece("  "),
        Piece(key_of(*CLEAR), Tone.ACCENT),
        Piece(" clears it", Tone.MUTED),
    )
