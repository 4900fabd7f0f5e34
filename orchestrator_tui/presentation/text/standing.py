"""How a mission stands, in the words of the text dashboard and the reports."""

from datetime import datetime, timedelta
from math import floor

from orchestrator_tui.domain.amounts import deviation_words
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import OpenBlocker
from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.domain.outlook import CriticalPath, Timeline
from orchestrator_tui.domain.standing import Level, Standing
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.forecast_facts import PERCENTILES
from orchestrator_tui.presentation.tones import STANDING_EMOJI, tone_of_score, tone_of_standing
from orchestrator_tui.presentation.words import (
    chance,
    date_time,
    hours_short,
    percent,
    score,
    when,
    words_of,
)

_EMOJI_OF_TONE = {Tone.GOOD: "✅", Tone.WARN: "⚠️", Tone.ALARM: "❌"}


def overall_words(judgement: Judgement) -> Piece:
    """Return `67% COMPLETE`."""
    return Piece(f"{percent(judgement.progress_percent)} COMPLETE")


def critical_path_words(path: CriticalPath) -> Piece:
    """Return `ON TRACK ✅`."""
    return Piece(
        f"{words_of(path.status)} {STANDING_EMOJI[path.status]}", tone_of_standing(path.status)
    )


def timeline_words(timeline: Timeline) -> Piece:
    """Return `5% AHEAD OF SCHEDULE ✅`; a standing that the number does not show is named too."""
    status, variance = timeline.status, timeline.variance_percent
    if variance is None:
        words = "NO FINISH IN SIGHT" if timeline.forecast_finish is None else words_of(status)
    elif floor(abs(variance) + 0.5) == 0:
        words = "ON SCHEDULE"
    else:
        side = "AHEAD OF" if variance > 0 else "BEHIND"
        words = f"{deviation_words(variance).upper()} {side} SCHEDULE"
    named = f", {words_of(status)}" if _is_alarming(status) and variance is not None else ""
    return Piece(f"{words}{named} {STANDING_EMOJI[status]}", tone_of_standing(status))


def _is_alarming(status: Standing) -> bool:
    return status in {Standing.AT_RISK, Standing.DELAYED}


def forecast_words(timeline: Timeline, now: datetime | None = None) -> Piece:
    """Return `Tue 20:10 (deadline Tue 21:00, 93% likely)`; without `now`, with whole dates."""

    def written(moment: datetime | None) -> str:
        return date_time(moment) if now is None else when(moment, now)

    said = []
    if timeline.deadline is not None:
        said.append(f"deadline {written(timeline.deadline)}")
    if timeline.probability_on_time is not None:
        said.append(f"{chance(timeline.probability_on_time)} likely")
    limits = f" ({', '.join(said)})" if said else ""
    return Piece(f"{written(timeline.forecast_finish)}{limits}")


def range_words(drawn: FinishRange, now: datetime) -> Piece:
    """Return `P50 Tue 19:15, P80 Tue 23:37, P90 Wed 01:54`."""
    finishes = [(name, drawn.by(level)) for name, level in PERCENTILES]
    return Piece(
        ", ".join(f"{name} {'never' if at is None else when(at, now)}" for name, at in finishes)
    )


def planned_words(timeline: Timeline) -> Piece:
    """Return `2024-01-16 21:00, the forecast is 3h later`."""
    planned, forecast = timeline.baseline_finish, timeline.forecast_finish
    if planned is None or forecast is None:
        return Piece(date_time(planned))
    apart = hours_short(abs((forecast - planned) / timedelta(hours=1)))
    if apart == "0m":
        return Piece(f"{date_time(planned)}, as forecast")
    side, tone = ("later", Tone.WARN) if forecast > planned else ("earlier", Tone.GOOD)
    return Piece(f"{date_time(planned)}, the forecast is {apart} {side}", tone)


def quality_words(quality: float | None) -> Piece:
    """Return `92/100 ✅`."""
    if quality is None:
        return Piece("not known yet", Tone.MUTED)
    tone = tone_of_score(quality)
    return Piece(f"{score(quality)}/100 {_EMOJI_OF_TONE[tone]}", tone)


def blocker_counts(blockers: tuple[OpenBlocker, ...]) -> Piece:
    """Return `1 MEDIUM, 0 CRITICAL ✅`: the severities that occur, and CRITICAL always."""
    counts = {level: sum(each.severity is level for each in blockers) for level in Level}
    words = ", ".join(
        f"{count} {level.value}"
        for level, count in counts.items()
        if count or level is Level.CRITICAL
    )
    tone = Tone.ALARM if counts[Level.CRITICAL] else Tone.WARN if counts[Level.HIGH] else Tone.GOOD
    return Piece(f"{words} {_EMOJI_OF_TONE[tone]}", tone)
