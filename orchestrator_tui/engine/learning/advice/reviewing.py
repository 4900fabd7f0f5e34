"""Milestones that reviews are likely to send back: what it is worth to review them sooner."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from orchestrator_tui.domain.amounts import hours_words, percent_words
from orchestrator_tui.domain.experience import ReviewRecord
from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.domain.task import Estimate, Task
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.learning.advice.cause import cause_of_advice
from orchestrator_tui.engine.learning.advice.trials import Trials
from orchestrator_tui.engine.learning.patterns.claim import Stated
from orchestrator_tui.engine.situation import Situation

LEAST_SPELLS: Final = 5
"""Reworks without which nobody knows how long one takes."""
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Rework:
    """What a review is likely to ask for."""

    milestone: MilestoneId
    hours: float
    """On average over all milestones of its type: also over those that are not sent back."""
    share: float
    """From 0 to 1, how much of it is of work that is done already."""
    agent: AgentId
    """Who did most of that."""


def reviewing_sooner(
    situation: Situation,
    reviews: Sequence[ReviewRecord],
    patterns: Iterable[Stated],
    trials: Trials,
) -> Iterator[Recommendation]:
    """Yield the milestones under way of a type that is often sent back.

    A review now finds the rework of what is done while the rest is still going on. What that saves
    is tried out with the rework as work to come: all of it after the rest, or a part beside it.
    """
    takes = rework_hours(reviews)
    often = {
        each.claim.type: each
        for each in patterns
        if each.claim.kind is PatternKind.REWORK and each.claim.type and each.is_more
    }
    if takes is None or not often:
        return
    for index, (key, milestone) in enumerate(situation.mission.milestones.items()):
        ground = often.get(milestone.type.value)
        if ground is None or milestone.review is not None:
            continue
        sent_back = [each.is_rework for each in reviews if each.type == milestone.type.value]
        likely = sum(sent_back) / len(sent_back)
        rework = _rework(situation, key, index, hours=takes * likely)
        if rework is None:
            continue
        late, soon = (_with_rework(situation.mission, rework, share) for share in (0, rework.share))
        saved = trials.saved_hours(soon, instead_of=late)
        if saved is not None:
            share = percent_words(100 * rework.share)
            why = (
                f"rework takes {hours_words(takes)}, and {share} of the work could be looked at now"
            )
            yield _recommended(situation, key, ground, saved=saved, why=why)


def _recommended(
    situation: Situation, key: MilestoneId, ground: Stated, *, saved: float, why: str
) -> Recommendation:
    return Recommendation(
        id=f"review-soon-{key}",
        text=f"Have {shorten(situation.milestone_title(key))} reviewed before it is done",
        why=f"{ground.pattern.text}; {why}",
        saves_hours=saved,
        cause=cause_of_advice((ground,), key),
        opens=AdvicePlace.MILESTONES,
    )


def rework_hours(reviews: Sequence[ReviewRecord]) -> float | None:
    """Return the hours from a review that sends work back to the next one, half the time at most.

    None where too few are known.
    """
    ordered = sorted(reviews, key=lambda each: (each.mission, each.milestone, each.at))
    spells = [
        (after.at - before.at) / _HOUR
        for before, after in pairwise(ordered)
        if before.is_rework
        and (before.mission, before.milestone) == (after.mission, after.milestone)
    ]
    return median(spells) if len(spells) >= LEAST_SPELLS else None


def _rework(situation: Situation, key: MilestoneId, index: int, *, hours: float) -> _Rework | None:
    """Return the rework to come of a milestone under way; None where nobody did any of it."""
    facts, likely = situation.facts, situation.plan.likely
    members = situation.members[index]
    done = [each for each in members if not facts.is_open[each]]
    hands = Counter(facts.owner[each] for each in done if facts.owner[each] >= 0)
    if not hands or len(done) == len(members):
        return None
    whole = sum(likely[each] for each in members)
    share = sum(likely[each] for each in done) / whole if whole else 0.0
    agent = situation.agent_ids[min(hands, key=lambda each: (-hands[each], each))]
    return _Rework(key, hours, share, agent)


def _with_rework(mission: Mission, rework: _Rework, share: float) -> Mission:
    """Return the mission with rework to come: `share` of it at once, the rest after all else."""
    milestone = mission.milestones[rework.milestone]
    tasks, added = dict(mission.tasks), list(milestone.tasks)
    for name, part, after in (("now", share, ()), ("later", 1 - share, milestone.tasks)):
        work = timedelta(hours=rework.hours * part)
        key = TaskId(f"{rework.milestone} {name}")  # no id that was read has a space
        if work:
            tasks[key] = Task(agent=rework.agent, estimate=Estimate(likely=work), after=after)
            added.append(key)
    longer = milestone.model_copy(update={"tasks": tuple(added)})
    milestones = {**mission.milestones, rework.milestone: longer}
    return mission.model_copy(update={"tasks": tasks, "milestones": milestones})
