"""Frames between a program and its worker arrive whole, in whatever pieces."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.live.planning.frames import Frame, Incoming, Kind, pickled, unpickled
from orchestrator_tui.live.planning.question import Question
from tests.builders import NOON, START, approved, known, mission, seen
from tests.replannings import wiki

FRAMES = st.lists(
    st.builds(Frame, st.sampled_from(Kind), st.integers(0, 2**64 - 1), st.binary(max_size=40)),
    max_size=8,
)


@given(frames=FRAMES, cuts=st.lists(st.integers(1, 30), min_size=1))
def test_frames_arrive_in_any_pieces(frames: list[Frame], cuts: list[int]) -> None:
    sent = b"".join(each.packed() for each in frames)
    incoming = Incoming()

    received: list[Frame] = []
    at = 0
    while at < len(sent):
        size = cuts[at % len(cuts)]
        received += incoming.feed(sent[at : at + size])
        at += size

    assert received == frames


def test_a_question_arrives_as_it_was_asked_with_all_that_is_known() -> None:
    one = mission(
        agents={"ann": {"unavailable": True}},
        tasks={"t": {"estimate": {"best": "1h", "likely": "2h", "worst": "4h"}}},
        milestones={"M1": {"tasks": ["t"], "criteria": {"ok": {"exists": "x"}}}},
    )
    facts = approved(1)
    evidence = seen(progress={})
    question = Question(
        known(one, facts=facts, evidence=evidence), NOON, Order(seconds=2, is_deterministic=True)
    )

    arrived = unpickled(pickled(question))

    assert arrived == question


def test_an_answer_arrives_as_it_was_found() -> None:
    assert unpickled(pickled(wiki())) == wiki()
    assert unpickled(pickled(START + timedelta(hours=1))) == START + timedelta(hours=1)
