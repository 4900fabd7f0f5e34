import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.commands import MISSIONS, run

CHAT_APP = MISSIONS / "chat-app.yaml"


@pytest.mark.parametrize("audience", ["lead", "management", "agents"])
@pytest.mark.parametrize(
    ("fmt", "beginning"),
    [("md", "# "), ("html", "<!DOCTYPE html>"), ("csv", "mission,"), ("json", "{")],
)
def test_every_audience_gets_every_format(fmt: str, beginning: str, audience: str) -> None:
    done = run("export", CHAT_APP, "--format", fmt, "--audience", audience)

    assert done.returncode == 0
    assert done.stdout.decode().startswith(beginning)


def test_a_report_is_as_of_the_time_that_is_named() -> None:
    done = run("export", CHAT_APP, "--format", "md", "--at", "2024-01-15T16:15:00Z")

    assert "*Report for the lead, 2024-01-15 16:15 UTC*" in done.stdout.decode()
    assert "| Timeline | 5% AHEAD OF SCHEDULE ✅ |" in done.stdout.decode()


def test_a_report_is_written_to_a_file_whole_and_readable(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("old")
    out.chmod(0o640)

    done = run("export", CHAT_APP, "--format", "html", "--out", out)

    assert done.returncode == 0
    assert done.stdout == b""
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert out.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_a_linked_report_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    link.symlink_to(real)

    run("export", CHAT_APP, "--format", "md", "--out", link)

    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("out", ["nowhere/report.md", "."])
def test_what_cannot_be_written_is_said_with_exit_3(out: str, tmp_path: Path) -> None:
    done = run("export", CHAT_APP, "--format", "md", "--out", out, cwd=tmp_path)

    assert done.returncode == 3
    assert "was not written" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_milestone_can_be_reported_alone() -> None:
    done = run("export", CHAT_APP, "--format", "csv", "--milestone", "M1_API_DESIGN")
    whole = run("export", CHAT_APP, "--format", "csv")

    rows, all_rows = (
        list(csv.DictReader(io.StringIO(each.stdout.decode(), newline="")))
        for each in (done, whole)
    )
    assert 0 < len(rows) < len(all_rows)


@pytest.mark.parametrize("audience", ["lead", "management"])
@pytest.mark.parametrize(
    ("fmt", "beginning", "said"),
    [
        pytest.param("md", "# M1 API design", "## Deviations", id="md"),
        pytest.param("html", "<!DOCTYPE html>", "<h2>Deviations</h2>", id="html"),
        pytest.param("json", "{", '"deviations"', id="json"),
    ],
)
def test_the_summary_of_a_milestone_is_written_for_who_decides(
    fmt: str, beginning: str, said: str, audience: str
) -> None:
    done = run(
        "export", CHAT_APP, "--format", fmt, "--milestone", "M1_API_DESIGN", "--audience", audience
    )

    assert done.returncode == 0
    assert done.stdout.decode().startswith(beginning)
    assert said in done.stdout.decode()


def test_agents_get_the_work_of_a_milestone() -> None:
    done = run(
        "export", CHAT_APP, "--format", "md", "--milestone", "M3_FRONTEND_MVP",
        "--audience", "agents",
    )  # fmt: skip

    assert "Chat screens on the live backend" in done.stdout.decode()
    assert "Sign-in and sessions" not in done.stdout.decode()


def test_the_summary_as_json_is_beside_what_status_says() -> None:
    done = run("export", CHAT_APP, "--format", "json", "--milestone", "M1_API_DESIGN")

    (mission,) = json.loads(done.stdout)["missions"]
    assert [each["id"] for each in mission["milestones"]] == ["M1_API_DESIGN"]
    assert mission["summary"]["id"] == "M1_API_DESIGN"
    assert mission["summary"]["delivered"][0]["path"].endswith("rooms.mmd")


@pytest.mark.parametrize("fmt", ["md", "html", "csv", "json"])
def test_an_unknown_milestone_is_said_with_exit_4(fmt: str) -> None:
    done = run("export", CHAT_APP, "--format", fmt, "--milestone", "M1_API_DESING")

    assert done.returncode == 4
    assert "did you mean M1_API_DESIGN?" in done.stderr.decode()


def test_a_broken_mission_is_reported_with_exit_1(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("mission: x\n")

    done = run("export", tmp_path, "--format", "json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["missions"][0]["title"] is None


def test_a_report_can_be_written_to_a_pipe() -> None:
    done = run("export", CHAT_APP, "--format", "md", "--out", "/dev/stdout")

    assert done.returncode == 0
    assert done.stdout.decode().startswith("# ")
