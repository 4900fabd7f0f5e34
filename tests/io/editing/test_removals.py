"""What is left of a mapping in braces when its last entry goes."""

import json

import pytest

from orchestrator_tui.domain.edits import Remove
from orchestrator_tui.io.editing.text_edit import edited

HEAD = "mission: Wiki\nstarted: 2024-01-15T06:30Z\ntasks:\n  one: "


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("{estimate: 2h, agent: a}", "{estimate: 2h}", id="on a line"),
        pytest.param("{ estimate: 2h, agent: a }", "{ estimate: 2h }", id="with room"),
        pytest.param("{estimate: 2h,agent: a}", "{estimate: 2h}", id="without room"),
        pytest.param("{estimate: 2h , agent: a}", "{estimate: 2h}", id="room before the comma"),
        pytest.param("{estimate: 2h, agent: a, }", "{estimate: 2h, }", id="a comma at the end"),
        pytest.param("{estimate: 2h, agent: a} # c", "{estimate: 2h} # c", id="a comment after"),
        pytest.param("{agent: a, estimate: 2h}", "{estimate: 2h}", id="not the last"),
        pytest.param("{agent: a}", "{}", id="the only one"),
        pytest.param(
            '{after: [x, y], title: "a, b", agent: "c, d"}',
            '{after: [x, y], title: "a, b"}',
            id="other commas",
        ),
        pytest.param(
            "{\n    estimate: 2h,\n    agent: a\n  }", "{\n    estimate: 2h\n  }", id="lines"
        ),
        pytest.param(
            "{\n    estimate: 2h,\n    agent: a,\n  }",
            "{\n    estimate: 2h,\n  }",
            id="lines that end in commas",
        ),
        pytest.param(
            "{\n    estimate: 2h\n    , agent: a\n  }",
            "{\n    estimate: 2h\n  }",
            id="lines that begin with commas",
        ),
        pytest.param(
            "{\n    estimate: 2h, agent: a,\n  }",
            "{\n    estimate: 2h,\n  }",
            id="two on a line of several",
        ),
        pytest.param("{estimate: 2h,\n    agent: a}", "{estimate: 2h}", id="the brace beside it"),
        pytest.param(
            "{\n    estimate: 2h, # how, long\n    agent: a # who\n  }",
            "{\n    estimate: 2h # how, long\n  }",
            id="the comment of the one before stays",
        ),
        pytest.param(
            "{estimate: 2h,   # how long\n    agent: a}",
            "{estimate: 2h   # how long\n    }",
            id="a comment before the brace",
        ),
    ],
)
def test_no_comma_is_left_behind(old: str, new: str) -> None:
    raw = f"{HEAD}{old}\n# the end\n".encode()

    assert edited(raw, [Remove(("tasks", "one", "agent"))]).decode() == f"{HEAD}{new}\n# the end\n"


def test_json_stays_json() -> None:
    document = {
        "mission": "Wiki",
        "started": "2024-01-15T06:30Z",
        "tasks": {"one": {"estimate": "2h", "agent": "a"}, "two": {"estimate": "3h"}},
        "deadline": "2024-02-15T06:30Z",
    }
    raw = json.dumps(document, indent=2).encode()

    new = edited(
        raw, [Remove(("tasks", "one", "agent")), Remove(("tasks", "two")), Remove(("deadline",))]
    )

    del document["deadline"]
    document["tasks"] = {"one": {"estimate": "2h"}}
    assert json.loads(new) == document
