"""The same mission, written in another order."""

from typing import Any

from hypothesis import strategies as st

_LISTS = {"tasks"}
"""Lists in which the order means nothing."""


@st.composite
def shuffled(draw: st.DrawFn, value: Any, key: str = "") -> Any:
    """Return `value` with the entries of every mapping in another order."""
    if isinstance(value, dict):
        names = draw(st.permutations(list(value)))
        return {name: draw(shuffled(value[name], name)) for name in names}
    if isinstance(value, list) and key in _LISTS:
        return draw(st.permutations(value))
    return value
