"""A mission of twelve hours: real receivers get what they are to get, each once and in order."""

from pathlib import Path

from tests.hub.expected import CHANNELS, EXPECTED
from tests.hub.received import ids_in_file, told_by
from tests.hub.script import at
from tests.hub.stage import Stage
from tests.hub.watchers import nursery
from tests.receivers import HttpReceiver, SmtpReceiver


def test_everybody_is_told_what_they_want_to_know_once_and_in_order(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with HttpReceiver() as http, SmtpReceiver() as smtp, nursery(tmp_path / "complaints") as home:
        ways = {"hook": f'url: "{http.url}"', "mail": f'url: "{smtp.url}"', "log": f"file: {log}"}
        stage = Stage(tmp_path, home, ways, begins=at("00:00"))
        stage.play()
        stage.watcher.end()
        came = {"hook": http.received, "mail": smtp.received}

    ids = {channel: [each.id for each in found] for channel, found in came.items()}
    ids["log"] = ids_in_file(log)
    for found in ids.values():
        assert len(set(found)) == len(found)
    messages = {channel: stage.messages(found) for channel, found in ids.items()}
    for channel, sent in messages.items():
        assert {each.channel for each in sent} == {channel}
        assert [each.made for each in sent] == sorted(each.made for each in sent)
    for recipient, expected in EXPECTED.items():
        assert told_by(messages[CHANNELS[recipient]], recipient) == list(expected)
    for channel, letters in came.items():
        for letter, message in zip(letters, messages[channel], strict=True):
            assert message.title in letter.title
            for each in message.items:
                assert each.title in f"{letter.title}\n{letter.text}"
