"""``sync``: the archive becomes what the folder is, whatever was done to the folder in between."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

import engine.intake.gathering as gathering
import engine.intake.sync as sync_module
from corpus.errors import UsageError
from corpus.records import Document
from engine.intake.adding import add_paths
from engine.intake.reports import Report
from engine.intake.sync import sync_folder
from index.archive import Archive
from index.records import Extraction
from models.registers.records import Decision, Proof
from models.registers.version import facts_version

LONG_AGO = 1_000_000_000


def minutes(name: str, decision: str = "Budgeten fastställs.") -> str:
    return f"PROTOKOLL {name}\n\nByalaget i Norrby\n\n§ 1 Ekonomi\n\n{decision} Ordföranden tackar för {name}.\n"


def write(folder: Path, name: str, text: str | None = None, at: int = LONG_AGO) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(minutes(Path(name).stem) if text is None else text, encoding="utf-8")
    os.utime(file, (at, at))
    return file


def outcomes(report: Report, root: Path) -> dict[str, str]:
    return {str(Path(one.path).relative_to(root)): one.outcome for one in report.files}


def stored(archive: Path) -> dict[str, str]:
    """Path to text of everything in the archive."""
    with Archive.open(archive) as opened:
        return {path: opened.text(one.id) for one in opened.documents() for path in one.paths}


def on_disk(root: Path) -> dict[str, str]:
    return {str(file): file.read_text(encoding="utf-8") for file in root.rglob("*.txt")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "protokoll"
    folder.mkdir()
    for name in ("a.txt", "2023/b.txt", "2023/c.txt"):
        write(folder, name)
    return folder.resolve()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "arkiv"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    read: list[str] = []
    real = gathering.IsolatedReader.read
    monkeypatch.setattr(
        gathering.IsolatedReader, "read", lambda self, data, name: read.append(name) or real(self, data, name)
    )
    return read


def test_new_changed_moved_copied_and_removed_files_are_told_apart(root: Path, archive: Path, reads: list[str]) -> None:
    first = sync_folder(archive, root)
    assert outcomes(first, root) == dict.fromkeys(("a.txt", "2023/b.txt", "2023/c.txt"), "added")
    assert outcomes(sync_folder(archive, root), root) == dict.fromkeys(
        ("a.txt", "2023/b.txt", "2023/c.txt"), "unchanged"
    )
    reads.clear()
    write(root, "ny.txt")
    write(root, "a.txt", minutes("a", "Budgeten återremitteras."), LONG_AGO + 60)
    (root / "2024").mkdir()
    (root / "2023" / "b.txt").rename(root / "2024" / "bb.txt")
    shutil.copy2(root / "2024" / "bb.txt", root / "kopia.txt")
    (root / "2023" / "c.txt").unlink()
    report = sync_folder(archive, root)
    assert outcomes(report, root) == {
        "ny.txt": "added",
        "a.txt": "replaced",
        "2024/bb.txt": "moved",
        "kopia.txt": "moved",
        "2023/c.txt": "removed",
    }
    assert {one.moved_from for one in report.files if one.outcome == "moved"} == {str(root / "2023" / "b.txt")}
    assert sorted(reads) == ["a.txt", "ny.txt"]
    assert stored(archive) == on_disk(root)


def test_the_same_file_in_two_places_is_one_document_with_two_paths(
    root: Path, archive: Path, reads: list[str]
) -> None:
    sync_folder(archive, root)
    reads.clear()
    shutil.copy2(root / "a.txt", root / "2023" / "a-igen.txt")
    assert outcomes(sync_folder(archive, root), root)["2023/a-igen.txt"] == "path_added"
    assert reads == []
    with Archive.open(archive) as opened:
        document = opened.find("a.txt")
        assert document is not None and len(document.paths) == 2
    (root / "a.txt").unlink()
    assert outcomes(sync_folder(archive, root), root)["a.txt"] == "removed"
    assert stored(archive) == on_disk(root)


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(root: Path, archive: Path) -> None:
    planned = sync_folder(archive, root, dry_run=True)
    assert outcomes(planned, root) == dict.fromkeys(("a.txt", "2023/b.txt", "2023/c.txt"), "added")
    assert not archive.exists()
    sync_folder(archive, root)
    before = stored(archive)
    write(root, "a.txt", minutes("a", "Ändrat."), LONG_AGO + 60)
    (root / "2023" / "b.txt").rename(root / "b.txt")
    (root / "2023" / "c.txt").unlink()
    planned = sync_folder(archive, root, dry_run=True)
    assert stored(archive) == before
    done = sync_folder(archive, root)
    assert outcomes(planned, root) == outcomes(done, root)


def test_a_change_that_keeps_size_and_time_is_found_by_checksum(root: Path, archive: Path) -> None:
    sync_folder(archive, root)
    write(root, "a.txt", minutes("a").replace("Budgeten", "Planerna"))
    assert outcomes(sync_folder(archive, root), root)["a.txt"] == "unchanged"
    assert outcomes(sync_folder(archive, root, checksum=True), root)["a.txt"] == "replaced"


def test_a_file_changed_twice_within_a_moment_is_not_taken_for_unchanged(root: Path, archive: Path) -> None:
    file = root / "a.txt"
    file.write_text(minutes("a"), encoding="utf-8")
    sync_folder(archive, root)
    file.write_text(minutes("a").replace("Budgeten", "Planerna"), encoding="utf-8")
    sync_folder(archive, root)
    assert stored(archive) == on_disk(root)


def test_a_new_time_with_the_same_content_is_no_change(root: Path, archive: Path, reads: list[str]) -> None:
    sync_folder(archive, root)
    reads.clear()
    os.utime(root / "a.txt", (LONG_AGO + 500, LONG_AGO + 500))
    assert outcomes(sync_folder(archive, root), root)["a.txt"] == "unchanged"
    assert reads == []


def test_an_empty_folder_does_not_empty_the_archive_unasked(root: Path, archive: Path) -> None:
    sync_folder(archive, root)
    before = stored(archive)
    shutil.rmtree(root)
    with pytest.raises(UsageError, match="ingen mapp"):
        sync_folder(archive, root)
    root.mkdir()
    with pytest.raises(UsageError, match="--allow-empty"):
        sync_folder(archive, root)
    assert stored(archive) == before
    assert set(outcomes(sync_folder(archive, root, allow_empty=True), root).values()) == {"removed"}
    assert stored(archive) == {}


def test_documents_from_elsewhere_are_left_alone(root: Path, archive: Path, tmp_path: Path) -> None:
    elsewhere = write(tmp_path / "annat", "d.txt")
    beside = write(tmp_path / "protokoll-2", "e.txt")
    add_paths(archive, [elsewhere, beside])
    sync_folder(archive, root)
    shutil.rmtree(root / "2023")
    sync_folder(archive, root)
    assert set(stored(archive)) == {str(elsewhere), str(beside), str(root / "a.txt")}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_looked_into_loses_nothing(root: Path, archive: Path) -> None:
    sync_folder(archive, root)
    (root / "2023").chmod(0)
    try:
        report = sync_folder(archive, root)
    finally:
        (root / "2023").chmod(0o755)
    assert "removed" not in outcomes(report, root).values()
    assert any("mappen kan inte läsas" in (one.reason or "") for one in report.files)
    assert stored(archive) == on_disk(root)


def test_files_below_a_folder_that_is_closed_are_not_gone(
    root: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_folder(archive, root)
    real = os.scandir
    monkeypatch.setattr(
        os, "scandir", lambda place: (_ for _ in ()).throw(PermissionError(13, "Permission denied", str(place)))
        if str(place).endswith("2023") else real(place)
    )  # fmt: skip
    report = sync_folder(archive, root)
    monkeypatch.undo()
    assert "removed" not in outcomes(report, root).values()
    assert stored(archive) == on_disk(root)


def test_a_run_that_is_cut_short_is_taken_up_again(
    root: Path, archive: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    monkeypatch.setattr("index.ingest.BATCH_CHUNKS", 1)
    real, counted = Archive.add, []

    def cut(self: Archive, *arguments: object, **named: object) -> str:
        counted.append(1)
        if len(counted) == 3:
            raise KeyboardInterrupt
        return real(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "add", cut)
    with pytest.raises(KeyboardInterrupt):
        sync_folder(archive, root)
    monkeypatch.setattr(Archive, "add", real)
    reads.clear()
    report = sync_folder(archive, root)
    assert sorted(outcomes(report, root).values()) == ["added", "unchanged", "unchanged"]
    assert len(reads) == 1
    assert stored(archive) == on_disk(root)


def test_an_archive_without_accounts_of_its_files_is_followed_too(root: Path, archive: Path) -> None:
    sync_folder(archive, root)
    with Archive.open(archive, write=True) as opened:
        opened._execute("DELETE FROM files")
    (root / "a.txt").unlink()
    report = sync_folder(archive, root)
    assert outcomes(report, root) == {"a.txt": "removed", "2023/b.txt": "unchanged", "2023/c.txt": "unchanged"}
    assert stored(archive) == on_disk(root)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_to_the_folder_the_archive_equals_it(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root, archive = (tmp_path / "in").resolve(), tmp_path / "arkiv"
    root.mkdir()
    clock = LONG_AGO
    write(root, "0.txt")
    for _ in range(4):
        for _ in range(chance.randint(1, 4)):
            clock += 10
            files = sorted(root.rglob("*.txt"))
            some = chance.choice(files)
            other = root / chance.choice(["", "x", "x/y"]) / f"{chance.randrange(6)}.txt"
            other.parent.mkdir(parents=True, exist_ok=True)
            what = chance.choice(["write", "copy", "move", "remove", "swap"])
            if what == "write":
                write(root, str(other.relative_to(root)), minutes(str(chance.randrange(4))), clock)
            elif what == "copy" and some != other:
                shutil.copy2(some, other)
            elif what == "move":
                some.rename(other)
            elif what == "remove" and len(files) > 1:
                some.unlink()
            elif what == "swap" and other.exists():
                one, two = some.read_text(), other.read_text()
                write(root, str(some.relative_to(root)), two, clock)
                write(root, str(other.relative_to(root)), one, clock)
        planned = sync_folder(archive, root, dry_run=True)
        done = sync_folder(archive, root)
        assert stored(archive) == on_disk(root)
        assert {one.path for one in planned.files} == {one.path for one in done.files}
        again = sync_folder(archive, root, checksum=True)
        assert {one.outcome for one in again.files} <= {"unchanged"}


def test_a_file_that_kills_its_parser_is_quarantined_until_it_changes(
    root: Path, archive: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    from corpus.isolation import ParserKilledError

    real = gathering.IsolatedReader.read

    def deadly(self: object, data: bytes, name: str) -> object:
        if b"farlig" in data:
            reads.append(name)
            raise ParserKilledError("läsningen avbröts: filen fick läsaren att krascha")
        return real(self, data, name)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering.IsolatedReader, "read", deadly)
    write(root, "a.txt", "farlig")
    report = sync_folder(archive, root)
    assert outcomes(report, root)["a.txt"] == "quarantined"
    assert reads.count("a.txt") == 1
    report = sync_folder(archive, root)
    assert outcomes(report, root)["a.txt"] == "quarantined" and "krascha" in (report.left_out[0].reason or "")
    assert reads.count("a.txt") == 1
    sync_folder(archive, root, again=True)
    assert reads.count("a.txt") == 2
    monkeypatch.setattr(sync_module, "is_read_as_now", lambda file: False)
    monkeypatch.setattr(gathering, "is_read_as_now", lambda file: False)
    sync_folder(archive, root)
    assert reads.count("a.txt") == 3
    monkeypatch.undo()
    write(root, "a.txt", minutes("a"), LONG_AGO + 60)
    assert outcomes(sync_folder(archive, root), root)["a.txt"] == "added"


def test_facts_follow_moved_and_changed_files_and_old_ones_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def extract(document: Document) -> Extraction:
        read.append(document.text.split()[-1])
        whole = document.paragraphs[-1]
        proof = Proof(whole.section, whole.number, whole.start, whole.end)
        return Extraction(facts_version(), (Decision(read[-1], "decide", None, (), None, proof),))

    monkeypatch.setattr("engine.intake.adding.extract_facts", extract)
    root, folder = tmp_path / "in", tmp_path / "arkiv"
    root.mkdir()

    def texts_after_sync() -> list[str]:
        sync_folder(folder, root, allow_empty=True)
        with Archive.open(folder) as archive:
            return [found.fact.text for found in archive.facts() if isinstance(found.fact, Decision)]

    (root / "a.txt").write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    assert texts_after_sync() == ["budgeten."]
    (root / "a.txt").rename(root / "b.txt")
    assert texts_after_sync() == ["budgeten."]
    assert read == ["budgeten."]
    (root / "b.txt").write_text("PROTOKOLL\n\nStyrelsen antog planen.\n", encoding="utf-8")
    assert texts_after_sync() == ["planen."]
    monkeypatch.setattr("engine.intake.adding.facts_version", lambda: "nyare")
    assert texts_after_sync() == ["planen."]
    assert read == ["budgeten.", "planen.", "planen."]
    (root / "b.txt").unlink()
    assert texts_after_sync() == []
