from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.deeds import (
    Assign,
    Block,
    FileDeed,
    GiveReview,
    Prioritize,
    Report,
    Resolve,
)
from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.errors import MissionNotFound, OrchestratorError, UsageError
from orchestrator_tui.domain.ids import AgentId, BlockerId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AgentState, Level, Verdict
from orchestrator_tui.engine.blocking import slug_of
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.engine.rules.violations import find_violations
from tests.builders import NOON, START, after, mission

A, B, NOBODY = AgentId("a"), AgentId("b"), AgentId("c")
MINE, OTHERS, FREE, DONE, OFF = (TaskId(each) for each in ("mine", "others", "free", "done", "off"))


def world(
    agent: Mapping[str, Any] | None = None, task: Mapping[str, Any] | None = None, **more: Any
) -> Mission:
    """Return a mission in which `a` has `mine` in hand, with what else is said of the two."""
    return mission(
        agents={"a": {"task": "mine", **(agent or {})}, "b": {"task": "others"}, "c": {}},
        stakeholders={"boss": {}},
        tasks={
            "mine": {"agent": "a", "estimate": "10h", **(task or {})},
            "others": {"agent": "b", "estimate": "4h", "progress": 10},
            "free": {"estimate": "4h"},
            "done": {"agent": "a", "estimate": "4h", "progress": 100, "finished": after(1)},
            "off": {"agent": "a", "estimate": "4h", "cancelled": True},
        },
        **more,
    )


def applied(before: Mission, edits: Sequence[Edit]) -> Mission:
    """Return `before` as it says after `edits`, as a reader would read it."""
    said = before.model_dump(by_alias=True, exclude_unset=True)
    for each in edits:
        entry = said
        for step in each.place[:-1]:
            entry = entry.setdefault(step, {})
        if isinstance(each, Put):
            entry[each.place[-1]] = each.value
        else:
            entry.pop(each.place[-1], None)
    return Mission.model_validate(said)


def done(before: Mission, deed: FileDeed, now: datetime = NOON) -> Mission:
    """Return the mission after `deed`."""
    return applied(before, edits_of(before, deed, now))


def test_a_report_says_when_it_was_made_to_the_second() -> None:
    reported = done(world(), Report(agent=A), NOON + timedelta(milliseconds=700))

    assert reported.agents[A].updated == NOON


def test_a_report_changes_only_what_it_says() -> None:
    before = world({"state": "ACTIVE", "note": "old"}, {"started": START, "spent": "1h"})

    edits = edits_of(before, Report(agent=A, progress=60, note="new"), NOON)

    assert edits == (
        Put(("agents", "a", "updated"), NOON),
        Put(("agents", "a", "note"), "new"),
        Put(("tasks", "mine", "progress"), 60),
    )


def test_the_first_report_on_a_task_starts_it_and_the_next_does_not() -> None:
    first = done(world(), Report(agent=A, state=AgentState.ACTIVE))
    second = done(first, Report(agent=A, progress=5), after(9))

    assert first.tasks[MINE].started == NOON
    assert second.tasks[MINE].started == NOON


def test_a_start_that_was_planned_for_later_was_now() -> None:
    reported = done(world(task={"started": after(20)}), Report(agent=A, progress=5))

    assert reported.tasks[MINE].started == NOON


@pytest.mark.parametrize("state", ["AVAILABLE", "REVIEWING"])
def test_an_agent_that_does_something_else_starts_no_task(state: str) -> None:
    reported = done(world(), Report(agent=A, state=AgentState(state)))

    assert reported.tasks == world().tasks


def test_a_named_task_becomes_the_one_the_agent_is_on() -> None:
    reported = done(world({"task": "done"}), Report(agent=A, task=MINE))

    assert reported.agents[A].task == MINE
    assert reported.tasks[MINE].started == NOON


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(Report(agent=A, state=AgentState.COMPLETED), id="COMPLETED"),
        pytest.param(Report(agent=A, progress=100), id="100 per cent"),
        pytest.param(Report(agent=A, progress=100, remaining=timedelta(0)), id="nothing remaining"),
    ],
)
def test_a_task_is_finished_with_its_time(deed: Report) -> None:
    task = done(world(task={"progress": 60, "remaining": "3h"}), deed).tasks[MINE]

    assert (task.finished, task.progress, task.remaining) == (NOON, 100, None)


def test_a_task_that_was_finished_keeps_its_time() -> None:
    reported = done(world(), Report(agent=A, task=DONE, state=AgentState.COMPLETED))

    assert reported.tasks[DONE] == world().tasks[DONE]


