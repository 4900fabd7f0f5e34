"""What it is to be an ordinary user in a test."""

from collections.abc import Callable
from contextlib import AbstractContextManager

Unprivileged = Callable[[], AbstractContextManager[None]]
"""Makes this process an ordinary user for as long as its context is open."""
