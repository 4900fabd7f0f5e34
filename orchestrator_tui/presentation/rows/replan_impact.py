"""What calls for a new plan, and what it costs if nothing is decided, in paragraphs."""

from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.replanning import Impact, MilestoneDelay, Replanning
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.words import NOT_KNOWN, count_words, hours_short

LABEL_CELLS: Final = 10
LISTED: Final = 12
"""Triggers, causes or milestones that are told one by one."""
NOTHING_CALLS: Final = "Nothing calls for a new plan"
_A_MINUTE: Final = 1 / 60


def impact_paragraphs(
    replanning: Replanning, names: PlanNames, *, tells_why: bool
) -> tuple[Paragraph, ...]:
    """Return what it costs to go on as it is; `tells_why` puts the first cause before it."""
    impact = replanning.impact
    return (
        *(_first_of(replanning.triggers) if tells_why else ()),
        *_delays(impact, names),
        *_waiting(impact, names),
        *_takers(impact, names),
        *(_fact("Note", each, Tone.WARN) for each in replanning.notices),
    )


def trigger_paragraphs(triggers: tuple[Trigger, ...]) -> tuple[Paragraph, ...]:
    """Return the sentences of what calls for a new plan, or that nothing does."""
    if not triggers:
        return (Paragraph((Piece("○ ", Tone.MUTED),), NOTHING_CALLS, Tone.MUTED),)
    found = [_trigger(each.detail) for each in _causes_first(triggers)[:LISTED]]
    more = len(triggers) - LISTED
    return (*found, *((_fact("", f"… and {more} more", Tone.MUTED),) if more > 0 else ()))


def _first_of(triggers: tuple[Trigger, ...]) -> tuple[Paragraph, ...]:
    if len(triggers) <= 1:
        return trigger_paragraphs(triggers)
    others = f", and {len(triggers) - 1} more"
    return (_trigger(f"{shorten(_causes_first(triggers)[0].detail)}{others}"),)


def _causes_first(triggers: tuple[Trigger, ...]) -> list[Trigger]:
    """Return what happened before the delays that come of it."""
    return sorted(triggers, key=lambda each: each.kind is TriggerKind.MILESTONE_DELAY)


def _trigger(sentence: str) -> Paragraph:
    return Paragraph((Piece("▲ ", Tone.WARN),), shorten(sentence, 240), most=2)


def _delays(impact: Impact, names: PlanNames) -> Iterator[Paragraph]:
    hours = impact.delay_hours
    late = [_delay_words(each, names) for each in impact.milestones[:LISTED]]
    if hours is None:
        late.insert(0, f"the mission {NOT_KNOWN}")
    elif hours > _A_MINUTE:
        late.insert(0, f"the mission {hours_short(hours)}")
    yield _fact("Late", " · ".join(late) or "nothing", Tone.PLAIN if late else Tone.MUTED)


def _delay_words(each: MilestoneDelay, names: PlanNames) -> str:
    delay = "never" if each.delay_hours is None else hours_short(each.delay_hours)
    return f"{names.milestone(each.id)} {delay}"


def _waiting(impact: Impact, names: PlanNames) -> Iterator[Paragraph]:
    if not impact.tasks:
        return
    count = count_words(len(impact.tasks), "task")
    listed = ", ".join(names.task(each) for each in impact.tasks[:LISTED])
    more = ", …" if len(impact.tasks) > LISTED else ""
    yield _fact("Waiting", f"{count}: {listed}{more}")


def _takers(impact: Impact, names: PlanNames) -> Iterator[Paragraph]:
    label = "Could take"
    takers: Mapping[TaskId, tuple[str, ...]] = impact.takers
    for task, agents in list(takers.items())[:LISTED]:
        who = ", ".join(shorten(each) for each in agents) or "nobody else"
        yield _fact(label, f"{names.task(task)}: {who}")
        label = ""


def _fact(label: str, text: str, tone: Tone = Tone.PLAIN) -> Paragraph:
    lead = (Piece(f"{fit(label, LABEL_CELLS)} ", Tone.MUTED),)
    return Paragraph(lead, shorten(text, 600), tone, most=4)
