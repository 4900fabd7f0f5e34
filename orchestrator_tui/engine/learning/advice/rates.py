"""How much longer work takes in an agent's hands, as far as that is sure."""

from collections.abc import Iterable

from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.claim import Stated


class Rates:
    """What patterns say of agents: an agent's work of one skill, else all its work."""

    def __init__(self, patterns: Iterable[Stated]) -> None:
        kinds = {PatternKind.AGENT_BIAS, PatternKind.SKILL_BIAS}
        self._by_hands = {
            (each.claim.agent, each.claim.skill): each
            for each in patterns
            if each.claim.kind in kinds and each.claim.agent
        }

    def __bool__(self) -> bool:
        """Say whether anything is known of anybody."""
        return bool(self._by_hands)

    def ground(self, agent: str, skill: str) -> Stated | None:
        """Return the pattern that says it of an agent's work of one skill; None without one."""
        return self._by_hands.get((agent, skill)) or self._by_hands.get((agent, ""))

    def of(self, agent: str, skill: str) -> float:
        """Return how many times its estimate an agent's work of one skill takes."""
        ground = self.ground(agent, skill)
        return 1.0 if ground is None else ground.pattern.effect
