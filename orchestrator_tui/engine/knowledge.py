"""Which entries of the knowledge base may help with something."""

import re
from functools import lru_cache
from heapq import nsmallest

from orchestrator_tui.domain.ids import KnowledgeId
from orchestrator_tui.domain.knowledge import Knowledge
from orchestrator_tui.domain.mission import Mission

SHORTEST_WORD = 4
"""Letters below which a word says too little to match by."""

MOST_OFFERED = 5
"""Entries that are offered for one thing."""
WORDS_REMEMBERED = 4096
"""Titles and lists of tags whose words need not be looked for again."""

_WORD = re.compile(r"\w+")


def matching_knowledge(
    mission: Mission, text: str, tags: tuple[str, ...]
) -> list[tuple[KnowledgeId, Knowledge]]:
    """Return the few entries that share most tags and words with `text`, the best match first."""
    words = {each.casefold() for each in _WORD.findall(text)}
    wanted = _folded(tags)
    found = []
    for place, (key, each) in enumerate(mission.knowledge.items()):
        entry_tags = _folded(each.tags)
        long_words = _long_words(each.title)
        shared = 2 * len(entry_tags & wanted) + len(entry_tags & words) + len(long_words & words)
        if shared:
            found.append((-shared, place, key, each))
    best = nsmallest(MOST_OFFERED, found, key=lambda match: match[:2])
    return [(key, each) for _, _, key, each in best]


@lru_cache(maxsize=WORDS_REMEMBERED)
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset([each.casefold() for each in tags])


@lru_cache(maxsize=WORDS_REMEMBERED)
def _long_words(title: str) -> frozenset[str]:
    words = _WORD.findall(title)
    return frozenset([each.casefold() for each in words if len(each) >= SHORTEST_WORD])
