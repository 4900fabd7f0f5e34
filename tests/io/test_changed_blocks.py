"""Reading only what changed gives what reading everything gives, problems and places included."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.io.reading.mission_yaml import read_mission
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part
from tests.builders import mission
from tests.io.reading import HEAD, NOW

START = (
    HEAD
    + """policy:
  coverage: 90
agents:
  ada:
    skills: {react: 5}
    state: ACTIVE
    updated: 2024-01-15T09:00
  # a comment between
  bob: {}

tasks:
  t1:
    title: "a: b"
    estimate: 4h
    agent: ada
    progress: 50

  t2:
    estimate: {best: 1h, likely: 2h}
    after: [t1]
    title: |
      two
      lines
  t3: {estimate: 3h, after: [t1, t2]}
milestones:
  m1:
    tasks: [t1, t2]
blockers:
  b1:
    title: Stuck
    opened: 2199-01-15T09:00Z
"""
)
LINES = START.split("\n")

NEW_LINES = st.sampled_from(
    [
        "", "  ", "# c", "  # c", "    progress: 60", "    progress: 160",
        "  t4: {estimate: 1h}", "  t1: {}", "  t2:", "tasks:", "agents:", "mission: Beta",
        "timezone: Europe/Paris",
        "    title: 'open", "    title: close'", "    title: [open", "      ]", "    note: {a: b",
        "    title: &a x", "    title: *a", "    <<: *a", "    title: !!str x", "---", "...",
        "  <<: {}", "\tx: y", "   odd: 1", "    title: |", "     text", "  more", "x", "  - x",
        "    title: >-", '    title: "a', '  b"', "? a", ": b", "    estimate: 2h # c",
        "knowledge:",
        "  k: {title: x}", "    after: [t9]", "%YAML 1.1", "    title: #42", "  'q': {}",
        "é: 👩‍💻", "  ada: {}", "    title: a\u200bb", "policy: {}", "    title: x\r", "deadline:",
        "blockers: {}", "tasks: { } # none", "decisions: {} x", "changes:{}",
    ]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["replace", "insert", "delete", "swap", "cut"]),
        st.integers(0, len(LINES) + 5),
        NEW_LINES,
    ),
    min_size=1,
    max_size=6,
)


def edited(lines: list[str], kind: str, at: int, new: str) -> list[str]:
    at = min(at, max(len(lines) - 1, 0))
    match kind:
        case "replace":
            return [*lines[:at], new, *lines[at + 1 :]]
        case "insert":
            return [*lines[:at], new, *lines[at:]]
        case "delete":
            return [*lines[:at], *lines[at + 1 :]]
        case "swap":
            return [*lines[at:], *lines[:at]]
        case _:
            return lines[:at]


def places(part: Part) -> object:
    """Return all blocks of a part with their places as they are now."""
    return {
        section: {name: (placed.line, placed.block.key.column) for name, placed in blocks.items()}
        for section, blocks in part.blocks.items()
    }


@settings(max_examples=400, deadline=4000)
@given(edits=EDITS)
def test_after_any_edits_the_quick_read_equals_the_whole_read(
    edits: list[tuple[str, int, str]],
) -> None:
    lines = list(LINES)
    last = read_part("m.yaml", START.encode())
    read_mission([last], present=NOW)

    for kind, at, new in edits:
        lines = edited(lines, kind, at, new)
        raw = "\n".join(lines).encode()
        quick = read_part("m.yaml", raw, last)
        whole = read_part("m.yaml", raw)

        assert quick.problems == whole.problems
        assert places(quick) == places(whole)
        assert read_mission([quick], present=NOW) == read_mission([whole], present=NOW)
        last = last if quick.is_broken else quick


def test_an_entry_that_did_not_change_is_not_judged_again() -> None:
    first = read_part("m.yaml", START.encode())
    before = read_mission([first], present=NOW).mission
    changed = START.replace("progress: 50", "progress: 60").replace("# a comment", "# one\n  # a")
    second = read_part("m.yaml", changed.encode(), first)
    after = read_mission([second], present=NOW).mission

    assert before is not None
    assert after is not None
    assert [name for name in after.tasks if after.tasks[name] is not before.tasks[name]] == ["t1"]


def test_problems_move_with_the_lines_above_them() -> None:
    text = START.replace("coverage: 90", "coverage: 190")
    first = read_part("m.yaml", text.encode())
    second = read_part("m.yaml", ("# one more\n\n" + text).encode(), first)

    (before,) = (each for each in read_mission([first], present=NOW).problems if each.is_error)
    (after,) = (each for each in read_mission([second], present=NOW).problems if each.is_error)

    assert (before.line, after.line) == (4, 6)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York"])
def test_another_time_zone_reads_every_local_time_again(zone: str) -> None:
    first = read_part("m.yaml", START.encode())
    before = read_mission([first], present=NOW).mission
    second = read_part("m.yaml", f"timezone: {zone}\n{START}".encode(), first)
    after = read_mission([second], present=NOW).mission

    assert before is not None
    assert after is not None
    (was, _), (is_now, _) = before.agents.values(), after.agents.values()
    assert was.updated != is_now.updated


def test_a_mission_read_is_the_mission_that_its_values_validate_to() -> None:
    read = read_mission([read_part("m.yaml", START.encode())], present=NOW).mission

    assert read == mission(
        mission="Alpha",
        started="2024-01-15T08:00Z",
        policy={"coverage": "90"},
        agents={
            "ada": {"skills": {"react": "5"}, "state": "ACTIVE", "updated": "2024-01-15T09:00Z"},
            "bob": {},
        },
        tasks={
            "t1": {"title": "a: b", "estimate": "4h", "agent": "ada", "progress": "50"},
            "t2": {
                "estimate": {"best": "1h", "likely": "2h"},
                "after": ["t1"],
                "title": "two\nlines\n",
            },
            "t3": {"estimate": "3h", "after": ["t1", "t2"]},
        },
        milestones={"m1": {"tasks": ["t1", "t2"]}},
        blockers={"b1": {"title": "Stuck", "opened": "2199-01-15T09:00Z"}},
    )
