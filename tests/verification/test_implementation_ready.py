"""An IMPLEMENTATION_READY milestone, with what pytest, coverage, ruff and pytest-benchmark said."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator_tui.domain.standing import CriterionState, MilestoneStatus
from tests.verification.conftest import Projects
from tests.verification.site import Site, approve_in_the_app
from tests.verification.workshop import REPORTS

LIMITS = """\
    criteria:
      benchmarks: {benchmark: "reports/benchmark*.json", limits: {test_speed: {mean: 1s}}}
"""
HOUR = 3600


@pytest.fixture
def done(site: Site, projects: Projects) -> Site:
    """Return a site where everything is done and reviewed."""
    site.plan("IMPLEMENTATION_READY", LIMITS)
    shutil.copytree(projects.sound, site.workspace, dirs_exist_ok=True)
    text = site.path.read_text().replace(
        "    quality: 92\n",
        "    quality: 92\n    started: 2024-01-15T08:00Z\n    finished: 2024-01-15T12:00Z\n",
    )
    review = "    review: {by: bob, at: 2024-01-15T13:00Z, score: 95, verdict: PASS}\n"
    site.path.write_text(text.replace("    tasks: [rooms]\n", f"    tasks: [rooms]\n{review}"))
    return site


async def test_it_goes_from_pending_to_completed_step_by_step(
    site: Site, projects: Projects
) -> None:
    site.plan("IMPLEMENTATION_READY", LIMITS)
    assert site.status() == "PENDING"

    site.report("--progress", "10")
    assert site.status() == "IN_PROGRESS"

    site.report("--state", "COMPLETED")
    assert site.status() == "VERIFYING"
    assert site.command("verify", site.path, "M1").returncode == 1

    shutil.copytree(projects.sound, site.workspace, dirs_exist_ok=True)
    verified = site.command("verify", site.path, "M1", "--json")
    assert verified.returncode == 0, verified.stdout
    criteria = json.loads(verified.stdout)["milestone"]["criteria"]
    assert {each["id"]: each["state"] for each in criteria} == {
        "unit_tests": "PASSED",
        "code_coverage": "PASSED",
        "static_analysis": "PASSED",
        "benchmarks": "PASSED",
    }
    assert site.status() == "IN_REVIEW"

    review = ("review", site.path, "M1", "--verdict", "PASS", "--score", "95", "--feedback", "Fine")
    assert site.command(*review, "--by", "ada").returncode == 2, "it is her own work"
    assert site.command(*review, "--by", "bob").returncode == 0
    assert site.status() == "AWAITING_APPROVAL"

    await approve_in_the_app(site)
    assert site.status() == "COMPLETED"
    assert "decision: APPROVED" in site.path.read_text()
    assert (site.missions / ".orchestrator" / "chat" / "handover" / "M1.md").is_file()


def _from_unsound(name: str) -> Callable[[Site, Path], None]:
    def change(site: Site, unsound: Path) -> None:
        shutil.copy2(unsound / "reports" / name, site.workspace / "reports" / name)
        os.utime(site.workspace / "reports" / name)

    return change


def _removed(name: str) -> Callable[[Site, Path], None]:
    return lambda site, _: (site.workspace / "reports" / name).unlink()


def _garbled(name: str) -> Callable[[Site, Path], None]:
    def change(site: Site, _: Path) -> None:
        path = site.workspace / "reports" / name
        path.write_text(path.read_text()[:-20])

    return change


def _aged(name: str) -> Callable[[Site, Path], None]:
    def change(site: Site, _: Path) -> None:
        path = site.workspace / "reports" / name
        old = (site.workspace / "src" / "rooms.py").stat().st_mtime - HOUR
        os.utime(path, (old, old))

    return change


def _limited(site: Site, _: Path) -> None:
    site.path.write_text(site.path.read_text().replace("mean: 1s", "mean: 1us"))


CRITERIA = dict(
    zip(("unit_tests", "code_coverage", "static_analysis", "benchmarks"), REPORTS, strict=True)
)
F, M, S = CriterionState.FAILED, CriterionState.MISSING, CriterionState.STALE
BROKEN = [
    pytest.param("unit_tests", _from_unsound("junit.xml"), F, "1", id="a test fails"),
    pytest.param("code_coverage", _from_unsound("coverage.xml"), F, "80", id="too little covered"),
    pytest.param("static_analysis", _from_unsound("ruff.sarif"), F, "rooms.py", id="a finding"),
    pytest.param("benchmarks", _limited, F, "test_speed", id="too slow"),
    *(pytest.param(key, _removed(name), M, name.partition(".")[0] if key != "static_analysis"
                   else "sarif", id=f"no {name}") for key, name in CRITERIA.items()),
    *(pytest.param(key, _garbled(name), F, name, id=f"half of {name}")
      for key, name in CRITERIA.items()),
    *(pytest.param(key, _aged(name), S, "older", id=f"old {name}")
      for key, name in CRITERIA.items()),
]  # fmt: skip


def test_whole_evidence_leads_to_the_approval(done: Site) -> None:
    milestone = done.milestone()

    assert milestone.status is MilestoneStatus.AWAITING_APPROVAL
    assert [each.state for each in milestone.criteria] == [CriterionState.PASSED] * 4
    assert milestone.quality_score == pytest.approx((100 * 4 + 92 + 95) / 6)


@pytest.mark.parametrize(("criterion", "breaks", "state", "reason"), BROKEN)
def test_one_broken_piece_of_evidence_holds_it_back(
    done: Site,
    projects: Projects,
    *,
    criterion: str,
    breaks: Callable[[Site, Path], None],
    state: CriterionState,
    reason: str,
) -> None:
    breaks(done, projects.unsound)

    milestone = done.milestone()
    held = {each.id: each for each in milestone.criteria if each.state is not CriterionState.PASSED}
    assert list(held) == [criterion]
    assert (held[criterion].state, milestone.status) == (state, MilestoneStatus.VERIFYING)  # type: ignore[index]
    assert reason in held[criterion].detail  # type: ignore[index]


def test_a_missing_deliverable_holds_it_back(done: Site) -> None:
    (done.workspace / "src" / "rooms.py").unlink()

    milestone = done.milestone()
    assert milestone.missing_deliverables == ("src/rooms.py",)
    assert milestone.status is MilestoneStatus.VERIFYING
    assert done.command("verify", done.path, "M1").returncode == 1
