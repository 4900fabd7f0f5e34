"""What the response protocol asks for: of whom, and as concretely as the mission allows."""

from typing import Any

import pytest

from tests.builders import START, after, judged, mission

TEAM: dict[str, Any] = {
    "a": {"skills": {"ui": 3}},
    "b": {"skills": {"ui": 5}},
    "c": {"skills": {"ui": 2}, "standby": True},
    "d": {"skills": {"ui": 4}, "task": "z"},
    "e": {"skills": {"ui": 1}},
    "away": {"skills": {"ui": 5}, "unavailable": True},
}
TASKS: dict[str, Any] = {
    "x": {"title": "Chat UI", "agent": "a", "estimate": "4h", "skills": {"ui": 2}},
    "z": {"agent": "d", "estimate": "5h"},
}
STUCK: dict[str, Any] = {"title": "Component library breaks", "task": "x", "opened": START}
EMOJI = {"title": "Emoji", "agent": "b", "estimate": "2h", "optional": True}
THEMES = {"title": "Themes", "agent": "b", "estimate": "3h", "optional": True}


def actions(now: float, *, subject: str = "blocker:db", **fields: Any) -> dict[str, str]:
    """Return the texts of what is asked about a subject, by the ids of the actions."""
    world = {"agents": TEAM, "tasks": TASKS, "blockers": {"db": STUCK}, **fields}
    found = judged(mission(**world), after(now)).escalations
    asked = next(each.actions for each in found if each.id == subject)
    texts = {each.id: each.text for each in asked}
    assert len(texts) == len(asked)
    return texts


def test_what_was_resolved_before_is_found_by_words_and_by_tags_and_says_how() -> None:
    over = {"opened": START, "resolved": after(0.5)}
    found = actions(
        1,
        blockers={
            "db": {**STUCK, "tags": ["react"]},
            "words": {**over, "title": "The library of icons", "resolution": "Pinned it"},
            "tags": {**over, "title": "Hooks", "tags": ["React"], "resolution": "Read on"},
            "silent": {**over, "title": "The library again"},
            "other": {**over, "title": "No disk", "resolution": "Bought one"},
            "later": {**over, "title": "Library", "resolution": "Later", "resolved": after(3)},
        },
    )

    alike = {key: text for key, text in found.items() if key.startswith("like-")}
    assert alike == {
        "like-tags": "Resolved before: Hooks — Read on",
        "like-words": "Resolved before: The library of icons — Pinned it",
    }


def test_of_what_is_equally_alike_the_last_to_be_resolved_comes_first() -> None:
    over = {"title": "Library", "opened": START, "resolution": "So"}
    found = actions(
        1,
        blockers={"db": STUCK}
        | {f"old{at}": {**over, "resolved": after(at / 10)} for at in range(9)},
    )

    alike = [key for key in found if key.startswith("like-")]
    assert alike == ["like-old8", "like-old7", "like-old6", "like-old5", "like-old4"]


def test_words_that_say_nothing_find_nothing() -> None:
    found = actions(
        1,
        knowledge={"k": {"title": "What to do when this does not work with that"}},
        blockers={"db": {**STUCK, "title": "This does not start when it is cold"}},
    )

    assert not any(key.startswith("read-") for key in found)


def test_the_two_most_skilled_peers_that_are_here_are_named() -> None:
    found = actions(1)

    peers = {key: text for key, text in found.items() if key.startswith("ask-peer-")}
    assert peers == {
        "ask-peer-b": "Ask b, who has the skills, about Component library breaks",
        "ask-peer-d": "Ask d, who has the skills, about Component library breaks",
    }


def test_who_is_needed_is_asked_once() -> None:
    found = actions(1, blockers={"db": {**STUCK, "needs": "b"}})

    assert found["ask"] == "Ask b about Component library breaks"
    assert [key for key in found if key.startswith("ask-peer-")] == ["ask-peer-d"]


def test_a_task_that_asks_for_no_skill_names_no_peer() -> None:
    tasks = {**TASKS, "x": {"agent": "a", "estimate": "4h"}}

    assert not any(key.startswith("ask-peer-") for key in actions(1, tasks=tasks))


def test_the_second_level_says_how_else_it_could_be_done() -> None:
    other = {"title": "Plain list", "drops": "threads", "parts": {"p": {"estimate": "1h"}}}
    tasks = {**TASKS, "x": {**TASKS["x"], "alternatives": [other]}, "emoji": EMOJI}

    found = actions(2, tasks=tasks)
    assert found["alternative"] == "Consider the alternatives of Chat UI: “Plain list”"
    assert found["split-task"] == "Consider splitting or delegating Chat UI, 4h left"
    assert found["more-hands"] == ("Consider giving b, who has nothing in hand, a part of Chat UI")
    assert found["open-replan"] == (
        "Compare the re-planning options: resequence, reassign, activate backups, split,"
        " reduce scope"
    )
    assert not {"tech-lead", "reallocate", "reduce-scope"} & found.keys()


def test_what_nobody_else_can_do_can_only_be_done_in_another_order() -> None:
    found = actions(2, agents={"a": TEAM["a"]}, tasks={"x": TASKS["x"]})

    assert found["open-replan"] == "Compare the re-planning options: resequence"
    assert not {"more-hands", "assign-mentor"} & found.keys()


