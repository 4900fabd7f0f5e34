"""Moves that may make a plan better: what is critical goes elsewhere, to where it fits best.

What a move leads to is estimated from the times as they are (Balas and Vazacopoulos, 1998;
Mastrolilli and Gambardella, 2000).
"""

from bisect import bisect_left, bisect_right
from random import Random
from typing import NamedTuple

from orchestrator_tui.engine.replanning.problem.problem import ABSENT
from orchestrator_tui.engine.replanning.searching.plan_graph import PlanGraph
from orchestrator_tui.engine.scheduling.absences import back_at, finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER


class Move(NamedTuple):
    """An activity put at a place of a row, counted without itself."""

    estimate: int
    """How much later than at the latest it is done then."""
    activity: int
    agent: int
    """ABSENT to leave it out."""
    at: int


def critical_path(graph: PlanGraph, end: int, random: Random) -> list[int]:
    """Return a longest way to `end`: the activities that follow each other without a gap."""
    finish, ready, previous = graph.finish, graph.ready, graph.previous
    before, earliest, size = graph.compact.before, graph.compact.earliest, graph.compact.size
    path: list[int] = []
    node = end
    while True:
        if node < size:
            path.append(node)
        reached = max(ready[node], finish[previous[node]])
        ways = [each for each in before[node] if finish[each] == reached]
        if finish[previous[node]] == reached and previous[node] != graph.nobody:
            ways.append(previous[node])
        if not ways or reached <= earliest[node]:
            return path
        node = ways[0] if len(ways) == 1 else ways[int(random.random() * len(ways))]


def moves_of(graph: PlanGraph, activity: int, found: list[Move]) -> None:
    """Add the best places for an activity: one with each other agent, and two with its own."""
    compact = graph.compact
    if compact.is_in_hand[activity]:
        _moves_in_hand(graph, activity, found)
        return
    own = graph.agent[activity]
    if compact.may_be_left_out[activity] and own != ABSENT:
        free, end = graph.previous[activity], graph.next[activity]
        found.append(Move(graph.finish[free] - graph.latest[end], activity, ABSENT, 0))
    for agent, minutes in compact.work[activity].items():
        if agent == own:
            _later(graph, activity, minutes, found)
            _sooner(graph, activity, minutes, found)
        else:
            found.append(_elsewhere(graph, activity, agent))


def places_elsewhere(graph: PlanGraph, activity: int) -> list[Move]:
    """Return the best place for an activity with each agent that does not have it."""
    return [
        _elsewhere(graph, activity, agent)
        for agent in graph.compact.work[activity]
        if agent != graph.agent[activity]
    ]


def _elsewhere(graph: PlanGraph, activity: int, agent: int) -> Move:
    """Return the best place for an activity with another agent.

    Places before which all ends in time, and after which all has time, are as good as can be;
    otherwise the best one is between the two.
    """
    row, finish, latest = graph.rows[agent], graph.finish, graph.latest
    ready, room = graph.ready[activity], graph.room[activity]
    first = bisect_right(row, ready, key=finish.__getitem__)
    last = bisect_left(row, room, key=latest.__getitem__)
    fixed = graph.in_hand[agent]
    if first < fixed:
        ready = max(ready, finish[row[fixed - 1]])
        first, last = fixed, max(last, fixed)
    if last <= first:
        at = (first + last + 1) // 2 if last >= fixed else first
        return _placed(graph, activity, agent, at)
    best, best_at = ready - latest[row[first]], first
    for at in range(first + 1, last):
        way = finish[row[at - 1]] - latest[row[at]]
        if way < best:
            best, best_at = way, at
    if finish[row[last - 1]] - room < best:
        best_at = last
    return _placed(graph, activity, agent, best_at)


def _placed(graph: PlanGraph, activity: int, agent: int, at: int) -> Move:
    """Return a move to another agent, with what it leads to."""
    row, compact = graph.rows[agent], graph.compact
    minutes = compact.work[activity][agent]
    begin, end = graph.ready[activity], graph.room[activity]
    if at:
        begin = max(begin, graph.finish[row[at - 1]])
    if at < len(row):
        end = min(end, graph.latest[row[at]])
    absences = compact.absences[agent]
    if absences:
        begin = back_at(absences, begin)
        finish = finish_of(absences, begin, minutes) if begin < NEVER else NEVER
        return Move(finish - end, activity, agent, at)
    return Move(begin + minutes - end, activity, agent, at)


def _later(graph: PlanGraph, activity: int, minutes: int, found: list[Move]) -> None:
    """Add the best place further back in the same row."""
    latest, ready, length, following = graph.latest, graph.ready, graph.length, graph.next
    own_ready, room = ready[activity], graph.room[activity]
    free = graph.finish[graph.previous[activity]]
    node, best, best_steps, steps = following[activity], 1 << 62, 0, 0
    while node != graph.nobody and latest[node] < room:
        free = max(ready[node], free) + length[node]
        steps += 1
        node = following[node]
        way = max(own_ready, free) - min(room, latest[node])
        if way < best:
            best, best_steps = way, steps
    if steps:
        agent = graph.agent[activity]
        at = graph.rows[agent].index(activity) + best_steps
        found.append(Move(best + minutes, activity, agent, at))


def _sooner(graph: PlanGraph, activity: int, minutes: int, found: list[Move]) -> None:
    """Add the best place further ahead in the same row."""
    finish, due, length, previous = graph.finish, graph.room, graph.length, graph.previous
    is_in_hand = graph.compact.is_in_hand
    own_ready, room = graph.ready[activity], due[activity]
    free = graph.latest[graph.next[activity]]
    node, best, best_steps, steps = previous[activity], 1 << 62, 0, 0
    while node != graph.nobody and finish[node] > own_ready and not is_in_hand[node]:
        free = min(due[node], free) - length[node]
        steps += 1
        node = previous[node]
        way = max(own_ready, finish[node]) - min(room, free)
        if way < best:
            best, best_steps = way, steps
    if steps:
        agent = graph.agent[activity]
        at = graph.rows[agent].index(activity) - best_steps
        found.append(Move(best + minutes, activity, agent, at))


def _moves_in_hand(graph: PlanGraph, activity: int, found: list[Move]) -> None:
    """Add the places of what is in hand in other hands: there is only one with each."""
    compact = graph.compact
    for agent in compact.work[activity]:
        if agent != graph.agent[activity]:
            row, place = graph.rows[agent], compact.place_in_hand(activity, agent)
            in_hand = row[: graph.in_hand[agent]]
            at = sum(compact.place_in_hand(each, agent) < place for each in in_hand)
            found.append(_placed(graph, activity, agent, at))
