"""Text as an agent might write it to break or to mislead, and a mission full of it."""

from datetime import UTC, datetime
from itertools import cycle
from typing import Any

from orchestrator_tui.domain.mission import Mission

PAYLOADS = {
    "closing tag": "[/b] [/] [/bold]",
    "click": "[@click=app.quit]x[/]",
    "click with a space": "[ @click=app.quit]x[/]",
    "click on everything": "[@click='app.exit()']" * 30,
    "styles": "[B][$error][red on red][reverse]seen?[/reverse]",
    "link": "[link=https://evil.example]docs[/link]",
    "unterminated": "[b + more [",
    "an index": "arr[0] and a[i] and {'ok': [true, false]}",
    "ansi": "ok \x1b[31mred\x1b[0m \x1b[2J\x1b[1;1H \x1b7 \x1bc",
    "osc 52": "\x1b]52;c;ZXZpbA==\x07 \x1b]52;c;ZXZpbA==\x1b\\",
    "c1": "\x9b31m \x9d52;c;x\x9c \x90q\x9c",
    "control": "\x00\x01\x07\x08\x0b\x0c\x0e\x7f\r\n\t",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "invisible": "a\u200b\u200c\ufeff\u2060\U000e0041b \u3164",
    "zalgo": "Z" + "\u0301\u0316" * 100,
    "wide": "🏗️⚡🛡️👩‍👩‍👧‍👦🏳️‍🌈 日本語 한국어 ０１",
    "surrogates": "\ud800 \udfff \uffff \ufdd0",
    "very long": "x" * 100_000,
    "very long and wide": "漢" * 20_000,
    "rich markup of links": "[link=x]y[/link] :warning: {markup}",
}

_START = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)


def hostile_mission(*texts: str) -> Mission:
    """Return a valid mission in which every text that anybody may write is one of `texts`."""
    take = cycle(texts).__next__
    noon = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
    fields: dict[str, Any] = {
        "mission": take(),
        "started": _START,
        "stakeholders": {"boss": {"name": take(), "role": take()}},
        "agents": {
            "one": {
                "title": take(), "icon": take(), "note": take(), "state": "ACTIVE", "task": "first",
                "updated": noon,
            },
            "two": {"title": take(), "unavailable": [{"from": noon, "reason": take()}]},
        },
        "tasks": {
            "first": {"title": take(), "agent": "one", "estimate": "4h", "progress": 50,
                      "spent": "9h", "started": _START, "quality": 40},
            "second": {"title": take(), "agent": "two", "estimate": "4h", "after": ["first"]},
            "third": {"title": take(), "agent": "one", "estimate": "4h", "priority": "HIGH"},
        },
        "milestones": {
            "M1": {"title": take(), "tasks": ["first"], "criteria": {"seen": {"manual": take()}}},
            "M2": {"title": take(), "tasks": ["second"], "after": ["M1"], "due": noon},
        },
        "blockers": {
            "stuck": {"title": take(), "opened": _START, "agent": "one", "task": "first",
                      "severity": "HIGH", "needs": "boss", "plan": take()},
            "done": {"title": take(), "opened": _START, "resolved": noon, "resolution": take()},
        },
        "externals": {"api": {"title": take(), "status": "FAILED", "since": _START}},
        "changes": {"more": {"title": take(), "by": "boss", "at": noon}},
        "knowledge": {"page": {"title": take(), "url": take()}},
        "decisions": {"why": {"title": take(), "why": take(), "by": take(), "at": noon}},
    }  # fmt: skip
    return Mission.model_validate(fields)