def test_a_task_is_never_finished_before_it_was_started() -> None:
    started = NOON + timedelta(milliseconds=700)

    reported = done(world(task={"started": started}), Report(agent=A, progress=100), started)

    assert reported.tasks[MINE].finished == started


def test_a_finished_task_can_be_opened_again_by_its_name() -> None:
    reported = done(world(), Report(agent=A, task=DONE, progress=70))

    assert reported.tasks[DONE].finished is None
    assert reported.tasks[DONE].progress == 70


def test_work_is_kept_exactly() -> None:
    deed = Report(agent=A, spent=timedelta(minutes=90), remaining=timedelta(hours=2), quality=87.5)

    task = done(world(), deed).tasks[MINE]

    assert (task.spent, task.remaining) == (timedelta(minutes=90), timedelta(hours=2))
    assert task.quality == 87.5


def test_nobodys_task_becomes_the_one_of_the_first_to_report_on_it() -> None:
    once = done(world(), Report(agent=A, task=FREE))

    assert once.tasks[FREE].agent == A
    with pytest.raises(UsageError, match="free is the task of a"):
        edits_of(once, Report(agent=B, task=FREE), NOON)


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        pytest.param(Report(agent=A, task=OTHERS), "others is the task of b", id="another's"),
        pytest.param(Report(agent=A, task=OFF), "off was cancelled", id="cancelled"),
        pytest.param(Report(agent=NOBODY), "c has no task: name one with --task", id="no task"),
        pytest.param(Report(agent=NOBODY, progress=5), "c has no task", id="progress of no task"),
        pytest.param(
            Report(agent=NOBODY, state=AgentState.COMPLETED), "c has no task", id="no task done"
        ),
        pytest.param(
            Report(agent=A, state=AgentState.COMPLETED, progress=90),
            "mine cannot be COMPLETED at 90 per cent",
            id="completed in part",
        ),
        pytest.param(
            Report(agent=A, progress=100, remaining=timedelta(hours=1)),
            "nothing can remain",
            id="done with a rest",
        ),
        pytest.param(
            Report(agent=A, task=DONE, remaining=timedelta(hours=1)),
            "report its --progress too",
            id="a rest of what is finished",
        ),
        pytest.param(Block(agent=A, title=" \n"), "the title is empty", id="no title"),
        pytest.param(
            Block(agent=A, title="x", task=OFF), "off was cancelled", id="a cancelled task blocked"
        ),
        pytest.param(Resolve(BlockerId("b1"), ""), "the resolution is empty", id="no resolution"),
        pytest.param(
            Resolve(BlockerId("b2"), "x"),
            "b2 was resolved at 2024-01-15T10:00:00Z",
            id="resolved twice",
        ),
        pytest.param(
            Block(agent=A, title="New", id=BlockerId("B1")), "choose another --id", id="id taken"
        ),
        pytest.param(
            Assign(FREE, NOBODY), "c reviews M1, so free cannot be its task", id="own reviewer"
        ),
        pytest.param(Report(agent=NOBODY, task=FREE), "c reviews M1", id="own reviewer takes it"),
        pytest.param(Report(agent=A, note="x" * 200_000), "write at most 100000", id="too long"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(deed: FileDeed, said: str) -> None:
    before = world(
        blockers={
            "b1": {"title": "One", "opened": START, "agent": "b"},
            "b2": {"title": "Two", "opened": START, "resolved": after(2)},
        },
        milestones={"M1": {"tasks": ["free"], "reviewer": "c"}},
    )

    with pytest.raises(UsageError) as refused:
        edits_of(before, deed, NOON)

    assert said in str(refused.value)


def test_progress_without_a_task_opens_no_finished_one_by_chance() -> None:
    with pytest.raises(UsageError, match="done is finished: name the task you are on"):
        edits_of(world({"task": "done"}), Report(agent=A, progress=10), NOON)


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        pytest.param(
            Report(agent=AgentId("A1")),
            "no agent 'A1': did you mean a? agents: a, b, c",
            id="agent",
        ),
        pytest.param(Report(agent=A, task=TaskId("mein")), "did you mean mine?", id="task"),
        pytest.param(Block(agent=A, title="x", needs="bos"), "did you mean boss?", id="needs"),
        pytest.param(Block(agent=A, title="x", task=TaskId("x")), "no task 'x'", id="held up"),
        pytest.param(Resolve(BlockerId("x"), "y"), "no blocker 'x'", id="blocker"),
        pytest.param(Prioritize(TaskId("x"), Level.LOW), "no task 'x'", id="priority"),
        pytest.param(Assign(TaskId("x"), A), "no task 'x'", id="assigned task"),
        pytest.param(Assign(FREE, AgentId("x")), "no agent 'x'", id="assigned agent"),
        pytest.param(Report(agent=AgentId("\x1b[m")), "no agent '␛[m'", id="hostile name"),
    ],
)
def test_what_does_not_exist_is_told_with_the_nearest_names(deed: FileDeed, said: str) -> None:
    with pytest.raises(MissionNotFound) as refused:
        edits_of(world(), deed, NOON)

    assert said in str(refused.value)


