from __future__ import annotations

import os
from pathlib import Path

import pytest

import engine.intake.gathering as gathering
from corpus.documents import document_from_bytes
from engine.intake.adding import add_paths
from index.archive import Archive
from models.sentences import split_sentences


def test_a_fault_in_our_own_code_costs_only_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "protokoll"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"PROTOKOLL {name}\n\nStyrelsen antog budgeten i {name}.\n", encoding="utf-8")
    real = gathering.document_from_source

    def faulty(source: object, name: str, *rest: object) -> object:
        if name == "b.txt":
            raise IndexError("list index out of range")
        return real(source, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "document_from_source", faulty)
    report = add_paths(tmp_path / "arkiv", [folder])
    assert [one.outcome for one in report.files] == ["added", "left_out", "added"]
    assert "IndexError" in (report.left_out[0].reason or "")
    with Archive.open(tmp_path / "arkiv") as archive:
        assert len(archive.documents()) == 2


def test_the_archive_gives_extractors_the_document_that_was_read(sample_archive: Path) -> None:
    with Archive.open(sample_archive) as archive:
        for stored in archive.documents():
            data = Path(stored.path).read_bytes()
            read = document_from_bytes(data, Path(stored.path).name, split_sentences)
            again = archive.structured(stored)
            for name in ("text", "title", "kind", "body", "date", "sections", "paragraphs", "marks"):
                assert getattr(again, name) == getattr(read, name)


def test_files_are_read_anew_when_a_table_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    outcomes = []
    for version in ("1", "1", "2", "2"):
        monkeypatch.setattr(gathering, "reading_version", lambda version=version: version)
        outcomes.append(add_paths(tmp_path / "arkiv", [file]).files[0].outcome)
    assert outcomes == ["added", "unchanged", "replaced", "unchanged"]


def test_a_file_that_could_not_be_read_is_told_again_but_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(bytes(range(256)) * 20)
    first = add_paths(tmp_path / "arkiv", [file]).files[0]
    assert first.outcome == "left_out" and "binärt" in (first.reason or "")
    read: list[str] = []
    real = gathering.IsolatedReader.read
    monkeypatch.setattr(
        gathering.IsolatedReader, "read", lambda self, data, name: read.append(name) or real(self, data, name)
    )
    assert add_paths(tmp_path / "arkiv", [file]).files[0] == first
    assert read == []
    assert add_paths(tmp_path / "arkiv", [file], again=True).files[0] == first
    assert read == ["a.txt"]
    file.write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    assert add_paths(tmp_path / "arkiv", [file]).files[0].outcome == "added"


def test_a_removed_document_comes_back_when_its_file_is_added_again(tmp_path: Path) -> None:
    from engine.intake.adding import remove_document

    file = tmp_path / "a.txt"
    file.write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    archive = tmp_path / "arkiv"
    add_paths(archive, [file])
    remove_document(archive, "a.txt")
    assert add_paths(archive, [file]).files[0].outcome == "added"


def test_a_file_that_became_unreadable_loses_nothing_until_it_goes(tmp_path: Path) -> None:
    from engine.intake.sync import sync_folder

    root, archive = tmp_path / "in", tmp_path / "arkiv"
    root.mkdir()
    file = root / "a.txt"
    file.write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    sync_folder(archive, root)
    file.write_bytes(bytes(range(256)) * 20)
    for report in (sync_folder(archive, root), sync_folder(archive, root)):
        assert [one.outcome for one in report.files] == ["left_out"]
        assert "tidigare versionen finns kvar" in (report.files[0].reason or "")
    with Archive.open(archive) as opened:
        assert len(opened.documents()) == 1
    file.write_text("PROTOKOLL\n\nStyrelsen antog en ny budget.\n", encoding="utf-8")
    assert [one.outcome for one in sync_folder(archive, root).files] == ["replaced"]
    (root / "b.txt").write_text("PROTOKOLL\n\nStyrelsen valde en kassör.\n", encoding="utf-8")
    file.write_bytes(b"")
    sync_folder(archive, root)
    file.unlink()
    sync_folder(archive, root)
    with Archive.open(archive) as opened:
        assert [Path(one.path).name for one in opened.documents()] == ["b.txt"]
