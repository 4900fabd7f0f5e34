"""The paragraphs of the help: every key, and what the marks mean."""

from typing import Final, NamedTuple

from orchestrator_tui.presentation.keys import is_moved, key_of
from orchestrator_tui.presentation.lines import Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.forecast_layout import PANELS as FORECAST_PANELS
from orchestrator_tui.presentation.rows.layout import PANELS
from orchestrator_tui.presentation.rows.prose import Paragraph

KEY_CELLS: Final = 14


class HelpRow(NamedTuple):
    """Some keys, and what they do."""

    keys: str
    """As they usually are."""
    words: str
    ids: tuple[str, ...] = ()
    """The ids of the keys, in their order; without them nothing remaps these."""
    each: tuple[str, ...] = ()
    """The usual keys one by one, where `keys` does not name each of them."""

    def shown(self) -> str:
        """Return the keys as the settings have them."""
        if not any(is_moved(each) for each in self.ids):
            return self.keys
        usual = self.each or tuple(self.keys.split())
        return " ".join(key_of(*pair) for pair in zip(self.ids, usual, strict=True))


KEYS: Final = (
    (
        "Everywhere",
        (
            HelpRow("g", "every mission, the worst first", ("app.missions",)),
            HelpRow(
                "/",
                "filter what is shown; enter keeps the filter, esc drops it",
                ("screen.filter",),
            ),
            HelpRow("h", "the history: what happened, when, and by whom", ("screen.history",)),
            HelpRow(
                "[ ]",
                "step back and forth in time; all screens show that moment",
                ("time.back", "time.forth"),
            ),
            HelpRow(
                "↑ ↓",
                "move; pgup, pgdn, home and end move farther",
                ("table.up", "table.down"),
            ),
            HelpRow("tab", "the next panel; shift+tab the one before"),
            HelpRow("enter", "open what the cursor is on", ("table.open",)),
            HelpRow("esc", "back to now from the past; else back, or close", ("screen.back",)),
            HelpRow("u", "undo what you did, for ten seconds", ("app.undo",)),
            HelpRow("^p", "every command, by name", ("app.palette",)),
            HelpRow("?", "this help", ("app.help",)),
            HelpRow("q", "quit", ("app.quit",)),
            HelpRow("^z", "suspend; fg in the shell goes on", ("app.suspend",)),
        ),
    ),
    (
        "A mission",
        (
            HelpRow("i", "everything about the agent under the cursor", ("mission.agent",)),
            HelpRow(
                "enter",
                "opens the agent, the milestone, or what needs you, under the cursor",
                ("table.open",),
            ),
            HelpRow(
                "e",
                "the escalations: who takes care of what, what comes next",
                ("screen.escalations",),
            ),
            HelpRow("p", "re-plan: what a slip costs, and the ways to go on", ("screen.replan",)),
            HelpRow("t", "the timeline", ("mission.timeline",)),
            HelpRow("m", "the milestones: evidence, reviews, approvals", ("screen.milestones",)),
            HelpRow(
                "f",
                "the forecast: how likely, what decides it, how past ones did",
                ("screen.forecast",),
            ),
            HelpRow("o", "the metrics: how well it is led", ("screen.metrics",)),
            HelpRow("l", "what the past teaches, and advises", ("screen.learned",)),
            HelpRow(
                "1 … 6",
                "agents, milestones, needs you, activity, blockers, recommended",
                tuple(f"mission.{each}" for each in PANELS),
                tuple("123456"),
            ),
        ),
    ),
    (
        "Acting on what the cursor is on",
        (
            HelpRow(
                "k",
                "acknowledge: you have seen that it escalates, and take care of it",
                ("escalation.acknowledge",),
            ),
            HelpRow("z", "snooze: nobody is told of it for a while", ("escalation.snooze",)),
            HelpRow("s", "give it to somebody, who is to take care of it", ("escalation.assign",)),
            HelpRow("r", "resolve a blocker, and say how", ("blocker.resolve",)),
            HelpRow("P", "the priority of a task", ("task.priority",)),
            HelpRow("A", "the agent of a task", ("task.agent",)),
            HelpRow("n", "add a note", ("note.add",)),
        ),
    ),
    (
        "The milestones",
        (
            HelpRow("a", "read its summary, and decide on a milestone", ("milestone.approve",)),
            HelpRow("enter", "from the milestone to its criteria", ("table.open",)),
            HelpRow(
                "space",
                "tick a criterion that you made sure of; see a command, and allow it or not",
                ("criterion.tick",),
            ),
            HelpRow(
                "a r",
                "in the summary: approve, reject; keys count after a second",
                ("approval.approve", "approval.reject"),
            ),
            HelpRow(
                "enter y d",
                "before a command: no, yes to exactly this, no longer",
                ("trust.leave", "trust.allow", "trust.forbid"),
            ),
        ),
    ),
    (
        "Re-planning",
        (
            HelpRow(
                "a x",
                "accept the chosen option, after you saw what it writes; keep the plan, and why",
                ("plan.accept", "plan.dismiss"),
            ),
            HelpRow(
                "w c",
                "what if: imagine something, without writing it; imagine nothing",
                ("plan.what-if", "plan.clear"),
            ),
            HelpRow(
                "o t v d",
                "the options; of the chosen one its timeline, its changes, its diff",
                ("plan.options", "plan.timeline", "plan.changes", "plan.diff"),
            ),
            HelpRow("l", "look for plans again", ("plan.again",)),
            HelpRow("esc", "stops the search; else back", ("screen.back",)),
        ),
    ),
    (
        "The history",
        (
            HelpRow("enter", "look at that moment", ("history.look",)),
            HelpRow(
                "tab",
                "agents, tasks, blockers, milestones, decisions or files alone",
                ("history.next-kinds",),
            ),
        ),
    ),
    (
        "The timeline",
        (
            HelpRow("+ -", "finer, coarser", ("timeline.finer", "timeline.coarser")),
            HelpRow("← →", "earlier, later", ("timeline.earlier", "timeline.later")),
            HelpRow("home", "back to now", ("timeline.now",)),
            HelpRow("0", "the whole mission", ("timeline.fit",)),
        ),
    ),
    (
        "The forecast",
        (
            HelpRow("tab", "the next panel, be it hidden", ("forecast.next-panel",)),
            HelpRow(
                "1 … 5",
                "finishes, burn-up, chances, what decides it, past forecasts",
                tuple(f"forecast.{each}" for each in FORECAST_PANELS),
                tuple("12345"),
            ),
        ),
    ),
    (
        "Metrics, and what was learned",
        (
            HelpRow(
                "tab",
                "24 hours, 7 or 30 days; advice or patterns",
                ("metrics.next-window", "learned.next-panel"),
                ("tab", "tab"),
            ),
            HelpRow("enter", "do what is advised, or go where it is done", ("learned.take",)),
            HelpRow("x", "dismiss advice, until its cause changes", ("learned.dismiss",)),
        ),
    ),
    (
        "The mouse",
        (
            HelpRow("click", "chooses a row, a tab or a key"),
            HelpRow("double click", "opens"),
            HelpRow("wheel", "scrolls"),
        ),
    ),
    (
        "Marks",
        (
            HelpRow("● ○ ■", "an agent is active, available, blocked"),
            HelpRow("◎ ▲ ✓", "it is reviewing, escalated, done"),
            HelpRow("○ ◐ ✓", "a milestone waits, is in progress, is complete"),
            HelpRow("◕ ◎ ◆ ↺", "it is being verified, in review, waits for approval, needs rework"),
            HelpRow("✓ ✗ ○ ◔", "a criterion holds, fails, has no evidence, or only an old one"),
            HelpRow("? ◐ □ –", "its command waits for you, runs, you tick it, it is waived"),
            HelpRow("├◆┤ ◇", "P10, P50 and P90 of a finish, and when it is due"),
            HelpRow("L1 … L4", "escalation: routine, moderate, critical, mission critical"),
            HelpRow("◉ ☾ →", "it is seen by, is silent until, was given to; ◌ seen, but no more"),
            HelpRow("Seen", "when an agent last reported; amber is older than it should be"),
            HelpRow("!2", "a queue beyond what its agent can take"),
        ),
    ),
)


def help_paragraphs() -> tuple[Paragraph, ...]:
    """Return the help, with the keys as the settings have them."""
    found: list[Paragraph] = []
    for title, rows in KEYS:
        if found:
            found.append(Paragraph((), ""))
        found.append(Paragraph((), title, Tone.STRONG))
        found += [_paragraph(each) for each in rows]
    return tuple(found)


def _paragraph(row: HelpRow) -> Paragraph:
    keys = row.shown()
    # a longer list of keys pushes its own words on, and no others
    lead = fit(keys, max(KEY_CELLS, width_of(keys) + 1))
    return Paragraph((Piece(f"  {lead}", Tone.ACCENT),), row.words)
