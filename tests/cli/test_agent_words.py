import pytest

from orchestrator_tui.cli.agent_words import Argument, Command, Option, read_words

COMMAND = Command(
    "say",
    "Say something.",
    (Argument("PATH", "Where."),),
    (
        Option("--text", "TEXT", "What."),
        Option("--loud", "", "How."),
        Option("-x", "N", "No."),
        Option("--to", "WHO", "Whom.", is_repeated=True),
    ),
)
Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "given"),
    [
        pytest.param(["p"], {"PATH": "p"}, id="a place"),
        pytest.param(["--text", "a b", "p"], {"PATH": "p", "--text": "a b"}, id="a value"),
        pytest.param(["p", "--text=a=b"], {"PATH": "p", "--text": "a=b"}, id="a joined value"),
        pytest.param(["p", "--text="], {"PATH": "p", "--text": ""}, id="an empty value"),
        pytest.param(["p", "--text", "--loud"], {"PATH": "p", "--text": "--loud"}, id="dashes"),
        pytest.param(["p", "--text", "-h"], {"PATH": "p", "--text": "-h"}, id="help as a value"),
        pytest.param(["p", "--loud"], {"PATH": "p", "--loud": ""}, id="without a value"),
        pytest.param(["--text", "a", "p", "--text", "b"], {"PATH": "p", "--text": "b"}, id="twice"),
        pytest.param(
            ["--to", "a", "p", "--to=b", "--to", "a"],
            {"PATH": "p", "--to": ("a", "b", "a")},
            id="several times",
        ),
        pytest.param(["--", "--text"], {"PATH": "--text"}, id="the end of options"),
        pytest.param(["-"], {"PATH": "-"}, id="a dash alone"),
    ],
)
def test_words_give_what_they_say(
    words: list[str], given: dict[str, str | tuple[str, ...]]
) -> None:
    several = {name: (each,) if isinstance(each, str) else each for name, each in given.items()}

    assert read_words(COMMAND, words) == several


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "Missing argument 'PATH'.", id="nothing"),
        pytest.param(["p", "q"], "Got unexpected extra argument(s) (q)", id="more places"),
        pytest.param(["p", "--text"], "Option '--text' requires an argument.", id="no value"),
        pytest.param(["p", "--loud=1"], "Option '--loud' does not take a value.", id="a value"),
        pytest.param(["p", "--lout"], "No such option: --lout. Did you mean --loud?", id="slip"),
        pytest.param(["p", "--\x1b[2J"], "No such option: --␛[2J", id="hostile"),
    ],
)
def test_what_makes_no_sense_is_said_below_how_it_is_called(
    words: list[str], said: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as end:
        read_words(COMMAND, words)

    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "Usage: orchestrator-tui say [OPTIONS] {PATH}\n"
        f"Try 'orchestrator-tui say -h' for help.\n\nError: {said}\n"
    )


@pytest.mark.parametrize("words", [["-h"], ["p", "--help", "--nonsense"]], ids=" ".join)
def test_help_is_an_answer(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        read_words(COMMAND, words)

    out, err = capsys.readouterr()
    assert (end.value.code, err) == (0, "")
    assert out.endswith(
        "Options:\n"
        "  --text TEXT  What.\n"
        "  --loud       How.\n"
        "  -x N         No.\n"
        "  --to WHO     Whom.\n"
        "  -h, --help   Show this message and exit.\n"
    )
