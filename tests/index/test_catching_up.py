"""The indexes follow the archive, through crashes, removals, other writers and lost files."""

from __future__ import annotations

import random
import shutil
import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import WORDS, HashEmbedder, WordAnalyser, document, random_document

import index.dense
import index.lexical
from index.archive import Archive, ArchiveBusyError
from index.indexes import Indexes
from index.ingest import ingest

QUESTIONS = [" ".join(WORDS[start : start + 3]) for start in range(0, len(WORDS), 4)]


class Crash(BaseException):
    """Ends the process, as far as the code under test can tell."""


def _open(archive) -> Indexes:
    return Indexes.open(archive, WordAnalyser(), HashEmbedder())


def _rankings(indexes: Indexes):
    embedder = HashEmbedder()
    lexical = [[(hit.chunk, hit.score) for hit in indexes.lexical.search(one, 15)] for one in QUESTIONS]
    dense = [
        [(hit.chunk, round(hit.score, 5)) for hit in indexes.dense.search(embedder.embed_query(one), 15)]
        for one in QUESTIONS
    ]
    return lexical, dense


def _found(indexes: Indexes, word: str) -> list[str]:
    """The texts found for a word, through both indexes and the archive."""
    everything = indexes.dense.search(np.ones(indexes.dense._dimension), 10_000)
    dense = {chunk.id for chunk in indexes.archive.chunks(hit.chunk for hit in everything)}
    chunks = indexes.archive.chunks(hit.chunk for hit in indexes.lexical.search(word, 100))
    assert {chunk.id for chunk in chunks} <= dense
    return sorted(chunk.text for chunk in chunks)


def _assert_sound(archive) -> None:
    """Both indexes hold exactly the chunks of the archive, and rank as ones built anew."""
    with _open(archive) as indexes:
        assert indexes.is_current()
        assert indexes.lexical.chunks == indexes.dense.chunks == archive.counts().chunks
        followed = _rankings(indexes)
        indexes.rebuild()
        assert _rankings(indexes) == followed


def _fill(archive, count=5, seed=1):
    rng = random.Random(seed)
    found = [random_document(rng) for _ in range(count)]
    ingest(archive, [(f"{seed}/{number}.txt", one) for number, one in enumerate(found)], HashEmbedder())
    return found


@settings(max_examples=12, deadline=None)
@given(
    steps=st.lists(st.sampled_from(["add", "add", "replace", "remove", "copy", "look"]), max_size=14),
    seed=st.integers(0, 10**6),
    rebuild_small=st.booleans(),
)
def test_following_every_change_gives_the_same_index_as_building_anew(tmp_path_factory, steps, seed, rebuild_small):
    rng = random.Random(seed)
    paths: dict[str, object] = {}
    with (
        pytest.MonkeyPatch.context() as patch,
        Archive.open(tmp_path_factory.mktemp("x") / "arkiv", write=True, create=True) as archive,
    ):
        if not rebuild_small:  # the path of large archives: delete in place
            patch.setattr(index.lexical, "ALWAYS_REBUILD_CHUNKS", 0)
            patch.setattr(index.lexical, "STALE_SHARE", 10.0)
        removed = False
        with _open(archive) as indexes:
            for number, step in enumerate(steps):
                path = rng.choice(sorted(paths)) if paths else None
                if step == "look":
                    indexes.catch_up()
                elif step == "add" or path is None:
                    paths[f"{number}.txt"] = random_document(rng)
                    ingest(archive, [(f"{number}.txt", paths[f"{number}.txt"])], HashEmbedder())
                elif step == "replace":
                    paths[path] = random_document(rng)
                    ingest(archive, [(path, paths[path])], HashEmbedder())
                    removed = True
                elif step == "copy":
                    paths[f"{number}.txt"] = paths[path]
                    ingest(archive, [(f"{number}.txt", paths[path])], HashEmbedder())
                else:
                    archive.forget_path(path)
                    del paths[path]
                    removed = True
            indexes.catch_up()
            lexical, dense = _rankings(indexes)
            assert {one.id for one in archive.documents()} == {one.id for one in paths.values()}
            assert indexes.lexical.chunks == indexes.dense.chunks == archive.counts().chunks
            indexes.rebuild()
            lexical_anew, dense_anew = _rankings(indexes)
        assert dense == dense_anew
        if rebuild_small or not removed:
            assert lexical == lexical_anew
        else:  # until segments merge, BM25 counts what was removed; what is found is the same
            for one, other in zip(lexical, lexical_anew, strict=True):
                if len(one) < 15:
                    assert {chunk for chunk, _ in one} == {chunk for chunk, _ in other}


