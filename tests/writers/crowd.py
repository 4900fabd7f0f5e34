"""Writers as a test sees them: what was acknowledged to them, and how to kill them."""

import os
import random
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.writers.worker import COMMENT

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0


@dataclass
class Writer:
    """One writer, which is started again where it was killed."""

    kind: str
    arguments: tuple[str, ...]
    end: int
    deaths: list[int] = field(default_factory=list)
    """After which acknowledgements it is killed, the next one last."""
    acknowledged: int = -1
    process: "subprocess.Popen[bytes] | None" = None
    pending: bytes = b""

    def start(self, path: Path, state: Path) -> None:
        """Begin, or go on after what was acknowledged last."""
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.writers.worker", self.kind, str(path), str(state),
                *self.arguments, str(self.acknowledged + 1), str(self.end),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self.pending = b""

    def descriptor(self) -> int:
        """Return where its acknowledgements come from."""
        assert self.process is not None
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def listen(self) -> bool:
        """Take what it said; say whether it is still at work."""
        said = os.read(self.descriptor(), 4096)
        *lines, self.pending = (self.pending + said).split(b"\n")
        for each in lines:
            assert int(each) == self.acknowledged + 1
            self.acknowledged = int(each)
        return bool(said)

    def is_to_die(self) -> bool:
        """Say whether it has lived long enough."""
        return bool(self.deaths) and self.acknowledged >= self.deaths[-1]

    def bury(self) -> int:
        """Return the exit status of the process that ended."""
        assert self.process is not None
        status = self.process.wait(PATIENCE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return status


def mission_text(agents: int, plans: int) -> str:
    """Return a mission with a comment on every line that is written."""
    lines = [COMMENT.format(0), "mission: Crowd # title", "started: 2026-11-20T06:00Z", "agents:"]
    for each in range(agents):
        lines += [f"  agent-{each:02}: # agent {each}", f"    task: task-{each:02} # of {each}"]
    lines += ["# the tasks", "tasks:"]
    for each in range(agents):
        lines += [
            f"  task-{each:02}: # task {each}",
            "    estimate: 4h",
            f"    progress: 0 # progress {each}",
        ]
    for each in range(plans):
        lines += [f"  plan-{each}:", f"    title: plan -1 # plan {each}", "    estimate: 1h"]
    return "\n".join([*lines, "# the end", ""])


def crowd(reports_of: Sequence[int], plans_of: Sequence[int], comments: int) -> list[Writer]:
    """Return the writers; half of those that lock are killed once or twice on their way."""
    chance = random.Random(7)  # noqa: S311 - which are killed, the same each time

    def deaths(end: int, writer: int) -> list[int]:
        count = (0, 1, 0, 2)[writer % 4]
        return sorted(chance.sample(range(end - 1), count), reverse=True)

    return [
        *(
            Writer("report", (f"agent-{each:02}",), end, deaths(end, each))
            for each, end in enumerate(reports_of)
        ),
        *(
            Writer("plan", (f"plan-{each}",), end, deaths(end, each))
            for each, end in enumerate(plans_of)
        ),
        Writer("comment", (), comments),
    ]


def live(writers: Sequence[Writer], path: Path, state: Path) -> Iterator[None]:
    """Let them all write at once until they are done; yield after each thing that happens."""
    chance = random.Random(8)  # noqa: S311 - when a signal hits is the machine's own chance
    for each in writers:
        each.start(path, state)
    working = {each.descriptor(): each for each in writers}
    while working:
        ready, _, _ = select.select(list(working), [], [], PATIENCE_SECONDS)
        assert ready, "nobody says anything any more"
        chance.shuffle(ready)
        for descriptor in ready:
            writer = working[descriptor]
            goes_on = writer.listen()
            if goes_on and writer.is_to_die():
                assert writer.process is not None
                writer.deaths.pop()
                writer.process.kill()
            if not goes_on:
                del working[descriptor]
                status = writer.bury()
                assert status in (0, -9), (writer.kind, writer.arguments, status)
                if writer.acknowledged + 1 < writer.end:
                    writer.start(path, state)
                    working[writer.descriptor()] = writer
        yield