def test_an_agent_without_a_task_can_say_what_it_does() -> None:
    reported = done(world(), Report(agent=NOBODY, state=AgentState.REVIEWING, note="M1"))

    assert reported.agents[NOBODY].state is AgentState.REVIEWING
    assert reported.agents[NOBODY].updated == NOON


def test_an_empty_note_takes_the_old_one_away() -> None:
    before = world({"note": "old"})

    assert Remove(("agents", "a", "note")) in edits_of(before, Report(agent=A, note=" "), NOON)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("plain: text #1", "plain: text #1", id="plain"),
        pytest.param("two\n  lines\r\n", "two lines", id="lines"),
        pytest.param("\x1b[31mred\x07", "␛[31mred␇", id="escapes"),
        pytest.param("a\u202eb", "a‹U+202E›b", id="bidi"),
        pytest.param("\udcff", "\N{REPLACEMENT CHARACTER}", id="no text at all"),
    ],
)
def test_texts_are_kept_on_one_line_that_is_safe_to_show(text: str, kept: str) -> None:
    before = world()

    reported = done(before, Report(agent=A, note=text))

    assert reported.agents[A].note == kept
    assert Put(("agents", "a", "note"), kept) in edits_of(before, Report(agent=A, note=text), NOON)


def test_a_blocker_is_opened_on_the_agent_and_its_task() -> None:
    deed = Block(agent=A, title="Library is broken", severity=Level.HIGH, needs="boss")

    blocked = done(world(), deed)

    blocker = blocked.blockers[BlockerId("library-is-broken")]
    assert (blocker.title, blocker.opened) == ("Library is broken", NOON)
    assert (blocker.agent, blocker.task, blocker.needs) == (A, MINE, "boss")
    assert blocker.severity is Level.HIGH
    assert blocked.agents[A].state is AgentState.BLOCKED
    assert blocked.agents[A].updated == NOON


def test_a_severity_that_was_not_said_is_not_written() -> None:
    blocked = done(world(), Block(agent=A, title="x"))

    assert "severity" not in blocked.blockers[BlockerId("x")].model_fields_set


def test_an_agent_that_completed_its_work_stays_so() -> None:
    blocked = done(world({"state": "COMPLETED"}), Block(agent=A, title="x"))

    assert blocked.agents[A].state is AgentState.COMPLETED


def test_a_blocker_is_on_no_task_that_is_finished() -> None:
    blocked = done(world({"task": "done"}), Block(agent=A, title="x"))

    assert blocked.blockers[BlockerId("x")].task is None


def test_saying_it_again_opens_no_second_blocker() -> None:
    once = done(world(), Block(agent=A, title="Same"))
    twice = done(once, Block(agent=A, title=" Same\n", severity=Level.LOW), after(9))

    assert list(twice.blockers) == ["same"]
    assert twice.blockers[BlockerId("same")].opened == NOON
    assert twice.blockers[BlockerId("same")].severity is Level.LOW


def test_the_same_trouble_with_another_task_is_a_blocker_of_its_own() -> None:
    once = done(world(), Block(agent=A, title="Same"))
    twice = done(once, Block(agent=A, title="Same", task=FREE))

    assert [each.task for each in twice.blockers.values()] == [MINE, FREE]


def test_another_agent_with_the_same_trouble_has_a_blocker_of_its_own() -> None:
    once = done(world(), Block(agent=A, title="Same"))
    twice = done(once, Block(agent=B, title="SAME"))
    thrice = done(twice, Block(agent=NOBODY, title="Same!"))

    assert list(thrice.blockers) == ["same", "same-2", "same-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("The library, v2.0: broken?", "the-library-v2-0-broken", id="signs"),
        pytest.param("Ärger mit Größe", "arger-mit-groe", id="accents"),
        pytest.param("库坏了", "blocker", id="no ASCII"),
        pytest.param("word " * 20, "word-word-word-word-word-word-word-word", id="long"),
        pytest.param("x" * 200, "x" * 40, id="one long word"),
    ],
)
def test_an_id_is_made_of_the_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_resolved_blocker_says_when_and_how_and_leaves_the_agent_alone() -> None:
    before = done(world(), Block(agent=A, title="x"))

    after_it = done(before, Resolve(BlockerId("x"), "found\nanother way"), after(5))

    blocker = after_it.blockers[BlockerId("x")]
    assert (blocker.resolved, blocker.resolution) == (after(5), "found another way")
    assert after_it.agents == before.agents


