"""Places where permissions count, as in the tests of reading."""

from tests.io.conftest import public_place, unprivileged

__all__ = ["public_place", "unprivileged"]
