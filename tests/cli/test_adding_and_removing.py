"""``add`` and ``remove``: what is taken in, what is left out and why, and what is gone afterwards."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO, Any

import pytest
from command_line import klubbat

import engine.intake.adding
from corpus.files import Found, find_files
from index.archive import Archive

TEXT = """Protokoll
Byalaget i Norrby
2024-02-01

§ 1 Val av sekreterare

Till sekreterare valdes Åsa Öberg.

§ 2 Bygdegården

Taket på bygdegården ska läggas om för 85 000 kronor.
"""
OTHER = TEXT.replace("2024-02-01", "2024-03-01").replace("Åsa Öberg", "Örjan Ängman")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "arkiv"


def quotes(archive: Path, words: str) -> str:
    found = klubbat("search", words, "--json", "-a", archive)
    return " ".join(hit["text"] for hit in found.json["hits"])


def test_one_bad_file_does_not_keep_the_others_out(folder: Path, archive: Path) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    (folder / "annan.md").write_text(OTHER, encoding="utf-8")
    (folder / "tom.txt").touch()
    (folder / "blank.txt").write_bytes(b"\n \0\n")
    (folder / "binär.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    (folder / "ingen.pdf").write_bytes(b"MZ\x90\0")
    (folder / "lank.txt").symlink_to(folder / "saknas.txt")
    (folder / ".dold.txt").write_text(TEXT, encoding="utf-8")
    (folder / "lista.xlsx").write_bytes(b"PK")
    outcome = klubbat("add", folder, "-a", archive)
    assert outcome.code == 0
    assert outcome.out == "9 filer: 2 tillagda, 7 utelämnade.\n"
    reasons = dict(line.strip().removeprefix(f"{folder}/").split(": ", 1) for line in outcome.err.splitlines())
    assert reasons["tom.txt"] == reasons["blank.txt"] == "filen är tom"
    assert "binärt innehåll" in reasons["binär.txt"]
    assert "skadad" in reasons["trasig.pdf"] and "skadad" in reasons["ingen.pdf"]
    assert reasons["lista.xlsx"].startswith("formatet läses inte") and ".pdf" in reasons["lista.xlsx"]
    assert reasons["lank.txt"] == "är ingen vanlig fil"
    assert len(reasons) == 7
    assert "Åsa Öberg" in quotes(archive, "sekreterare") and "Örjan Ängman" in quotes(archive, "sekreterare")


def test_where_every_file_is_left_out_the_data_is_unreadable(folder: Path, archive: Path) -> None:
    (folder / "tom.txt").touch()
    outcome = klubbat("add", folder / "tom.txt", "-a", archive)
    assert (outcome.code, outcome.out) == (3, "1 fil: 1 utelämnad.\n")
    assert "filen är tom" in outcome.err
    assert klubbat("ask", "Vem valdes?", "-a", archive).code == 1


def test_an_empty_folder_adds_nothing_and_the_empty_archive_answers_nothing(folder: Path, archive: Path) -> None:
    outcome = klubbat("add", folder, "-a", archive)
    assert (outcome.code, outcome.out, outcome.err) == (1, "Inga filer att lägga till.\n", "")
    asked = klubbat("ask", "Vem valdes till sekreterare?", "-a", archive)
    assert (asked.code, asked.out) == (1, "Det framgår inte av underlaget.\nDet finns ingen handling att söka i.\n")
    assert klubbat("search", "sekreterare", "-a", archive).out == "Inga träffar.\n"
    assert klubbat("documents", "--json", "-a", archive).json == []
    assert klubbat("documents", "--csv", "-a", archive).out.startswith("id,")
    assert klubbat("status", "-a", archive).code == 0


def test_a_file_of_two_gigabytes_is_refused_without_being_read(
    folder: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = folder / "stor.txt"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    opened, plain_open = [], Path.open

    def noting_open(path: Path, *arguments: Any, **named: Any) -> IO[Any]:
        opened.append(path)
        return plain_open(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", noting_open)
    outcome = klubbat("add", huge, "-a", archive)
    assert outcome.code == 3
    assert "för stor (2147 MB; gränsen är 100 MB)" in outcome.err
    assert huge not in opened


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_swedish_letters_are_right_in_every_encoding(folder: Path, archive: Path, encoding: str) -> None:
    signs = "Åsa Öberg–Ek sade: ”en ärlig fråga” …" if encoding != "latin-1" else 'Åsa Öberg sade: "en ärlig fråga"'
    (folder / "protokoll.txt").write_bytes(TEXT.replace("Åsa Öberg", signs).encode(encoding))
    assert klubbat("add", folder, "-a", archive).code == 0
    assert signs in quotes(archive, "sekreterare")


def test_adding_again_changes_nothing_and_embeds_nothing(
    folder: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    klubbat("add", folder, "-a", archive)
    before = klubbat("documents", "--json", "-a", archive).json

    def never(*_: object) -> None:
        raise AssertionError("something was embedded")

    monkeypatch.setattr("models.embedding.E5Embedder.embed_passages", never)
    outcome = klubbat("add", folder, folder / "bra.txt", "-a", archive)
    assert (outcome.code, outcome.out) == (0, "1 fil: 1 oförändrad.\n")
    assert klubbat("documents", "--json", "-a", archive).json == before


def test_a_changed_file_takes_the_place_of_its_old_version(folder: Path, archive: Path) -> None:
    file = folder / "bra.txt"
    file.write_text(TEXT, encoding="utf-8")
    klubbat("add", folder, "-a", archive)
    file.write_text(OTHER, encoding="utf-8")
    outcome = klubbat("add", folder, "-a", archive)
    assert outcome.out == "1 fil: 1 ersatt med ny version.\n"
    assert len(klubbat("documents", "--json", "-a", archive).json) == 1
    found = quotes(archive, "sekreterare Åsa Öberg")
    assert "Örjan Ängman" in found and "Öberg" not in found


def test_the_same_content_at_two_paths_is_one_document_with_two_paths(folder: Path, archive: Path) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    shutil.copy(folder / "bra.txt", folder / "kopia.txt")
    outcome = klubbat("add", folder, "-a", archive)
    assert outcome.out == "2 filer: 1 tillagd, 1 fanns redan under annat namn.\n"
    (document,) = klubbat("documents", "--json", "-a", archive).json
    assert [Path(path).name for path in document["paths"]] == ["bra.txt", "kopia.txt"]
    assert len(klubbat("search", "sekreterare", "--json", "-a", archive).json["hits"]) == document["chunks"]
    assert klubbat("show", "kopia.txt", "1", "-a", archive).code == 0


def test_what_is_removed_is_found_no_more(folder: Path, archive: Path) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    (folder / "annan.txt").write_text(OTHER, encoding="utf-8")
    klubbat("add", folder, "-a", archive)
    outcome = klubbat("remove", "bra.txt", "-a", archive)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Borttagen: Protokoll")
    assert "Öberg" not in quotes(archive, "Åsa Öberg")
    assert "Öberg" not in klubbat("ask", "Vem är Åsa Öberg?", "--json", "-a", archive).json["citations"][0]["text"]
    (values,) = klubbat("status", "--json", "-a", archive).json
    (left,) = klubbat("documents", "--json", "-a", archive).json
    assert values["chunks"] == values["lexical_chunks"] == values["dense_chunks"] == left["chunks"]
    for file in archive.rglob("*"):
        if file.is_file():
            assert "Åsa Öberg".encode() not in file.read_bytes()
    assert (folder / "bra.txt").exists()
    assert klubbat("remove", "bra.txt", "-a", archive).code == 3


def test_a_file_that_vanishes_after_it_was_listed_is_left_out(
    folder: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "borta.txt").write_text(OTHER, encoding="utf-8")
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")

    def find_and_delete(paths: list[Path], without: Path) -> list[Found]:
        found = find_files(paths, without)
        (folder / "borta.txt").unlink()
        return found

    monkeypatch.setattr(engine.intake.adding, "find_files", find_and_delete)
    outcome = klubbat("add", folder, "-a", archive)
    assert (outcome.code, outcome.out) == (0, "2 filer: 1 tillagd, 1 utelämnad.\n")
    assert "borta.txt: filen kan inte öppnas" in outcome.err


def test_the_archive_may_lie_in_the_folder_that_is_added(folder: Path) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    for words in ("1 tillagd", "1 oförändrad"):
        assert klubbat("add", folder, "-a", folder / "arkiv").out == f"1 fil: {words}.\n"


@pytest.mark.parametrize(
    "name",
    [
        b"r\xc3\xa5d och r\xc3\xb6n.txt",
        b"ra\xcc\x8ad.txt",
        b"tv\xe5.txt",
        b"rad\nbrytning.txt",
        b"[bold]x[-red].txt",
        b"-a.txt",
    ],
)
def test_odd_file_names_are_read_listed_and_shown(folder: Path, archive: Path, name: bytes) -> None:
    path = os.fsencode(folder) + b"/" + name
    with open(path, "wb") as file:  # noqa: PTH123  (a name in bytes)
        file.write(TEXT.encode("utf-8"))
    outcome = klubbat("add", folder, "-a", archive, "--json")
    assert outcome.code == 0
    assert outcome.json[0]["outcome"] == "added"
    (document,) = klubbat("documents", "--json", "-a", archive).json
    with Archive.open(archive) as opened:
        assert opened.documents()[0].path == document["path"]
    for command in ("documents", "status"):
        assert klubbat(command, "-a", archive).code == 0
    assert klubbat("show", document["id"], "-a", archive).code == 0
    assert klubbat("add", folder, "-a", archive).out == "1 fil: 1 oförändrad.\n"
    assert klubbat("remove", document["id"], "-a", archive).code == 0


def test_the_report_of_adding_is_an_object_a_file(folder: Path, archive: Path) -> None:
    (folder / "bra.txt").write_text(TEXT, encoding="utf-8")
    (folder / "tom.txt").touch()
    first, second = klubbat("add", folder, "--json", "-a", archive).json
    assert (first["outcome"], first["reason"]) == ("added", None)
    assert first["chunks"] > 0 and len(first["document"]) == 16
    assert (second["outcome"], second["reason"], second["document"]) == ("left_out", "filen är tom", None)
