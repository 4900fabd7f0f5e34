"""`guide`: the instructions for an agent's prompt."""

import re
from importlib import resources
from string import Template
from typing import Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.text import plain_text

EVERYBODY: Final = "YOUR-ID"
"""Stands for the agent's id where the instructions are for all of them."""
BEGIN: Final = "<!-- orchestrator-tui: begin -->"
END: Final = "<!-- orchestrator-tui: end -->"


def guide(
    agent: Annotated[str, typer.Option(metavar="ID", help="The agent that is to report.")],
) -> None:
    """Print the instructions to paste into an agent's prompt."""
    answer(agent_guide(checked_id(agent)))


def agent_guide(agent: str) -> str:
    """Return the instructions for `agent`, as Markdown."""
    return Template(template_text("guide.md")).substitute(agent=agent)


def agents_file(existing: str) -> str:
    """Return an AGENTS.md with the instructions for every agent, after what stands there already.

    What stands there is kept; where the instructions are there already, nothing is added.
    """
    if BEGIN in existing:
        return existing
    gap = "" if not existing else "\n" if existing.endswith("\n") else "\n\n"
    guide_for_all = agent_guide(EVERYBODY).replace(
        f"You are the agent `{EVERYBODY}`.",
        f"Wherever `{EVERYBODY}` stands, read your own id, the one that the mission gives you.",
    )
    return f"{existing}{gap}{BEGIN}\n\n{guide_for_all}\n{END}\n"


def template_text(name: str) -> str:
    """Return the text of one of the package's own templates."""
    folder = resources.files("orchestrator_tui.cli").joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


def checked_id(text: str) -> str:
    """Return `text`, which must be an id of the mission format; raises UsageError."""
    from orchestrator_tui.domain.written import ID_PATTERN

    if re.fullmatch(ID_PATTERN, text) is None:
        raise UsageError(
            f"{plain_text(text, limit=80)!r} is not an id: write 1 to 64 of letters, digits, "
            "'-', '_' and '.', beginning with a letter or digit"
        )
    return text
