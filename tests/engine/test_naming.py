import pytest

from orchestrator_tui.engine.naming import not_found

MANY = [f"task-{number}" for number in range(30)]


@pytest.mark.parametrize(
    ("noun", "wanted", "names", "said"),
    [
        pytest.param("task", "x", [], "there is no task 'x': there is none at all", id="none"),
        pytest.param(
            "agent", "idel", ["idle", "busy"],
            "there is no agent 'idel': did you mean idle? agents: idle, busy", id="near",
        ),
        pytest.param(
            "task", "othr", [*MANY, "other"], "there is no task 'othr': did you mean other?",
            id="near among many",
        ),
        pytest.param(
            "entry", "zzz", MANY,
            f"there is no entry 'zzz': entries: {', '.join(MANY[:12])} and 18 more", id="far",
        ),
        pytest.param(
            "agent or stakeholder", "q", ["boss"],
            "there is no agent or stakeholder 'q': agents and stakeholders: boss", id="two kinds",
        ),
        pytest.param(
            "agent", "\x1b[2J", ["boss"], "there is no agent '␛[2J': agents: boss", id="hostile"
        ),
    ],
)  # fmt: skip
def test_the_nearest_names_are_said_or_some_of_those_there_are(
    noun: str, wanted: str, names: list[str], said: str
) -> None:
    assert str(not_found(noun, wanted, names)) == said
