"""Writes files that people asked for, whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text


def write_new(path: Path, text: str) -> None:
    """Write `text` to `path`, making its folder; raises WriteRefused where something is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(path, text)
        try:
            # a link, unlike a rename, never replaces what appeared in the meantime
            os.link(draft, path)
        finally:
            draft.unlink()
    except FileExistsError:
        raise WriteRefused(f"{shown(path)} is there already; nothing was written") from None
    except OSError as error:
        raise _refused(path, error) from None


def replace(path: Path, text: str) -> None:
    """Write `text` to `path` in one step, replacing what is there; raises WriteRefused."""
    try:
        if path.exists() and not path.is_file():
            # /dev/stdout and named pipes are written to, not replaced
            path.write_text(text, encoding="utf-8")
            return
        target = path.resolve()
        draft = _draft(target, text)
        try:
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:
        raise _refused(path, error) from None


def shown(path: Path) -> str:
    """Return `path` safe to show."""
    return plain_text(str(path))


def _draft(path: Path, text: str) -> Path:
    prefix = f".{path.name[:60]}."
    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(_mode_of(path))
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    return draft


def _mode_of(path: Path) -> int:
    """Return the mode of what is replaced, else the one that the person's umask gives."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _refused(path: Path, error: OSError | RuntimeError) -> WriteRefused:
    why = getattr(error, "strerror", None) or str(error)
    return WriteRefused(f"{shown(path)} was not written: {plain_text(why)}")
