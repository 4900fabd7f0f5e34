"""Bombs, giants and honest large files: a clear answer, and never a crash or a hang."""

import pytest

from orchestrator_tui.io.reading.part_yaml import read_part
from orchestrator_tui.io.reading.safe_read import LARGEST_BYTES
from tests.io.reading import HEAD, lines_of, mission_in, problems_in


def laughs_of_lists() -> str:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefgh", "abcdefg", strict=True):
        text += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    return text


def nested_by_aliases() -> str:
    chain = "".join(f"a{at}: &a{at} [*a{at - 1}]\n" for at in range(1, 200))
    return f"a0: &a0 [x]\n{chain}"


def laughs_of_merges() -> str:
    text = "a: &a {x: 1}\n"
    for name, before in zip("bcdefghijk", "abcdefghij", strict=True):
        text += f"{name}: &{name}\n  <<: [{', '.join([f'*{before}'] * 9)}]\n"
    return text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(laughs_of_lists(), "makes the file too big", id="a billion laughs"),
        pytest.param(laughs_of_merges(), "makes the file too big", id="a merge bomb"),
        pytest.param(
            f"a: &a {'x' * 50_000}\nb: [{', '.join(['*a'] * 5000)}]\n",
            "makes the file too big",
            id="one long text many times",
        ),
        pytest.param(nested_by_aliases(), "nested too deep", id="nested by aliases"),
        pytest.param(f"deep: {'[' * 60_000}", "nested too deep", id="60,000 open brackets"),
        pytest.param(
            f"deep: {'[' * 20_000}{']' * 20_000}\n", "nested too deep", id="20,000 pairs of them"
        ),
        pytest.param(
            "deep:\n" + "".join(f"{' ' * at}a:\n" for at in range(1, 300)),
            "nested too deep",
            id="300 levels by indentation",
        ),
        pytest.param(f"deep:\n{'- ' * 5000}x\n", "nested too deep", id="5,000 dashes"),
        pytest.param(f"wide: [{'x,' * 600_000}]\n", "holds too much", id="600,000 values"),
    ],
)
def test_a_bomb_is_refused(text: str, message: str) -> None:
    (problem,) = problems_in(HEAD + text)

    assert message in problem.message
    assert problem.line is not None
    assert problem.line > 2


def test_a_comment_bomb_is_read() -> None:
    assert mission_in(HEAD + "# word\n" * 50_000).title == "Alpha"


def test_thousands_of_anchors_are_read() -> None:
    text = "knowledge:\n" + "".join(f"  k{at}: &k{at}\n    title: x\n" for at in range(5000))

    assert len(mission_in(HEAD + text).knowledge) == 5000


def test_every_one_of_ten_thousand_unknown_keys_is_named() -> None:
    found = problems_in(HEAD + "".join(f"k{at}: v\n" for at in range(10_000)))

    assert len(found) == 10_000
    assert found[-1].line == 10_002


def test_a_key_of_100_kilobytes_is_named_in_short() -> None:
    (problem,) = problems_in(f"{HEAD}? {'k' * 100_000}\n: x\n")

    assert "is no key of a mission" in problem.message
    assert len(problem.message) < 700


def test_an_endless_text_is_a_warning() -> None:
    (line,) = lines_of(problems_in(f"mission: {'x' * 100_000}\nstarted: 2024-01-15T08:00Z\n"))

    assert line.endswith("warning: `mission` is 100,000 characters long: keep it short")


def test_a_chain_of_3000_tasks_is_read_and_one_that_bites_its_tail_refused() -> None:
    tasks = [f"  c{at}: {{estimate: 1h, after: [c{at - 1}]}}\n" for at in range(1, 3000)]
    chain = "  c0: {estimate: 1h}\n" + "".join(tasks)
    snake = "  c0: {estimate: 1h, after: [c2999]}\n" + "".join(tasks)

    assert len(mission_in(f"{HEAD}tasks:\n{chain}").tasks) == 3000
    (problem,) = problems_in(f"{HEAD}tasks:\n{snake}")
    assert "(3000 in all)" in problem.message
    assert problem.line == 4


def test_an_honest_file_as_large_as_may_be_is_read() -> None:
    entry = "  task-{0}: {{title: A task of some length, estimate: 4h, progress: 50}}\n"
    lines = [entry.format(at) for at in range(25_000)]
    text = f"{HEAD}tasks:\n{''.join(lines)}"
    assert len(text) < LARGEST_BYTES

    part = read_part("large.yaml", text.encode())

    assert not part.problems
    assert len(part.blocks["tasks"]) == 25_000
