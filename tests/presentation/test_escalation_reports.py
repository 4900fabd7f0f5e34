"""What reports tell of escalations, in every form; agents' text is text in each of them."""

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from typing_extensions import override

from orchestrator_tui.domain.escalation_assessment import Action
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.standing import EscalationLevel, ReportOccasion, Standing
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.presentation.reports.html import html_page
from orchestrator_tui.presentation.reports.markdown import markdown_document
from orchestrator_tui.presentation.reports.missions import mission_report
from orchestrator_tui.presentation.reports.occasions import Update, Written, written_update
from orchestrator_tui.presentation.reports.plain import plain_text_document
from orchestrator_tui.presentation.reports.report import Audience, Report
from tests.presentation.judgements import QUARTER_PAST_FOUR as NOW
from tests.presentation.judgements import agent, at, escalation, judged, judgement
from tests.presentation.markdown import html, kinds
from tests.presentation.test_summary_markdown import HOSTILE, TEXT

STUCK = escalation(
    actions=(
        Action("ask", "Ask api-architect about React component dependency", "react-expert"),
        Action("assign-mentor", "Guide react-expert: React component dependency", "api-architect"),
        Action("open-replan", "Compare the re-planning options: split", None),
        Action("tell-boss", "Tell boss: React component dependency", "boss"),
    )
)
WAITING = escalation(id="blocker:ui", subject="ui", title="UI", inhibited_by=STUCK.id)
ROUTINE = escalation(id="blocker:r", title="Small matter", level=EscalationLevel.ROUTINE)


def report(audience: Audience = Audience.LEAD, **fields: Any) -> Report:
    whole = {"escalations": (STUCK, WAITING, ROUTINE)} | fields
    return mission_report(judged(judgement(**whole)), NOW, audience)


def markdown(audience: Audience, **fields: Any) -> str:
    return markdown_document([report(audience, **fields)])


def plain(audience: Audience = Audience.LEAD, **fields: Any) -> str:
    return plain_text_document([report(audience, **fields)])


def update(occasion: ReportOccasion, **fields: Any) -> Written:
    about = Update(occasion, date(2024, 1, 15), Audience.MANAGEMENT, "Tomás Rey")
    return written_update(judged(judgement(**fields)), NOW, about)


@pytest.mark.parametrize("audience", [Audience.LEAD, Audience.MANAGEMENT])
def test_an_escalation_is_told_with_its_level_its_sla_and_what_is_asked(audience: Audience) -> None:
    assert (
        "| React component dependency (and 1 that waits for it) | L2 MODERATE | 2h15 | 1h45 left"
        " | react-expert | by nobody"
        " | Guide react-expert (api-architect); Compare the re-planning options: split |"
    ) in markdown(audience)


def test_what_is_told_under_something_else_has_no_row_of_its_own() -> None:
    assert "| UI |" not in markdown(Audience.LEAD)


def test_the_lead_is_told_of_routine_escalations_and_management_is_not() -> None:
    assert "Small matter" in markdown(Audience.LEAD)
    assert "Small matter" not in markdown(Audience.MANAGEMENT)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"acknowledged_by": "ann"}, "acknowledged by ann", id="acknowledged"),
        pytest.param({"assigned_to": "kim"}, "given to kim", id="given"),
        pytest.param({"snoozed_until": at(18)}, "snoozed until 2024-01-15 18:00", id="snoozed"),
        pytest.param({"due": at(16)}, "15m over", id="overdue"),
    ],
)
def test_who_takes_care_of_it_is_told(fields: dict[str, Any], said: str) -> None:
    assert said in markdown(Audience.MANAGEMENT, escalations=(replace(STUCK, **fields),))


@pytest.mark.parametrize("audience", [Audience.LEAD, Audience.MANAGEMENT])
def test_what_recovered_within_a_day_is_told(audience: Audience) -> None:
    over = Event(at(16), EventKind.RECOVERED, "blocker:x", "No key: over after 3h")
    older = replace(over, at=at(16) - timedelta(days=1), text="Old news")

    text = markdown(audience, activity=(older, over))

    assert "## Recovered in the last 24 hours\n\n- 2024-01-15 16:00 No key: over after 3h" in text
    assert "Old news" not in text.split("## Recovered")[1].split("##")[0]


def test_an_agent_is_told_what_is_asked_of_it_and_of_nobody_else() -> None:
    mentor, other = agent("api-architect"), agent("devops-engineer")

    text = plain(Audience.AGENTS, agents=(mentor, other))

    asked = "- Asked of you, L2 MODERATE: React component dependency: Guide react-expert"
    assert text.count(asked) == 1
    assert text.index("API-ARCHITECT") < text.index(asked) < text.index("DEVOPS-ENGINEER")


