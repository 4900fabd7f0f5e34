"""Ten thousand blockers in a hundred missions are one message a stakeholder and window."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.io.history.notices import KeptNotice
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS
from tests.hub.by_hand import HOUR, HandWorld
from tests.live.recorded_world import START, Run

MISSIONS = 100
BLOCKERS = 100
"""Of each mission."""
EVERYTHING = MISSIONS * BLOCKERS
OPENED_WITHIN_SECONDS = 20
LEVELS = {"ops": (1, 4), "boss": (4,)}
"""By stakeholder of every mission: of what it wants to be told."""


def mission_text(number: int) -> str:
    """Return a mission whose blockers were opened within less than a window."""
    lines = [
        f"mission: Relay {number}",
        "started: 2024-01-15T08:00Z",
        "stakeholders:",
        *(f"  {key}: {{notify: [log], levels: {list(each)}}}" for key, each in LEVELS.items()),
        "tasks: {work: {estimate: 400h}}",
        "blockers:",
    ]
    for each in range(BLOCKERS):
        late = timedelta(seconds=(each * MISSIONS + number) % OPENED_WITHIN_SECONDS)
        lines.append(f"  b{each}: {{title: No {each}, opened: {format_instant(START + late)}}}")
    return "\n".join([*lines, ""])


def window_of(message: OutgoingMessage) -> tuple[str, int]:
    """Return to whom it goes, and in which window."""
    return message.recipient, int((message.made - START).total_seconds() // GROUPED_SECONDS)


def test_ten_thousand_blockers_are_at_most_one_message_a_stakeholder_and_window(
    tmp_path: Path,
) -> None:
    place = HandWorld(tmp_path)
    place.world.file.unlink()
    for number in range(MISSIONS):
        (place.world.missions / f"relay-{number:02}.yaml").write_text(mission_text(number))
    with place.run() as run:
        for hours in (0, 8):
            _look_around(place, run, hours * HOUR)
        received, standing = place.received(), place.standing()

    assert max(Counter(map(window_of, received)).values()) == 1
    assert Counter(each.recipient for each in received) == {
        key: len(levels) for key, levels in LEVELS.items()
    }
    for each in received:
        assert each.mission == ""
        assert len(each.body) < 10_000
    assert told_at_last(standing, received) == dict.fromkeys(LEVELS, EVERYTHING)


def told_at_last(standing: list[KeptNotice], received: list[OutgoingMessage]) -> dict[str, int]:
    """Return of how much each stakeholder was told by the last message that it got."""
    last = {each.recipient: each.id for each in received}
    return Counter(
        each.notice.address.recipient
        for each in standing
        if each.message == last[each.notice.address.recipient]
    )


def _look_around(place: HandWorld, run: Run, seconds: float) -> None:
    """Look while the last of them comes to a level, and until all windows are over."""
    place.world.seconds = max(place.world.seconds, seconds)
    for each in (OPENED_WITHIN_SECONDS, GROUPED_SECONDS, GROUPED_SECONDS):
        run.look()
        place.world.seconds += each
        run.rounds.record()
    place.wait_for_delivery()
