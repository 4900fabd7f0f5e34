"""Asking a person what is to be imagined of a mission."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.presentation.rows.what_if import (
    AWAY,
    DROPPED,
    FOR_GOOD,
    MOVED,
    WHOLE_MISSION,
    away_choices,
    change_choices,
    deadline_choices,
    kind_choices,
    open_tasks,
    shift_choices,
    until_choices,
)
from orchestrator_tui.ui.escalating import Ask
from orchestrator_tui.ui.screens.choice import ChoiceScreen
from orchestrator_tui.ui.screens.what_if import MomentScreen

if TYPE_CHECKING:
    from orchestrator_tui.domain.mission import Mission


class World(NamedTuple):
    """What can be imagined to be other than it is."""

    mission: "Mission"
    judgement: Judgement
    now: datetime


async def imagine(world: World, before: WhatIf, ask: Ask) -> WhatIf | None:
    """Return what is imagined from now on, which adds to what was; None: nothing else is."""
    mission, judgement, now = world
    kind = await ask(ChoiceScreen("What if …", kind_choices(mission, judgement, now)))
    if kind is None:
        return None
    if kind == AWAY:
        return await _away(world, before, ask)
    if kind == DROPPED:
        return await _dropped(world, before, ask)
    if kind == MOVED:
        return await _moved(world, before, ask)
    chosen = await ask(ChoiceScreen("Which change is taken in?", change_choices(mission, now)))
    return None if chosen is None else replace(before, change=ChangeId(chosen))


async def _away(world: World, before: WhatIf, ask: Ask) -> WhatIf | None:
    agent = await ask(ChoiceScreen("Who is away?", away_choices(world.judgement)))
    if agent is None:
        return None
    about = f"{shorten(agent, 40)} is away until …"
    until = await ask(
        MomentScreen(about, until_choices(world.now), world.now, words="imagines it until")
    )
    if until is None:
        return None
    moment = None if until == FOR_GOOD else datetime.fromisoformat(until)
    others = tuple(each for each in before.unavailable if each[0] != agent)
    return replace(before, unavailable=(*others, (AgentId(agent), moment)))


async def _dropped(world: World, before: WhatIf, ask: Ask) -> WhatIf | None:
    choices = tuple(each for each in open_tasks(world.judgement) if each.key not in before.drop)
    task = await ask(ChoiceScreen("Which task is cancelled?", choices))
    return None if task is None else replace(before, drop=(*before.drop, TaskId(task)))


async def _moved(world: World, before: WhatIf, ask: Ask) -> WhatIf | None:
    mission, judgement, now = world
    asked = "Which deadline is moved?"
    one = await ask(ChoiceScreen(asked, deadline_choices(mission, judgement, now)))
    if one is None:
        return None
    key = MilestoneId(one)
    milestone = mission.milestones.get(key)
    due = mission.deadline if milestone is None else milestone.due
    about = "the mission" if one == WHOLE_MISSION else shorten(one, 40)
    choices = shift_choices(due, now)
    until = await ask(MomentScreen(f"{about} is due …", choices, now, words="imagines it due"))
    if until is None:
        return None
    moment = datetime.fromisoformat(until)
    if one == WHOLE_MISSION:
        return replace(before, deadline=moment)
    others = tuple(each for each in before.dues if each[0] != key)
    return replace(before, dues=(*others, (key, moment)))
