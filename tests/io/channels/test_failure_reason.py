"""Why a service did not take a message, in one line."""

import logging

import pytest

from orchestrator_tui.io.channels.failure_reason import UNKNOWN, failure_reason, is_about_words

URL = "json://user:s3cr3t@host/t0ken"


def record(level: int, text: str) -> logging.LogRecord:
    return logging.LogRecord("apprise", level, "", 0, text, None, None)


def warned(text: str) -> logging.LogRecord:
    return record(logging.WARNING, text)


def debugged(text: str) -> logging.LogRecord:
    return record(logging.DEBUG, text)


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        pytest.param(
            [
                warned("A Connection error occurred sending JSON notification to host."),
                debugged("Socket Exception: … [Errno 111] Connection refused'))"),
            ],
            "connection refused",
            id="what the system says",
        ),
        pytest.param(
            [warned("Failed to send JSON notification: , error=503.")],
            "the service answered 503 Service Unavailable",
            id="a status",
        ),
        pytest.param(
            [warned('Sending email to "x" failed.'), debugged("Socket Exception: (451, b'later')")],
            "the service answered 451: later",
            id="a mail server",
        ),
        pytest.param(
            [warned("Dropped s3cr3t"), warned("The channel of t0ken is not known to host.")],
            "The channel of … is not known to ….",
            id="the last of what was told, without secrets",
        ),
        pytest.param([], UNKNOWN, id="nothing"),
        pytest.param(
            [debugged("JSON Payload: {'message': 'connection refused, error=404.'}")],
            UNKNOWN,
            id="what was sent is no reason",
        ),
    ],
)
def test_a_reason_is_one_line(log: list[logging.LogRecord], reason: str) -> None:
    assert failure_reason(log, URL) == reason


@pytest.mark.parametrize(
    ("reason", "could_help"),
    [
        ("connection refused", False),
        ("the service answered 500 Internal Server Error", False),
        ("the service answered 401 Unauthorized", False),
        ("the service answered 400 Bad Request", True),
        ("Unhandled Notification Exception", True),
    ],
)
def test_other_words_are_tried_where_they_could_help(reason: str, could_help: bool) -> None:
    assert is_about_words(reason) is could_help
