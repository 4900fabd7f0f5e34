"""Waiting for threads that a test does not hold in its hands."""

from threading import enumerate as all_threads


def join_all(name: str) -> None:
    """Wait until every thread of that name has ended."""
    for each in all_threads():
        if each.name == name:
            each.join()
