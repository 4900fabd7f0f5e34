"""The git program, run so that a repository can make it run nothing else.

A repository's own configuration names programs: a file system monitor, hooks, filters, signature
checkers, transports. All are switched off for each call, the environment is built anew, and what
could be asked of a network is not asked. What takes too long or says too much is ended.
"""

import os
import select
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic
from typing import Final, NamedTuple

from orchestrator_tui.domain.text import PlainText, plain_text

MOST_BYTES: Final = 16_000_000
"""All that one call may say."""
TOO_LONG: Final = PlainText("git took too long")

_CHUNK: Final = 1 << 18
_LAST_SECONDS: Final = 0.1
_LONGEST_REASON: Final = 120
_KEPT_VARIABLES: Final = ("HOME", "PATH", "XDG_CONFIG_HOME")
"""HOME, because the person's own configuration says which folders of others git may trust."""
_VARIABLES: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks, by any program
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SETTINGS: Final = (
    "core.alternateRefsCommand=",
    "core.askPass=",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.ignoreSubmodules=all",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
    "status.submoduleSummary=false",
    "submodule.recurse=false",
)


class GitOutput(NamedTuple):
    """What one call of git said."""

    raw: bytes
    """As much as came in time."""
    is_whole: bool
    """Whether git ended by itself, and said that all went well."""
    reason: PlainText
    """Why not, as one safe line; empty where it is whole."""


class Git:
    """The git program, looking at one folder for a limited time altogether."""

    def __init__(self, folder: Path, *, seconds: float) -> None:
        """Begin to count the time."""
        self._folder = folder
        self._until = monotonic() + seconds
        # Resolved here, so that a PATH with "." in it never finds a program in the folder.
        found = shutil.which("git")
        self._program = found if found and os.path.isabs(found) else None  # noqa: PTH117 - a string

    @property
    def is_installed(self) -> bool:
        """Return whether there is a git to ask."""
        return self._program is not None

    @property
    def has_time(self) -> bool:
        """Return whether the limit is not reached yet."""
        return monotonic() < self._until

    def run(self, *words: str, settings: Iterable[str] = ()) -> GitOutput:
        """Return what `git words` says; never raises, and leaves no process behind."""
        settings = [word for each in (*_SETTINGS, *settings) for word in ("-c", each)]
        argv = [self._program or "git", "--no-pager", "-C", str(self._folder), *settings, *words]
        try:
            child = subprocess.Popen(  # noqa: S603 - no shell, and the program is resolved above
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return GitOutput(b"", is_whole=False, reason=_reason(str(error)))
        with child:
            return self._heard(child)

    def _heard(self, child: "subprocess.Popen[bytes]") -> GitOutput:
        streams = [each for each in (child.stdout, child.stderr) if each is not None]
        said = {each.fileno(): bytearray() for each in streams}
        raw, errors = said.values()
        why = _listen(said, self._until) or self._ended(child)
        if why:
            os.killpg(child.pid, signal.SIGKILL)  # with all that it started
            child.wait()
        elif child.returncode:
            why = errors.decode("utf-8", "replace").strip().partition("\n")[0] or "git failed"
        return GitOutput(bytes(raw), is_whole=not why, reason=_reason(why))

    def _ended(self, child: "subprocess.Popen[bytes]") -> str:
        """Wait for the end of a process that has said all; return why it was not waited for."""
        try:
            child.wait(max(_LAST_SECONDS, self._until - monotonic()))
        except subprocess.TimeoutExpired:
            return TOO_LONG
        return ""


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, **_VARIABLES}


def _listen(said: Mapping[int, bytearray], until: float) -> str:
    """Fill `said` until both ends are closed; return why it was left off before."""
    waiting = select.poll()
    for each in said:
        waiting.register(each, select.POLLIN)
    still_open = len(said)
    while still_open:
        ready = waiting.poll(max(0.0, until - monotonic()) * 1000)
        if not ready:
            return TOO_LONG
        for descriptor, _ in ready:
            piece = os.read(descriptor, _CHUNK)
            said[descriptor].extend(piece)
            if len(said[descriptor]) > MOST_BYTES:
                return "git said too much"
            if not piece:
                waiting.unregister(descriptor)
                still_open -= 1
    return ""


def _reason(said: str) -> PlainText:
    return plain_text(said.removeprefix("fatal: ").strip(), limit=_LONGEST_REASON)
