"""The paragraphs of what waits for a person: the key that acts on it, what it is, and why."""

from collections.abc import Iterable
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.standing import AttentionKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.decisions import Decision
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, fit, width_of
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.tones import tone_of_attention

MOST_SHOWN: Final = 200
"""Entries that are told one by one."""
LONGEST_MISSION: Final = 40
"""Characters of a mission's title that stand before the reason."""
KEYS: Final = {
    AttentionKind.APPROVAL: ("milestone.approve", "a"),
    AttentionKind.ESCALATION: ("screen.escalations", "e"),
    AttentionKind.REPLAN: ("screen.replan", "p"),
    AttentionKind.TRUST: ("screen.milestones", "m"),
    AttentionKind.FORGED_APPROVAL: ("screen.milestones", "m"),
    AttentionKind.CONTRADICTION: ("mission.agent", "i"),
    AttentionKind.BROKEN_FILE: ("table.open", "↵"),
    AttentionKind.MANUAL_CHECK: ("screen.milestones", "m"),
}
"""The key that acts on each kind: its id, and what it usually is."""
NOTHING_WAITS: Final = says("Nothing waits for you.")
NOTHING_WAITS_ANYWHERE: Final = says(
    "Nothing waits for you.",
    "Approvals, escalations, new plans and broken files of every mission come here, and what costs"
    " most to leave stands first.",
)


def attention_paragraphs(judgement: Judgement) -> tuple[Paragraph, ...]:
    """Return what waits in one mission, what costs most to leave first."""
    shown = judgement.attention[:MOST_SHOWN]
    keys = _KeyColumn(shown)
    found = [
        Paragraph(
            keys.lead(each), shorten(each.text), under=shorten(each.why), most=2, key=each.key
        )
        for each in shown
    ]
    return (*found, *_more(len(judgement.attention)))


def decision_paragraphs(decisions: tuple[Decision, ...]) -> tuple[Paragraph, ...]:
    """Return what waits in all missions, each with its mission."""
    shown = decisions[:MOST_SHOWN]
    keys = _KeyColumn(each.attention for each in shown)
    found = [
        Paragraph(
            keys.lead(each.attention),
            shorten(each.attention.text),
            under=_where_and_why(each),
            most=2,
            key=each.key,
        )
        for each in shown
    ]
    return (*found, *_more(len(decisions)))


def _more(count: int) -> tuple[Paragraph, ...]:
    return says(f"and {count - MOST_SHOWN:,} more") if count > MOST_SHOWN else ()


def _where_and_why(decision: Decision) -> str:
    parts = (shorten(decision.title, LONGEST_MISSION), decision.attention.why)
    return shorten(" · ".join(each for each in parts if each))


class _KeyColumn:
    """The keys of some entries, all in the same width."""

    def __init__(self, entries: Iterable[Attention]) -> None:
        kinds = {each.kind for each in entries}
        self._shown = {kind: key_of(*KEYS[kind]) for kind in kinds}
        self._width = max(map(width_of, self._shown.values()), default=0)

    def lead(self, each: Attention) -> Line:
        """Return what stands before an entry."""
        key = fit(self._shown[each.kind], self._width)
        return (Piece(f"{key}  ", tone_of_attention(each.kind)),)
