"""What arrives at a receiver, decoded as whoever receives it would."""

import email.policy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, Final
from urllib.parse import parse_qsl

from defusedxml import ElementTree

ID_HEADER: Final = "X-Message-Id"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message, as a receiver took it."""

    id: str
    """By which a receiver drops repeats."""
    title: str
    text: str
    """What a person reads; of a mail the part in plain text."""
    document: Mapping[str, Any]
    """The decoded JSON, XML or form; of a mail empty."""
    headers: Mapping[str, str]
    html: str = ""
    """Of a mail: the part in HTML."""
    path: str = ""
    """Of a request: where it went."""


def arrived_request(path: str, headers: Mapping[str, str], raw: bytes) -> Arrived:
    """Return what a request brought."""
    document = _decoded(headers.get("Content-Type", ""), raw)
    text = next(
        (str(document[key]) for key in ("message", "text", "body") if document.get(key)), ""
    )
    return Arrived(
        id=str(document.get("id") or headers.get(ID_HEADER) or _last_id(text)),
        title=str(document.get("title") or document.get("subject") or ""),
        text=text,
        document=document,
        headers=headers,
        path=path,
    )


def _decoded(kind: str, raw: bytes) -> Mapping[str, Any]:
    """Return what a request says, by the names of its fields."""
    if "json" in kind:
        document = json.loads(raw)
        return document if isinstance(document, dict) else {"items": document}
    if "xml" in kind:
        fields = ElementTree.fromstring(raw).iter()
        return {each.tag.rpartition("}")[2].lower(): each.text or "" for each in fields}
    if "form" in kind:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return {"text": raw.decode()}


def arrived_mail(raw: bytes) -> Arrived:
    """Return what a mail brought."""
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(raw)
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    text = plain.get_content() if plain is not None else ""
    return Arrived(
        id=str(message[ID_HEADER] or _last_id(text)),
        title=str(message["Subject"]),
        text=text,
        document={},
        headers={name: str(value) for name, value in message.items()},
        html=html.get_content() if html is not None else "",
    )


def _last_id(text: str) -> str:
    """Return the id that the last line says, as `id …`."""
    last = text.rstrip().rpartition("\n")[2]
    return last.removeprefix("id ") if last.startswith("id ") else ""
