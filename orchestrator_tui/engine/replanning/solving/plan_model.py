"""A problem as variables of CP-SAT: who may do what, and when it may begin.

An activity has one start, and a literal for each pair of an agent and a length; the intervals of
an agent do not overlap. All values of the best plan so far are hints.
"""

from typing import Any, NamedTuple

from orchestrator_tui.engine.replanning.problem.incumbent import Frame, Incumbent, sequenced
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Mode, Problem
from orchestrator_tui.engine.replanning.solving.cp_sat import Value, cp_sat
from orchestrator_tui.engine.replanning.solving.spells import Spell, spells
from orchestrator_tui.engine.scheduling.ticks import NEVER


class Hand(NamedTuple):
    """An activity in the hands of one agent for one length of time."""

    agent: int
    literal: Any
    """1 where nothing else is possible."""
    length: int
    minutes: int
    """Of work."""


class Variables(NamedTuple):
    """An activity in a model."""

    start: Any
    finish: Any
    """Means something only where it is done."""
    presence: Any
    """1 where it is always done, 0 where it never is, else a literal."""
    hands: tuple[Hand, ...] = ()

    @property
    def is_never(self) -> bool:
        """Say whether it is not done in any plan of the model."""
        return isinstance(self.presence, int) and not self.presence

    @property
    def conditions(self) -> list[Any]:
        """Return the literals without which nothing that is said of it holds."""
        return [] if isinstance(self.presence, int) else [self.presence]


