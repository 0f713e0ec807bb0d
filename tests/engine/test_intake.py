from __future__ import annotations

from pathlib import Path

import pytest

import engine.intake as intake
from index.archive import Archive


def test_a_fault_in_a_reader_costs_only_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "protokoll"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"PROTOKOLL {name}\n\nStyrelsen antog budgeten i {name}.\n", encoding="utf-8")
    real = intake.document_from_bytes

    def faulty(data: bytes, name: str, split: object) -> object:
        if name == "b.txt":
            raise IndexError("list index out of range")
        return real(data, name, split)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "document_from_bytes", faulty)
    report = intake.add_paths(tmp_path / "arkiv", [folder])
    assert [one.outcome for one in report.files] == ["added", "left_out", "added"]
    assert "IndexError" in (report.left_out[0].reason or "")
    with Archive.open(tmp_path / "arkiv") as archive:
        assert len(archive.documents()) == 2


def test_files_are_read_anew_when_a_table_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    outcomes = []
    for version in ("1", "1", "2", "2"):
        monkeypatch.setattr(intake, "reading_version", lambda version=version: version)
        outcomes.append(intake.add_paths(tmp_path / "arkiv", [file]).files[0].outcome)
    assert outcomes == ["added", "unchanged", "replaced", "unchanged"]
