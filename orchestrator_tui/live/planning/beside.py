"""Work on another processor: in a thread, as long as it leaves the lock of Python alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def beside(work: Callable[[], None]) -> Callable[[], None]:
    """Begin `work`; what is returned waits for its end, and raises what it raised."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside")
    running = executor.submit(work)
    executor.shutdown(wait=False)

    def join() -> None:
        running.result()

    return join
