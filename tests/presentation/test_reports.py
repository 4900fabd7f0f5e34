import csv
import io
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from typing_extensions import override

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId, BlockerId, MilestoneId, TaskId
from orchestrator_tui.domain.markdown import escaped
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.reports.csv import csv_document, guarded
from orchestrator_tui.presentation.reports.html import html_page
from orchestrator_tui.presentation.reports.json import json_document
from orchestrator_tui.presentation.reports.markdown import markdown_document
from orchestrator_tui.presentation.reports.missions import mission_report
from orchestrator_tui.presentation.reports.report import Audience
from orchestrator_tui.presentation.reports.scope import of_milestone
from tests.presentation.judgements import (
    QUARTER_PAST_FOUR,
    agent,
    assessment,
    at,
    blocker,
    judged,
    judgement,
    milestone,
    task,
)

PROBLEM = Problem(Severity.ERROR, "missions/chat-app.yaml", 3, 1, "`progress` 120 is above 100")


def markdown(audience: Audience, **fields: Any) -> str:
    report = mission_report(judged(judgement(**fields)), QUARTER_PAST_FOUR, audience)
    return markdown_document([report])


def page(audience: Audience = Audience.LEAD, **fields: Any) -> str:
    return html_page([mission_report(judged(judgement(**fields)), QUARTER_PAST_FOUR, audience)])


