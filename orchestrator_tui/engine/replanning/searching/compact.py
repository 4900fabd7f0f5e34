"""A problem as flat lists of numbers, for searches that ask a million times."""

from typing import Final

from orchestrator_tui.engine.replanning.problem.problem import Problem

MOST_DIRECT: Final = 16
"""A passage is replaced by direct precedences where these are no more than so many."""


class Compact:
    """A problem as lists by node; passages that are not needed are gone."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.size = problem.size
        self.nodes = problem.size + len(problem.passages)
        activities = problem.activities
        self.work = [dict(each.modes) for each in activities]
        """By activity: the minutes of everybody who may do it."""
        self.earliest = [each.earliest for each in activities] + [0] * len(problem.passages)
        self.is_in_hand = [each.in_hand is not None for each in activities]
        self.may_be_left_out = [each.is_optional for each in activities]
        self.absences = problem.absences
        self.passages, self.before, self.after = _direct(problem)

    def place_in_hand(self, activity: int, agent: int) -> tuple[bool, int, int]:
        """Return the place of something in hand among all such of `agent`."""
        each = self.problem.activities[activity]
        if each.in_hand is None:
            raise ValueError(f"{each.id} is not in hand")
        return each.in_hand.is_strange or agent != each.holder, each.in_hand.started, activity


def _direct(problem: Problem) -> tuple[list[int], list[list[int]], list[list[int]]]:
    """Return the passages that are needed, and what each node waits for and is waited for by."""
    before = [set(each.before) for each in problem.activities]
    before += [set(each) for each in problem.passages]
    after: list[set[int]] = [set() for _ in before]
    for node, waits in enumerate(before):
        for each in waits:
            after[each].add(node)
    dues = {due.node for due in problem.dues}
    kept: list[int] = []
    for passage in range(problem.size, len(before)):
        earlier, later = before[passage], after[passage]
        if passage in dues or len(earlier) * len(later) > max(
            MOST_DIRECT, len(earlier) + len(later)
        ):
            kept.append(passage)
            continue
        for node in later:
            before[node] |= earlier
            before[node].discard(passage)
        for node in earlier:
            after[node] |= later
            after[node].discard(passage)
        before[passage] = after[passage] = set()
    return kept, [sorted(each) for each in before], [sorted(each) for each in after]
