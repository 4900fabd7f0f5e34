"""Templates that a person wrote for handovers."""

import os
from pathlib import Path

import pytest

from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.io.handover.handing_over import Place
from orchestrator_tui.io.handover.template import LARGEST_BYTES
from tests.io.handover.world import WIKI, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def problem_with(world: World, template: str | bytes) -> Problem:
    """Return what is said of a template; the handover is written all the same."""
    world.template(template)
    (problem,) = world.hand_over().problems
    assert world.told.startswith("# Handover of Designed")
    return problem


def test_a_persons_own_template_is_filled_in(world: World) -> None:
    world.template("Hi ${agents}!\r\n$title costs $$5, says $mission.\n\n$asked")

    handed = world.hand_over()

    told = (world.own / "handover" / "M1.md").read_bytes().decode()
    assert handed.problems == ()
    assert told == (
        "Hi `bob`!\r\nDesigned costs $5, says Team wiki.\n\n- The design (design, ada, 4h)"
    )


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        pytest.param("\n$titel", 2, "no value named 'titel': did you mean $title?", id="typo"),
        pytest.param("a\n\n${nothing_like_it}", 3, "there are agents, approval,", id="unknown"),
        pytest.param("\n\n\ncosts $5", 4, "'$5' is no place to fill in: write $$", id="dollar"),
        pytest.param("${title", 1, "is no place to fill in", id="open brace"),
        pytest.param("$", 1, "is no place to fill in", id="alone"),
        pytest.param("${title.__class__}", 1, "is no place to fill in", id="code"),
        pytest.param(b"a\n\xff", 2, "is not UTF-8", id="bytes"),
        pytest.param("a\n\x1b]52;c;aGk=\x07", 2, "holds control characters", id="escape"),
        pytest.param("a\nb\u202ec", 2, "holds bidirectional overrides", id="bidi"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_of_by_file_and_line(
    world: World, template: str | bytes, line: int, said: str
) -> None:
    problem = problem_with(world, template)

    assert problem.line == line
    assert said in problem.message
    assert problem.file.endswith(".orchestrator/templates/handover.md")
    assert "the built-in one is used" in problem.message


def test_a_giant_template_is_not_read(world: World) -> None:
    assert "too big" in problem_with(world, b"x" * (LARGEST_BYTES + 1)).message


def test_a_template_that_is_no_file_keeps_nobody_waiting(world: World) -> None:
    path = world.template("")
    path.unlink()
    os.mkfifo(path)

    (problem,) = world.hand_over().problems

    assert "is a pipe, not a file" in problem.message


def test_a_template_that_is_a_link_is_not_followed(world: World, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret\n")
    path = world.template("")
    path.unlink()
    path.symlink_to(secret)

    (problem,) = world.hand_over().problems

    assert "is a link" in problem.message
    assert "secret" not in world.told


def test_a_folder_mission_uses_the_templates_beside_it_unless_it_has_its_own(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    home = world.home / "wiki"
    home.mkdir()
    (home / "mission.yaml").write_text("mission: Wiki\n")
    place = Place(WIKI, home, world.workspace, world.state)
    world.template("of all\n")

    of_all = world.hand_over(place=place).file.read_text()
    world.template("its own\n", home=home)
    its_own = world.hand_over(place=place).file.read_text()

    assert (of_all, its_own) == ("of all\n", "its own\n")


def test_what_agents_wrote_fills_in_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, mission="$title ${agents} $$ %s {0} $nothing")
    world.template("$mission")

    handed = world.hand_over()

    assert handed.problems == ()
    assert world.told == r"\$title \$\{agents\} \$\$ %s \{0\} \$nothing"
