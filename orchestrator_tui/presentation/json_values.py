"""How single values stand in the documents for programs: what is not known is null."""

from datetime import datetime
from typing import Final, TypeAlias

from orchestrator_tui.domain.instant import format_instant

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

DECIMALS: Final = 6
"""Digits kept behind the point: below a second of an hour, above the noise of floating point."""


def number_value(value: float | None) -> float | None:
    """Return a number without noise."""
    # adding zero turns -0.0 into 0.0
    return None if value is None else round(value, DECIMALS) + 0.0


def time_value(moment: datetime | None) -> str | None:
    """Return a time in UTC."""
    return None if moment is None else format_instant(moment)
