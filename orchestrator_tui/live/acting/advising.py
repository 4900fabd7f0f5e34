"""Taking advice and dismissing it: what is kept of that."""

from typing import Final

from orchestrator_tui.domain.deeds import DismissAdvice, TakeAdvice
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.live.acting.decisions import Decision

_SHOWN: Final = 60


def taking(deed: TakeAdvice) -> Decision:
    """Return what is kept of doing what was recommended."""
    advice = deed.recommendation
    return Decision(
        RulingKind.ADVICE_TAKEN,
        advice.id,
        f"the advice is taken: {shorten(advice.text)}",
        comment=advice.text,
        digest=advice.cause,
    )


def dismissing(deed: DismissAdvice) -> Decision:
    """Return what is kept of wanting no more of a recommendation."""
    text = f"{shorten(deed.id, _SHOWN)} is dismissed until its cause changes"
    return Decision(RulingKind.ADVICE_DISMISSED, deed.id, text, digest=deed.cause)
