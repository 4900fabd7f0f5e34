"""A message says how bad, what and where, in a glance, whatever agents called it."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.escalation_assessment import Action
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.notice import Address, Notice, NoticeKind
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.standing import AttentionKind, EscalationLevel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.notices import (
    LONGEST_TITLE,
    MOST_TOLD,
    decision_detail,
    digest_body,
    message_body,
    notice_detail,
)
from tests.presentation.judgements import QUARTER_PAST_FOUR as NOW
from tests.presentation.judgements import at, escalation

PROTOCOL = (
    Action("ask", "Ask api-architect about React component dependency", "react-expert"),
    Action("assign-mentor", "Guide react-expert: React component dependency", "api-architect"),
    Action("open-replan", "Compare the re-planning options: split", None),
    Action("tell-boss", "Tell boss: React component dependency", "boss"),
)


def notice(**fields: Any) -> Notice:
    whole: dict[str, Any] = {
        "mission": MissionId("chat"),
        "subject": "blocker:react-dependency",
        "address": Address("boss", "mail"),
        "kind": NoticeKind.RAISED,
        "level": EscalationLevel.CRITICAL,
        "since": at(12, 15),
        "mission_title": "Chat App",
        "title": "React component dependency",
        "detail": "On react-expert.",
    }
    return Notice(**(whole | fields))


def numbered(count: int, **fields: Any) -> list[Notice]:
    return [
        notice(subject=f"blocker:{at:03}", title=f"No {at:03}", **fields) for at in range(count)
    ]


def recovered(**fields: Any) -> Notice:
    return notice(kind=NoticeKind.RECOVERED, detail="", **fields)


def decision(**fields: Any) -> Notice:
    said = {"subject": "APPROVAL:M1", "title": "Approve the API", "detail": "Asked: approve it."}
    return notice(kind=NoticeKind.DECISION, level=None, **(said | fields))


def title(*notices: Notice) -> str:
    return message_body(notices, NOW).split("\n")[0]


@pytest.mark.parametrize(
    ("notices", "said"),
    [
        pytest.param(
            [notice()],
            "CRITICAL: React component dependency, open for 4h · Chat App",
            id="one escalation",
        ),
        pytest.param(
            [recovered()],
            "RECOVERED: React component dependency, after 4h · Chat App",
            id="one recovery",
        ),
        pytest.param([decision()], "DECISION: Approve the API · Chat App", id="one decision"),
        pytest.param(
            [*numbered(2), notice(level=EscalationLevel.MISSION_CRITICAL)],
            "3 escalations, worst MISSION CRITICAL · Chat App",
            id="several",
        ),
        pytest.param(
            [notice(), decision(), recovered(subject="blocker:other")],
            "1 escalation at CRITICAL, 1 decision, 1 recovered · Chat App",
            id="one of each",
        ),
        pytest.param(
            [
                *numbered(12),
                recovered(mission=MissionId("shop"), mission_title="Shop", subject="blocker:x"),
            ],
            "2 missions: 12 escalations, worst CRITICAL, 1 recovered",
            id="several missions",
        ),
    ],
)
def test_the_title_says_how_bad_what_and_where(notices: list[Notice], said: str) -> None:
    assert title(*notices) == said


def test_an_escalation_says_on_whom_what_is_asked_and_what_comes_next() -> None:
    stuck = escalation(actions=PROTOCOL, level=EscalationLevel.MODERATE)

    assert notice_detail(stuck, NOW).split("\n") == [
        "On react-expert, needs api-architect, since 15 Jan 14:00 UTC; acknowledged by nobody.",
        "Asked: Guide react-expert (api-architect); Compare the re-planning options: split.",
        "Next: CRITICAL at 15 Jan 18:00 UTC, in 1h45, unless it is resolved before.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"agent": None, "needs": None}, "On nobody, since", id="nobody"),
        pytest.param({"acknowledged_by": "ann"}, "; acknowledged by ann.", id="acknowledged"),
        pytest.param({"assigned_to": "api-architect"}, "; given to api-architect.", id="given"),
        pytest.param({"since": at(14, day=14)}, "since 14 Jan 14:00 UTC", id="another day"),
        pytest.param(
            {"since": at(14) - timedelta(days=300)}, "since 21 Mar 2023 14:00 UTC", id="a year ago"
        ),
        pytest.param({"due": at(16)}, "it was due 15 Jan 16:00 UTC, 15m ago.", id="overdue"),
        pytest.param({"due": at(20)}, "; due 15 Jan 20:00 UTC, in 3h45.", id="an SLA of its own"),
        pytest.param(
            {"is_held": True, "acknowledged_by": "ann"},
            "Next: stays MODERATE for now, as it was acknowledged;",
            id="held",
        ),
        pytest.param(
            {"level": EscalationLevel.MISSION_CRITICAL, "next_level_at": None},
            "Next: nothing above, this is the highest level;",
            id="highest",
        ),
        pytest.param(
            {"next_level_at": None}, "Next: stays MODERATE until it ends;", id="does not rise"
        ),
        pytest.param({"next_level_at": at(16)}, "Next: CRITICAL at any moment;", id="rises now"),
    ],
)
def test_an_escalation_says_how_it_stands(fields: dict[str, Any], said: str) -> None:
    assert said in notice_detail(escalation(**fields), NOW)


def test_what_the_message_itself_does_is_not_asked_for() -> None:
    told = Action("tell-boss", "Tell boss: React component dependency", "boss")

    assert "Asked" not in notice_detail(escalation(actions=(told,)), NOW)


@pytest.mark.parametrize("kind", AttentionKind)
def test_a_decision_says_what_is_asked_and_what_hangs_on_it(kind: AttentionKind) -> None:
    waiting = Attention(kind, "M1", 3.0, "Approve the API", why="3h wait", delay_cost=0.5)

    asked, stake = decision_detail(waiting, NOW).split("\n")

    assert asked.startswith("Asked: ")
    assert stake == "At stake: 3h wait; each hour of waiting costs the mission 30m."


def test_a_recovery_says_since_when_it_was_so_and_that_nothing_is_asked() -> None:
    told = message_body([recovered()], NOW).split("\n")[1:]

    assert told == [
        "Open since 15 Jan 12:15 UTC, and over. It was CRITICAL. Nothing more is asked."
    ]


def test_the_worst_comes_first_and_what_is_over_last() -> None:
    told = message_body(
        [
            recovered(title="ended", subject="a"),
            notice(title="routine", level=EscalationLevel.ROUTINE, subject="b"),
            decision(title="decide"),
            notice(title="newer", since=at(13), subject="c"),
            notice(title="older", since=at(11), subject="d"),
        ],
        NOW,
    )

    found = sorted(("ended", "routine", "decide", "newer", "older"), key=told.index)

    assert found == ["older", "newer", "decide", "routine", "ended"]


def test_what_is_too_much_for_one_message_is_counted_by_level_and_mission() -> None:
    others = numbered(9_000, mission=MissionId("shop"), mission_title="Shop", since=at(13))
    told = message_body([*others, *numbered(30)], NOW).split("\n")

    assert sum(each.startswith("- CRITICAL") for each in told) == MOST_TOLD
    assert told[-3:] == ["and 9,010 more:", "- Chat App: 10 CRITICAL", "- Shop: 9,000 CRITICAL"]


def test_counts_of_a_hundred_missions_end_in_a_sum() -> None:
    told = message_body(
        [notice(mission=MissionId(f"m{each:03}"), mission_title="M") for each in range(100)], NOW
    ).split("\n")

    assert told[-1] == "- 60 more missions: 60 in all"
    assert len(told) < 110


def test_a_digest_lists_what_waited_with_its_time_and_id() -> None:
    def message(number: int, level: EscalationLevel) -> OutgoingMessage:
        item = MessageItem("RAISED", MissionId("chat"), "blocker:x", level, "Title")
        return OutgoingMessage(
            id=f"id{number}", mission=MissionId("chat"), channel="mail", made=at(12, number),
            subject="blocker:x", body=f"Title {number}\nmore", items=(item,),
        )  # fmt: skip

    said = digest_body([message(1, EscalationLevel.CRITICAL), message(2, EscalationLevel.ROUTINE)])

    assert said.split("\n") == [
        "2 messages while this channel was down or full, worst CRITICAL",
        "",
        "- 15 Jan 12:01 UTC · Title 1",
        "  id id1",
        "",
        "- 15 Jan 12:02 UTC · Title 2",
        "  id id2",
    ]


TEXTS = st.text(max_size=400).map(plain_text)
NOTICES = st.builds(
    notice,
    title=TEXTS,
    mission_title=TEXTS,
    subject=st.text(max_size=3),
    kind=st.sampled_from([NoticeKind.RAISED, NoticeKind.RECOVERED]),
    level=st.sampled_from(EscalationLevel),
    mission=st.sampled_from([MissionId("chat"), MissionId("shop")]),
)


@given(NOTICES)
def test_no_title_hides_how_bad_it_is_or_grows_too_long(one: Notice) -> None:
    said = title(one)

    assert len(said) <= LONGEST_TITLE
    bad = one.kind.value if one.kind is NoticeKind.RECOVERED else one.level and one.level.name
    assert said.startswith(f"{str(bad).replace('_', ' ')}: ")


@given(st.lists(NOTICES, min_size=1, max_size=8, unique_by=lambda each: each.subject), st.randoms())
def test_the_same_notices_make_the_same_message_in_any_order(
    notices: list[Notice], random: Any
) -> None:
    mixed = random.sample(notices, len(notices))

    assert message_body(mixed, NOW) == message_body(notices, NOW)


@given(st.lists(NOTICES, min_size=2, max_size=8))
def test_a_title_of_an_agent_adds_no_line_and_no_notice(notices: list[Notice]) -> None:
    plain = [notice(kind=each.kind, level=each.level, mission=each.mission) for each in notices]

    assert message_body(notices, NOW).count("\n") == message_body(plain, NOW).count("\n")
