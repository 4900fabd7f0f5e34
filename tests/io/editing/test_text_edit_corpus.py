"""Every file of the corpus that can be read: its tasks are edited exactly, or with a reason not."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.text_edit import edited_part, says
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part
from tests.io.editing.trees import root_of, tree_of, with_value

CORPUS = Path(__file__).parent.parent.parent / "corpus"
REFUSED = {
    ("121-merge.yaml", "t1"): "other places share it by its anchor",
    ("121-merge.yaml", "t2"): "it comes from a merge key",
    ("151-task-is-text.yaml", "t3"): "`tasks.t3` is no mapping",
    ("153-task-is-a-list.yaml", "t3"): "`tasks.t3` is no mapping",
}


def readable_parts() -> list[Part]:
    parts = [read_part(each.name, each.read_bytes()) for each in sorted(CORPUS.glob("*.yaml"))]
    return [each for each in parts if not each.is_broken and each.blocks.get("tasks")]


@pytest.mark.parametrize("part", readable_parts(), ids=lambda part: part.file)
def test_the_progress_of_each_task_is_written_or_refused_with_the_reason(part: Part) -> None:
    for task in part.blocks["tasks"]:
        edit = Put(("tasks", task, "progress"), 42)
        if reason := REFUSED.get((part.file, task)):
            with pytest.raises(EditRefused, match=reason):
                edited_part(part, (edit,))
            continue

        new = edited_part(part, (edit,))

        assert says(new, edit.place) == "42"
        assert tree_of(root_of(new.raw)) == with_value(tree_of(root_of(part.raw)), edit, "42")
        assert abs(new.raw.count(b"\n") - part.raw.count(b"\n")) <= 1
