"""The checks of files themselves: that they exist, what they hold, which is newer."""

import hashlib
from datetime import timedelta

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.check import Contains, Exists, Newer
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import quoted
from orchestrator_tui.io.evidence.content import NotLookedAt, chunks_of, refuse_giants
from orchestrator_tui.io.evidence.folders import moment_of
from orchestrator_tui.io.evidence.found_files import FoundFile, Matches
from orchestrator_tui.io.evidence.seen import Seen, found, missing

_SHOWN_TEXT = 60


def look_at_existing(check: Exists, seen: Seen) -> Finding:
    """Return PASSED where every glob has a file."""
    matches = [seen.find(each) for each in check.exists]
    if without := [each for each in matches if not each.files]:
        return missing("; ".join(each.nothing for each in without))
    files = dict.fromkeys(file for each in matches for file in each.files)
    newest = max(files, key=lambda each: each.stamp.modified_ns)
    others = len(files) - 1
    more = f" and {others} more" if others else ""
    digest = matches[0].digest
    if len(matches) > 1:
        every = "".join(each.digest for each in matches)
        digest = hashlib.sha256(every.encode("ascii")).hexdigest()
    return found(
        CriterionState.PASSED,
        f"{newest.name}{more}",
        newest,
        value=float(len(files)),
        digest=digest,
    )


def look_at_newer(check: Newer, seen: Seen) -> Finding:
    """Return PASSED where the newest match of one glob is newer than that of the other."""
    ours, theirs = seen.find(check.newer), seen.find(check.than)
    newest, other = ours.newest, theirs.newest
    if newest is None:
        return missing(ours.nothing)
    if other is None:
        return missing(f"{theirs.nothing}, which {check.newer} is compared with")
    ahead = moment_of(newest.stamp.modified_ns) - moment_of(other.stamp.modified_ns)
    passes = newest.stamp.modified_ns > other.stamp.modified_ns
    digests = ours.digest + theirs.digest
    return found(
        CriterionState.PASSED if passes else CriterionState.FAILED,
        f"{newest.name} {_compared(ahead, is_newer=passes)} {other.name}",
        newest,
        value=ahead.total_seconds(),
        digest=hashlib.sha256(digests.encode("ascii")).hexdigest(),
    )


def look_at_text(check: Contains, seen: Seen) -> Finding:
    """Return PASSED where a file holds the text; the first in the order of names counts."""
    matches = seen.find(check.contains.path)
    if not matches.files:
        return missing(matches.nothing)
    refuse_giants(matches.files)
    text = check.contains.text
    digest = hashlib.sha256()
    unread = ""
    for each in matches.files:
        try:
            holds, of_file = seen.read(("text", text), (each,), lambda: _held(each, text))  # noqa: B023 - called at once
        except NotLookedAt as error:
            unread = unread or str(error)
            continue
        digest.update(f"{of_file}\n".encode("ascii"))
        if holds:
            detail = f"{each.name} holds {_quoted(text)}"
            return found(CriterionState.PASSED, detail, each, digest=of_file)
    if unread:
        raise NotLookedAt(unread)
    newest = matches.newest or matches.files[0]
    detail = _without(matches, text)
    return found(CriterionState.FAILED, detail, newest, digest=digest.hexdigest())


def _compared(ahead: timedelta, *, is_newer: bool) -> str:
    hours = hours_words(abs(ahead) / timedelta(hours=1))
    if is_newer:
        return f"is {hours} newer than"
    return f"is {hours} older than" if ahead else "is as old as"


def _without(matches: Matches, text: str) -> str:
    files = matches.files
    if len(files) == 1:
        return f"{files[0].name} does not hold {_quoted(text)}"
    return f"none of {len(files)} files that match {matches.pattern} holds {_quoted(text)}"


def _held(file: FoundFile, text: str) -> tuple[bool, str]:
    """Return whether the file holds the text, and the SHA-256 of the file."""
    wanted = text.encode()
    digest = hashlib.sha256()
    holds = False
    tail = b""
    for each in chunks_of(file):
        digest.update(each)
        if not holds:
            holds = wanted in tail + each
            # What may be the beginning of the text is looked at again with the next chunk.
            tail = (tail + each)[-len(wanted) + 1 :] if len(wanted) > 1 else b""
    return holds, digest.hexdigest()


def _quoted(text: str) -> str:
    return quoted(text, _SHOWN_TEXT)
