"""Missions read from bytes that were kept are what reading the same bytes from disk gives."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.snapshot import KnownMission, MissionFile
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.reading.kept_files import KeptFiles
from orchestrator_tui.io.reading.part import digest_of
from tests.bench.generator import mission_text, with_progress, write_parts
from tests.io.reading import HEAD

CORPUS = Path(__file__).parent.parent / "corpus"
MISSIONS = Path(__file__).parents[2] / "missions"
NOW = datetime(2024, 1, 15, 12, tzinfo=UTC)


def kept(path: Path) -> tuple[MissionFile, ...]:
    """Return the files of the mission at `path`, in no order that means anything."""
    inside = path if path.is_dir() else path.parent
    files = sorted(path.rglob("*.yaml"), reverse=True) if path.is_dir() else [path]
    return tuple(
        MissionFile(os.path.relpath(each, inside), digest_of(each.read_bytes()), each.read_bytes())
        for each in files
    )


def read_back(path: Path, reading: KeptFiles, now: datetime = NOW) -> KnownMission:
    """Return the mission at `path` as `reading` makes it of its bytes."""
    (on_disk,) = read_snapshot(path, now, warns_of_future=False).missions
    return reading.read(kept(path), now, mission=on_disk.id, path=path)


def on_disk(path: Path, now: datetime = NOW) -> KnownMission:
    """Return the mission at `path` as it is read from there."""
    (known,) = read_snapshot(path, now, warns_of_future=False).missions
    return known


@pytest.mark.parametrize(
    "path",
    [*sorted(CORPUS.glob("*.yaml")), *sorted(MISSIONS.glob("*.yaml"))],
    ids=lambda path: path.stem,
)
def test_a_file_is_read_from_its_bytes_as_from_the_disk(path: Path) -> None:
    assert read_back(path, KeptFiles()) == on_disk(path)


def test_a_reading_that_has_seen_every_other_file_reads_each_the_same() -> None:
    reading = KeptFiles()
    path = CORPUS / "001-valid.yaml"

    for each in sorted(CORPUS.glob("*.yaml")):
        raw = each.read_bytes()
        files = (MissionFile(path.name, digest_of(raw), raw),)
        known = reading.read(files, NOW, mission=on_disk(path).id, path=path)
        alone = KeptFiles().read(files, NOW, mission=on_disk(path).id, path=path)
        assert known == alone, each.name


def test_a_folder_mission_is_read_in_the_order_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "alpha"
    for name, text in (
        ("mission.yaml", HEAD),
        ("b.yaml", "tasks:\n  b: {estimate: 1h}\n"),
        ("B.yaml", "tasks:\n  B2: {estimate: 1h, title: '\\e[31m'}\n"),
        ("agents/ada.yaml", "agents:\n  ada: {state: ACTIVE, task: b}\n"),
        ("parts/a.yaml", "tasks:\n  a: {estimate: 1h, after: [b]}\n"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    known = read_back(folder, KeptFiles())

    assert known.mission is not None
    assert known == on_disk(folder)


@pytest.mark.parametrize(
    "broken", ["mission.yaml", "agents/ada.yaml"], ids=["the first part", "an agent's own part"]
)
def test_a_folder_mission_with_a_broken_part_is_what_it_is_on_disk(
    tmp_path: Path, broken: str
) -> None:
    folder = tmp_path / "alpha"
    (folder / "agents").mkdir(parents=True)
    (folder / "mission.yaml").write_text(HEAD)
    (folder / "agents" / "ada.yaml").write_text("agents: {ada: {}}\n")
    (folder / broken).write_text("agents: [oh\n")

    known = read_back(folder, KeptFiles())

    assert known == on_disk(folder)
    assert [each.is_error for each in known.problems] == [True]


def test_a_mission_that_cannot_be_read_is_stale_since_the_moment_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "alpha.yaml"
    path.write_text("agents: [oh\n")
    reading = KeptFiles()

    first = read_back(path, reading)
    later = read_back(path, reading, NOW + timedelta(hours=1))

    assert (first.stale_since, later.stale_since) == (NOW, NOW + timedelta(hours=1))


def test_a_name_that_is_no_text_is_shown_safely(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"odd\xff\x1b.yaml")
    path.write_text(HEAD)

    known = read_back(path, KeptFiles())

    assert known == on_disk(path)
    assert "\x1b" not in known.path


def test_a_version_that_was_read_before_is_the_same_object(tmp_path: Path) -> None:
    path = tmp_path / "alpha.yaml"
    path.write_text(HEAD)
    reading = KeptFiles()

    assert read_back(path, reading) is read_back(path, reading, NOW + timedelta(hours=1))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(40, 59), st.integers(0, 99)), max_size=6))
def test_versions_read_one_after_the_other_are_those_read_alone(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("kept") / "alpha.yaml"
    reading = KeptFiles()
    text = mission_text(100)

    for task, per_cent in changes:
        text = with_progress(text, task, per_cent)
        path.write_text(text, encoding="utf-8")
        assert read_back(path, reading) == on_disk(path)


def test_a_large_folder_mission_is_read_whole(tmp_path: Path) -> None:
    write_parts(tmp_path / "large", 1200)

    known = read_back(tmp_path / "large", KeptFiles())

    assert known == on_disk(tmp_path / "large")
    assert known.mission is not None
    assert len(known.mission.tasks) == 1200