def test_the_third_level_names_who_could_take_over_and_in_how_many_hours() -> None:
    tasks = {**TASKS, "x": {**TASKS["x"], "progress": 50, "estimate_by": {"d": "2h"}}}

    found = actions(4, tasks=tasks)
    assert found["tech-lead"] == "Step in: Component library breaks"
    assert found["reallocate"] == (
        "Decide whether others take over Chat UI: b (2h, free), d (1h, 1 task in hand),"
        " c (2h, on standby)"
    )


def test_where_nobody_has_the_skills_that_is_what_there_is_to_decide() -> None:
    found = actions(4, agents={"a": TEAM["a"], "e": TEAM["e"]}, tasks={"x": TASKS["x"]})

    assert found["reallocate"] == (
        "Decide who else could do Chat UI: nobody who is here has the skills"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param({}, "no task is optional", id="nothing"),
        pytest.param({"emoji": EMOJI}, "Emoji (2h)", id="one task"),
        pytest.param(
            {"emoji": EMOJI, "themes": THEMES}, "Themes (3h), Emoji (2h), 5h in all", id="more"
        ),
        pytest.param(
            {f"o{at}": {**EMOJI, "title": f"O{at}", "estimate": f"{at}h"} for at in range(1, 6)},
            "O5 (5h), O4 (4h), O3 (3h) and 2 more, 15h in all",
            id="many",
        ),
        pytest.param({"emoji": {**EMOJI, "finished": START}}, "no task is optional", id="done"),
        pytest.param(
            {
                "x": {
                    **TASKS["x"],
                    "alternatives": [
                        {"title": "List", "drops": "threads", "parts": {"p": {"estimate": "1h"}}}
                    ],
                }
            },
            "“List” instead of Chat UI, which drops threads",
            id="an alternative with less",
        ),
    ],
)
def test_the_third_level_says_what_could_be_left_out(more: dict[str, Any], said: str) -> None:
    found = actions(4, tasks={**TASKS, **more})

    assert found["reduce-scope"] == f"Decide what could be left out: {said}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param(
            {"deadline": after(10)},
            "Move the deadline from 2024-01-15 18:00 UTC to 2024-01-15 21:00 UTC, 3h later,"
            " or bring in more hands",
            id="late",
        ),
        pytest.param(
            {"deadline": after(10), "tasks": {**TASKS, "emoji": EMOJI}},
            "Move the deadline from 2024-01-15 18:00 UTC to 2024-01-15 21:00 UTC, 3h later,"
            " or leave out Emoji (2h)",
            id="late, with something to leave out",
        ),
        pytest.param(
            {"deadline": after(20)},
            "Keep the deadline, 2024-01-16 04:00 UTC, which leaves 7h for this, or move it",
            id="in time",
        ),
        pytest.param(
            {},
            "Agree on a date: it was planned to end 2024-01-15 13:00 UTC, the forecast ends"
            " 2024-01-15 21:00 UTC",
            id="no deadline",
        ),
        pytest.param(
            {"agents": {"a": {"unavailable": True}, "d": {}}},
            "Decide on the mission's timeline or scope: as it stands it never ends",
            id="no end",
        ),
        pytest.param(
            {"tasks": {}, "agents": {}, "blockers": {"db": {"title": "No", "opened": START}}},
            "Decide on the mission's timeline or scope",
            id="no tasks",
        ),
    ],
)
def test_the_fourth_level_proposes_a_timeline(fields: dict[str, Any], said: str) -> None:
    assert actions(8, **fields)["adjust-timeline"] == said


def test_the_fourth_level_calls_an_expert_for_the_skills_of_the_task() -> None:
    assert actions(8)["expert"] == "Call an expert for ui in: Component library breaks"


def test_a_blocker_without_a_task_holds_up_what_its_agent_is_at() -> None:
    agents = {**TEAM, "a": {**TEAM["a"], "task": "x"}}
    blocker = {"title": "Stuck", "agent": "a", "opened": START}

    found = actions(4, agents=agents, blockers={"db": blocker})
    assert found["reallocate"].startswith("Decide whether others take over Chat UI: b (4h, free)")


def test_what_is_shown_under_another_asks_nothing_of_anybody() -> None:
    tasks = {**TASKS, "y": {**TASKS["x"], "after": ["x"]}}
    blockers = {"db": STUCK, "next": {**STUCK, "task": "y", "needs": "b"}}

    assert actions(8, subject="blocker:next", tasks=tasks, blockers=blockers) == {}


def test_an_overloaded_agent_could_give_away_what_it_comes_to_last() -> None:
    tasks = {
        "now": {**TASKS["x"], "started": START},
        "soon": {**TASKS["x"], "priority": "HIGH"},
        "last": {**TASKS["x"], "title": "The last one", "priority": "LOW"},
    }
    agents = {**TEAM, "a": {**TEAM["a"], "capacity": 2}, "d": {"skills": {"ui": 4}}}

    found = actions(
        4,
        subject="agent-overload:a",
        agents=agents,
        tasks=tasks,
        policy={"escalation": {"moderate": "0s", "critical": "0s"}},
    )
    assert found["reallocate"].startswith("Decide whether others take over The last one: b (4h")
    assert not any(key.startswith("ask-peer-") for key in found)
