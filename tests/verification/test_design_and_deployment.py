"""DESIGN_COMPLETE and DEPLOYMENT_READY milestones, and what holds each back."""

import shutil
from collections.abc import Callable

import pytest

from orchestrator_tui.domain.deeds import Tick
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.standing import CriterionState, MilestoneStatus
from tests.verification.conftest import Projects
from tests.verification.site import GATE, MISSION, Site, approve_in_the_app

HOUR = 3600
P, F, M = CriterionState.PASSED, CriterionState.FAILED, CriterionState.MISSING
REVIEW = ("--verdict", "PASS", "--score", "95", "--feedback", "Fine")
Change = Callable[[Site], object]


def work(site: Site) -> None:
    """Deliver what the task is to deliver, and say so."""
    site.write("src/rooms.py", "ROOMS = []\n")
    site.report("--state", "COMPLETED")


def review(site: Site) -> None:
    done = site.command("review", site.path, "M1", "--by", "bob", *REVIEW)
    assert done.returncode == 0, done.stderr


def tick(site: Site) -> None:
    site.desk().do(MISSION, Tick(GATE, CriterionId("security_review")))


async def test_a_design_goes_step_by_step(site: Site) -> None:
    site.plan("DESIGN_COMPLETE")
    assert site.status() == "PENDING"
    work(site)
    assert site.status() == "VERIFYING"
    site.write("docs/api/room-schema.yaml", "rooms: []\n")
    site.write("docs/overview.mmd", "graph TD\n")
    assert site.criterion("security_review").state is CriterionState.MANUAL
    assert site.status() == "VERIFYING"

    tick(site)
    assert site.status() == "IN_REVIEW"
    assert site.command("verify", site.path, "M1").returncode == 1, "no peer has reviewed it"
    review(site)

    assert site.status() == "AWAITING_APPROVAL"
    assert site.command("verify", site.path, "M1").returncode == 0

    await approve_in_the_app(site)
    assert site.status() == "COMPLETED"


@pytest.mark.parametrize(
    ("changes", "criterion", "reason"),
    [
        pytest.param(
            lambda site: site.remove("docs/api/room-schema.yaml"),
            "schema_documentation",
            "docs/**/*schema*",
            id="no schema",
        ),
        pytest.param(
            lambda site: site.remove("docs/overview.mmd"),
            "architecture_diagrams",
            "docs/**/*.{png,svg,mmd,puml,drawio}",
            id="no diagram",
        ),
    ],
)
def test_a_design_without_its_papers_is_held_back(
    site: Site, changes: Change, criterion: str, reason: str
) -> None:
    site.plan("DESIGN_COMPLETE")
    work(site)
    site.write("docs/api/room-schema.yaml", "rooms: []\n")
    site.write("docs/overview.mmd", "graph TD\n")
    tick(site)
    review(site)

    changes(site)

    found = site.criterion(criterion)
    assert (found.state, site.milestone().status) == (M, MilestoneStatus.VERIFYING)
    assert reason in found.detail


def deploy(site: Site, projects: Projects) -> None:
    """Bring together all that a deployment needs."""
    site.plan("DEPLOYMENT_READY")
    work(site)
    for name, of in (("integration.xml", "junit.xml"), ("security.sarif", "ruff.sarif")):
        path = site.workspace / "reports" / name
        path.parent.mkdir(exist_ok=True)
        shutil.copy(projects.sound / "reports" / of, path)
    site.write("docs/rollback.md", "# How to go back\n\n## Rollback\n\nSwitch it off.\n")
    site.age("src/rooms.py", HOUR)


async def test_a_deployment_goes_step_by_step(site: Site, projects: Projects) -> None:
    deploy(site, projects)
    assert site.status() == "IN_REVIEW"
    assert site.command("verify", site.path, "M1").returncode == 0

    review(site)
    assert site.status() == "AWAITING_APPROVAL"

    await approve_in_the_app(site)
    assert site.status() == "COMPLETED"


@pytest.mark.parametrize(
    ("name", "from_", "criterion", "reason"),
    [
        pytest.param("integration.xml", "junit.xml", "integration_tests", "1", id="a test fails"),
        pytest.param("security.sarif", "ruff.sarif", "security_audit", "rooms.py", id="a finding"),
    ],
)
def test_a_deployment_with_a_bad_report_is_held_back(
    site: Site, projects: Projects, *, name: str, from_: str, criterion: str, reason: str
) -> None:
    deploy(site, projects)
    review(site)

    shutil.copy(projects.unsound / "reports" / from_, site.workspace / "reports" / name)

    found = site.criterion(criterion)
    assert (found.state, site.milestone().status) == (F, MilestoneStatus.VERIFYING)
    assert reason in found.detail


@pytest.mark.parametrize(
    ("changes", "criterion", "state", "reason"),
    [
        pytest.param(
            lambda site: site.age("docs/rollback.md", 2 * HOUR),
            "documentation",
            F,
            "src/rooms.py",
            id="documents older than the code",
        ),
        pytest.param(
            lambda site: site.write("docs/rollback.md", "# How to go back\n"),
            "rollback_plan",
            F,
            "## Rollback",
            id="no plan to go back",
        ),
        pytest.param(
            lambda site: site.remove("docs/rollback.md"),
            "rollback_plan",
            M,
            "docs/rollback.md",
            id="no page about it",
        ),
    ],
)
def test_a_deployment_without_its_documents_is_held_back(
    site: Site,
    projects: Projects,
    *,
    changes: Change,
    criterion: str,
    state: CriterionState,
    reason: str,
) -> None:
    deploy(site, projects)
    review(site)

    changes(site)

    found = site.criterion(criterion)
    assert (found.state, site.milestone().status) == (state, MilestoneStatus.VERIFYING)
    assert reason in found.detail
