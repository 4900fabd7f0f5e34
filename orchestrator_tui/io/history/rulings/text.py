"""Rulings as JSON text, and back: times, durations and mappings come back as what they were."""

import json
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.io.history.coding import stored_time, told_time
from orchestrator_tui.io.history.rulings.plan_text import (
    cause_told,
    cause_written,
    plan_told,
    plan_written,
)

Json = dict[str, Any]

_MICROSECOND: Final = timedelta(microseconds=1)


def ruling_text(ruling: Ruling) -> str:
    """Return `ruling` as one line of ASCII."""
    document: Json = {
        "id": ruling.id,
        "at": stored_time(ruling.at),
        "mission": ruling.mission,
        "kind": ruling.kind.value,
        "subject": ruling.subject,
        "actor": ruling.actor,
        "comment": ruling.comment,
        "edits": [_edit_written(each) for each in ruling.edits],
    }
    # a ruling of a kind that never looked at anything reads as it always has
    if ruling.digest:
        document["digest"] = ruling.digest
    if ruling.looked_seconds is not None:
        document["looked"] = ruling.looked_seconds
    if ruling.until is not None:
        document["until"] = stored_time(ruling.until)
    if ruling.to:
        document["to"] = ruling.to
    if ruling.score is not None:
        document["score"] = ruling.score
    if ruling.plan is not None:
        document["plan"] = plan_written(ruling.plan)
    if ruling.causes:
        document["causes"] = [cause_written(each) for each in ruling.causes]
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def ruling_of(text: str) -> Ruling:
    """Return the ruling that `text` tells; raises ValueError for what is none."""
    try:
        document = json.loads(text)
        plan = document.get("plan")
        return Ruling(
            id=str(document["id"]),
            at=told_time(document["at"]),
            mission=MissionId(str(document["mission"])),
            kind=RulingKind(document["kind"]),
            subject=str(document["subject"]),
            actor=str(document["actor"]),
            comment=str(document["comment"]),
            digest=str(document.get("digest", "")),
            looked_seconds=_seconds(document.get("looked")),
            until=_time(document.get("until")),
            to=str(document.get("to", "")),
            score=_number(document.get("score")),
            edits=tuple(_edit_told(each) for each in document["edits"]),
            plan=None if plan is None else plan_told(plan),
            causes=tuple(cause_told(each) for each in document.get("causes", ())),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"is no decision: {error}") from None


def _seconds(written: Any) -> float | None:
    return None if written is None else float(written)


def _number(written: Any) -> int | None:
    return None if written is None else int(written)


def _time(written: Any) -> datetime | None:
    return None if written is None else told_time(written)


def _edit_written(edit: Edit) -> Json:
    match edit:
        case Put(place, value):
            return {"put": list(place), "value": _written(value)}
        case Remove(place):
            return {"remove": list(place)}


def _edit_told(written: Json) -> Edit:
    if "put" in written:
        return Put(_place(written["put"]), _told(written["value"]))
    return Remove(_place(written["remove"]))


def _place(written: list[Any]) -> Place:
    return tuple(str(each) for each in written)


def _written(value: Value) -> Any:
    match value:
        case datetime():
            return {"time": stored_time(value)}
        case timedelta():
            return {"work": value // _MICROSECOND}
        case tuple():
            return [_written(each) for each in value]
        case Mapping():
            return {"map": [[key, _written(each)] for key, each in value.items()]}
        case float() if not math.isfinite(value):
            return str(value)
        case _:
            return value


def _told(written: Any) -> Value:
    match written:
        case {"time": moment}:
            return told_time(moment)
        case {"work": microseconds}:
            return timedelta(microseconds=microseconds)
        case {"map": pairs}:
            return {str(key): _told(each) for key, each in pairs}
        case list():
            return tuple(_told(each) for each in written)
        case str() | bool() | int() | float():
            return written
        case _:
            raise ValueError("is no decision: a value of an unknown sort")
