"""Pasts of a team: random numbers with a seed, and the habits that a test gives it."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from orchestrator_tui.domain.experience import BlockedSpell, Experience, ReviewRecord, WorkRecord
from tests.builders import START

AGENTS = ("ada", "ben", "cy", "dee")
SKILLS = ("py", "js", "ops")
SPREAD = 0.5


def past(
    seed: int,
    *,
    tasks: int = 120,
    slow: Mapping[str, float] | None = None,
    lasting: Mapping[str, float] | None = None,
    sent_back: Mapping[str, float] | None = None,
) -> Experience:
    """Return what a team has done.

    `slow` says by agent how many times as long as estimated it takes, `lasting` by cause how many
    times as long blockers stay open, `sent_back` by type of milestone how often reviews do that.
    """
    random = Random(seed)  # noqa: S311 - a past, no secret
    slow, lasting, sent_back = slow or {}, lasting or {}, sent_back or {}
    work = []
    for number in range(tasks):
        agent, hours = random.choice(AGENTS), random.choice((1.0, 2.0, 4.0, 8.0, 16.0))
        odd = random.choice((8.0, 1 / 8)) if random.random() < 0.05 else 1.0
        took = hours * slow.get(agent, 1.0) * random.lognormvariate(0, SPREAD) * odd
        ended = START - timedelta(hours=random.uniform(1, 2000))
        skill, group = random.choice(SKILLS), f"g{number // 5}"
        work.append(WorkRecord("past", f"t{number}", ended, hours, took, agent, skill, group))
    blocked = []
    for number in range(tasks // 2):
        cause = random.choice(("db", "lib", "boss"))
        opened = START - timedelta(hours=random.uniform(200, 2000))
        hours = lasting.get(cause, 1.0) * random.lognormvariate(0, 1)
        until = opened + timedelta(hours=hours)
        blocked.append(BlockedSpell("past", f"b{number}", opened, until, cause=cause))
    reviews = []
    for number in range(tasks // 3):
        kind = random.choice(("CUSTOM", "DESIGN_COMPLETE"))
        is_rework = random.random() < sent_back.get(kind, 0.3)
        at = START - timedelta(hours=number + 1)
        reviews.append(
            ReviewRecord("past", f"M{number}", at, random.choice(AGENTS), kind, is_rework)
        )
    return Experience(tuple(work), tuple(blocked), tuple(reviews))
