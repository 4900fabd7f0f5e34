"""What follows from a plan need not be found again: many small plans are remembered, or few great.

A folder of a hundred missions is judged again and again, and so is one mission of ten thousand
tasks; what follows from that one takes as much room as from all the hundred.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

SMALL: Final = 200
"""Tasks of a plan that is small, at most."""
SMALL_REMEMBERED: Final = 128
GREAT_REMEMBERED: Final = 8

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def remembered(
    size: Callable[Arguments, int],
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """Return a decorator by which equal questions about plans are answered once.

    `size` says how many tasks the plan has that a question is about.
    """

    def decorated(find: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        small = lru_cache(maxsize=SMALL_REMEMBERED)(find)
        great = lru_cache(maxsize=GREAT_REMEMBERED)(find)

        @wraps(find)
        def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            chosen = small if size(*args, **kwargs) <= SMALL else great
            return chosen(*args, **kwargs)  # type: ignore[arg-type]  # each argument has a hash

        return answer

    return decorated
