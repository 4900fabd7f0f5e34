"""What is done at all: tasks as they are, or the parts of a way, and what is left out."""

from collections.abc import Iterator, Mapping, Sequence

from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem, Split

Variant = Mapping[int, bool]
"""What is to be done otherwise, by activity."""


def done_whole(problem: Problem) -> list[bool]:
    """Return what is done if every task is; what nobody can do is split, or else left out."""
    done = [not each.is_part for each in problem.activities]
    for split in problem.splits:
        if not problem.activities[split.task].modes:
            for number, is_done in _way(split, _possible(problem, split)).items():
                done[number] = is_done
    for number, each in enumerate(problem.activities):
        if each.is_optional and not each.modes:
            done[number] = False
    return done


def _possible(problem: Problem, split: Split) -> int | None:
    """Return the first way of which somebody can do each part; None where there is none."""
    for number, way in enumerate(split.ways):
        if all(problem.activities[part].modes for part in way):
            return number
    return None


def done_in(choice: Choice) -> list[bool]:
    """Return what is done in a plan."""
    return [agent != ABSENT for agent in choice.agents]


def varied(done: Sequence[bool], variant: Variant) -> list[bool]:
    """Return what is done with a variant."""
    return [variant.get(number, each) for number, each in enumerate(done)]


def variants(problem: Problem, done: Sequence[bool]) -> Iterator[Variant]:
    """Yield the steps from `done` to something else.

    They are another way of one split, all that is optional left out, or one optional activity left
    out or put back.
    """
    for split in problem.splits:
        for way in (None, *range(len(split.ways))):
            variant = _way(split, way)
            if any(done[number] != is_done for number, is_done in variant.items()):
                yield variant
    left_out = [
        _left_out(problem, n) for n, each in enumerate(problem.activities) if each.is_optional
    ]
    are_done = [any(done[number] for number in each) for each in left_out]
    if sum(are_done) > 1:
        yield {number: False for each in left_out for number in each}
    for each, is_done in zip(left_out, are_done, strict=True):
        task = next(iter(each))
        yield {**each, task: not is_done}


def _left_out(problem: Problem, task: int) -> dict[int, bool]:
    """Return the variant in which a task is not done, nor what may replace it."""
    parts = (
        part for split in problem.splits if split.task == task for way in split.ways for part in way
    )
    return {task: False, **dict.fromkeys(parts, False)}


def _way(split: Split, chosen: int | None) -> dict[int, bool]:
    """Return what is done if a way is chosen, and where none is."""
    variant = {part: False for way in split.ways for part in way}
    if chosen is not None:
        variant.update(dict.fromkeys(split.ways[chosen], True))
    return {split.task: chosen is None, **variant}