def test_a_removed_document_leaves_both_indexes(archive):
    one = document("Det hemliga ordet kastanj.")
    _fill(archive)
    ingest(archive, [("k.txt", one)], HashEmbedder())
    with _open(archive) as indexes:
        assert _found(indexes, "kastanj") == ["Det hemliga ordet kastanj."]
        archive.remove(one.id)
        assert _found(indexes, "kastanj") == []  # before any catching up
        indexes.catch_up()
        assert indexes.lexical.search("kastanj", 5) == []
        assert indexes.dense.chunks == archive.counts().chunks
    _assert_sound(archive)
    files = [one for part in ("lexical", "dense") for one in (archive.folder / part).rglob("*") if one.is_file()]
    assert files
    assert not any(b"kastanj" in one.read_bytes() for one in files)


def test_a_replaced_document_is_found_by_its_new_words_only(archive):
    ingest(archive, [("k.txt", document("Kastanj planteras."))], HashEmbedder())
    with _open(archive) as indexes:
        ingest(archive, [("k.txt", document("Ek planteras."))], HashEmbedder())
        indexes.catch_up()
        assert _found(indexes, "kastanj") == []
        assert _found(indexes, "planteras") == ["Ek planteras."]


def test_a_crash_before_the_index_is_written_loses_nothing(archive, monkeypatch):
    _fill(archive)
    _open(archive).close()
    ingest(archive, [("k.txt", document("Kastanj planteras."))], HashEmbedder())

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(index.lexical.LexicalIndex, "_write", crash)
        with pytest.raises(Crash):
            _open(archive)
    with _open(archive) as indexes:
        assert _found(indexes, "kastanj") == ["Kastanj planteras."]
    _assert_sound(archive)


@pytest.mark.parametrize("module", [index.lexical, index.dense])
def test_a_crash_between_the_index_and_its_state_changes_nothing_when_done_again(archive, monkeypatch, module):
    _fill(archive)
    _open(archive).close()
    archive.remove(archive.documents()[0].id)
    ingest(archive, [("k.txt", document("Kastanj planteras."))], HashEmbedder())

    def crash(*_: object) -> None:
        raise Crash

    for rebuild_small in (2_000, 0):
        with monkeypatch.context() as patch:
            patch.setattr(index.lexical, "ALWAYS_REBUILD_CHUNKS", rebuild_small)
            patch.setattr(index.lexical, "STALE_SHARE", 10.0)
            patch.setattr(module, "write_state", crash)
            with pytest.raises(Crash):
                _open(archive)
    with _open(archive) as indexes:
        assert _found(indexes, "kastanj") == ["Kastanj planteras."]
    _assert_sound(archive)


def test_a_crash_while_a_vector_file_is_written_leaves_the_old_one(archive, monkeypatch):
    _fill(archive)
    _open(archive).close()
    ingest(archive, [("k.txt", document("Kastanj planteras."))], HashEmbedder())

    def crash(path: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(index.dense, "sync", crash)
        with pytest.raises(Crash):
            _open(archive)
    _assert_sound(archive)
    assert sorted(one.suffix for one in (archive.folder / "dense").iterdir()) == [".faiss", ".json"]


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "gone"])
@pytest.mark.parametrize("part", ["lexical", "dense"])
def test_damaged_index_files_are_built_again(archive, part, damage):
    _fill(archive)
    _open(archive).close()
    for file in (archive.folder / part).rglob("*"):
        if not file.is_file() or file.name == "state.json" or file.name.startswith(".tantivy"):
            continue
        data = file.read_bytes()
        if damage == "gone":
            file.unlink()
        else:
            file.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "noise": b"\xfe" * len(data)}[damage])
    _assert_sound(archive)


@pytest.mark.parametrize(
    "state", ["", "{}", "[]", '{"seq": 1', '{"fingerprint": 1, "seq": "x", "token": 1, "data": "../x"}']
)
def test_a_state_that_cannot_be_read_is_no_state(archive, state):
    _fill(archive)
    _open(archive).close()
    for part in ("lexical", "dense"):
        (archive.folder / part / "state.json").write_text(state)
    _assert_sound(archive)


