"""An archive under locks, damage, other versions and killed writers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from index_samples import document

import index.schema as schema
from corpus.errors import UnreadableError, UsageError
from index.archive import Archive, ArchiveBusyError

BUDGET = ("Budgeten för 2019 fastställs.", "Reservation lämnas av (M).", "Skolan på Norrgatan byggs ut.")


def test_a_second_writer_is_told_who_holds_the_lock(archive):
    with pytest.raises(ArchiveBusyError, match=r"pid \d+.*Vänta") as error:
        Archive.open(archive.folder, write=True)
    assert error.value.exit_code == 3
    with Archive.open(archive.folder) as reader:
        assert reader.documents() == []
        with pytest.raises(UsageError, match="läsning"):
            reader.remove("x")
    archive.close()
    Archive.open(archive.folder, write=True).close()


def test_a_reader_sees_whole_documents_while_another_writes(archive, add):
    with Archive.open(archive.folder) as reader:
        add(document(*BUDGET), "ks.txt")
        assert reader.counts().chunks == 3


def test_what_is_no_archive_is_refused_with_advice(tmp_path):
    with pytest.raises(UnreadableError, match="klubbat add"):
        Archive.open(tmp_path / "saknas")
    with pytest.raises(UnreadableError, match="klubbat add"):
        Archive.open(tmp_path / "saknas", write=True)
    file = tmp_path / "fil"
    file.write_text("x")
    with pytest.raises(UnreadableError, match="är en fil"):
        Archive.open(file, write=True, create=True)
    with pytest.raises(UnreadableError, match="innehåller redan annat"):
        Archive.open(tmp_path, write=True, create=True)
    assert [one.name for one in tmp_path.iterdir()] == ["fil"]


def _database(folder: Path) -> Path:
    folder.mkdir()
    return folder / "klubbat.sqlite"


@pytest.mark.parametrize("write", [False, True])
def test_a_foreign_or_damaged_database_is_refused(tmp_path, write):
    foreign = _database(tmp_path / "a")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE x (y)")
    noise = _database(tmp_path / "b")
    noise.write_bytes(b"inte en databas alls " * 500)
    for file in (foreign, noise):
        before = file.read_bytes()
        with pytest.raises(UnreadableError, match="går inte att läsa som ett Klubbat-arkiv"):
            Archive.open(file.parent, write=write, create=write)
        assert file.read_bytes() == before


def test_a_damaged_page_is_reported_when_it_is_read(archive, add):
    add(document(*[f"Stycke {number} om budgeten." for number in range(400)]), "ks.txt")
    archive.close()
    file = archive.folder / "klubbat.sqlite"
    data = bytearray(file.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    file.write_bytes(data)
    with pytest.raises(UnreadableError, match="säkerhetskopia"), Archive.open(archive.folder) as reader:
        reader.documents()
        list(reader.passages())


def test_an_archive_of_a_newer_version_is_refused(archive):
    archive.close()
    with sqlite3.connect(archive.folder / "klubbat.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UnreadableError, match="Uppgradera"):
        Archive.open(archive.folder)


def test_an_archive_of_an_older_version_is_brought_up_to_date(archive, add, monkeypatch):
    one = document(*BUDGET)
    add(one, "ks.txt")
    archive.close()
    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, "CREATE TABLE later (x)"])
    monkeypatch.setattr("index.archive.MIGRATIONS", schema.MIGRATIONS)
    with Archive.open(archive.folder) as reader:
        assert reader.status().schema_version == len(schema.MIGRATIONS)
        assert reader.find(one.id) is not None


def test_a_creation_that_was_cut_short_can_be_done_again(tmp_path):
    folder = tmp_path / "arkiv"
    file = _database(folder)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    (folder / "writer.lock").write_text("")
    with Archive.open(folder, write=True, create=True) as archive:
        assert archive.counts().documents == 0


CHILD = """
import random, sys
from pathlib import Path
from index.archive import Archive
from index.context import vectors_name
from index_samples import HashEmbedder, random_document
rng, embedder = random.Random(int(sys.argv[2])), HashEmbedder()
with Archive.open(Path(sys.argv[1]), write=True, create=True) as archive:
    while True:
        one = random_document(rng, 40)
        vectors = embedder.embed_passages([chunk.search_text for chunk in one.chunks])
        archive.add(one, one.id, vectors, embedder.fingerprint)
        print(one.id, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 9, 30])
def test_a_killed_writer_loses_no_acknowledged_document_and_leaves_no_half_one(tmp_path, acknowledged):
    folder = tmp_path / "arkiv"
    here = Path(__file__).parent
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(acknowledged)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": f"{here.parent.parent}:{here}"},
    )
    assert child.stdout is not None
    promised = [child.stdout.readline().strip() for _ in range(acknowledged)]
    child.kill()
    promised += child.stdout.read().split()
    child.wait()
    with Archive.open(folder, write=True) as archive:  # the lock went with the process
        stored = {one.id: one for one in archive.documents()}
        assert set(promised) <= set(stored)
        assert len(stored) <= len(promised) + 1
        for one in stored.values():
            ids = archive.chunk_ids([one.id])
            assert len(archive.chunks(ids)) == len(archive.vectors_of(ids, "hash-1")[0]) == 40
            assert len(archive.text(one.id)) == one.characters
        assert archive.check() == []
