from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId
from orchestrator_tui.domain.markdown import code, escaped
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState, MilestoneStatus, MilestoneType
from orchestrator_tui.domain.summary import ChecklistItem, Delivered, KeyDecision, MilestoneSummary
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.presentation.reports.html import html_page
from orchestrator_tui.presentation.reports.milestone import summary_report
from orchestrator_tui.presentation.summary_json import summary_document
from orchestrator_tui.presentation.summary_markdown import summary_markdown
from tests.presentation.markdown import html, kinds, read, tokens

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
HOSTILE = [
    "[click](javascript:alert(1))", "![x](http://evil/x.png)", "<img src=x onerror=alert(1)>",
    "<!-- hidden", "--> <b>", "| a | b |", "||||", "a|b", "\\|", "\\", "`", "``a`", "# heading",
    "- item", "1. item", "1) item", "> quote", "    code", "---", "===", "***", "**bold**",
    "~~gone~~", "https://evil.example", "www.evil.example", "me@evil.example", "@team", "#1",
    "&lt;script&gt;", "[ref]: http://evil", "[^1]", "$x$", "- [x] done", "+", "=", "\t#", "",
    " ", "*", "_a_", "a_b_c", "{{x}}", "<http://evil>", "ftp://x", "mailto:a@b.c", "\\`x\\`",
    "a\\", "a `", "|", "[x]", "![", "](", "<", ">", "</td>", "::", ":smile:",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
    st.text(max_size=40),
    st.text(alphabet="`|\\*_[]()<>#-+=!~@:. 1a\n\t", max_size=24),
).map(lambda raw: shorten(plain_text(raw)))


def summary_of(text: str) -> MilestoneSummary:
    """Return a summary in which every text is the same."""
    return MilestoneSummary(
        mission=text,
        id=MilestoneId("M1"),
        title=text,
        type=MilestoneType.CUSTOM,
        status=MilestoneStatus.AWAITING_APPROVAL,
        at=NOON,
        asked=(text,),
        delivered=(Delivered("t", text, AgentId("a"), text, exists=True),),
        criteria=(
            CriterionAssessment(CriterionId("c"), CriterionState.PASSED, text, NOON, source=text),
        ),
        checklist=(ChecklistItem(text, text, is_checked=True),),
        quality_score=95.0,
        reviewer=AgentId("b"),
        review=text,
        deviations=(text,),
        risks=(text,),
        decisions=(KeyDecision(text, text, text, NOON),),
        evidence_digest="0" * 64,
    )


PLAIN = summary_markdown(summary_of("x"))


@given(TEXT)
def test_no_text_changes_what_the_document_is_made_of(text: str) -> None:
    document = summary_markdown(summary_of(text or "x"))

    shape = {"text", "text_special", "inline", "html_inline", "html_block", "softbreak"}
    found, plain = kinds(document), kinds(PLAIN)
    assert {key: found.get(key) for key in plain if key not in shape} == {
        key: count for key, count in plain.items() if key not in shape
    } or not text.strip()
    assert not set(found) - set(plain) - shape
    assert html(document) == []


@given(TEXT)
def test_no_text_is_a_link_a_picture_or_html_wherever_it_stands(text: str) -> None:
    for document in (escaped(text), f"- {escaped(text)}", f"a {escaped(text)} b", code(text)):
        found = set(kinds(document))

        assert not found & {"link_open", "image", "table_open", "heading_open", "fence", "hr"}
        assert not found & {"em_open", "strong_open", "s_open", "blockquote_open", "code_block"}
        assert html(document) == []


@given(TEXT)
def test_what_is_read_is_what_was_written(text: str) -> None:
    assert read(escaped(text)).strip() == text.strip()


@given(TEXT.filter(str.strip))
def test_code_is_one_span_that_holds_the_text_as_it_is(text: str) -> None:
    (span,) = (each for each in tokens(f"- {code(text)}: said") if each.type == "code_inline")

    assert span.content == text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_lets_no_markup_through(text: str) -> None:
    page = html_page([summary_report(summary_of(text))])

    assert "<img" not in page
    assert "<b>" not in page
    assert page.count("<script") == 0


def test_all_that_an_approver_needs_is_told() -> None:
    document = summary_markdown(summary_of("said"))

    for heading in (
        "## Asked", "## Delivered", "## Evidence", "## Review", "## Deviations", "## Risks",
        "## Decisions",
    ):  # fmt: skip
        assert heading in document
    assert "Awaiting approval: 1 of 1 criteria are met, 1 of 1 deliverables are there." in document
    assert "| Quality | 95/100 |" in document


def test_that_nothing_deviates_and_nothing_endangers_it_is_told_too() -> None:
    bare = replace(
        summary_of("x"), deviations=(), risks=(), review="", checklist=(), decisions=(), criteria=()
    )

    document = summary_markdown(bare)

    assert "## Deviations\n\nNone." in document
    assert "## Risks\n\nNone." in document
    assert "b has not reviewed it." in document
    assert "## Decisions" not in document


def test_programs_get_the_same() -> None:
    told = summary_document(summary_of("said"))

    assert isinstance(told, dict)
    assert told["checklist"] == [{"id": "said", "text": "said", "checked": True}]
    assert told["delivered"] == [{"task": "t", "agent": "a", "path": "said", "exists": True}]
    assert told["decisions"] == [
        {"title": "said", "why": "said", "by": "said", "at": "2024-01-15T12:00:00Z"}
    ]
