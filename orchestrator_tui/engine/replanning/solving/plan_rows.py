"""What every plan of a model keeps to: precedence, agents, what is in hand, splits, the end."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from operator import itemgetter
from typing import Any

from orchestrator_tui.engine.replanning.problem.incumbent import place_in_hand
from orchestrator_tui.engine.replanning.solving.plan_model import Hand, PlanModel

Ends = tuple[Any, ...]
"""By node: when it ends. Of an activity it means something only where it is done."""


def add_rows(plan: PlanModel, ranks: tuple[int, ...]) -> Ends:
    """Add all that every plan keeps to; `ranks` are the nodes' places in order of precedence."""
    ends = _add_passages(plan, ranks)
    _add_precedence(plan, ends)
    for agent, hands in enumerate(_hands(plan)):
        _add_agent(plan, agent, hands)
        _add_in_hand(plan, agent, hands)
    _add_splits(plan)
    _add_makespan(plan)
    return ends


def _conditions(plan: PlanModel, node: int) -> list[Any]:
    return plan.activities[node].conditions if node < plan.problem.size else []


def _before(plan: PlanModel, nodes: tuple[int, ...]) -> list[int]:
    """Return those of `nodes` that can be done."""
    size = plan.problem.size
    return [each for each in nodes if each >= size or not plan.activities[each].is_never]


def _add_passages(plan: PlanModel, ranks: tuple[int, ...]) -> Ends:
    problem, size = plan.problem, plan.problem.size
    ends: list[Any] = [each.finish for each in plan.activities]
    ends += [0] * len(problem.passages)
    for node in sorted(range(size, len(ends)), key=ranks.__getitem__):
        before = _before(plan, problem.passages[node - size])
        settled = [ends[each] for each in before if isinstance(ends[each], int)]
        moving = [each for each in before if not isinstance(ends[each], int)]
        ends[node] = max(settled, default=0)
        if moving:
            passed = plan.number(ends[node], plan.horizon, plan.around.times.finish[node])
            for each in moving:
                row = plan.model.add(passed >= ends[each])
                row.only_enforce_if(_conditions(plan, each))
            ends[node] = passed
    return tuple(ends)


def _add_precedence(plan: PlanModel, ends: Ends) -> None:
    for number, each in enumerate(plan.activities):
        if plan.is_past(number) or not each.hands:
            continue
        for node in _before(plan, plan.problem.activities[number].before):
            if not isinstance(ends[node], int) or ends[node]:
                row = plan.model.add(each.start >= ends[node])
                row.only_enforce_if([*each.conditions, *_conditions(plan, node)])


def _hands(plan: PlanModel) -> list[list[tuple[int, Hand]]]:
    """Return by agent the activities that it may do, in one length or another."""
    hands: list[list[tuple[int, Hand]]] = [[] for _ in plan.problem.agents]
    for number, each in enumerate(plan.activities):
        for hand in each.hands:
            hands[hand.agent].append((number, hand))
    return hands


def _literals(hand: Hand) -> list[Any]:
    return [] if isinstance(hand.literal, int) else [hand.literal]


def _add_agent(plan: PlanModel, agent: int, hands: list[tuple[int, Hand]]) -> None:
    """Let an agent do one thing at a time, and no more in all than there is time for."""
    if not hands:
        return
    activities, model = plan.activities, plan.model
    settled = [
        each
        for each in plan.around.choice.sequences[agent]
        if not plan.is_free(each) and not plan.is_past(each)
    ]
    for earlier, later in pairwise(settled):
        model.add(activities[later].start >= activities[earlier].finish)
    tail = _tail(plan, agent)
    before_tail = [(number, hand) for number, hand in hands if number not in tail]
    intervals = [
        model.new_optional_fixed_size_interval_var(
            activities[number].start, hand.length, hand.literal, ""
        )
        for number, hand in before_tail
    ]
    end = plan.makespan
    if tail and intervals:
        end = activities[tail[0]].start
        intervals.append(model.new_interval_var(end, plan.horizon - end, plan.horizon, ""))
    if len(intervals) > 1:
        model.add_no_overlap(intervals)
    load = sum(hand.length * hand.literal for _, hand in before_tail)
    model.add(plan.release[agent] + load <= end)


def _tail(plan: PlanModel, agent: int) -> list[int]:
    """Return the last activities of an agent that may not change, in order."""
    tail: list[int] = []
    if plan.frame is not None:
        for each in reversed(plan.around.choice.sequences[agent]):
            if plan.is_free(each) or plan.is_past(each):
                break
            tail.append(each)
    return tail[::-1]


def _add_in_hand(plan: PlanModel, agent: int, hands: list[tuple[int, Hand]]) -> None:
    """Let what is in hand come first, in its order."""
    first: list[tuple[tuple[bool, int, int], int, Hand]] = []
    others: list[tuple[int, Hand]] = []
    for number, hand in hands:
        place = place_in_hand(plan.problem, number, agent)
        if place is None:
            others.append((number, hand))
        else:
            first.append((place, number, hand))
    activities, model = plan.activities, plan.model
    for (_, earlier, one), (_, later, other) in combinations(sorted(first, key=itemgetter(0)), 2):
        if earlier != later:
            row = model.add(activities[later].start >= activities[earlier].finish)
            row.only_enforce_if([*_literals(one), *_literals(other)])
    if not first or not others:
        return
    end = max([plan.around.times.finish[each] for each in _in_hand_at(plan, agent)], default=0)
    free = plan.number(0, plan.horizon, end)
    for _, number, hand in first:
        model.add(free >= activities[number].finish).only_enforce_if(_literals(hand))
    for number, hand in others:
        model.add(activities[number].start >= free).only_enforce_if(_literals(hand))


def _in_hand_at(plan: PlanModel, agent: int) -> Iterator[int]:
    for each in plan.around.choice.sequences[agent]:
        if plan.problem.activities[each].in_hand is not None:
            yield each


def _add_splits(plan: PlanModel) -> None:
    """Let each task be done as it is, or all parts of exactly one of its ways."""
    model, activities = plan.model, plan.activities
    for task, ways, _ in plan.problem.splits:
        if not plan.is_free(task):
            continue
        taken = [plan.claim(hint=all(plan.is_done(part) for part in way)) for way in ways]
        whole = sum(taken) + activities[task].presence
        if plan.problem.activities[task].is_optional:
            model.add(whole <= 1)
        else:
            model.add(whole == 1)
        for part in {part: None for way in ways for part in way}:
            own = [one for one, way in zip(taken, ways, strict=True) if part in way]
            model.add(activities[part].presence == sum(own))


def _add_makespan(plan: PlanModel) -> None:
    """Let the end be after all ends: after the last ones only, where others wait for them."""
    awaited = {
        node
        for each, activity in zip(plan.activities, plan.problem.activities, strict=True)
        if each.hands and not each.conditions
        for node in activity.before
    }
    for number, each in enumerate(plan.activities):
        if each.hands and number not in awaited:
            plan.model.add(plan.makespan >= each.finish).only_enforce_if(each.conditions)
