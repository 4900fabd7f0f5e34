"""What holds for the forecast of every mission."""

from itertools import pairwise

from hypothesis import given, settings

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import TaskState
from tests.builders import START, hours_of, judged, mission
from tests.engine.oracle import Plain
from tests.engine.worlds import missions

OVER = {TaskState.FINISHED, TaskState.CANCELLED}


@given(world=missions())
@settings(max_examples=150)
def test_the_forecast_is_what_the_rule_says_step_by_step(world: Mission) -> None:
    found = {
        each.id: (each.finish and hours_of(each.finish), each.agent)
        for each in judged(world).tasks
        if each.state not in OVER
    }

    expected = Plain(world, 0).run()
    assert found == {task: (finish, agent) for task, (_, finish, agent) in expected.items()}


@given(world=missions())
@settings(max_examples=60)
def test_nobody_does_two_things_at_once(world: Mission) -> None:
    by_agent: dict[str, list[tuple[float, float]]] = {}
    for each in judged(world).tasks:
        start, finish = hours_of(each.start), hours_of(each.finish)
        is_forecast = each.state in {TaskState.WAITING, TaskState.READY}
        if is_forecast and each.agent and start is not None and finish is not None:
            by_agent.setdefault(each.agent, []).append((start, finish))

    for stretches in by_agent.values():
        for (_, finish), (start, _) in pairwise(sorted(stretches)):
            assert finish <= start


@given(world=missions())
@settings(max_examples=60)
def test_nothing_begins_before_what_it_waits_for(world: Mission) -> None:
    found = {each.id: each for each in judged(world).tasks}

    for each in found.values():
        if each.state in {TaskState.WAITING, TaskState.READY} and each.start is not None:
            for name in each.after:
                before = next(other for other in found.values() if other.id == name)
                if before.state is not TaskState.CANCELLED:
                    assert before.finish is not None
                    assert before.finish <= each.start


@given(world=missions())
@settings(max_examples=60)
def test_slack_is_never_negative_and_the_last_task_has_none(world: Mission) -> None:
    open_tasks = [each for each in judged(world).tasks if each.state not in OVER]

    slacks = [each.slack_hours for each in open_tasks if each.slack_hours is not None]
    assert all(slack >= 0 for slack in slacks)
    if open_tasks:
        assert any(each.is_critical for each in open_tasks)


@given(world=missions(with_absences=False))
@settings(max_examples=100)
def test_a_task_may_finish_later_by_its_slack_and_not_by_more(world: Mission) -> None:
    """Delays run through the fixed order of every agent's work."""
    before = Plain(world, 0)
    tasks = {each.id: each for each in judged(world).tasks if each.state not in OVER}
    if not tasks or any(each.finish is None for each in tasks.values()):
        return
    plain = before.run()
    begun = sorted(plain, key=lambda each: (plain[each][0] or 0, plain[each][1] or 0))
    end = max(finish or 0 for _, finish, _ in plain.values())

    for late, found in tasks.items():
        for extra, is_allowed in ((0.0, True), (1.0, False)):
            finishes: dict[str, float] = {}
            free: dict[str, float] = {}
            for each in begun:
                start, finish, agent = plain[each]
                assert start is not None
                assert finish is not None
                assert agent is not None
                waits = (
                    []
                    if before._in_hand(each)
                    else [finishes[other] for other in before.before(each) if other in finishes]
                )
                begins = max([float(start), free.get(agent, 0.0), *waits])
                finishes[each] = begins + (finish - start)
                if each == late:
                    slack = found.slack_hours
                    assert slack is not None
                    finishes[each] += slack + extra
                free[agent] = finishes[each]
            assert (max(finishes.values()) <= end) is is_allowed


@given(world=missions())
@settings(max_examples=30)
def test_the_same_world_gets_the_same_judgement(world: Mission) -> None:
    again = Mission.model_validate(world.model_dump(by_alias=True))

    assert judged(world) == judged(again)


def test_an_empty_mission_has_nothing_to_say() -> None:
    found = judged(mission(), START)

    assert found.tasks == ()
    assert found.agents == ()
    assert found.timeline.forecast_finish is None
    assert found.critical_path.tasks == ()
