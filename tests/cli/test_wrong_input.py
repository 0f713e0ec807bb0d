"""Wrong usage and unreadable data: one message that says what to do, the right exit code, no traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import environment, klubbat, process, refused

EVERY_READER = [
    ("ask", "Vem valdes?"),
    ("search", "hund"),
    ("documents",),
    ("show", "protokoll.txt"),
    ("status",),
]


@pytest.mark.parametrize("command", [*EVERY_READER, ("remove", "protokoll.txt"), ("reindex",)])
def test_without_an_archive_the_way_to_one_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    refused(klubbat(*command, "-a", tmp_path / "saknas"), 3, "Det finns inget arkiv", "klubbat add MAPP")


@pytest.mark.parametrize("command", [*EVERY_READER, ("add", ".")])
def test_an_archive_folder_that_is_a_file_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "arkiv"
    file.write_text("hej", encoding="utf-8")
    refused(klubbat(*command, "-a", file), 3, "är en fil")
    assert file.read_text(encoding="utf-8") == "hej"


def test_a_folder_with_other_things_does_not_become_an_archive(tmp_path: Path) -> None:
    (tmp_path / "semesterbilder.txt").write_text("Protokoll", encoding="utf-8")
    refused(klubbat("add", tmp_path, "-a", tmp_path), 3, "innehåller redan annat", "semesterbilder.txt")
    assert [one.name for one in tmp_path.iterdir()] == ["semesterbilder.txt"]


@pytest.mark.parametrize("damage", ["noise", "cut", "middle"])
def test_a_damaged_archive_is_refused_by_every_command(sample_archive: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "arkiv"
    shutil.copytree(sample_archive, folder)
    file = folder / "klubbat.sqlite"
    data = file.read_bytes()
    half = len(data) // 2
    file.write_bytes(
        {
            "noise": b"inte en databas " * 1000,
            "cut": data[:half],
            "middle": data[:4096] + b"\xff" * (len(data) - 4096),
        }[damage]
    )
    for command in (*EVERY_READER[:3], EVERY_READER[4], ("add", __file__)):
        outcome = klubbat(*command, "-a", folder)
        assert outcome.code == 3, (command, outcome)
        assert outcome.err.startswith("Fel: ") and "säkerhetskopia" in outcome.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Frågan är tom"),
        ("  ", "Frågan är tom"),
        ("?", "Frågan är tom"),
        ('( " * : ^ ~ [ ] { } \\ /', "tom"),
    ],
)
def test_a_question_without_a_word_is_wrong_usage(sample_archive: Path, text: str, said: str) -> None:
    refused(klubbat("ask", "-a", sample_archive, "--", text), 2, said)
    refused(klubbat("search", "-a", sample_archive, "--", text), 2, "tom")


@pytest.mark.parametrize(
    "text",
    [
        "å",
        "och att det som",
        "hund " * 2_000,
        "AND",
        'hund AND (katt OR "fågel*":^2~ [a TO b] {c} \\ /)',
        "-n 3 --json",
    ],
)
def test_any_words_are_only_words_to_search_for(sample_archive: Path, text: str) -> None:
    outcome = klubbat("search", "--json", "-n", 3, "-a", sample_archive, "--", text)
    assert (outcome.code, outcome.err) == (0, "")
    assert len(outcome.json["hits"]) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Frågan saknas"),
        (["search"], "Sökningen saknas"),
        (["ask", "Vem?", "--batch", "x.jsonl"], "kan inte användas tillsammans"),
        (["ask", "Vem", "valdes"], "citattecken"),
        (["ask", "Vem?", "--json", "--jsonl"], "Välj en av --json --jsonl"),
        (["search", "hund", "--json", "--csv"], "Välj en av --json --csv"),
        (["documents", "--csv", "--table"], "Välj en av --csv --table"),
        (["ask", "Vem?", "--fro"], "inget val --fro"),
        (["documents", "--csv", "--xml"], "inget val --xml"),
        (["fråga", "Vem?"], "inget kommando fråga"),
        (["add"], "SÖKVÄG"),
        (["show"], "HANDLING"),
        (["eval"], "GULD.jsonl"),
        (["ask", "Vem?", "--since"], "--since behöver ett värde"),
        (["search", "hund", "-n", "0"], "--limit. Ange ett heltal från 1 till 1000"),
        (["search", "hund", "-n", "många"], "--limit. Ange ett heltal från 1 till 1000"),
        (["ask", "Vem?", "--since", "i fjol"], "Ogiltigt datum"),
        (["ask", "Vem?", "--until", "2024-13"], "2018-10-05"),
        (["ask", "Vem?", "--since", "2024-02-30"], "2018-10-05"),
        (["search", "hund", "--since", "2025", "--until", "2024"], "Perioden är tom"),
        (["documents", "--kind", "protokoll"], "minutes, notes, plan, report, other"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_said_in_swedish(
    sample_archive: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.setenv("KLUBBAT_ARCHIVE", str(sample_archive))
    refused(klubbat(*arguments), 2, said)


def test_no_command_at_all_shows_the_help(sample_archive: Path) -> None:
    outcome = klubbat()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Användning: klubbat") and "Fel:" not in outcome.err


@pytest.mark.parametrize(
    "line",
    [
        "inte json",
        "[1, 2]",
        '{"id": 3}',
        '{"id": 3, "question": "?!"}',
        '{"id": 3, "question": 7}',
        "null",
        "[" * 9999,
    ],
)
def test_a_bad_line_of_a_batch_is_named_before_anything_is_answered(sample_archive: Path, line: str) -> None:
    text = f'{{"id": 1, "question": "Vem valdes?"}}\n\n{line}\n'
    refused(klubbat("ask", "--batch", "-", "-a", sample_archive, stdin=text.encode()), 3, "Rad 3 i frågefilen")


@pytest.mark.parametrize("content", [b"", b"\n \n", '{"question": "När?"}'.encode("latin-1")])
def test_a_batch_that_is_empty_or_not_utf8_is_unreadable(sample_archive: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "frågor.jsonl"
    file.write_bytes(content)
    refused(klubbat("ask", "--batch", file, "-a", sample_archive), 3, "frågor.jsonl", "JSON-objekt per rad")
    refused(klubbat("search", "--batch", "-", "-a", sample_archive, stdin=content), 3, "standard in")


def test_files_that_are_not_there_are_named(sample_archive: Path, tmp_path: Path) -> None:
    refused(klubbat("ask", "--batch", tmp_path / "f.jsonl", "-a", sample_archive), 3, "f.jsonl")
    refused(klubbat("eval", tmp_path / "g.jsonl", "-a", sample_archive), 3, "g.jsonl")
    refused(klubbat("ask", "--batch", tmp_path, "-a", sample_archive), 3, str(tmp_path))
    refused(klubbat("add", tmp_path / "mö te.txt", "-a", tmp_path / "arkiv"), 2, "Hittar inte", "mö te.txt")
    assert not (tmp_path / "arkiv").exists()


def test_a_path_that_the_system_does_not_take_is_no_crash(tmp_path: Path) -> None:
    long = "x" * 5000
    for outcome in (
        klubbat("add", long, "-a", tmp_path / "arkiv"),
        klubbat("ask", "Vem?", "-a", tmp_path / long),
    ):
        assert outcome.code in (2, 3)
        assert outcome.err.startswith("Fel: ")


def test_unknown_documents_and_paragraphs_are_told_what_there_is(sample_archive: Path) -> None:
    refused(klubbat("show", "saknas.txt", "-a", sample_archive), 3, "saknas.txt", "klubbat documents")
    refused(klubbat("remove", "saknas.txt", "-a", sample_archive), 3, "saknas.txt", "klubbat documents")
    refused(klubbat("show", "tekniska-namnden-2024-03-12.md", "99", "-a", sample_archive), 3, "'99'", "§ 14")


def test_a_model_that_is_not_here_is_exit_code_4(tmp_path: Path, sample_archive: Path) -> None:
    file = tmp_path / "protokoll.txt"
    file.write_text("Protokoll 2024-01-02\n\nEva Ek valdes.", encoding="utf-8")
    folder = tmp_path / "arkiv"
    refused(klubbat("add", file, "--model", "finns/inte", "-a", folder), 4, "finns/inte")
    # The archive has no model yet, so the next attempt may name another one, or none.
    assert klubbat("add", file, "-a", folder).code == 0
    refused(klubbat("add", file, "--model", "finns/inte", "-a", folder), 3, "klubbat reindex --model finns/inte")
    refused(klubbat("reindex", "--model", "finns/inte", "-a", folder), 4, "finns/inte")
    assert klubbat("ask", "Vem valdes?", "--json", "-a", folder).json["citations"]


def test_while_another_process_writes_one_can_read_but_not_write(sample_archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arkiv"
    shutil.copytree(sample_archive, folder)
    holding = (
        "import sys; from pathlib import Path; from index.archive import Archive\n"
        "with Archive.open(Path(sys.argv[1]), write=True):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        for command in (("add", __file__), ("remove", "ladan-arsmote-2024-03-10.md"), ("reindex",)):
            refused(klubbat(*command, "-a", folder), 3, f"pid {holder.pid}", "Vänta")
        assert klubbat("ask", "Vad hände med hundrastgården?", "--json", "-a", folder).json["citations"]
        assert klubbat("documents", "-a", folder).code == 0
        holder.communicate(b"")
    assert klubbat("remove", "ladan-arsmote-2024-03-10.md", "-a", folder).code == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "stängd"
    closed.mkdir(mode=0o500)
    try:
        (closed / "prov").touch()
    except PermissionError:
        pass
    else:
        pytest.skip("this user may write everywhere (root)")
    file = tmp_path / "protokoll.txt"
    file.write_text("Protokoll", encoding="utf-8")
    refused(klubbat("add", file, "-a", closed / "arkiv"), 3, "stängd")


def test_a_folder_below_a_file_cannot_become_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "protokoll.txt"
    file.write_text("Protokoll", encoding="utf-8")
    refused(klubbat("add", file, "-a", file / "arkiv"), 3, "protokoll.txt")


def test_the_process_itself_ends_with_the_same_codes(sample_archive: Path, tmp_path: Path) -> None:
    refused(process("ask", "", "-a", sample_archive), 2, "Frågan är tom")
    refused(process("documents", "-a", tmp_path), 3, "Det finns inget arkiv")
    answered = process("search", "hund", "--json", "-n", 1, "-a", sample_archive)
    assert (answered.code, answered.err) == (0, "")