def test_a_task_is_given_to_another_or_to_nobody() -> None:
    given_away = done(world(), Assign(MINE, B))
    nobodys = done(given_away, Assign(MINE, None))

    assert given_away.tasks[MINE].agent == B
    assert nobodys.tasks[MINE].agent is None
    assert edits_of(nobodys, Assign(MINE, None), NOON) == ()


def test_a_priority_that_is_said_already_changes_nothing() -> None:
    urgent = done(world(), Prioritize(MINE, Level.CRITICAL))

    assert urgent.tasks[MINE].priority is Level.CRITICAL
    assert edits_of(urgent, Prioritize(MINE, Level.CRITICAL), NOON) == ()


work = st.integers(0, 6000).map(lambda minutes: timedelta(minutes=minutes))
per_cent = st.one_of(st.just(0.0), st.just(100.0), st.floats(1, 100))
moments = st.integers(-600, 600).map(lambda minutes: NOON + timedelta(minutes=minutes))
names = st.sampled_from([A, B, NOBODY])
tasks = st.sampled_from([MINE, OTHERS, FREE, DONE, OFF])
reports = st.builds(
    Report,
    agent=names,
    state=st.none() | st.sampled_from(AgentState),
    task=st.none() | tasks,
    progress=st.none() | per_cent,
    spent=st.none() | work,
    remaining=st.none() | work,
    quality=st.none() | per_cent,
    note=st.none() | st.text(max_size=20),
)
blocks = st.builds(
    Block,
    agent=names,
    title=st.text(max_size=30),
    task=st.none() | tasks,
    severity=st.none() | st.sampled_from(Level),
    needs=st.none() | st.sampled_from(["a", "boss"]),
)
resolves = st.builds(
    Resolve, blocker=st.sampled_from([BlockerId("x"), BlockerId("blocker")]), resolution=st.text()
)
reviews = st.builds(
    GiveReview,
    milestone=st.just(MilestoneId("M1")),
    by=names,
    verdict=st.sampled_from(Verdict),
    score=per_cent,
    feedback=st.text(max_size=30),
)
deeds: st.SearchStrategy[FileDeed] = st.one_of(
    reports,
    reviews,
    blocks,
    resolves,
    st.builds(Prioritize, task=tasks, priority=st.sampled_from(Level)),
    st.builds(Assign, task=tasks, agent=st.none() | names),
)


@given(st.lists(st.tuples(deeds, moments), max_size=6))
def test_no_deed_ever_makes_a_mission_invalid(course: list[tuple[FileDeed, datetime]]) -> None:
    now_so = world(milestones={"M1": {"tasks": ["free", "mine"], "reviewer": "c"}})

    for deed, now in course:
        try:
            now_so = done(now_so, deed, now)
        except OrchestratorError:
            continue
        assert [each for each in find_violations(now_so) if each.severity == "ERROR"] == []


@given(reports, moments)
def test_what_was_reported_is_what_the_mission_says(deed: Report, now: datetime) -> None:
    try:
        reported = done(world(task={"progress": 40, "remaining": "5h"}), deed, now)
    except UsageError:
        return

    agent = reported.agents[deed.agent]
    assert agent.updated == now.astimezone(UTC)
    assert deed.state in {None, agent.state}
    assert deed.task in {None, agent.task}
    task = reported.tasks[agent.task] if agent.task is not None else None
    if task is not None:
        is_done = deed.progress == 100 or deed.state is AgentState.COMPLETED
        assert deed.progress in {None, task.progress}
        assert deed.spent in {None, task.spent}
        assert deed.quality in {None, task.quality}
        assert not is_done or (task.finished is not None and task.remaining is None)
        assert is_done or deed.remaining in {None, task.remaining}


@given(st.one_of(reports, blocks), moments)
def test_saying_the_same_again_at_once_changes_nothing_more(deed: FileDeed, now: datetime) -> None:
    try:
        once = done(world(), deed, now)
    except OrchestratorError:
        return

    assert edits_of(once, deed, now) == ()
