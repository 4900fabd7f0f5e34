"""URLs hold secrets: none of them gets into a text that somebody is shown."""

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.io.channels.url_secrets import VariableUnset, filled, scrubbed

URL = (
    "mailtos://alice%40x:p%40ss%20word@smtp.acme.example:587/tok3n/"
    "?to=boss@acme.example&key=K3Y%2Fz&+X-Auth=h34der"
)


def test_a_variable_is_quoted_as_part_of_a_url() -> None:
    assert filled("json://${USER}@h/${A}", {"USER": "a b@c/d", "A": "é"}) == (
        "json://a%20b%40c%2Fd@h/%C3%A9"
    )


@pytest.mark.parametrize("environment", [{}, {"TOKEN": ""}], ids=["absent", "empty"])
def test_a_variable_that_is_not_set_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(VariableUnset, match="TOKEN"):
        filled("slack://${TOKEN}", environment)


@pytest.mark.parametrize(
    "written",
    ["json://host/$HOME", "json://host/$(id)", "json://host/${}", "json://host/%24%7BHOME%7D"],
)
def test_nothing_else_is_a_variable(written: str) -> None:
    assert filled(written, {"HOME": "/root"}) == written


@pytest.mark.parametrize(
    "secret",
    [
        "alice@x", "alice%40x", "p@ss word", "p%40ss%20word", "tok3n", "TOK3N", "K3Y/z", "K3Y%2Fz",
        "h34der", "smtp.acme.example", "boss@acme.example", "YWxpY2VAeDpwQHNzIHdvcmQ=",
    ],
)  # fmt: skip
def test_no_part_of_a_url_remains(secret: str) -> None:
    said = scrubbed(f"could not log in as {secret}, sorry ({secret!r})", URL)

    assert said == "could not log in as …, sorry ('…')"


def test_what_says_what_went_wrong_remains() -> None:
    said = "Failed to send JSON POST notification: Unauthorized"

    assert scrubbed(said, "json://user:secret@host/path") == said


def test_a_short_part_is_hidden_where_it_stands_alone() -> None:
    assert scrubbed("user a, password b: bad", "json://a:b@h") == "user …, password …: bad"


@pytest.mark.parametrize(
    "said", ["see https://other.example/T0K/x", "token xoxb-123456789012-abcdefghijkl is bad"]
)
def test_what_looks_like_a_secret_is_hidden_whatever_the_url(said: str) -> None:
    assert not re.search("T0K|xoxb", scrubbed(said, "json://h"))


@given(
    secret=st.text(st.sampled_from("aB3$!-_.~ é/%@:+&"), min_size=4, max_size=20).filter(str.strip),
    form=st.sampled_from([str, str.upper, str.lower, quote]),
)
def test_no_secret_remains_in_any_form(secret: str, form: object) -> None:
    assert callable(form)
    url = f"json://user:{quote(secret, safe='')}@host"

    said = scrubbed(f"<<{form(secret)}>>", url)

    assert form(secret) not in said
