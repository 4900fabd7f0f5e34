"""The success metrics once more: straight from the rows of the databases, minute by minute.

Nothing here is shared with the program but the names of tables and of kinds.
"""

import json
import math
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

MINUTE = 60_000_000
HOUR = 60 * MINUTE
QUARTER = 15 * MINUTE
REPORTS = {
    "AGENT_REPORTED", "BLOCKER_OPENED", "MILESTONE_REVIEWED", "TASK_CHANGED", "TASK_FINISHED",
    "TASK_PROGRESSED", "TASK_REGRESSED", "TASK_STARTED",
}  # fmt: skip
LEVELS = [each / 20 for each in range(1, 20)]


class Row(NamedTuple):
    """One event as it stands in its table."""

    at: int
    seen: int
    mission: str
    kind: str
    subject: str
    actor: str
    text: str
    before: str
    after: str


def micros(moment: datetime) -> int:
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


class Naive:
    """What one history held at some moment, of one mission or of all."""

    def __init__(self, folder: Path, now: datetime, mission: str = "") -> None:
        self.now = micros(now)
        with closing(sqlite3.connect(folder / "history.db")) as database:
            events = database.execute(
                "SELECT at, seen, mission, kind, subject, actor, text, before, after FROM events"
                " WHERE seen <= ? ORDER BY sequence",
                (self.now,),
            )
            self.events = [Row(*each) for each in events if mission in {"", each[2]}]
            self.forecasts = database.execute(
                "SELECT mission, subject, made, finish, body FROM forecasts"
                " LEFT JOIN forecast_ranges ON forecast = number ORDER BY number"
            ).fetchall()
            self.experience = [
                each
                for each in database.execute(
                    "SELECT kind, mission, key, at, body FROM experience ORDER BY number"
                )
                if mission in {"", each[1]} and each[3] <= self.now
            ]
        rulings: list[dict[str, Any]] = []
        if (folder / "rulings.db").exists():
            with closing(sqlite3.connect(folder / "rulings.db")) as database:
                rows = database.execute("SELECT text FROM rulings ORDER BY sequence").fetchall()
            told = [json.loads(text) for (text,) in rows]
            told = [each for each in told if each["at"] <= self.now]
            # nobody takes back a taking back
            gone = {each["subject"] for each in told if each["kind"] == "WITHDRAWN"}
            rulings = [
                each for each in told
                if each["kind"] != "WITHDRAWN" and each["id"] not in gone
                and mission in {"", each["mission"]}
            ]  # fmt: skip
        self.rulings = rulings

    def of(self, kind: str, since: datetime, until: datetime) -> tuple[float, float]:
        """Return numerator and denominator of one metric."""
        found: tuple[float, float] = getattr(self, kind.lower())(micros(since), micros(until))
        return found

    def real_time_accuracy(self, since: int, until: int) -> tuple[float, float]:
        held = self._held(until)
        reports: dict[tuple[str, str], list[int]] = {}
        for each in self.events:
            if each.kind in REPORTS:
                at = min(each.at, each.seen)
                reports.setdefault((each.mission, each.actor), []).append(at)
        fresh = minutes = 0
        minute = -(-since // MINUTE) * MINUTE
        while minute < until:
            working = {who for who, begin, end in held if begin <= minute < end}
            minutes += len(working)
            fresh += sum(
                any(0 <= minute - at <= QUARTER for at in reports.get(who, ())) for who in working
            )
            minute += MINUTE
        return fresh, minutes

    def _held(self, until: int) -> list[tuple[tuple[str, str], int, int]]:
        hands: dict[tuple[str, str], tuple[str, int]] = {}
        held = []
        for each in self.events:
            at, task = min(each.at, each.seen), (each.mission, each.subject)
            works = each.kind in {"TASK_STARTED", "TASK_PROGRESSED", "TASK_REGRESSED"}
            for key in list(hands):
                who, begin = hands[key]
                is_over = (
                    (key == task and each.kind in {"TASK_FINISHED", "TASK_REMOVED"})
                    or (key == task and works and each.actor and each.actor != who)
                    or (key[0] == each.mission and each.kind == "MISSION_REMOVED")
                )
                if is_over:
                    del hands[key]
                    held.append(((key[0], who), begin, at))
            if works and each.actor and task not in hands:
                hands[task] = each.actor, at
        for (mission, _), (who, begin) in hands.items():
            held.append(((mission, who), begin, until))
        return held

    def _ends(self) -> list[tuple[str, str, int]]:
        newest: dict[tuple[str, str, str], int] = {}
        for each in self.events:
            if each.kind == "WORK_ENDED" and each.at <= self.now:
                finish = datetime.fromisoformat(each.after.removeprefix("finish "))
                newest[each.mission, each.before, each.subject] = micros(finish)
        return [
            (mission, "" if what == "mission" else subject, at)
            for (mission, what, subject), at in newest.items()
        ]

    def _foretold(self, mission: str, subject: str, end: int) -> tuple[int, Any, Any] | None:
        """Return when it was forecast first, and what was forecast at half time."""
        rows = [each for each in self.forecasts if each[:2] == (mission, subject)]
        if not rows or rows[0][2] >= end:
            return None
        first = rows[0][2]
        chosen = [each for each in rows if each[2] <= first + (end - first) // 2][-1]
        return first, chosen[3], None if chosen[4] is None else json.loads(chosen[4])[0]

    def milestone_prediction(self, since: int, until: int) -> tuple[float, float]:
        hits = []
        for mission, subject, end in self._ends():
            if not subject or not since <= end < until:
                continue
            foretold = self._foretold(mission, subject, end)
            if foretold is None:
                continue
            first, finish, finishes = foretold
            point = finish if finishes is None else finishes[LEVELS.index(0.5)]
            if point is None:
                hits.append(0.0)
                continue
            off = abs((end - point) / HOUR)
            hits.append(max(0.0, 1 - off / ((end - first) / 1_000_000 / 3600)))
        return math.fsum(hits), len(hits)

    def forecast_coverage(self, since: int, until: int) -> tuple[float, float]:
        held = count = 0
        for mission, subject, end in self._ends():
            foretold = self._foretold(mission, subject, end)
            if foretold is None or not since <= end < until or foretold[2] is None:
                continue
            low, high = (foretold[2][LEVELS.index(each)] for each in (0.1, 0.9))
            count += 1
            held += low is not None and low <= end and (high is None or end <= high)
        return held, count

    def escalation_effectiveness(self, since: int, until: int) -> tuple[float, float]:
        good = count = 0
        for place, each in enumerate(self.events):
            if each.kind != "BLOCKER_OPENED" or not since <= each.at < until:
                continue
            fates = (_fate(each, later) for later in self.events[place + 1 :])
            fate = next((one for one in fates if one), "open")
            if fate != "again":
                count += 1
                good += fate == "good"
        return good, count

    def replanning_success(self, since: int, until: int) -> tuple[float, float]:
        helped = count = 0
        for ruling in self.rulings:
            ends = [
                each.at for each in self.events
                if (each.kind, each.before) == ("WORK_ENDED", "mission")
                and each.mission == ruling["mission"]
            ]  # fmt: skip
            if ruling["kind"] != "PLAN_ACCEPTED" or not ends or ends[-1] < ruling["at"]:
                continue
            if since <= ends[-1] < until:
                kept = ruling["plan"]["kept"]
                count += 1
                helped += kept is None or ends[-1] < kept
        return helped, count

    def stakeholder_satisfaction(self, since: int, until: int) -> tuple[float, float]:
        scores = [
            each["score"] for each in self.rulings
            if each["kind"] == "FEEDBACK_GIVEN" and since <= each["at"] < until
        ]  # fmt: skip
        return sum(scores), len(scores)

    def _approvals(self, since: int, until: int) -> list[dict[str, Any]]:
        return [
            each for each in self.rulings
            if each["kind"] == "APPROVED" and since <= each["at"] < until
        ]  # fmt: skip

    def rubber_stamps(self, since: int, until: int) -> tuple[float, float]:
        looks = [each["looked"] for each in self._approvals(since, until) if "looked" in each]
        return sum(each < 10 for each in looks), len(looks)

    def false_greens(self, since: int, until: int) -> tuple[float, float]:
        false = 0
        approvals = self._approvals(since, until)
        for each in approvals:
            place = each["mission"], each["subject"]
            rejected = any(
                (other["mission"], other["subject"]) == place
                and other["kind"] == "REJECTED" and other["at"] > each["at"]
                for other in self.rulings
            )  # fmt: skip
            reworked = any(
                (row.mission, row.subject) == place and row.kind == "MILESTONE_REVIEWED"
                and ": needs rework" in row.text and row.at > each["at"]
                for row in self.events
            )  # fmt: skip
            false += rejected or reworked
        return false, len(approvals)

    def time_to_acknowledge(self, since: int, until: int) -> tuple[float, float]:
        total = count = 0
        done = set()
        for ruling in self.rulings:
            if ruling["kind"] != "ACKNOWLEDGED":
                continue
            begins = self._begins(ruling["mission"], ruling["subject"])
            earlier = [each for each in begins if each <= ruling["at"]]
            if not earlier or (ruling["mission"], ruling["subject"], earlier[-1]) in done:
                continue
            done.add((ruling["mission"], ruling["subject"], earlier[-1]))
            if since <= ruling["at"] < until:
                total += ruling["at"] - earlier[-1]
                count += 1
        return total / HOUR, count

    def _begins(self, mission: str, subject: str) -> list[int]:
        begins, is_open = [], False
        for row in self.events:
            if (row.mission, row.subject) == (mission, subject):
                if row.kind == "ESCALATED" and not is_open:
                    begins.append(row.at)
                is_open = row.kind == "ESCALATED" or (is_open and row.kind != "RECOVERED")
        return begins

    def time_to_resolve(self, since: int, until: int) -> tuple[float, float]:
        newest = {
            (mission, key): (json.loads(body)[1], at)
            for kind, mission, key, at, body in self.experience
            if kind == "blocked"
        }
        took = [end - begin for begin, end in newest.values() if since <= end < until]
        return sum(took) / HOUR, len(took)


def _fate(opened: Row, later: Row) -> str:
    """Return what a later event says became of a blocker; empty where it says nothing."""
    if later.mission != opened.mission:
        return ""
    if later.subject == opened.subject:
        return {"BLOCKER_OPENED": "again", "BLOCKER_RESOLVED": "good"}.get(later.kind, "")
    is_about_it = (later.kind, later.subject) == ("ESCALATED", f"blocker:{opened.subject}")
    return "bad" if is_about_it and later.after in {"CRITICAL", "MISSION_CRITICAL"} else ""
