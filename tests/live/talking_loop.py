"""A live loop as a program: prints the title of the only mission whenever it is told another."""

import sys
from pathlib import Path
from threading import Event

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.live.loop import LiveLoop


def main() -> None:
    titles: list[str] = []

    def tell(assessment: Assessment) -> None:
        title = assessment.missions[0].title if assessment.missions else "none"
        if titles[-1:] != [title]:
            titles.append(title)
            print(title, flush=True)

    LiveLoop(Path(sys.argv[1]), clock=system_clock, tell=tell).start()
    Event().wait()


if __name__ == "__main__":
    main()