class PlanModel:
    """The variables of a problem, around its best plan so far."""

    def __init__(
        self, problem: Problem, around: Incumbent, *, horizon: int, frame: Frame | None = None
    ) -> None:
        """Let all plans be that end by `horizon`; with a frame, only those that it lets be."""
        self.cp = cp_sat()
        self.model = self.cp.CpModel()
        self.problem = problem
        self.around = around
        self.horizon = horizon
        self.frame = frame
        self.release = self._release()
        self._in_splits = {
            each: split.task
            for split in problem.splits
            for each in (split.task, *(part for way in split.ways for part in way))
        }
        self.activities = tuple(self._activity(number) for number in range(problem.size))
        makespan = max([*self.release, 0])
        self.makespan = self.number(makespan, horizon, around.score.makespan)

    @property
    def rows(self) -> int:
        """Return how large it is: pairs of an activity and who may do it in one length of time."""
        return sum(len(each.hands) for each in self.activities)

    def is_past(self, activity: int) -> bool:
        """Say whether the times of an activity are settled."""
        return self.frame is not None and activity in self.frame.past

    def is_free(self, activity: int) -> bool:
        """Say whether an activity may be anywhere."""
        return self.frame is None or activity in self.frame.free

    def is_done(self, activity: int) -> bool:
        """Say whether an activity is done in the plan so far."""
        return self.around.choice.agents[activity] != ABSENT

    def number(self, least: int, most: int, hint: int | None = None) -> Any:
        """Return a new variable; `hint` is its value in the plan so far."""
        variable = self.model.new_int_var(least, max(least, most), "")
        if hint is not None and least <= hint <= most:
            self.model.add_hint(variable, hint)
        return variable

    def claim(self, *, hint: bool) -> Any:
        """Return a new literal."""
        literal = self.model.new_bool_var("")
        self.model.add_hint(literal, hint)
        return literal

    def agents_in(self, value: Value) -> list[int]:
        """Return by activity who does it in a plan of the model."""
        agents = list(self.around.choice.agents)
        for number, each in enumerate(self.activities):
            if each.hands or not self.is_past(number):
                agents[number] = next(
                    (
                        hand.agent
                        for hand in each.hands
                        if isinstance(hand.literal, int) or value(hand.literal)
                    ),
                    ABSENT,
                )
        return agents

    def choice_in(self, value: Value, ranks: tuple[int, ...]) -> Choice:
        """Return a plan of the model; `ranks` are the nodes' places in order of precedence."""
        agents = self.agents_in(value)
        spans = [
            (0, 0) if agents[number] == ABSENT else (value(each.start), value(each.finish))
            for number, each in enumerate(self.activities)
        ]
        return sequenced(self.problem, agents, spans, ranks)

    def _release(self) -> list[int]:
        """Return by agent when it has done all that is past."""
        release = [0] * len(self.problem.agents)
        for each in () if self.frame is None else self.frame.past:
            agent = self.around.choice.agents[each]
            release[agent] = max(release[agent], self.around.times.finish[each])
        return release

    def _activity(self, number: int) -> Variables:
        times, is_done = self.around.times, self.is_done(number)
        if self.is_past(number):
            return Variables(times.start[number], times.finish[number], 1)
        if not is_done and not self.is_free(number):
            return Variables(0, 0, 0)
        ways = self._ways(number)
        presence = self._presence(number, has_ways=bool(ways))
        if not ways:
            return Variables(0, 0, presence)
        return self._with_hands(number, ways, presence)

    def _presence(self, number: int, *, has_ways: bool) -> Any:
        if not self.is_free(number):
            return 1
        split = self._in_splits.get(number)
        may_go = self.problem.activities[number].is_optional or (
            split is not None and self.is_free(split)
        )
        if not has_ways and (may_go or self.problem.activities[number].is_part):
            return 0
        if not has_ways:
            self.model.add_bool_or([])  # nobody can do what has to be done
        return self.claim(hint=self.is_done(number)) if may_go else 1

    def _ways(self, number: int) -> list[tuple[Mode, Spell]]:
        """Return who may do an activity, and how long it then lasts."""
        activity, past = self.problem.activities[number], self.around.times.finish
        before = [past[each] for each in activity.before if self.is_past(each)]
        first = max([activity.earliest, *before])
        own = self.around.choice.agents[number]
        is_settled = not self.is_free(number)
        return [
            (mode, spell)
            for mode in activity.modes
            if mode.agent == own or not is_settled
            for spell in spells(
                self.problem.absences[mode.agent],
                mode.minutes,
                max(first, self.release[mode.agent]),
                self.horizon,
            )
        ]

    def _with_hands(self, number: int, ways: list[tuple[Mode, Spell]], presence: Any) -> Variables:
        least = min(spell.starts[0][0] for _, spell in ways)
        most = max(spell.starts[-1][1] for _, spell in ways)
        begins = self.around.times.start[number] if self.is_done(number) else least
        start = self.number(least, most, None if begins >= NEVER else begins)
        if len(ways) == 1:
            mode, spell = ways[0]
            self._begin_in(start, spell, presence, (least, most))
            hand = Hand(mode.agent, presence, spell.length, mode.minutes)
            return Variables(start, start + spell.length, presence, (hand,))
        hands = []
        for mode, spell in ways:
            is_own = self.around.choice.agents[number] == mode.agent
            literal = self.claim(hint=is_own and _holds(spell, begins))
            self._begin_in(start, spell, literal, (least, most))
            hands.append(Hand(mode.agent, literal, spell.length, mode.minutes))
        absent = [] if isinstance(presence, int) else [presence.negated()]
        self.model.add_exactly_one([*(each.literal for each in hands), *absent])
        shortest = min(each.length for each in hands)
        longer = [each for each in hands if each.length > shortest]
        finish = start + shortest
        finish += sum((each.length - shortest) * each.literal for each in longer)
        return Variables(start, finish, presence, tuple(hands))

    def _begin_in(self, start: Any, spell: Spell, literal: Any, whole: tuple[int, int]) -> None:
        """Let an activity begin only when it lasts as long as `spell` if `literal` holds."""
        if spell.starts != (whole,):
            domain = self.cp.Domain.from_intervals([list(each) for each in spell.starts])
            row = self.model.add_linear_expression_in_domain(start, domain)
            if not isinstance(literal, int):
                row.only_enforce_if(literal)


def _holds(spell: Spell, minute: int) -> bool:
    return any(first <= minute <= last for first, last in spell.starts)
