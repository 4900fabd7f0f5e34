"""What a library remembers never shows: it knows what a fresh look would know."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.io.library import MissionLibrary, read_snapshot

NOW = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
BELIEVED = timedelta(seconds=3)
NAMES = ("mission.yaml", "parts/a.yaml", "parts/b.yaml", "agents/ada.yaml")
TEXTS = st.sampled_from(
    [
        "mission: Alpha\nstarted: 2024-01-15T08:00Z\n",
        "mission: Alpha\nstarted: 2024-01-15T08:00Z\ntimezone: Europe/Paris\n",
        "tasks:\n  t1: {estimate: 4h, started: 2024-01-15T09:00}\n",
        "tasks:\n  t1: {progress: 10}\n  t2: {estimate: 1h, after: [t1]}\n",
        "tasks:\n  t1:\n    progress: 120\n",
        "agents:\n  ada:\n    state: ACTIVE\n    updated: 2024-01-16T09:00Z\n",
        "agents:\n  ada: &a {note: x}\n  bob: *a\n",
        "policy: {coverage: 90}\nmilestones:\n  m1: {tasks: [t1]}\n",
        "tasks: [",
        "",
    ]
)


@settings(max_examples=60, deadline=5000)
@given(edits=st.lists(st.tuples(st.sampled_from(NAMES), TEXTS), min_size=1, max_size=8))
def test_after_any_writes_the_newest_version_is_judged_as_a_fresh_look_judges_it(
    edits: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name in NAMES:
            (root / name).parent.mkdir(exist_ok=True)
        (root / NAMES[0]).write_text("mission: Alpha\nstarted: 2024-01-15T08:00Z\n")
        library = MissionLibrary(root)
        now = NOW
        library.refresh(now)

        for name, text in edits:
            (root / name).write_text(text)
            now += BELIEVED
            library.refresh(now)
            now += BELIEVED
            (kept,) = library.refresh(now).missions
            (fresh,) = read_snapshot(root, now).missions

            assert kept.problems == fresh.problems
            assert kept.revision == fresh.revision
            assert (kept.stale_since is None) == (fresh.stale_since is None)
            if fresh.mission is not None:
                assert kept.mission == fresh.mission