@pytest.mark.parametrize(
    ("planned", "forecast", "said"),
    [
        pytest.param(at(18), at(21), "2024-01-15 18:00, the forecast is 3h later", id="later"),
        pytest.param(at(21), at(18), "2024-01-15 21:00, the forecast is 3h earlier", id="earlier"),
        pytest.param(at(18), at(18), "2024-01-15 18:00, as forecast", id="the same"),
        pytest.param(at(18), None, "2024-01-15 18:00", id="no forecast"),
        pytest.param(None, at(18), "–", id="no plan"),
    ],
)
def test_a_report_says_how_far_the_forecast_is_off_the_plan(
    planned: Any, forecast: Any, said: str
) -> None:
    timeline = Timeline(Standing.ON_TRACK, 0.0, planned, forecast, None, None)

    assert f"Planned finish: {said}\n" in plain(timeline=timeline)


# Plain text


def test_plain_text_leaves_out_what_is_not_known_and_escapes_nothing() -> None:
    text = plain(agents=(agent("a_b*c", title="a_b*c", quality_score=None),))

    row = next(each for each in text.split("\n") if "a_b*c" in each)
    assert "state: ACTIVE · task: Chat components" in row
    assert "ETA: 4h" in row
    assert "quality" not in row
    assert "–" not in row


def test_plain_text_names_a_row_by_what_it_is_about_and_not_by_its_number() -> None:
    assert "- Chat components (chat-ui) · state: IN HAND" in plain(Audience.AGENTS)


# What goes out by itself


def test_an_update_says_in_its_title_how_it_stands() -> None:
    said = update(ReportOccasion.DAILY, escalations=(replace(STUCK, level=EscalationLevel(3)),))

    assert said.title == (
        "Daily report 2024-01-15: 67% complete, 1 escalated to CRITICAL, 5% ahead"
        " · Real-time Chat Application - Sprint 1"
    )
    assert said.text.split("\n")[0] == said.title
    assert "*Daily report 2024-01-15 for Tomás Rey (management), 2024-01-15 16:15 UTC*" in (
        said.markdown
    )


# Hostile text


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.feed(page)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}


def reports_of(text: str) -> list[Report]:
    """Return the reports of all audiences, in which every new text is the same."""
    hostile = escalation(
        title=text,
        agent=AgentId(text),
        needs=text,
        acknowledged_by=text,
        assigned_to=text,
        snoozed_until=at(18),
        actions=(Action("open-replan", text, None), Action("assign-mentor", text, "a")),
    )
    over = Event(at(16), EventKind.RECOVERED, text, text)
    judgement_of = judgement(
        escalations=(hostile,), activity=(over,), agents=(agent("a"),), milestones=(), tasks=(),
        recommendations=(), open_blockers=(),
    )  # fmt: skip
    mission = replace(judged(judgement_of), title=text)
    return [mission_report(mission, NOW, each, reader=text) for each in Audience]


PLAIN = markdown_document(reports_of("x"))
PLAIN_TAGS = Tags(html_page(reports_of("x"))).tags
PLAIN_LINES = plain_text_document(reports_of("x")).count("\n")
INLINE = {"text", "text_special", "inline", "html_inline", "html_block", "softbreak"}


def shape_of(document: str) -> dict[str, int]:
    return {kind: count for kind, count in kinds(document).items() if kind not in INLINE}


@settings(max_examples=50)
@given(TEXT.filter(str.strip))
def test_no_text_adds_a_link_a_heading_or_a_cell_to_markdown(text: str) -> None:
    document = markdown_document(reports_of(text))

    assert shape_of(document) == shape_of(PLAIN)
    assert html(document) == []
    mentions = [each for each in document.split("@")[1:] if not each.startswith("<!-- -->")]
    assert mentions == []


@given(TEXT)
def test_no_text_adds_a_tag_or_an_attribute_to_a_page(text: str) -> None:
    found = Tags(html_page(reports_of(text)))

    assert found.tags == PLAIN_TAGS
    assert not {each for each in found.names if each.startswith("on")} | (found.names & {"href"})


@given(TEXT.filter(str.strip))
def test_no_text_adds_a_line_to_plain_text(text: str) -> None:
    assert plain_text_document(reports_of(text)).count("\n") == PLAIN_LINES


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.strip()])
@pytest.mark.parametrize("occasion", ReportOccasion)
def test_no_text_hides_what_an_update_is(text: str, occasion: ReportOccasion) -> None:
    title = shorten(plain_text(text * 50))
    about = Update(occasion, date(2024, 1, 15), Audience.LEAD, title)

    said = written_update(replace(judged(judgement()), title=title), NOW, about)

    assert len(said.title) <= 120
    assert said.title.startswith(("Daily report 2024-01-15: 67%", "Milestone re", "New plan: 67%"))
    assert said.title.split("\n") == [said.title]
