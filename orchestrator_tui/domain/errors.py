"""The errors of this project.

OrchestratorError
├── MissionNotFound      the path names no mission, agent, task, …   (exit 4)
├── MissionInvalid       the files were read, and make no sense      (exit 1)
├── WriteRefused         nothing was written                         (exit 3)
└── UsageError           the command was asked for the impossible    (exit 2)
"""

from orchestrator_tui.domain.problem import Problem


class OrchestratorError(Exception):
    """An expected failure: its text says what happened, where, and what to do."""

    exit_code = 1


class MissionNotFound(OrchestratorError):
    """The path or id names nothing that exists."""

    exit_code = 4


class MissionInvalid(OrchestratorError):
    """The mission files were read, and make no sense."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(each) for each in problems))
        self.problems = problems


class WriteRefused(OrchestratorError):
    """Nothing was written: a conflict, a lock, or the disk."""

    exit_code = 3


class UsageError(OrchestratorError):
    """The command was used in a way that cannot work."""

    exit_code = 2
