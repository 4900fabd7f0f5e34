"""A command that a mission asks for, shown so that nothing of it stays invisible."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Piece, Tone, fit
from orchestrator_tui.presentation.rows.dossier import BLANK, LABEL_CELLS, fact
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import tone_of_criterion
from orchestrator_tui.presentation.words import count_words, hours_short, words_of

SHELLS: Final = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "busybox"})
_NUMBER_CELLS = 4


def escaped(text: str) -> str:
    """Return `text` in quotes and in ASCII alone: what it holds is all to be seen."""
    return plain_text(ascii(text))


def command_paragraphs(
    criterion: CriterionAssessment, command: CommandSpec
) -> tuple[Paragraph, ...]:
    """Return a command whole: its words one by one, and all that it would be given."""
    state = criterion.state
    return (
        fact("State", words_of(state), tone_of_criterion(state), under=criterion.detail),
        BLANK,
        _heading(count_words(len(command.argv), "argument")),
        *_arguments(command),
        *_shell(command),
        BLANK,
        _program(command),
        _literal("Folder", command.folder),
        fact("Timeout", hours_short(command.timeout / timedelta(hours=1))),
        *_environment(command),
        *_files(command),
        BLANK,
        _promise(state),
    )


def _heading(text: str) -> Paragraph:
    return Paragraph((), text, Tone.STRONG)


def _arguments(command: CommandSpec) -> Iterator[Paragraph]:
    for number, each in enumerate(command.argv):
        lead = (Piece(fit(f"{number:>2}", _NUMBER_CELLS), Tone.MUTED),)
        yield Paragraph(lead, escaped(each), _tone(each), is_literal=True)
        if _is_odd(each):
            yield Paragraph(
                (Piece(" " * _NUMBER_CELLS),),
                "It holds characters that are not what they seem.",
                Tone.WARN,
            )


def _shell(command: CommandSpec) -> Iterator[Paragraph]:
    names = {each.rpartition("/")[2] for each in (*command.argv[:1], command.program)}
    if names & SHELLS:
        yield Paragraph((), "This starts a shell: what it is given is a program.", Tone.WARN)


def _program(command: CommandSpec) -> Paragraph:
    if not command.program:
        return fact("Program", "not found", Tone.ALARM)
    return _literal("Program", command.program)


def _environment(command: CommandSpec) -> Iterator[Paragraph]:
    label = "Given"
    for name, value in command.environment:
        yield _literal(label, f"{name}={value}")
        label = ""


def _files(command: CommandSpec) -> Iterator[Paragraph]:
    label = "Files"
    for name, digest in command.files:
        yield _literal(label, name)
        yield _plain("", f"sha256 {digest}", Tone.MUTED)
        label = ""
    if not command.files:
        yield fact("Files", "none of its words names a file that is there", Tone.MUTED)


def _literal(label: str, text: str) -> Paragraph:
    return _plain(label, escaped(text), _tone(text))


def _plain(label: str, text: str, tone: Tone) -> Paragraph:
    lead = (Piece(fit(label, LABEL_CELLS), Tone.MUTED),)
    return Paragraph(lead, plain_text(text), tone, is_literal=True)


def _tone(text: str) -> Tone:
    return Tone.WARN if _is_odd(text) else Tone.PLAIN


def _is_odd(text: str) -> bool:
    return not (text.isascii() and text.isprintable())


def _promise(state: CriterionState) -> Paragraph:
    if state is CriterionState.UNTRUSTED:
        words = (
            "Allowing holds for exactly this. Any change of it, or of these files, asks again;"
            " what they read and run in turn may change unseen."
        )
    else:
        words = "You have allowed exactly this to run, here and in the background."
    return Paragraph((), words, Tone.MUTED, most=4)
