"""Sends one message by Apprise: a program of its own, which ends with that.

Apprise takes long to load, holds secrets and speaks to strangers, so it is kept out of the app.
The input is one line of JSON with the URL and the message; the last line of output is one, too.
"""

import json
import logging
import sys
from typing import Any, Final

import apprise
from typing_extensions import override

from orchestrator_tui.io.channels.failure_reason import failure_reason, is_about_words
from orchestrator_tui.io.channels.service_text import (
    LONGEST_TITLE,
    Letter,
    Service,
    ascii_title,
    letter,
)

NAME: Final = "orchestrator-tui"
ID_HEADER: Final = "X-Message-Id"
REFUSED_URL: Final = "Apprise does not know such a URL"
EXTRAS: Final = frozenset({"id", "at", "to", "mission", "level", "items", "carries"})
"""Of the document: what programs get as fields of their own, lists in JSON alone."""
_CRITICAL: Final = 3
"""The level from which on news are bad, and no warning any more."""


def main() -> None:
    """Send what the input says, and write whether it went."""
    order = json.loads(sys.stdin.readline())
    try:
        why = sent(order["url"], order["document"])
    except Exception as error:  # noqa: BLE001 - its text may hold the URL, so its kind is told alone
        why = f"Apprise failed: {type(error).__name__}"
    sys.stdout.write(f"\n{json.dumps({'why': why})}\n")


def sent(url: str, document: dict[str, Any]) -> str:
    """Send a message to a service; return why that failed, or nothing."""
    log = _Log()
    plugin = apprise.Apprise.instantiate(url, asset=_asset(), suppress_exceptions=True)
    if plugin is None:
        return f"{REFUSED_URL}: {failure_reason(log.records, url)}"
    with_id(plugin, document)
    written = letter(document, service_of(plugin))
    if is_taken(plugin, written, document):
        return ""
    why = failure_reason(log.records, url)
    plain = ascii_title(written.title)
    if plain != written.title and is_about_words(why):
        again = Letter(plain, written.text, written.format)
        return "" if is_taken(plugin, again, document) else why
    return why


class _Log(logging.Handler):
    """Everything that Apprise logs from now on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []
        logger = logging.getLogger("apprise")
        logger.setLevel(logging.DEBUG)
        logger.addHandler(self)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


def service_of(plugin: apprise.NotifyBase) -> Service:
    """Return what is to be known of a service to write for it."""
    schemes = [_names(plugin.protocol), _names(plugin.secure_protocol)]
    return Service(
        schemes=frozenset(name for names in schemes for name in names),
        format=plugin.resolve_format("text").value,
        longest_title=min(plugin.title_maxlen, LONGEST_TITLE),
        longest_text=plugin.body_maxlen,
    )


def with_id(plugin: apprise.NotifyBase, document: dict[str, Any]) -> None:
    """Give the service the id beside the text, and all the rest, where it has room for it."""
    headers = getattr(plugin, "headers", None)
    if isinstance(headers, dict):
        headers.setdefault(ID_HEADER, document["id"])
    extras = getattr(plugin, "payload_extras", None)
    if isinstance(extras, dict):
        is_json = not {"json", "jsons"}.isdisjoint(_names(plugin.protocol))
        for name, value in document.items():
            if name in EXTRAS and value is not None and (is_json or not isinstance(value, list)):
                extras.setdefault(name, value if is_json else str(value))


def is_taken(plugin: apprise.NotifyBase, written: Letter, document: dict[str, Any]) -> bool:
    """Send, and say whether the service took it."""
    sender = apprise.Apprise(asset=plugin.asset)
    sender.add(plugin)
    return bool(
        sender.notify(
            title=written.title,
            body=written.text,
            body_format=apprise.NotifyFormat(written.format),
            notify_type=_kind(document),
        )
    )


def _kind(document: dict[str, Any]) -> apprise.NotifyType:
    """Return how a service is to mark the message."""
    if document["level"] is not None:
        is_bad = document["level"] >= _CRITICAL
        return apprise.NotifyType.FAILURE if is_bad else apprise.NotifyType.WARNING
    kinds = {each["kind"] for each in document["items"]}
    return apprise.NotifyType.SUCCESS if kinds == {"RECOVERED"} else apprise.NotifyType.INFO


def _asset() -> apprise.AppriseAsset:
    """Return what Apprise says of the sender; it keeps nothing on disk, and shows no pictures."""
    return apprise.AppriseAsset(
        app_id=NAME,
        app_desc=NAME,
        app_url="",
        image_url_mask="",
        image_url_logo="",
        storage_mode="memory",
        async_mode=False,
    )


def _names(schemes: object) -> tuple[str, ...]:
    if schemes is None:
        return ()
    return (schemes,) if isinstance(schemes, str) else tuple(schemes)  # type: ignore[arg-type]  # a tuple or a list
