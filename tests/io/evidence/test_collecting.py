"""All evidence of a mission, collected: together, each failing alone, and again."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.evidence import NO_EVIDENCE, Commits, Evidence
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.evidence.collecting import with_evidence
from orchestrator_tui.io.evidence.git import GitObserved
from orchestrator_tui.io.evidence.mission_evidence import GIT_SECONDS, mission_path
from orchestrator_tui.io.library import read_snapshot
from tests.builders import known, mission
from tests.io.evidence.workspaces import (
    FAILING,
    ID,
    NOW,
    PASSING,
    collected,
    collector,
    finding,
    results,
    with_criteria,
    write,
)

PASSED, FAILED, MISSING = CriterionState.PASSED, CriterionState.FAILED, CriterionState.MISSING
M1 = MilestoneId("M1")
TYPES = ("DESIGN_COMPLETE", "IMPLEMENTATION_READY", "DEPLOYMENT_READY")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "missions"
    place.mkdir()
    return place


def states(evidence: Evidence) -> dict[str, CriterionState]:
    return {criterion: each.state for (_, criterion), each in evidence.findings.items()}


def test_a_mission_that_asks_for_nothing_is_not_looked_at(tmp_path: Path) -> None:
    one = mission(
        workspace="not-there",
        tasks={"a": {"estimate": "1h"}},
        milestones={"M1": {"criteria": {"seen": {"manual": "x"}, "left": {"waive": "y"}}}},
    )

    assert collected(one, tmp_path / "gone") is NO_EVIDENCE


def test_every_check_of_every_type_is_answered(home: Path) -> None:
    one = mission(milestones={each: {"type": each} for each in TYPES})

    evidence = collected(one, home)

    assert {each.state for each in evidence.findings.values()} == {MISSING}
    assert {criterion for _, criterion in evidence.findings} == {
        "schema_documentation", "architecture_diagrams",
        "unit_tests", "code_coverage", "static_analysis", "benchmarks",
        "integration_tests", "security_audit", "documentation", "rollback_plan",
    }  # fmt: skip
    assert all("no file matches" in each.detail for each in evidence.findings.values())


def test_a_workspace_that_is_not_there_is_one_problem(home: Path) -> None:
    one = mission(
        workspace="../chat-app",
        tasks={"a": {"estimate": "1h", "deliverables": ["x", "y"]}},
        milestones={each: {"type": each} for each in TYPES},
    )

    evidence = collected(one, home)

    (problem,) = evidence.problems
    assert not problem.is_error
    assert problem.message.startswith("the workspace ../chat-app is not there")
    assert {(each.state, each.detail) for each in evidence.findings.values()} == {
        (MISSING, "the workspace ../chat-app is not there")
    }
    assert [each.exists for each in evidence.deliverables[TaskId("a")]] == [False, False]


def test_a_workspace_that_is_a_file_is_one_problem(home: Path) -> None:
    write(home, {"file": "x"})
    one = mission(workspace="file", milestones={"M1": {"type": "DESIGN_COMPLETE"}})

    (problem,) = collected(one, home).problems

    assert problem.message.startswith("the workspace file is a file, not a folder")


def test_a_workspace_may_be_a_link_that_a_person_made(home: Path) -> None:
    write(home.parent, {"elsewhere/docs/a.md": "x"})
    (home / "work").symlink_to(home.parent / "elsewhere")
    one = mission(
        workspace="work", milestones={"M1": {"criteria": {"docs": {"exists": "docs/a.md"}}}}
    )

    assert states(collected(one, home)) == {"docs": PASSED}


def test_a_hostile_file_costs_its_own_criterion(home: Path) -> None:
    os.mkfifo(home / "pipe.xml")
    write(home, {"good.xml": PASSING, "bad.xml": FAILING, "bomb.xml": BOMB})
    (home / "out.xml").symlink_to("/etc/hostname")
    with (home / "giant.xml").open("wb") as file:
        file.truncate(1 << 40)

    evidence = collected(
        with_criteria(
            **{each: {"junit": f"{each}.xml"} for each in ("pipe", "bomb", "giant", "out", "bad")},
            good={"junit": "good.xml"},
            braces={"exists": "{a,b}" * 20},
        ),
        home,
    )

    assert states(evidence) == {
        "pipe": MISSING, "bomb": FAILED, "giant": FAILED, "out": MISSING, "bad": FAILED,
        "good": PASSED, "braces": MISSING,
    }  # fmt: skip
    assert all(each.detail for each in evidence.findings.values())


def test_collecting_twice_without_a_change_gives_the_same(home: Path) -> None:
    write(home, {"docs/schema.md": "x", "reports/junit.xml": PASSING})
    one = mission(
        tasks={
            "a": {"estimate": "1h", "deliverables": ["docs/**"], "progress_from": "deliverables"}
        },
        milestones={each: {"type": each} for each in TYPES},
    )
    same = collector(home)

    first, second = (same.collect(one, ID, home, trusted=frozenset(), now=NOW) for _ in range(2))

    assert first == second == collected(one, home)


def test_a_change_is_seen_in_the_next_look(home: Path) -> None:
    one = with_criteria(tests={"junit": "r/*.xml"})
    same = collector(home)

    def state() -> CriterionState:
        evidence = same.collect(one, ID, home, trusted=frozenset(), now=NOW)
        return states(evidence)["tests"]

    told = [state()]
    for name, content in (("r/a.xml", PASSING), ("r/b.xml", FAILING), ("r/b.xml", PASSING)):
        write(home, {name: content})
        told.append(state())

    assert told == [MISSING, PASSED, FAILED, PASSED]


@given(order=st.permutations(["A", "B", "C", "D"]))
def test_the_order_of_milestones_changes_nothing(site: Path, order: list[str]) -> None:
    checks = {
        "A": {"exists": "docs/**"},
        "B": {"newer": "docs/**", "than": "reports/**"},
        "C": {"junit": "reports/*.xml"},
        "D": {"contains": {"path": "docs/a.md", "text": "x"}},
    }
    in_order, shuffled = (
        mission(milestones={each: {"criteria": {"c": checks[each]}} for each in some})
        for some in ("ABCD", order)
    )

    assert dict(collected(shuffled, site).findings) == dict(collected(in_order, site).findings)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    write(place, {"docs/a.md": "x", "docs/b.md": "y", "reports/a.xml": PASSING})
    return place


def test_folders_to_watch_are_those_that_were_asked_about(home: Path) -> None:
    write(home, {"docs/deep/a.md": "x", "src/a.py": "x"})
    one = with_criteria(docs={"exists": "docs/**"}, tests={"junit": "reports/junit.xml"})
    same = collector(home)
    same.collect(one, ID, home, trusted=frozenset(), now=NOW)

    watched = {os.path.relpath(each, home) for each in same.watched_folders(ID, home)}

    assert watched == {".", "docs", "docs/deep"}


def test_where_the_workspace_is_not_there_the_folder_above_it_is_watched(home: Path) -> None:
    one = mission(workspace="a/b/c", milestones={"M1": {"type": "DESIGN_COMPLETE"}})
    (home / "a").mkdir()
    same = collector(home)
    same.collect(one, ID, home, trusted=frozenset(), now=NOW)

    assert same.watched_folders(ID, home) == (home / "a",)


class Git:
    """A repository in which somebody commits between any two looks."""

    def __init__(self) -> None:
        self.looks: list[Path] = []

    def read(self, workspace: Path, authors: Any, deliverables: Any, now: datetime) -> GitObserved:
        self.looks.append(workspace)
        commits = {each: Commits(now, (len(self.looks),)) for each in authors}
        return GitObserved(commits, dict.fromkeys(deliverables, now), is_dirty=True)


def worked_on(**more: Any) -> Mission:
    return mission(
        agents={"ada": {"git_author": "ada@example.org"}, "bob": {}},
        tasks={"a": {"estimate": "1h", "deliverables": ["x"]}, "b": {"estimate": "1h"}},
        **more,
    )


def test_git_is_asked_for_authors_and_deliverables(home: Path) -> None:
    evidence = collected(worked_on(), home, git=Git().read)

    assert dict(evidence.commits) == {AgentId("ada"): Commits(NOW, (1,))}
    assert dict(evidence.touched) == {TaskId("a"): NOW}
    assert evidence.is_dirty


def test_git_is_not_asked_where_nobody_wants_to_know(home: Path) -> None:
    git = Git()

    evidence = collected(with_criteria(docs={"exists": "docs/**"}), home, git=git.read)

    assert git.looks == []
    assert evidence.is_dirty is None


def test_git_is_asked_every_half_minute_and_no_more(home: Path) -> None:
    git, seconds = Git(), [100.0]
    same = collector(home, git=git.read, monotonic=lambda: seconds[0])

    def commits() -> int:
        evidence = same.collect(worked_on(), ID, home, trusted=frozenset(), now=NOW)
        return evidence.commits[AgentId("ada")].last_hour

    told = []
    for passed in (0, GIT_SECONDS - 1, 1, GIT_SECONDS):
        seconds[0] += passed
        told.append(commits())

    assert told == [1, 1, 2, 3]


def test_another_workspace_has_another_repository(home: Path) -> None:
    git = Git()
    same = collector(home, git=git.read)
    for name in ("one", "two"):
        (home / name).mkdir()
        same.collect(worked_on(workspace=name), ID, home, trusted=frozenset(), now=NOW)

    assert git.looks == [home / "one", home / "two"]


def test_what_hangs_holds_nothing_else_up(home: Path) -> None:
    go = threading.Event()

    def hang(*_: Any) -> GitObserved:
        go.wait()
        return GitObserved()

    write(home, {"docs/a.md": "x"})
    one = worked_on(milestones={"M1": {"criteria": {"docs": {"exists": "docs/a.md"}}}})
    evidence = collected(one, home, git=hang, limit_seconds=0.2)
    go.set()

    assert states(evidence) == {"docs": PASSED}
    assert evidence.commits == {}
    assert [each.message for each in evidence.problems] == ["git gave no answer in 0.2 s"]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        pytest.param("too slow", ["git does not tell all of the workspace: too slow"], id="slow"),
        pytest.param("is no git repository", [], id="no repository"),
        pytest.param("git is not installed", [], id="no git"),
        pytest.param("", [], id="all is known"),
    ],
)  # fmt: skip
def test_why_git_did_not_tell_all_is_told(home: Path, note: str, told: list[str]) -> None:
    def read(*_: Any) -> GitObserved:
        return GitObserved(note=plain_text(note))

    evidence = collected(worked_on(), home, git=read)

    assert [each.message for each in evidence.problems] == told


def test_what_there_was_no_time_for_says_so(home: Path) -> None:
    seconds = iter(range(0, 10_000_000, 1_000))
    evidence = collected(
        with_criteria(**{f"c{each}": {"exists": "a.md"} for each in range(50)}),
        home,
        limit_seconds=1_000.0,
        monotonic=lambda: float(next(seconds)),
    )

    details = [each.detail for each in evidence.findings.values()]
    assert details[0] == "no file matches a.md"
    assert details[-1] == ("was left out, because the looks before it took 3000 s: looked for a.md")


def test_a_bug_is_told_and_costs_no_more_than_itself(home: Path) -> None:
    def broken(*_: Any) -> GitObserved:
        raise RuntimeError("no such \x1b[2J luck")

    write(home, {"docs/a.md": "x"})
    one = worked_on(milestones={"M1": {"criteria": {"docs": {"exists": "docs/a.md"}}}})
    evidence = collected(one, home, git=broken)

    assert states(evidence) == {"docs": PASSED}
    (problem,) = evidence.problems
    assert problem.message == "git could not be looked at: RuntimeError: no such ␛[2J luck"


RUN = {"run": ["make", "check"], "timeout": "1m"}


def pin_of(home: Path) -> str:
    command = finding(home, RUN).command
    assert command is not None
    return command.pin


def test_a_command_that_nobody_allowed_is_shown_and_not_run(home: Path) -> None:
    found = finding(home, {"run": ["touch", "made \x20[b]"]})

    assert found.state == CriterionState.UNTRUSTED
    assert found.command is not None
    assert found.command.argv == ("touch", "made \x20[b]")
    assert list(home.iterdir()) == []


def judged(home: Path, pin: str) -> tuple[CriterionState, str, datetime | None]:
    same = collector(home)
    one = with_criteria(the_check=RUN)
    evidence = same.collect(one, ID, home, trusted=frozenset({pin}), now=NOW)
    found = evidence.findings[M1, CriterionId("the_check")]
    assert found.command is not None
    assert found.command.pin == pin_of(home)
    return found.state, found.detail, found.observed


ENDED = NOW - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("ending", "code", "why", "expected"),
    [
        pytest.param(
            Ending.EXITED, 0, "exited with 0", (PASSED, "exited with 0: make check", ENDED), id="0"
        ),
        pytest.param(
            Ending.EXITED, 2, "exited with 2", (FAILED, "exited with 2: 1 failed", ENDED), id="2"
        ),
        pytest.param(
            Ending.TIMED_OUT, None, "took longer than 1m",
            (FAILED, "took longer than 1m: 1 failed", ENDED), id="too long",
        ),
        pytest.param(
            Ending.CANCELLED, None, "was cancelled",
            (MISSING, "was cancelled: make check", None), id="cancelled",
        ),
    ],
)  # fmt: skip
def test_a_command_that_was_allowed_is_judged_by_its_last_result(
    home: Path, *, ending: Ending, code: int | None, why: str, expected: object
) -> None:
    pin = pin_of(home)
    results(home).keep(pin, CommandResult(ending, why, code, "first\n1 failed\n", ENDED, 3.0))

    assert judged(home, pin) == expected


def test_a_command_that_was_allowed_and_has_not_run_is_missing(home: Path) -> None:
    assert judged(home, pin_of(home)) == (
        MISSING, "allowed, has not run yet: make check", None,
    )  # fmt: skip


def test_a_changed_command_is_not_the_one_that_was_allowed(home: Path) -> None:
    pin = pin_of(home)
    results(home).keep(pin, CommandResult(Ending.EXITED, "exited with 0", 0, "", ENDED, 3.0))
    changed = with_criteria(the_check={"run": ["make", "check", "-k"], "timeout": "1m"})

    evidence = collector(home).collect(changed, ID, home, trusted=frozenset({pin}), now=NOW)

    assert states(evidence) == {"the_check": CriterionState.UNTRUSTED}


def test_a_command_that_runs_is_running(home: Path) -> None:
    pin, kept = pin_of(home), results(home)
    same = collector(home, results=kept)
    with kept.running(pin):
        during = same.collect(
            with_criteria(the_check=RUN), ID, home, trusted=frozenset({pin}), now=NOW
        )

    assert states(during) == {"the_check": CriterionState.RUNNING}


def test_a_run_with_the_same_outcome_is_the_same_evidence(home: Path) -> None:
    pin = pin_of(home)

    def digest(output: str, code: int) -> str:
        result = CommandResult(Ending.EXITED, f"exited with {code}", code, output, ENDED, 3.0)
        results(home).keep(pin, result)
        one = with_criteria(the_check=RUN)
        evidence = collector(home).collect(one, ID, home, trusted=frozenset({pin}), now=NOW)
        return evidence.findings[M1, CriterionId("the_check")].digest

    assert digest("in 3.1 s", 0) == digest("in 3.2 s", 0) != digest("in 3.1 s", 1)


Layout = Callable[[Path], Path]


def as_file(root: Path) -> Path:
    write(root, {"missions/chat.yaml": TEXT, "work/docs/a.md": "x"})
    return root / "missions" / "chat.yaml"


def as_folder(root: Path) -> Path:
    write(root, {"missions/chat/mission.yaml": TEXT, "missions/work/docs/a.md": "x"})
    return root / "missions" / "chat"


@pytest.mark.parametrize("layout", [as_file, as_folder])
@pytest.mark.parametrize("is_named", [True, False], ids=["named", "in a folder of missions"])
def test_commands_that_look_see_the_evidence_of_every_mission(
    tmp_path: Path, layout: Layout, is_named: bool
) -> None:
    path = layout(tmp_path)
    chosen = path if is_named else tmp_path / "missions"
    snapshot = read_snapshot(chosen, NOW)

    seen = with_evidence(snapshot, chosen, tmp_path / "state", NOW)

    (only,) = seen.missions
    assert states(only.evidence) == {"docs": PASSED}
    assert replace(only, evidence=NO_EVIDENCE) == snapshot.missions[0]
    assert not (tmp_path / "state").exists()


def test_commands_that_look_at_missions_without_checks_get_the_same_snapshot(
    tmp_path: Path,
) -> None:
    snapshot = Snapshot(missions=(known(mission()),))

    assert with_evidence(snapshot, tmp_path, tmp_path / "state", NOW) is snapshot


@pytest.mark.parametrize("layout", [as_file, as_folder])
def test_a_mission_is_found_again_by_its_home(tmp_path: Path, layout: Layout) -> None:
    path = layout(tmp_path)
    home = path.parent if path.suffix else path

    assert mission_path(MissionId("chat"), home) == path


TEXT = """\
mission: Chat
started: 2024-01-15T08:00Z
workspace: ../work
milestones:
  M1: {criteria: {docs: {exists: docs/a.md}}}
"""
BOMB = """\
<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<testsuite><testcase name="&d;"/></testsuite>
"""
