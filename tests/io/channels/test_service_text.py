"""What a service is sent: a title, a text that fits, and always the id."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.io.channels.message_document import message_document
from orchestrator_tui.io.channels.service_text import (
    HTML,
    MARKDOWN,
    TEXT,
    Letter,
    Service,
    ascii_title,
    letter,
    with_last_line,
)
from tests.io.channels.sent import ID, message

CHAT = Service(schemes={"slack"}, format=TEXT)
WEBHOOK = Service(schemes={"json", "jsons"}, format=TEXT)
MAIL = Service(schemes={"mailto", "mailtos"}, format=TEXT)
UNTITLED = Service(schemes={"tgram"}, format=HTML, longest_title=0, longest_text=4096)


def sent(body: str, service: Service, **more: object) -> Letter:
    return letter(message_document(message(body, **more)), service)


def test_the_first_line_is_the_title_and_the_id_the_last_line() -> None:
    assert sent("It is late\nSince noon.", WEBHOOK) == Letter(
        "It is late", f"Since noon.\nid {ID}", TEXT
    )


def test_an_id_that_stands_there_already_stands_there_once() -> None:
    assert sent(f"It is late\nSince noon.\nid {ID}", WEBHOOK).text == f"Since noon.\nid {ID}"


def test_a_service_without_titles_gets_all_as_text() -> None:
    assert sent("It is late", UNTITLED) == Letter("", f"It is late\nid {ID}", TEXT)


def test_only_chats_get_texts_that_are_not_as_they_were_written() -> None:
    services = (CHAT, WEBHOOK, MAIL)

    titles = [sent("<b> @all", each).title for each in services]

    assert titles == ["‹b› @\N{WORD JOINER}all", "<b> @all", "<b> @all"]


def test_a_service_that_nobody_knows_counts_as_a_chat() -> None:
    assert Service(schemes={"new-thing"}, format=TEXT).is_chat


def test_a_long_title_is_shortened_and_stands_in_the_text_whole() -> None:
    title = "x" * 200

    found = sent(f"{title}\nmore", WEBHOOK)

    assert found.title == "x" * 119 + "…"
    assert found.text.splitlines() == [title, "more", f"id {ID}"]


def test_a_title_for_any_header_is_ascii() -> None:
    assert ascii_title("🚨 café is late") == "? caf? is late"


def test_a_report_is_a_page_in_a_mail_and_a_text_elsewhere() -> None:
    page = "<!DOCTYPE html>\n<body><p>All is well</p></body>\n</html>"

    mail, chat = (sent("Report\nAll is well", each, html=page) for each in (MAIL, CHAT))

    assert (mail.title, mail.format) == ("Report", HTML)
    assert f"<p>All is well</p><p>id {ID}</p></body>" in mail.text
    assert (chat.text, chat.format) == (f"All is well\nid {ID}", TEXT)


def test_a_line_at_the_end_of_a_page_is_text() -> None:
    assert with_last_line("<p>no body", "id <b>") == "<p>no body<p>id &lt;b&gt;</p>"


def test_what_is_left_out_is_said() -> None:
    body = "\n".join(["Title", *(f"line {number:03}" for number in range(100))])

    text = sent(body, Service(schemes={"x"}, format=TEXT, longest_text=140)).text

    assert text.startswith("line 000\nline 001\n")
    assert text.endswith(f" more lines\nid {ID}")
    assert len(text) <= 140


def test_what_was_cut_and_what_was_left_out_are_all_the_lines() -> None:
    body = "\n".join(["Title", *(f"line {number:03}" for number in range(100))])

    lines = sent(body, Service(schemes={"x"}, format=TEXT, longest_text=200)).text.splitlines()

    *kept, more, _ = lines
    assert int(more.split()[1]) == 100 - len(kept)


GROWN = {
    TEXT: len,
    HTML: lambda text: len(escape(text).replace("\n", "<br/>")),
    MARKDOWN: lambda text: len(text) + sum(text.count(each) for each in "_.-"),
}
"""How long a text is once it is what the service takes."""


@pytest.mark.parametrize("format_", GROWN)
@given(body=st.text(st.sampled_from("ab_.-&<'\n🚨"), max_size=400), limit=st.integers(150, 300))
def test_no_service_gets_more_than_it_takes(format_: str, body: str, limit: int) -> None:
    service = Service(schemes={"json"}, format=format_, longest_text=limit)

    found = sent(f"T\n{body}", service)

    assert GROWN[format_](found.text) + len(found.title) <= limit
    assert found.text.splitlines()[-1] == f"id {ID}"
