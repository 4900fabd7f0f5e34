"""Who was told what is kept in one step with what tells it, and is not trusted when it is read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.notice import Address, Notice, NoticeKind
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.history import History
from tests.io.history.keeping import MISSION, NOON, days_ago, harm, message, opened

NOTICE = Notice(
    mission=MISSION,
    subject="blocker:key",
    address=Address("boss", "mail"),
    kind=NoticeKind.RAISED,
    level=EscalationLevel.CRITICAL,
    since=NOON,
    mission_title="Chat",
    title="No key",
    detail="On nobody.\nAsked: step in.",
)
LATER = NOON + timedelta(seconds=30)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with opened(tmp_path) as found:
        yield found


def test_what_was_noted_waits_as_it_is_until_it_was_told(history: History) -> None:
    (noted,) = history.notices.note([(NOTICE, NOON)], at=NOON)
    assert (noted.notice, noted.noted, noted.message) == (NOTICE, NOON, "")
    assert history.notices.standing() == [noted]

    history.notices.tell(message("m1", made=LATER), [noted.number])

    assert history.notices.standing() == [replace(noted, message="m1", noted=LATER)]
    assert [each.message.id for each in history.outbox.undelivered()] == ["m1"]


def test_what_is_over_stands_no_more_and_what_waited_is_unsaid_without_a_trace(
    history: History,
) -> None:
    told, waits = history.notices.note([(NOTICE, NOON), (NOTICE, NOON)], at=NOON)
    history.notices.tell(message("m1"), [told.number])

    history.notices.note([], unsaid=[told.number, waits.number], at=LATER)
    assert [each.number for each in history.notices.standing()] == [told.number]
    history.notices.note([], over=[told.number], at=LATER)

    assert history.notices.standing() == []


def test_a_message_and_that_it_was_told_are_kept_together_or_not_at_all(
    tmp_path: Path, history: History
) -> None:
    (noted,) = history.notices.note([(NOTICE, NOON)], at=NOON)
    harm(
        tmp_path,
        "CREATE TRIGGER refuse BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'no'); END",
    )

    with pytest.raises(HistoryFault):
        history.notices.tell(message("m1"), [noted.number])

    assert history.notices.standing() == [noted]
    assert history.outbox.undelivered() == []


@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param(
            "UPDATE notices SET kind = 'SHOUTED' WHERE number = 1", id="a kind that there is not"
        ),
        pytest.param(
            "UPDATE notices SET level = 9 WHERE number = 1", id="a level that there is not"
        ),
    ],
)
def test_a_row_that_makes_no_sense_is_passed_over(
    tmp_path: Path, history: History, nonsense: str
) -> None:
    _, second = history.notices.note([(NOTICE, NOON), (NOTICE, NOON)], at=NOON)
    harm(tmp_path, nonsense)

    assert history.notices.standing() == [second]


def test_only_what_is_over_is_pruned(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        over, _ = history.notices.note([(NOTICE, days_ago(9)), (NOTICE, days_ago(9))], at=NOON)
        history.notices.note([], over=[over.number], at=days_ago(5))
        standing = history.notices.standing()

        history.prune(days_ago(4))

        assert history.notices.standing() == standing
    harm(tmp_path, "UPDATE notices SET ended = NULL")
    with opened(tmp_path) as history:
        assert history.notices.standing() == standing
