"""The account of files: what came of each, and which documents follow it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from index_samples import document

import index.schema as schema
from index.archive import Archive
from index.records import StoredFile


def account(path: str, outcome: str = "read", **changed: object) -> StoredFile:
    fields = {"sha256": path, "size": 1, "modified": 1, "reading": "1", "outcome": outcome, **changed}
    return StoredFile(path, **fields)  # type: ignore[arg-type]


def paths(archive: Archive) -> list[str]:
    return sorted(path for one in archive.documents() for path in one.paths)


def test_an_account_comes_back_as_it_was_kept(archive):
    kept = account("in/a.pdf", "quarantined", reason="den kraschade", wants="ocr", modified=-1)
    archive.note_file(kept)
    assert archive.file("in/a.pdf") == kept
    assert archive.file("in/b.pdf") is None
    archive.note_file(account("in/a.pdf"))
    assert archive.file("in/a.pdf") == account("in/a.pdf")


def test_only_the_accounts_below_a_folder_are_listed(archive):
    for path in ("/in/a", "/in/x/b", "/in-2/c", "/in0", "/in"):
        archive.note_file(account(path))
    assert [one.path for one in archive.files("/in")] == ["/in/a", "/in/x/b"]
    assert [one.path for one in archive.files("/in/")] == ["/in/a", "/in/x/b"]
    assert len(archive.files()) == 5


def test_a_document_that_a_container_no_longer_holds_goes(archive, add):
    one, two, three = document("Ett."), document("Två."), document("Tre.")
    for each, path in ((one, "a.zip/1.txt"), (two, "a.zip/2.txt"), (three, "a.zip2/3.txt")):
        add(each, path)
    archive.note_file(account("a.zip"), ["a.zip/1.txt", "a.zip/2.txt"])
    assert paths(archive) == ["a.zip/1.txt", "a.zip/2.txt", "a.zip2/3.txt"]
    archive.note_file(account("a.zip"), ["a.zip/2.txt"])
    assert paths(archive) == ["a.zip/2.txt", "a.zip2/3.txt"]
    assert archive.forget_file("a.zip") == 1
    assert paths(archive) == ["a.zip2/3.txt"]
    assert archive.file("a.zip") is None


def test_a_copied_container_has_the_same_documents_at_its_own_paths(archive, add):
    one, two, old = document("Ett."), document("Två."), document("Gammalt.")
    add(one, "a.zip/1.txt")
    add(two, "a.zip/x/2.txt")
    add(old, "b.zip/gammalt.txt")
    assert archive.copy_file(account("b.zip"), "a.zip") == 2
    assert paths(archive) == ["a.zip/1.txt", "a.zip/x/2.txt", "b.zip/1.txt", "b.zip/x/2.txt"]
    assert archive.copy_file(account("c.zip"), "saknas.zip") == 0


def test_what_is_removed_by_hand_leaves_no_account(archive, add):
    one, two = document("Ett."), document("Två.")
    add(one, "a.zip/1.txt")
    archive.note_file(account("a.zip"), ["a.zip/1.txt"])
    add(two, "b.txt")
    archive.note_file(account("b.txt"), ["b.txt"])
    archive.remove(one.id)
    assert [one.path for one in archive.files()] == ["b.txt"]
    archive.remove(two.id)
    assert archive.files() == []


def test_an_archive_from_before_the_accounts_gets_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        older.setattr("index.archive.MIGRATIONS", schema.MIGRATIONS)
        with Archive.open(tmp_path / "arkiv", write=True, create=True):
            pass
    with sqlite3.connect(tmp_path / "arkiv" / "klubbat.sqlite") as connection:
        connection.execute(
            "INSERT INTO documents VALUES ('d', 's', 'Titel', 'minutes', NULL, NULL, 'pdf', 3, 0, 0, NULL, 1, '[]', '')"
        )
        connection.execute("INSERT INTO pages VALUES ('d', 0, 1, 0, 3)")
    with Archive.open(tmp_path / "arkiv") as archive:
        assert archive.files() == []
        (stored,) = archive.documents()
        assert (stored.quality.known, stored.quality.repairs, stored.quality.pages_without_text) == (None, 0, 1)
        assert archive.pages("d")[0].origin == "text"
