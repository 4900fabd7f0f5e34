"""What people decided is kept twice, and comes back from either copy."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.accepted_plan import (
    AcceptedPlan,
    AgentTouched,
    DecidedCause,
    MilestonePromise,
)
from orchestrator_tui.domain.edits import Put, Remove
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryUnavailable
from orchestrator_tui.io.history.rulings.rulings import Rulings, read_rulings, standing
from orchestrator_tui.io.history.rulings.text import ruling_of, ruling_text
from tests.io.history.keeping import MISSION, NOON, days_ago, harm, noon
from tests.io.history.test_damage import DAMAGE
from tests.io.history.test_known_facts import ruling
from tests.io.unprivileged import Unprivileged

anything = st.text(st.characters(codec=None), max_size=20)
moments = st.datetimes(timezones=st.just(UTC))
spans = st.timedeltas(timedelta(-9999), timedelta(9999))
scalars = st.one_of(
    anything, st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    moments, spans,
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.dictionaries(anything, inner, max_size=3)
    ),
    max_leaves=6,
)
paths = st.lists(anything, min_size=1, max_size=4).map(tuple)
edits = st.one_of(st.builds(Put, paths, values), st.builds(Remove, paths))
plans = st.builds(
    AcceptedPlan,
    strategy=st.sampled_from(Strategy),
    title=anything,
    finish=st.none() | moments,
    kept_finish=st.none() | moments,
    milestones=st.lists(
        st.builds(MilestonePromise, anything, st.none() | moments, st.none() | moments), max_size=2
    ).map(tuple),
    baseline=st.builds(
        Baseline,
        moments,
        st.dictionaries(anything, st.tuples(st.none() | moments, st.none() | moments), max_size=3),
    ),
    touched=st.lists(
        st.builds(
            AgentTouched,
            anything,
            st.booleans(),
            *[st.lists(anything, max_size=2).map(tuple) for _ in range(3)],
        ),
        max_size=2,
    ).map(tuple),
    scope_change=st.none() | anything,
)
causes = st.builds(DecidedCause, st.sampled_from(TriggerKind), anything, anything)
rulings_of_any_sort = st.builds(
    Ruling,
    id=anything,
    at=moments,
    mission=anything.map(MissionId),
    kind=st.sampled_from(RulingKind),
    subject=anything,
    actor=anything,
    comment=anything,
    digest=anything,
    looked_seconds=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    until=st.none() | moments,
    to=anything,
    edits=st.lists(edits, max_size=3).map(tuple),
    plan=st.none() | plans,
    causes=st.lists(causes, max_size=2).map(tuple),
)


def take_some(folder: Path, count: int = 5) -> list[Ruling]:
    """Take decisions, and return them."""
    taken = [ruling(RulingKind.NOTED, "x", days=9 - each, name=str(each)) for each in range(count)]
    with Rulings.open(folder, clock=noon) as rulings:
        for each in taken:
            rulings.take(each)
    return taken


@given(rulings_of_any_sort)
def test_any_decision_comes_back_as_it_was(decision: Ruling) -> None:
    text = ruling_text(decision)

    assert ruling_of(text) == decision
    assert text.isascii()
    assert "\n" not in text


def test_a_decision_that_looked_at_nothing_reads_as_it_always_has() -> None:
    taken = ruling(RulingKind.NOTED, "x", days=0, name="1")

    assert list(json.loads(ruling_text(taken))) == [
        "id", "at", "mission", "kind", "subject", "actor", "comment", "edits",
    ]  # fmt: skip


SNOOZE = Ruling(
    id="1", at=NOON, mission=MISSION, kind=RulingKind.SNOOZED, subject="blocker:x", actor="lead",
    until=NOON + timedelta(hours=4), to="ann",
)  # fmt: skip


def test_a_snooze_of_an_older_program_has_no_end_and_belongs_to_nobody() -> None:
    document = json.loads(ruling_text(SNOOZE))
    del document["until"], document["to"]

    assert ruling_of(json.dumps(document)) == replace(SNOOZE, until=None, to="")


@pytest.mark.parametrize(
    "until", [None, "soon", 1e30, 10**40, [], {}, True, "\x1b[2J"], ids=lambda each: f"{each!a:.12}"
)
@pytest.mark.parametrize("to", [None, 7, [], "\ud800"], ids=ascii)
def test_a_damaged_end_or_name_costs_no_decision(until: object, to: object) -> None:
    document = json.loads(ruling_text(SNOOZE)) | {"until": until, "to": to}

    found = ruling_of(json.dumps(document))

    assert replace(found, until=None, to="") == replace(SNOOZE, until=None, to="")
    assert found.until is None or found.until < NOON
    assert isinstance(found.to, str)


@given(st.lists(rulings_of_any_sort, max_size=4, unique_by=lambda each: each.id))
@settings(max_examples=25)
def test_decisions_come_back_in_order_from_both_copies(taken: list[Ruling]) -> None:
    with TemporaryDirectory() as name:
        with Rulings.open(Path(name)) as rulings:
            for each in taken:
                rulings.take(each)
            assert rulings.all() == taken
            for each in taken:
                assert each in rulings.all(each.mission)

        (Path(name) / "rulings.db").unlink()
        assert read_rulings(Path(name), clock=noon) == taken
        with Rulings.open(Path(name)) as rulings:
            assert rulings.all() == taken


def test_a_number_that_is_none_is_kept_as_text() -> None:
    odd = Ruling(
        id="1", at=NOON, mission=MISSION, kind=RulingKind.EDITED, subject="t", actor="lead",
        edits=(Put(("tasks", "t", "progress"), float("nan")),),
    )  # fmt: skip

    assert ruling_of(ruling_text(odd)).edits == (Put(("tasks", "t", "progress"), "nan"),)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"id": 1}', "[" * 100_000, '{"edits": 3}'], ids=ascii
)
def test_what_is_no_decision_is_refused_as_such(text: str) -> None:
    with pytest.raises(ValueError, match=r"decision|Expecting"):
        ruling_of(text)


def test_decisions_are_asked_for_by_mission_and_time(tmp_path: Path) -> None:
    other = ruling(RulingKind.NOTED, "x", days=1, mission=MissionId("other"))
    ours = take_some(tmp_path, 3)
    with Rulings.open(tmp_path) as rulings:
        rulings.take(other)

        assert rulings.all() == [*ours, other]
        assert rulings.all(MISSION) == ours
        assert rulings.all(until=days_ago(8)) == ours[:2]


def test_taking_a_decision_twice_does_no_harm(tmp_path: Path) -> None:
    (one,) = take_some(tmp_path, 1)
    with Rulings.open(tmp_path) as rulings:
        before = rulings.version()

        rulings.take(one)

        assert rulings.all() == [one]
        assert rulings.version() == before


@pytest.mark.parametrize(
    ("sorts", "left"),
    [
        pytest.param("a", "a", id="nothing withdrawn"),
        pytest.param("ab-a", "b", id="one withdrawn"),
        pytest.param("a-a", "", id="all withdrawn"),
        pytest.param("a-z", "a", id="what nobody took"),
        pytest.param("-aa", "a", id="withdrawn before it was taken"),
    ],
)
def test_what_was_withdrawn_holds_no_longer(sorts: str, left: str) -> None:
    taken: list[Ruling] = []
    names = iter(sorts)
    for each in names:
        if each == "-":
            taken.append(ruling(RulingKind.WITHDRAWN, next(names), days=1, name=f"w{len(taken)}"))
        else:
            taken.append(ruling(RulingKind.NOTED, "x", days=1, name=each))

    assert "".join(each.id for each in standing(taken)) == left


def test_taking_back_that_something_was_withdrawn_lets_it_hold_again() -> None:
    first = ruling(RulingKind.APPROVED, "m1", days=3, name="a")
    undone = ruling(RulingKind.WITHDRAWN, "a", days=2, name="b")
    redone = ruling(RulingKind.WITHDRAWN, "b", days=1, name="c")

    assert standing([first, undone, redone]) == (first,)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database_is_made_again_from_the_copy(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    taken = take_some(tmp_path)
    damage(tmp_path / "rulings.db")

    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert rulings.all() == taken
        said = " ".join(rulings.notices)
        assert "was damaged" in said
        assert "5 decisions came back" in said
        rulings.take(ruling(RulingKind.NOTED, "x", days=0, name="new"))

    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert [each.id for each in rulings.all()] == ["0", "1", "2", "3", "4", "new"]
        assert rulings.notices == ()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_reader_of_a_damaged_database_reads_the_copy(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    taken = take_some(tmp_path)
    damage(tmp_path / "rulings.db")

    assert read_rulings(tmp_path, clock=noon) == taken


def damage_copy(path: Path, how: str) -> None:
    """Do harm to the copy."""
    raw = path.read_bytes()
    path.unlink()
    if how == "a folder":
        path.mkdir()
    elif how != "deleted":
        garbage = {"empty": b"", "text": b"no decisions", "torn": raw[:-30], "zeros": bytes(999)}
        path.write_bytes(garbage[how])


@pytest.mark.parametrize("how", ["deleted", "empty", "text", "torn", "zeros", "a folder"])
def test_a_damaged_copy_is_made_again_from_the_database(tmp_path: Path, how: str) -> None:
    taken = take_some(tmp_path)
    damage_copy(tmp_path / "rulings.jsonl", how)

    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert rulings.all() == taken
    (tmp_path / "rulings.db").unlink()

    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert rulings.all() == taken


@given(cut=st.floats(0, 1))
@settings(max_examples=40)
def test_a_copy_cut_off_at_any_byte_gives_back_every_whole_line(cut: float) -> None:
    with TemporaryDirectory() as name:
        taken = take_some(Path(name))
        (Path(name) / "rulings.db").unlink()
        copy = Path(name) / "rulings.jsonl"
        raw = copy.read_bytes()[: int(cut * copy.stat().st_size)]
        copy.write_bytes(raw)

        with Rulings.open(Path(name)) as rulings:
            whole = raw.count(b"\n") + (raw.endswith(b'"}'))
            assert rulings.all() == taken[:whole]
            rulings.take(taken[-1])

        (Path(name) / "rulings.db").unlink()
        with Rulings.open(Path(name)) as rulings:
            assert rulings.all()[-1] == taken[-1]


def test_a_line_that_was_changed_by_hand_is_not_believed(tmp_path: Path) -> None:
    taken = take_some(tmp_path)
    copy = tmp_path / "rulings.jsonl"
    lines = copy.read_text().splitlines()
    forged = json.loads(lines[2])
    forged["ruling"] = forged["ruling"].replace("NOTED", "APPROVED")
    lines[2] = json.dumps(forged)
    copy.write_text("\n".join([*lines[:3], '{"sequence": 1e999}', "{}", *lines[3:]]) + "\n")
    (tmp_path / "rulings.db").unlink()

    with Rulings.open(tmp_path) as rulings:
        assert rulings.all() == [*taken[:2], *taken[3:]]


def test_a_decision_counts_even_where_its_copy_cannot_be_written(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    folder = public_place / "kept"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    (folder / "rulings.jsonl").touch(0o400)
    with unprivileged(), Rulings.open(folder) as rulings:
        rulings.take(ruling(RulingKind.NOTED, "x", days=0))

        assert len(rulings.all()) == 1
        assert rulings.notices == () or "second copy" in rulings.notices[0]


def test_decisions_of_a_newer_program_are_only_read(tmp_path: Path) -> None:
    taken = take_some(tmp_path)
    harm(tmp_path, "PRAGMA user_version = 99", name="rulings.db")

    with Rulings.open(tmp_path) as rulings:
        assert rulings.all() == taken
        with pytest.raises(HistoryUnavailable, match="newer version"):
            rulings.take(ruling(RulingKind.NOTED, "x", days=0))


def test_where_nobody_decided_anything_nothing_is_made(tmp_path: Path) -> None:
    assert Rulings.open_to_read(tmp_path) is None
    assert read_rulings(tmp_path / "nowhere", clock=noon) == []
    assert list(tmp_path.iterdir()) == []


def test_a_reader_of_decisions_moves_nothing(tmp_path: Path) -> None:
    (tmp_path / "rulings.db").write_text("no decisions")

    with pytest.raises(HistoryDamaged):
        Rulings.open_to_read(tmp_path)

    assert [each.name for each in tmp_path.iterdir()] == ["rulings.db"]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE rulings SET text = replace(text, 'NOTED', 'APPROVED')", id="changed"),
        pytest.param("DELETE FROM rulings WHERE sequence = 2", id="one is missing"),
        pytest.param("UPDATE rulings SET digest = x'00' WHERE sequence = 4", id="a digest changed"),
    ],
)
def test_a_database_that_was_changed_by_hand_is_made_again(tmp_path: Path, statement: str) -> None:
    taken = take_some(tmp_path)
    triggers = ["DROP TRIGGER rulings_never_change", "DROP TRIGGER rulings_stay"]
    harm(tmp_path, *triggers, statement, name="rulings.db")

    assert read_rulings(tmp_path, clock=noon) == taken
    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert rulings.all() == taken
        assert rulings.sound() == (taken, True)
        assert "is not what was recorded" in rulings.notices[0]


def test_of_two_damaged_copies_every_sound_decision_is_kept(tmp_path: Path) -> None:
    taken = take_some(tmp_path)
    harm(
        tmp_path,
        "DROP TRIGGER rulings_never_change",
        "UPDATE rulings SET text = replace(text, 'NOTED', 'APPROVED') WHERE sequence = 2",
        name="rulings.db",
    )
    copy = tmp_path / "rulings.jsonl"
    lines = copy.read_text().splitlines(keepends=True)
    copy.write_text("".join(lines[:3] + lines[4:]))

    with Rulings.open(tmp_path, clock=noon) as rulings:
        assert {each.id for each in rulings.all()} == {each.id for each in taken}
