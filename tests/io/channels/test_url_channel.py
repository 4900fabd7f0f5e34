"""Services by their URL: what arrives at receivers that are real, and what is said where not."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import MessageItem
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.chat_text import chat_text
from orchestrator_tui.io.channels.delivering import deliver
from tests.arrived import Arrived
from tests.io.channels.sent import ID, KEPT, TITLE, hostile_message, message, why_not
from tests.receivers import HttpReceiver, SmtpReceiver

SHORT = tuple(each for each in KEPT if len(each) < 1000)
"""What no service has to cut."""


def words_of_all_processes() -> Iterator[str]:
    """Yield what anybody can see of the processes that run."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield each.read_text(errors="replace")


@pytest.fixture
def http() -> Iterator[HttpReceiver]:
    with HttpReceiver() as receiver:
        yield receiver


@pytest.fixture
def smtp() -> Iterator[SmtpReceiver]:
    with SmtpReceiver() as receiver:
        yield receiver


def test_a_webhook_gets_every_character_and_fields_of_its_own(
    http: HttpReceiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOOK_PATH", "s3cr3t hook/x")
    monkeypatch.chdir(tmp_path)
    sent = hostile_message()

    deliver(Channel(url=http.url_as("json", "/${HOOK_PATH}")), sent)

    (found,) = http.received
    assert found.path.casefold() == "/s3cr3t%20hook%2fx" or found.path == "/s3cr3t%20hook/x"
    assert found.document["id"] == found.headers["X-Message-Id"] == ID
    assert found.document["type"] == "failure"
    assert (found.document["to"], found.document["level"]) == ("boss", 3)
    assert found.document["items"][0]["subject"] == "BLOCKER:B1"
    assert found.title == sent.title.strip() or found.text.startswith(sent.title)
    lines = found.text.split("\n")
    assert lines[-1] == f"id {ID}"
    assert [each for each in SHORT if each not in lines] == []
    assert list(tmp_path.iterdir()) == []


def test_a_mail_has_one_safe_subject_and_its_text_as_it_was_written(smtp: SmtpReceiver) -> None:
    sent = hostile_message()

    deliver(Channel(url=smtp.url), sent)

    (found,) = smtp.received
    assert found.id == ID
    assert found.title.startswith("🚨 --help <!channel> @everyone <b>*no*</b> #(touch x)")
    assert "Bcc" not in found.headers
    lines = found.text.splitlines()
    assert [each for each in SHORT if each not in lines] == []
    assert lines[-1] == f"id {ID}"
    assert found.html == ""


def test_a_report_is_a_page_in_a_mail(smtp: SmtpReceiver) -> None:
    report = MessageItem("REPORT", MissionId("chat"), "daily", None, "Daily")
    page = "<!DOCTYPE html><html><body><h1>Daily</h1><p>2 &lt; 3</p></body></html>"

    deliver(Channel(url=smtp.url), message("Daily\n2 < 3", html=page, items=(report,)))

    (found,) = smtp.received
    assert f"<p>2 &lt; 3</p><p>id {ID}</p>" in found.html
    assert "2 < 3" in found.text
    assert found.text.rstrip().endswith(f"id {ID}")


def test_a_chat_gets_text_in_which_nothing_is_markup(http: HttpReceiver) -> None:
    sent = message("\n".join((TITLE, *SHORT)))

    deliver(Channel(url=http.url_as("mmost", "/t0k3nt0k3n")), sent)

    (found,) = http.received
    assert found.id == ID
    assert found.text.split("\n")[1:-1] == [chat_text(each) for each in SHORT]


def test_a_title_that_is_refused_does_not_suppress_a_message() -> None:
    with HttpReceiver(takes=lambda found: found.title.isascii()) as http:
        deliver(Channel(url=http.url), message("🚨 late\nSince noon. 🚨"))

        (found,) = http.received
    assert (found.title, found.id) == ("? late", ID)
    assert found.text.startswith("Since noon. 🚨")


def test_neither_a_reason_nor_the_words_of_a_process_hold_a_secret() -> None:
    words: list[str] = []

    def look(_: Arrived) -> bool:
        words.extend(words_of_all_processes())
        return True

    with HttpReceiver(takes=look) as http:
        secret = f"json://us3r:p4ss@127.0.0.1:{http.port}/t0k3n?+X-Key=h34der&-q=qu3ry"
        http.fail()
        failed = why_not(Channel(url=secret), message("A title that nobody else has"))
        http.refuse()
        refused = why_not(Channel(url=secret), message())

    assert failed == "the service answered 500 Internal Server Error"
    assert refused == "connection refused"
    assert any("apprise_courier" in each for each in words)
    assert not any("t0k3n" in each or "nobody else has" in each for each in words)


def test_a_service_that_hangs_is_not_waited_for(http: HttpReceiver) -> None:
    http.hang()
    began = monotonic()

    why = why_not(Channel(url=http.url), message(), seconds=1.5)

    assert why == "no answer within 1.5 s"
    assert monotonic() - began < 10
    assert http.received == []


def test_a_url_that_nobody_knows_is_not_repeated() -> None:
    why = why_not(Channel(url="n0such://s3cr3t/t0k3n"), message())

    assert why.startswith("Apprise does not know such a URL")
    assert not any(each in why for each in ("s3cr3t", "t0k3n"))


def test_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)

    why = why_not(Channel(url="slack://${NO_SUCH_TOKEN}/x"), message())

    assert why == "the variable NO_SUCH_TOKEN of the environment is not set"
