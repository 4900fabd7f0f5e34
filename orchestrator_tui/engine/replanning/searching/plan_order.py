"""Who waits for whom in a plan, kept in an order in which nobody comes before what it waits for.

Arcs are precedences and, for each agent, the row of what it does (disjunctive graph: Roy and
Sussmann, 1964). A move mends the order only where it has to (Pearce and Kelly, 2007).
"""

from orchestrator_tui.engine.replanning.problem.problem import ABSENT
from orchestrator_tui.engine.replanning.searching.compact import Compact


class PlanOrder:
    """Who waits for whom; lists are by node, and their last entry stands for nobody."""

    def __init__(self, compact: Compact) -> None:
        nodes = compact.nodes
        self.compact = compact
        self.nobody = nodes
        self.agent = [ABSENT] * (nodes + 1)
        self.previous = [nodes] * (nodes + 1)
        """What its agent does before it."""
        self.next = [nodes] * (nodes + 1)
        self.order: list[int] = []
        self.until = 0
        """Up to which place of the order the last move changed anything."""
        self._place = [0] * (nodes + 1)
        self._marks = [False] * (nodes + 1)

    def _is_done(self, node: int) -> bool:
        return node >= self.compact.size or self.agent[node] != ABSENT

    def _arrange(self) -> bool:
        """Find an order; return False if there is none."""
        compact, nobody = self.compact, self.nobody
        nodes = [each for each in range(compact.size) if self._is_done(each)] + compact.passages
        waiting = [0] * (nobody + 1)
        for node in nodes:
            count = sum(map(self._is_done, compact.before[node]))
            waiting[node] = count + (self.previous[node] != nobody)
        waiting[nobody] = -1
        order = [node for node in nodes if not waiting[node]]
        for node in order:
            for each in (*compact.after[node], self.next[node]):
                waiting[each] -= 1
                if not waiting[each]:
                    order.append(each)
        self.order = order
        self.until = len(order) - 1
        for place, node in enumerate(order):
            self._place[node] = place
        return len(order) == len(nodes)

    def _reorder(self, activity: int) -> int:
        """Mend the order around what was moved; return where it changed, -1 for a circle."""
        place = self._place
        at = place[activity]
        earlier, later = self.previous[activity], self.next[activity]
        if earlier != self.nobody and place[earlier] > at:
            return self._move_later(activity, at, place[earlier])
        if later != self.nobody and place[later] < at:
            return self._move_earlier(activity, place[later], at)
        self.until = at
        return at

    def _move_later(self, activity: int, first: int, last: int) -> int:
        """Let an activity, and all that waits for it, come after the place `last`."""
        marks, before, previous = self._marks, self.compact.before, self.previous
        marks[activity] = True
        moved, others = [activity], []
        for node in self.order[first + 1 : last + 1]:
            if marks[previous[node]] or any([marks[each] for each in before[node]]):  # noqa: C419 - a list is quicker
                marks[node] = True
                moved.append(node)
            else:
                others.append(node)
        return self._renumber(moved, others + moved, first, is_circle=marks[self.order[last]])

    def _move_earlier(self, activity: int, first: int, last: int) -> int:
        """Let an activity, and all that it waits for, come before the place `first`."""
        marks, after, following = self._marks, self.compact.after, self.next
        marks[activity] = True
        moved, others = [activity], []
        for node in self.order[first:last][::-1]:
            if marks[following[node]] or any([marks[each] for each in after[node]]):  # noqa: C419 - a list is quicker
                marks[node] = True
                moved.append(node)
            else:
                others.append(node)
        window = moved[::-1] + others[::-1]
        return self._renumber(moved, window, first, is_circle=marks[self.order[first]])

    def _renumber(self, moved: list[int], window: list[int], first: int, *, is_circle: bool) -> int:
        for node in moved:
            self._marks[node] = False
        if is_circle:
            return -1
        self.until = first + len(window) - 1
        self.order[first : self.until + 1] = window
        for place, node in enumerate(window, start=first):
            self._place[node] = place
        return first
