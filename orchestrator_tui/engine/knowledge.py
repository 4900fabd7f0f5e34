"""Which entries of the knowledge base may help with something."""

import re

from orchestrator_tui.domain.ids import KnowledgeId
from orchestrator_tui.domain.knowledge import Knowledge
from orchestrator_tui.domain.mission import Mission

SHORTEST_WORD = 4
"""Letters below which a word says too little to match by."""

_WORD = re.compile(r"\w+")


def matching_knowledge(
    mission: Mission, text: str, tags: tuple[str, ...]
) -> list[tuple[KnowledgeId, Knowledge]]:
    """Return the entries that share a tag or a word with `text`, the best match first."""
    words = {each.casefold() for each in _WORD.findall(text)}
    wanted = {each.casefold() for each in tags}
    found = []
    for place, (key, each) in enumerate(mission.knowledge.items()):
        entry_tags = {tag.casefold() for tag in each.tags}
        long_words = {
            word.casefold() for word in _WORD.findall(each.title) if len(word) >= SHORTEST_WORD
        }
        shared = 2 * len(entry_tags & wanted) + len(entry_tags & words) + len(long_words & words)
        if shared:
            found.append((-shared, place, key, each))
    return [(key, each) for _, _, key, each in sorted(found, key=lambda match: match[:2])]
