"""The paragraphs of the help: every key, and what the marks mean."""

from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.prose import Paragraph

KEY_CELLS = 14

KEYS = (
    (
        "Everywhere",
        (
            ("g", "every mission, the worst first"),
            ("/", "filter what is shown; enter keeps the filter, esc drops it"),
            ("h", "the history: what happened, when, and by whom"),
            ("[ ]", "step back and forth in time; all screens show that moment"),
            ("↑ ↓", "move; pgup, pgdn, home and end move farther"),
            ("tab", "the next panel; shift+tab the one before"),
            ("enter", "open what the cursor is on"),
            ("esc", "back to now from the past; else back, or close"),
            ("u", "undo what you did, for ten seconds"),
            ("^p", "every command, by name"),
            ("?", "this help"),
            ("q", "quit"),
            ("^z", "suspend; fg in the shell goes on"),
        ),
    ),
    (
        "A mission",
        (
            ("i", "everything about the agent under the cursor"),
            ("enter", "opens the agent or the milestone under the cursor"),
            ("t", "the timeline"),
            ("1 … 6", "agents, milestones, needs you, activity, blockers, recommended"),
        ),
    ),
    (
        "Acting on what the cursor is on",
        (
            ("k", "acknowledge: you have seen that it escalates, and take care of it"),
            ("r", "resolve a blocker, and say how"),
            ("P", "the priority of a task"),
            ("A", "the agent of a task"),
            ("n", "add a note"),
            ("space", "tick a criterion of a milestone that you made sure of"),
        ),
    ),
    (
        "The history",
        (
            ("enter", "look at that moment"),
            ("tab", "agents, tasks, blockers, milestones, decisions or files alone"),
        ),
    ),
    (
        "The timeline",
        (
            ("+ -", "finer, coarser"),
            ("← →", "earlier, later"),
            ("home", "back to now"),
            ("0", "the whole mission"),
        ),
    ),
    (
        "The mouse",
        (
            ("click", "chooses a row, a tab or a key"),
            ("double click", "opens"),
            ("wheel", "scrolls"),
        ),
    ),
    (
        "Marks",
        (
            ("● ○ ■", "an agent is active, available, blocked"),
            ("◎ ▲ ✓", "it is reviewing, escalated, done"),
            ("○ ◐ ✓", "a milestone waits, is in progress, is complete"),
            ("◕ ◎ ◆ ↺", "it is being verified, in review, waits for approval, needs rework"),
            ("L1 … L4", "escalation: routine, moderate, critical, mission critical"),
            ("Seen", "when an agent last reported; amber is older than it should be"),
            ("!2", "a queue beyond what its agent can take"),
        ),
    ),
)


def help_paragraphs() -> tuple[Paragraph, ...]:
    """Return the help."""
    found: list[Paragraph] = []
    for title, keys in KEYS:
        if found:
            found.append(Paragraph((), ""))
        found.append(Paragraph((), title, Tone.STRONG))
        found += [
            Paragraph((Piece("  " + fit(key, KEY_CELLS), Tone.ACCENT),), words)
            for key, words in keys
        ]
    return tuple(found)