def test_deleted_index_folders_are_built_again(archive):
    _fill(archive)
    _open(archive).close()
    for part in ("lexical", "dense"):
        shutil.rmtree(archive.folder / part)
    _assert_sound(archive)


def test_a_restored_backup_is_not_mistaken_for_the_archive_that_was_indexed(archive, tmp_path):
    _fill(archive)
    with sqlite3.connect(tmp_path / "kopia.sqlite") as copy:
        archive._connection.backup(copy)
    copy.close()
    ingest(archive, [("k.txt", document("Kastanj planteras."))], HashEmbedder())
    _open(archive).close()
    folder = archive.folder
    archive.close()
    shutil.copy(tmp_path / "kopia.sqlite", folder / "klubbat.sqlite")
    with Archive.open(folder, write=True) as restored:
        ingest(restored, [("e.txt", document("Ek planteras."))], HashEmbedder())  # the same number of changes
        with _open(restored) as indexes:
            assert _found(indexes, "kastanj") == []
            assert _found(indexes, "ek") == ["Ek planteras."]
        _assert_sound(restored)


def test_a_reader_catches_up_while_nobody_writes(archive):
    _fill(archive)
    folder = archive.folder
    archive.close()
    with Archive.open(folder) as reader, _open(reader) as indexes:
        assert indexes.is_current()
        with Archive.open(folder, write=True) as writer:  # the reader let go of the lock
            ingest(writer, [("k.txt", document("Kastanj planteras."))], HashEmbedder())
        assert not indexes.is_current()
        assert indexes.catch_up()
        assert _found(indexes, "kastanj") == ["Kastanj planteras."]


def test_a_reader_goes_on_with_what_it_has_while_another_writes(archive):
    one = document("Kastanj planteras.", "Kastanj fälls.")
    ingest(archive, [("k.txt", one)], HashEmbedder())
    _open(archive).close()
    archive.remove(one.id)
    ingest(archive, [("e.txt", document("Ek planteras."))], HashEmbedder())
    with Archive.open(archive.folder) as reader, _open(reader) as indexes:
        assert not indexes.is_current()
        assert not indexes.catch_up()
        assert indexes.lexical.search("kastanj", 5)
        assert _found(indexes, "kastanj") == []
        with pytest.raises(ArchiveBusyError):
            indexes.rebuild()
        _open(archive).close()  # the writer catches up, and the reader finds its files
        assert indexes.catch_up() or indexes.is_current()
        assert _found(indexes, "ek") == ["Ek planteras."]


def test_a_folder_that_cannot_be_written_is_searched_through_a_copy(archive, monkeypatch):
    _fill(archive)
    folder = archive.folder
    archive.close()
    before = sorted(folder.rglob("*"))
    with Archive.open(folder) as reader:
        monkeypatch.setattr("index.indexes.os.access", lambda *_: False)
        with _open(reader) as indexes:
            assert indexes.lexical.chunks == indexes.dense.chunks == reader.counts().chunks
            indexes.rebuild()
    assert [one for one in sorted(folder.rglob("*")) if one.suffix not in {".sqlite-wal", ".sqlite-shm"}] == [
        one for one in before if one.suffix not in {".sqlite-wal", ".sqlite-shm"}
    ]


def test_large_indexes_are_built_anew_when_much_was_removed(archive, monkeypatch):
    monkeypatch.setattr(index.lexical, "ALWAYS_REBUILD_CHUNKS", 0)
    _fill(archive, 30)
    _open(archive).close()
    built = next((archive.folder / "lexical").glob("index-*")).name
    ingest(archive, [("ny.txt", document("Ek."))], HashEmbedder())
    _open(archive).close()
    assert next((archive.folder / "lexical").glob("index-*")).name == built
    for one in archive.documents()[:10]:
        archive.remove(one.id)
    _open(archive).close()
    assert [one.name for one in (archive.folder / "lexical").glob("index-*")] != [built]


def test_without_a_model_the_lexical_index_works_alone(archive):
    archive.add(document("Kastanj planteras."), "k.txt", None, "")
    with Indexes.open(archive, WordAnalyser(), None) as indexes:
        assert indexes.dense is None
        assert len(indexes.lexical.search("kastanj", 5)) == 1
