"""What may help with something: entries of the knowledge base, and blockers resolved before."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from heapq import merge
from itertools import groupby, islice
from typing import Final

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import BlockerId, KnowledgeId
from orchestrator_tui.domain.knowledge import Knowledge
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import shorten

SHORTEST_WORD: Final = 4
"""Letters below which a word says too little to match by."""
MOST_OFFERED: Final = 5
"""Entries of a kind that are offered for one thing."""
MOST_TAGS: Final = 50
"""Tags of one thing that are looked for; nobody means more."""
WORDS_REMEMBERED: Final = 4096
"""Titles and lists of tags whose words need not be looked for again."""

_WORD: Final = re.compile(r"\w+")


class Resources:
    """The knowledge and the experience of a mission, looked through when first asked."""

    def __init__(self, mission: Mission, now: datetime) -> None:
        self._mission = mission
        self._now = now
        self._shelf: _Shelf | None = None
        self._resolved: dict[str, list[tuple[int, BlockerId]]] | None = None

    def reading(
        self, text: str, tags: tuple[str, ...]
    ) -> tuple[tuple[KnowledgeId, Knowledge], ...]:
        """Return the few entries that share most tags and words with `text`, the best first."""
        if self._shelf is None:
            self._shelf = _Shelf(self._mission.knowledge.items())
        return tuple(self._shelf.best(_words(shorten(text)), _folded(tags[:MOST_TAGS])))

    def resolved_alike(self, tags: tuple[str, ...]) -> tuple[tuple[BlockerId, Blocker], ...]:
        """Return the first few resolved blockers that share a tag, in mission order."""
        if self._resolved is None:
            self._resolved = self._resolved_by_tag()
        found = merge(*(self._resolved.get(each, ()) for each in set(tags[:MOST_TAGS])))
        keys = (key for (_, key), _ in islice(groupby(found), MOST_OFFERED))
        return tuple((key, self._mission.blockers[key]) for key in keys)

    def _resolved_by_tag(self) -> dict[str, list[tuple[int, BlockerId]]]:
        found: dict[str, list[tuple[int, BlockerId]]] = {}
        for place, (key, each) in enumerate(self._mission.blockers.items()):
            if each.resolution and each.resolved is not None and each.resolved <= self._now:
                for tag in set(each.tags):
                    found.setdefault(tag, []).append((place, key))
        return found


class _Shelf:
    """Entries by their places, found by tag and by word; a set of places is a number's bits."""

    def __init__(self, entries: Iterable[tuple[KnowledgeId, Knowledge]]) -> None:
        self._entries = tuple(entries)
        self._by_tag: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for place, (_, each) in enumerate(self._entries):
            for tag in _folded(each.tags):
                self._by_tag.setdefault(tag, []).append(place)
            for word in _long_words(each.title):
                self._by_word.setdefault(word, []).append(place)
        self._sets: dict[int, int] = {}

    def best(
        self, words: frozenset[str], tags: frozenset[str]
    ) -> Iterator[tuple[KnowledgeId, Knowledge]]:
        """Yield the few entries that share most, a tag for a tag counting twice."""
        with_at_least = [-1]
        """By number of things in common: which entries have at least so many."""
        for shared in self._shared(words, tags):
            with_at_least.append(0)
            for count in range(len(with_at_least) - 1, 0, -1):
                with_at_least[count] |= with_at_least[count - 1] & shared
        for place in islice(_in_order(reversed(with_at_least[1:])), MOST_OFFERED):
            yield self._entries[place]

    def _shared(self, words: frozenset[str], tags: frozenset[str]) -> Iterator[int]:
        """Yield for each thing that entries may have in common those that have it."""
        for sought, index in (
            (tags, self._by_tag), (tags, self._by_tag), (words, self._by_tag),
            (words, self._by_word),
        ):  # fmt: skip
            for each in sought & index.keys():
                yield self._set_of(index[each])

    def _set_of(self, places: list[int]) -> int:
        found = self._sets.get(id(places))
        if found is None:
            found = self._sets[id(places)] = sum(1 << place for place in places)
        return found


def _in_order(sets: Iterable[int]) -> Iterator[int]:
    """Yield the places in growing sets, those of a smaller set first, each once."""
    before = 0
    for each in sets:
        new = each & ~before
        while new:
            lowest = new & -new
            yield lowest.bit_length() - 1
            new ^= lowest
        before = each


def _words(text: str) -> frozenset[str]:
    return frozenset([each.casefold() for each in _WORD.findall(text)])


@lru_cache(maxsize=WORDS_REMEMBERED)
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset([each.casefold() for each in tags])


@lru_cache(maxsize=WORDS_REMEMBERED)
def _long_words(title: str) -> frozenset[str]:
    return frozenset([each for each in _words(title) if len(each) >= SHORTEST_WORD])
