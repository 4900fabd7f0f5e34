"""What may help with something: entries of the knowledge base, and blockers resolved before."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Final, Generic, Protocol, TypeVar

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import BlockerId, KnowledgeId
from orchestrator_tui.domain.knowledge import Knowledge
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import shorten

SHORTEST_WORD: Final = 4
"""Letters below which a word says too little to match by."""
EMPTY_WORDS: Final = frozenset(
    {
        "about", "after", "again", "before", "cannot", "does", "doesn", "every", "from", "have",
        "into", "more", "only", "over", "some", "such", "than", "that", "their", "them", "then",
        "there", "they", "this", "what", "when", "where", "which", "while", "will", "with",
        "without",
    }
)  # fmt: skip
"""Words that are long enough, and say nothing of what something is about."""
MOST_OFFERED: Final = 5
"""Entries of a kind that are offered for one thing."""
MOST_TAGS: Final = 50
"""Tags of one thing that are looked for; nobody means more."""
WORDS_REMEMBERED: Final = 4096
"""Titles and lists of tags whose words need not be looked for again."""

_WORD: Final = re.compile(r"\w+")


class _Described(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


Key = TypeVar("Key")
Entry = TypeVar("Entry", bound=_Described)


class Resources:
    """The knowledge and the experience of a mission, looked through when first asked."""

    def __init__(self, mission: Mission, now: datetime) -> None:
        self._mission = mission
        self._now = now
        self._knowledge: _Shelf[KnowledgeId, Knowledge] | None = None
        self._resolved: _Shelf[BlockerId, Blocker] | None = None

    def reading(
        self, text: str, tags: tuple[str, ...]
    ) -> tuple[tuple[KnowledgeId, Knowledge], ...]:
        """Return the few entries that share most tags and words with `text`, the best first.

        Of equals it is the first by their ids.
        """
        if self._knowledge is None:
            self._knowledge = _Shelf(sorted(self._mission.knowledge.items()))
        return self._knowledge.best(text, tags)

    def resolved_alike(
        self, text: str, tags: tuple[str, ...]
    ) -> tuple[tuple[BlockerId, Blocker], ...]:
        """Return the few resolved blockers that share most tags and words with `text`.

        Of equals it is the last to be resolved, then the first by its id.
        """
        if self._resolved is None:
            self._resolved = _Shelf(_newest_first(self._mission.blockers.items(), self._now))
        return self._resolved.best(text, tags)


def _newest_first(
    blockers: Iterable[tuple[BlockerId, Blocker]], now: datetime
) -> list[tuple[BlockerId, Blocker]]:
    """Return the blockers that were resolved by `now`, and say how."""
    found = [
        (now - each.resolved, key, each)
        for key, each in blockers
        if each.resolution and each.resolved is not None and each.resolved <= now
    ]
    return [(key, each) for _, key, each in sorted(found, key=lambda row: row[:2])]


class _Shelf(Generic[Key, Entry]):
    """Entries by their places, found by tag and by word; a set of places is a number's bits."""

    def __init__(self, entries: Iterable[tuple[Key, Entry]]) -> None:
        self._entries = tuple(entries)
        self._by_tag = _Index()
        self._by_word = _Index()
        for place, (_, each) in enumerate(self._entries):
            self._by_tag.add(place, _folded(each.tags))
            self._by_word.add(place, _long_words(each.title))
        self._found: dict[tuple[frozenset[str], ...], tuple[tuple[Key, Entry], ...]] = {}

    def best(self, text: str, tags: tuple[str, ...]) -> tuple[tuple[Key, Entry], ...]:
        """Return the few entries that share most, a tag for a tag counting twice."""
        if not self._entries:
            return ()
        words, folded = _words(shorten(text)), _folded(tags[:MOST_TAGS])
        in_tags, in_titles = self._by_tag, self._by_word
        shared = (in_tags.having(folded), in_tags.having(words), in_titles.having(words))
        found = self._found.get(shared)
        if found is None:
            found = self._found[shared] = tuple(self._sharing(*shared))
        return found

    def _sharing(
        self, tags: frozenset[str], words_as_tags: frozenset[str], words: frozenset[str]
    ) -> Iterator[tuple[Key, Entry]]:
        with_at_least = [-1]
        """By number of things in common: which entries have at least so many."""
        for index, names in (
            (self._by_tag, tags), (self._by_tag, tags), (self._by_tag, words_as_tags),
            (self._by_word, words),
        ):  # fmt: skip
            for name in names:
                shared = index.places(name)
                with_at_least.append(0)
                for count in range(len(with_at_least) - 1, 0, -1):
                    with_at_least[count] |= with_at_least[count - 1] & shared
        for place in islice(_in_order(reversed(with_at_least[1:])), MOST_OFFERED):
            yield self._entries[place]


class _Index:
    """The places at which each name stands."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._sets: dict[str, int] = {}

    def add(self, place: int, names: Iterable[str]) -> None:
        """Note that `names` stand at a place."""
        for name in names:
            self._places.setdefault(name, []).append(place)

    def having(self, names: frozenset[str]) -> frozenset[str]:
        """Return those of `names` that stand somewhere."""
        return frozenset(names & self._places.keys())

    def places(self, name: str) -> int:
        """Return the set of places at which a name stands that stands somewhere."""
        found = self._sets.get(name)
        if found is None:
            found = self._sets[name] = sum(1 << place for place in self._places[name])
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
    words = _words(title) - EMPTY_WORDS
    return frozenset([each for each in words if len(each) >= SHORTEST_WORD])
