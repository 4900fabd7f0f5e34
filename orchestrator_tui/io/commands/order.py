"""What the supervisor is told to do: one line of JSON.

Imported by the supervisor, so it imports only what starts quickly. Words and paths are bytes to the
system; they travel as one character a byte.
"""

import json

BYTE_A_CHARACTER = "latin-1"


class Order:
    """A command to run, and its limits."""

    def __init__(self, line: bytes) -> None:
        """Read the order from its line."""
        told = json.loads(line)
        self.program: bytes = _bytes(told["program"])
        self.argv: list[bytes] = [_bytes(each) for each in told["argv"]]
        self.environment: dict[bytes, bytes] = {
            _bytes(name): _bytes(value) for name, value in told["environment"]
        }
        self.folder: bytes = _bytes(told["folder"])
        self.given: bytes = _bytes(told["given"])
        """What the command finds on its standard input."""
        self.seconds: float = told["seconds"]
        self.grace_seconds: float = told["grace_seconds"]
        self.output_bytes: int = told["output_bytes"]
        self.memory_bytes: int = told["memory_bytes"]
        self.processes: int = told["processes"]
        self.tasks: int = told["tasks"]
        self.of_a_process: dict[str, int] = told["of_a_process"]
        """Limits that the system keeps, by their names in `resource`."""


def _bytes(characters: str) -> bytes:
    return characters.encode(BYTE_A_CHARACTER)
