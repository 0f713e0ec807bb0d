"""What a person reads: the answer first, then its source, then the quotation; help in Swedish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import klubbat

import cli

QUESTION = "Vem fick i mars 2024 i uppdrag att se över parkeringsavgifterna i Högsjöbro centrum?"
COMMANDS = [one.name or one.callback.__name__ for one in cli.app.registered_commands if one.callback]
STYLES = re.compile(r"\x1b\[[\d;]*m")
COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d)(?:;\d+)*m")


def test_the_answer_stands_first_then_its_source_then_the_marked_proof(sample_archive: Path) -> None:
    outcome = klubbat("ask", QUESTION, "-a", sample_archive)
    answer, cited, *_ = outcome.out.rstrip("\n").split("\n\n")
    source, *quotation = cited.split("\n")
    assert "Rune Skogdahl" in answer and "\n" not in answer
    assert source == "Protokoll, Tekniska nämnden, Högsjöbro kommun, 2024-03-12, § 14, s. 5"
    quoted = "\n".join(quotation)
    assert quoted.count("»") == quoted.count("«") == 1
    assert "Skogdahl" in quoted[quoted.index("»") : quoted.index("«")]
    assert all(line.startswith("  ") for line in quotation)


def test_silence_is_said_and_is_exit_code_1(sample_archive: Path) -> None:
    outcome = klubbat("ask", QUESTION, "--since", "2099", "-a", sample_archive)
    silence = "Det framgår inte av underlaget.\nDet finns ingen handling att söka i.\n"
    assert (outcome.code, outcome.out, outcome.err) == (1, silence, "")
    english = klubbat("ask", "Who was asked to look at the fees?", "--since", "2099", "-a", sample_archive)
    assert english.out == "The documents do not say.\nThe selection has no document to search.\n"


@pytest.mark.parametrize(
    ("selection", "line"),
    [
        ((), "Sökt i 15 handlingar, 2023–2025."),
        (("--body", "ladan", "--since", "2025"), "Sökt i 1 handling, 2025."),
        (("--body", "ladan"), "Sökt i 4 handlingar, 2024–2025."),
    ],
)
def test_an_answer_says_what_was_searched(sample_archive: Path, selection: tuple[str, ...], line: str) -> None:
    outcome = klubbat("ask", "Vem var ordförande?", *selection, "-a", sample_archive)
    assert outcome.out.splitlines().count(line) == 1
    assert outcome.out.splitlines()[-1] == line or outcome.code == 1


def test_silence_shows_the_nearest_places_each_with_its_words(sample_archive: Path) -> None:
    outcome = klubbat("ask", "Vad kostade den nya simhallen i Granvik?", "-a", sample_archive)
    said, nearest = outcome.out.rstrip("\n").split("\n\n")
    silence = "Det framgår inte av underlaget. Granvik nämns inte i någon handling."
    assert (outcome.code, said) == (1, f"{silence}\nSökt i 15 handlingar, 2023–2025.")
    head, *lines = nearest.split("\n")
    assert head == "Närmast till hands:"
    assert 2 <= len(lines) <= 6 and len(lines) % 2 == 0
    for source, quotation in zip(lines[::2], lines[1::2], strict=True):
        assert re.fullmatch(r"  \w+, .+", source)
        assert re.fullmatch(r"    ”.{10,141}”", quotation)


def test_hits_are_numbered_with_source_and_marked_proof(sample_archive: Path) -> None:
    out = klubbat("search", "hundrastgård", "-n", 2, "-a", sample_archive).out
    heads = [line for line in out.splitlines() if re.match(r"\d\. ", line)]
    assert len(heads) == 2 and heads[0].startswith("1. Protokoll, Tekniska nämnden, Högsjöbro kommun, 2024-03-12, § 15")
    assert out.count("»") == out.count("«") == 2


def test_output_into_a_file_has_no_styles(sample_archive: Path) -> None:
    for command in (
        ("ask", QUESTION),
        ("search", "hund"),
        ("documents",),
        ("status",),
        ("search", "hund", "--table"),
    ):
        assert "\x1b" not in klubbat(*command, "-a", sample_archive).out


def test_a_terminal_marks_by_style_and_no_color_takes_the_colours(
    sample_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = klubbat("ask", QUESTION, "-a", sample_archive).out
    assert COLOURS.search(coloured) and "»" not in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = klubbat("ask", QUESTION, "-a", sample_archive).out
    assert not COLOURS.search(plain)
    assert STYLES.sub("", plain) == STYLES.sub("", coloured)
    assert STYLES.search(plain), "the proof is still marked, in bold"


def test_a_terminal_without_styles_marks_by_signs(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    out = klubbat("ask", QUESTION, "-a", sample_archive).out
    assert "\x1b" not in out and out.count("»") == out.count("«") == 1


def test_markup_and_signs_in_a_document_are_printed_as_they_are(tmp_path: Path) -> None:
    words = "Namnförslag: [bold]Ladan[/bold], [link=x], [/], :smile: och \\[röd] <b>."
    file = tmp_path / "protokoll.txt"
    file.write_text(f"Protokoll :cow: [red] 2024-02-01\n\n§ 1 Namn [i] :cat:\n\n{words}\n", encoding="utf-8")
    archive = tmp_path / "arkiv"
    klubbat("add", file, "-a", archive)
    for command in (
        ("ask", "Vilka namnförslag finns?"),
        ("search", "namnförslag"),
        ("show", "protokoll.txt"),
        ("search", "namnförslag", "--table"),
        ("search", "namnförslag", "--csv"),
    ):
        out = klubbat(*command, "-a", archive).out
        assert words in out, command
    table = klubbat("search", "namnförslag", "--table", "-a", archive).out
    assert "Namn [i] :cat:" in table


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_in_swedish(command: str) -> None:
    outcome = klubbat(*command.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Användning: klubbat {command}".rstrip())
    assert "Visa den här hjälpen." in outcome.out
    english = re.compile(r"\b(Usage|Options|Arguments|Commands|Show|message|exit|required|default|env var)\b|<\w+")
    assert not english.search(outcome.out), english.search(outcome.out)


def test_every_command_is_in_the_help() -> None:
    assert len(COMMANDS) == 18
    assert all(re.search(rf"^  {command} +[A-ZÅÄÖ]", klubbat("--help").out, re.MULTILINE) for command in COMMANDS)