def table(audience: Audience, **fields: Any) -> list[dict[str, str]]:
    text = csv_document([judged(judgement(**fields))], audience)
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Page(HTMLParser):
    """Collects the tags of a page and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag != "meta":
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_lead_is_told_everything() -> None:
    text = markdown(Audience.LEAD)

    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]

    assert headings == [
        "Waiting for a decision",
        "Escalations",
        "Milestones",
        "Blockers",
        "Recommended actions",
        "Agents",
        "Tasks",
        "Criteria of Frontend component integration",
        "Recent activity",
    ]
    assert "| Timeline | 5% AHEAD OF SCHEDULE ✅ |" in text
    assert "Approve the API schema review (3h at stake)" in text


def test_management_is_told_dates_and_risks_and_nothing_of_single_agents() -> None:
    text = markdown(Audience.MANAGEMENT)

    assert "Frontend component integration: dependency blocker" in text
    assert "React component dependency (MEDIUM)" in text
    assert "2024-01-15 17:00" in text
    assert "devops-engineer" not in text
    assert "## Agents" not in text


def test_agents_are_told_who_does_what_next_and_who_waits_for_them() -> None:
    ready = task("api-schema", title="API schema", progress_percent=80.0, after=())
    text = markdown(
        Audience.AGENTS,
        agents=(agent("api-architect", task=TaskId("api-schema"), queue=(TaskId("chat-ui"),)),),
        tasks=(ready, task(agent=AgentId("api-architect"))),
    )

    assert "## api-architect: 2 tasks" in text
    assert "Others wait for you: React component dependency (MEDIUM)" in text
    assert "| 1 | API schema (api-schema) |" in text
    assert "| 2 | Chat components (chat-ui) |" in text
    assert text.count("api-schema |") == 1


def test_a_report_on_a_milestone_holds_what_belongs_to_it_alone() -> None:
    world = assessment(
        judged(
            judgement(
                milestones=(milestone(), milestone("M9", title="Later", tasks=(), agents=())),
                tasks=(task(), task("other", title="Other work")),
            )
        )
    )

    (mission,) = of_milestone(world, MilestoneId("M3_FRONTEND_MVP")).missions

    assert mission.judgement is not None
    assert [each.id for each in mission.judgement.milestones] == ["M3_FRONTEND_MVP"]
    assert [each.id for each in mission.judgement.tasks] == ["chat-ui"]
    assert [each.id for each in mission.judgement.agents] == ["react-expert"]
    assert of_milestone(world, MilestoneId("M4")).missions == ()


def test_a_report_on_a_milestone_tells_how_its_blockers_rose() -> None:
    subjects = ("react-dependency", "blocker:react-dependency", "blocker:other")
    rises = tuple(Event(at(16), EventKind.ESCALATED, each, "It rose") for each in subjects)
    blocked = milestone(blockers=(BlockerId("react-dependency"),))
    world = assessment(judged(judgement(milestones=(blocked,), activity=rises)))

    (mission,) = of_milestone(world, MilestoneId("M3_FRONTEND_MVP")).missions

    assert mission.judgement is not None
    assert [each.subject for each in mission.judgement.activity] == list(subjects[:2])


def test_a_mission_that_cannot_be_read_is_reported_with_its_problems() -> None:
    report = mission_report(judged(None, problems=(PROBLEM,)), QUARTER_PAST_FOUR, Audience.LEAD)

    text = markdown_document([report])

    assert "The mission cannot be read." in text
    assert "missions/chat-app.yaml:3:1: error: \\`progress\\` 120 is above 100" in text


def test_management_learns_that_something_does_not_count() -> None:
    mission = judged(judgement(), problems=(PROBLEM,))

    text = markdown_document([mission_report(mission, QUARTER_PAST_FOUR, Audience.MANAGEMENT)])

    assert "1 mistake in the mission's files kept some of it from counting." in text


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        pytest.param("[press](javascript:x)", r"\[press\](javascript\:x)", id="link"),
        pytest.param("![x](y)", r"\!\[x\](y)", id="image"),
        pytest.param("<img src=x onerror=y>", r"\<img src=x onerror=y\>", id="html"),
        pytest.param("**bold** _em_ `code`", r"\*\*bold\*\* \_em\_ \`code\`", id="emphasis"),
        pytest.param("https://evil.example", r"https\://evil.example", id="address"),
        pytest.param("www.evil.example", r"www\.evil.example", id="host"),
        pytest.param("@everyone", "@<!-- -->everyone", id="mention"),
        pytest.param("a | b", r"a \| b", id="table cell"),
        pytest.param("# heading", r"\# heading", id="heading"),
        pytest.param("- item", r"\- item", id="list"),
        pytest.param("1. item", "1<!-- -->. item", id="numbered list"),
        pytest.param("&lt;b&gt;", r"\&lt;b\&gt;", id="entity"),
        pytest.param("$x$ ~y~", r"\$x\$ \~y\~", id="mathematics"),
        pytest.param("at 16:15, 5% ahead", "at 16:15, 5% ahead", id="plain"),
    ],
)
def test_markdown_shows_text_as_it_is(raw: str, written: str) -> None:
    assert escaped(raw) == written


def test_a_markdown_table_keeps_its_columns_whatever_is_in_it() -> None:
    text = markdown(Audience.LEAD, agents=(agent(title="a | b \\| c"),), milestones=())

    rows = text.split("## Agents\n\n")[1].split("\n\n")[0].splitlines()

    assert {row.replace("\\|", "").replace("\\\\", "").count("|") for row in rows} == {11}


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;[@click=x]'


@pytest.mark.parametrize("audience", Audience)
def test_an_html_report_is_well_formed_and_nothing_in_it_acts(audience: Audience) -> None:
    text = plain_text(HOSTILE)
    found = Page(
        page(
            audience,
            agents=(agent(title=text, icon=text, task_title=text),),
            milestones=(milestone(title=text, risks=(text,)),),
            open_blockers=(blocker(title=text, needs=text),),
            tasks=(task(title=text),),
        )
    )

    assert found.open == []
    assert not {"script", "img", "a", "link", "iframe"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "href"]
    assert any("<script>alert(1)</script>" in each for each in found.texts)


def test_an_html_report_loads_nothing() -> None:
    text = page()

    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_bars_never_leave_their_track() -> None:
    text = page(agents=(agent(progress_percent=250.0), agent(progress_percent=-5.0)))

    assert "width:100.0%" in text
    assert "width:0.0%" in text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("  =1", "'  =1", id="blanks before"),
        pytest.param("＝1", "'＝1", id="wide equals"),
        pytest.param("a=1", "a=1", id="inside"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="not known"),
        pytest.param(-5.0, "-5", id="a number of ours"),
        pytest.param(0.33333, "0.3333", id="decimals"),
        pytest.param(-0.00001, "0", id="no negative nought"),
        pytest.param(1234567.0, "1234567", id="large"),
        pytest.param(False, "no", id="no"),
        pytest.param(QUARTER_PAST_FOUR, "2024-01-15T16:15:00Z", id="time"),
    ],
)
def test_no_cell_is_a_formula(value: Any, cell: str) -> None:
    assert guarded(value) == cell


def test_csv_is_quoted_and_ended_as_rfc_4180_says() -> None:
    tasks = (task(title='He said "no", twice'),)

    text = csv_document([judged(judgement(tasks=tasks))], Audience.LEAD)

    assert text.count("\r\n") == text.count("\n") == 2
    assert '"He said ""no"", twice"' in text
    assert table(Audience.LEAD, tasks=tasks)[0]["title"] == 'He said "no", twice'


def test_each_audience_has_a_table_of_its_own() -> None:
    assert [each["task"] for each in table(Audience.LEAD)] == ["chat-ui", "typing-indicator"]
    assert [each["milestone"] for each in table(Audience.MANAGEMENT)] == ["M1", "M2", "M3"]
    assert [(each["agent"], each["order"]) for each in table(Audience.AGENTS)][:2] == [
        ("api-architect", "1"),
        ("api-architect", "2"),
    ]


def test_json_leaves_out_what_an_audience_is_not_told() -> None:
    world = assessment(judged(judgement()))

    documents = {each: json_document(world, each) for each in Audience}

    told = {each: set(json.loads(json.dumps(it))["missions"][0]) for each, it in documents.items()}
    assert {"agents", "tasks", "milestones"} <= told[Audience.LEAD]
    assert not {"agents", "tasks", "activity"} & told[Audience.MANAGEMENT]
    assert {"agents", "tasks"} <= told[Audience.AGENTS]
    assert "attention" not in told[Audience.AGENTS]
    assert documents[Audience.MANAGEMENT]["audience"] == "management"
