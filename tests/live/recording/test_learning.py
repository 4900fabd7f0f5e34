"""What was finished is kept when it is new, and outlives the file that told of it."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.io.history.history import History
from orchestrator_tui.live.recording.learning import Learning
from tests.builders import START, after, known, mission
from tests.live.listening import mission_text, save
from tests.live.recorded_world import Run, World

FINISHED = {"agent": "ann", "estimate": "4h", "started": START, "finished": after(5)}
LEFT = {"agent": "ann", "estimate": "2h"}


def kept(world: World) -> Experience:
    """Return what the history holds, as another process reads it."""
    opened = History.open_to_read(world.history, clock=world.clock)
    assert opened is not None
    with opened:
        return opened.experience()


def text(*, more: str) -> str:
    """Return a mission whose second task says `more`."""
    return mission_text() + f"  check: {{title: Check, agent: writer, estimate: 2h{more}}}\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_only_what_is_new_is_told() -> None:
    learning = Learning()
    first = known(mission(agents={"ann": {}}, tasks={"a": FINISHED, "b": LEFT}))
    ended = LEFT | {"started": after(5), "finished": after(8)}
    second = known(mission(agents={"ann": {}}, tasks={"a": FINISHED, "b": ended}))

    told = [learning.news(each, after(9)) for each in (first, first, second, second)]

    assert [each and [one.task for one in each.work] for each in told] == [["a"], None, ["b"], None]
    assert told[0] is not None
    assert told[0].work[0].actual_hours == 5


def test_a_mission_that_went_tells_everything_again() -> None:
    learning = Learning()
    one = known(mission(agents={"ann": {}}, tasks={"a": FINISHED}))
    first = learning.news(one, after(9))

    learning.forget(one.id)

    assert first is not None
    assert learning.news(one, after(9)) == first


def test_a_task_that_is_finished_is_kept_and_outlives_its_file(world: World) -> None:
    save(world.file, text(more=""))
    with Run(world) as run:
        run.look()
        run.pass_time()
        assert kept(world).work == ()

        spent = ", spent: 3h, started: 2024-01-15T08:00:00Z, finished: 2024-01-15T08:30:00Z"
        save(world.file, text(more=spent))
        run.pass_time()
        run.pass_time()
        world.file.unlink()
        run.pass_time()
        run.pass_time()

    (work,) = kept(world).work
    assert (work.task, work.estimate_hours, work.actual_hours) == ("check", 2, 3)
