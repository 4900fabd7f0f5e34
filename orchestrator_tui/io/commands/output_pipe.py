"""The pipe that a command writes to; only the head and the tail of what comes are kept.

Imported by the supervisor, so it imports only what starts quickly.
"""

import os

CHUNK = 1 << 16
MOST_CHUNKS = 32
"""Read in one go: somebody may write without end."""


class OutputPipe:
    """A pipe, and at most `most` bytes of what was written to it."""

    def __init__(self, most: int) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.head = bytearray()
        self.tail = bytearray()
        self.left_out = 0
        self._half = most // 2

    def drain(self) -> bool:
        """Take what is there; say whether more may come."""
        for _ in range(MOST_CHUNKS):
            try:
                piece = os.read(self.reading, CHUNK)
            except BlockingIOError:
                return True
            if not piece:
                return False
            room = self._half - len(self.head)
            self.head += piece[:room]
            self.tail += piece[room:]
            dropped = max(0, len(self.tail) - self._half)
            self.left_out += dropped
            del self.tail[:dropped]
        return True
