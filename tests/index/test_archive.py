from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import DIMENSION, HashEmbedder, document

from corpus.errors import UnreadableError, UsageError
from corpus.records import Section
from index.archive import Archive
from index.context import vectors_name
from index.filters import Filter

BUDGET = ("Budgeten för 2019 fastställs.", "Reservation lämnas av (M).", "Skolan på Norrgatan byggs ut.")


def _tables(archive: Archive) -> dict[str, int]:
    with sqlite3.connect(archive.folder / "klubbat.sqlite") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_a_document_comes_back_as_it_was_stored(archive, add):
    one = document(*BUDGET)
    assert add(one, "2018/ks.txt") == "added"
    stored = archive.find(one.id)
    assert stored is not None
    assert (stored.path, stored.title, stored.body, stored.date) == (
        "2018/ks.txt", "Protokoll", "Kommunstyrelsen", "2018-10-05"
    )  # fmt: skip
    assert (stored.characters, stored.sections, stored.chunks) == (len(one.text), 3, 3)
    assert stored.metadata == (("author", "Åsa"),)
    assert archive.text(one.id) == one.text
    assert tuple(archive.sections(one.id)) == one.sections
    assert tuple(archive.paragraphs(one.id)) == one.paragraphs
    assert archive.documents() == [stored]


def test_chunks_come_in_the_order_asked_with_their_section_and_headings(archive, add):
    one = document(*BUDGET)
    add(one, "ks.txt")
    ids = [int(chunk) for chunk in archive.chunk_ids()]
    last, first = archive.chunks([ids[2], 99_999, ids[0]])
    assert first.text == BUDGET[0]
    assert last.section.number == "§ 2"
    assert last.section_path == ("Protokoll", "Rubrik 2")
    assert last.sentences == (one.chunks[2].sentences[0],)
    assert archive.section_chunks(ids[0]) == ids[:2]
    assert archive.section_chunks(ids[2]) == ids[2:]


def test_adding_the_same_content_again_changes_nothing(archive, add):
    one = document(*BUDGET)
    add(one, "ks.txt")
    before = _tables(archive)
    assert add(one, "ks.txt") == "unchanged"
    assert _tables(archive) == before


def test_the_same_content_at_two_places_is_one_document_with_two_paths(archive, add):
    one = document(*BUDGET)
    add(one, "a/ks.txt")
    assert add(one, "b/ks.txt") == "path_added"
    (stored,) = archive.documents()
    assert stored.paths == ("a/ks.txt", "b/ks.txt")
    assert archive.forget_path("a/ks.txt")
    assert archive.documents()[0].paths == ("b/ks.txt",)
    assert archive.forget_path("b/ks.txt")
    assert archive.documents() == []
    assert not archive.forget_path("b/ks.txt")


def test_a_changed_file_replaces_its_old_version(archive, add):
    old, new = document(*BUDGET), document("Budgeten återremitteras.")
    add(old, "ks.txt")
    assert add(new, "ks.txt") == "replaced"
    assert [one.id for one in archive.documents()] == [new.id]
    assert archive.find(old.id) is None


def test_a_changed_file_leaves_the_old_version_where_it_has_another_path(archive, add):
    old, new = document(*BUDGET), document("Budgeten återremitteras.")
    add(old, "ks.txt")
    add(old, "kopia/ks.txt")
    assert add(new, "ks.txt") == "replaced"
    assert {one.id: one.paths for one in archive.documents()} == {
        old.id: ("kopia/ks.txt",), new.id: ("ks.txt",)
    }  # fmt: skip


def test_content_read_in_a_new_way_keeps_its_paths(archive, add):
    one = document(*BUDGET)
    add(one, "a.txt")
    add(one, "b.txt")
    anew = replace(one, chunks=one.chunks[:1], title="Ny rubrik")
    assert archive.add(anew, "b.txt", None, "hash-1", refresh=True) == "replaced"
    (stored,) = archive.documents()
    assert (stored.title, stored.chunks, stored.paths) == ("Ny rubrik", 1, ("a.txt", "b.txt"))


def test_removing_leaves_nothing_in_any_table(archive, add):
    empty = _tables(archive)
    one = document(*BUDGET)
    add(one, "ks.txt")
    full = _tables(archive)
    assert all(full[name] > 0 for name in ("documents", "texts", "paths", "sections", "paragraphs"))
    assert all(full[name] > 0 for name in ("chunks", "vectors", "marks", "pages"))
    assert archive.remove(one.id)
    left = {name: count for name, count in _tables(archive).items() if count != empty[name]}
    # The log says which ids went; the model and SQLite's counters are no part of a document.
    assert set(left) <= {"changes", "embeddings", "sqlite_sequence"}
    assert not archive.remove(one.id)
    folder = archive.folder
    archive.close()
    assert b"Norrgatan" not in b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())


def test_ids_of_chunks_are_never_used_again(archive, add):
    one = document(*BUDGET)
    add(one, "ks.txt")
    before = set(archive.chunk_ids())
    archive.remove(one.id)
    add(one, "ks.txt")
    assert not before & set(archive.chunk_ids())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1, max_size=5))
def test_offsets_hold_for_every_text(tmp_path_factory, paragraphs):
    paragraphs = [*paragraphs, "fo\u0301re\0ningen 👩‍👩‍👧 a\u030a\U0001f1f8\U0001f1ea"]
    with Archive.open(tmp_path_factory.mktemp("a") / "arkiv", write=True, create=True) as archive:
        one = document(*paragraphs)
        archive.add(one, "x.txt", None, "")
        text = archive.text(one.id)
        assert text == one.text
        for chunk, wanted in zip(archive.chunks(archive.chunk_ids()), paragraphs, strict=True):
            assert chunk.text == wanted == text[chunk.start : chunk.end]
            assert chunk.search_text == " ".join(wanted.split())


def test_a_text_that_no_file_can_hold_is_refused_and_leaves_nothing(archive):
    with pytest.raises(UnreadableError, match="inte går att spara"):
        archive.add(document("trasigt \udc81 tecken"), "x.txt", None, "")
    assert archive.documents() == []


def test_a_path_that_is_no_utf8_can_be_recorded_and_found_again(archive, add):
    one = document(*BUDGET)
    add(one, "m\udce5te.txt")
    assert archive.knows_path("m\udce5te.txt", one.sha256)
    assert add(one, "m\udce5te.txt") == "unchanged"


def test_known_content_and_known_paths_can_be_asked_for(archive, add):
    one = document(*BUDGET)
    add(one, "ks.txt")
    assert archive.known(one.sha256)
    assert not archive.known("0" * 64)
    assert archive.knows_path("ks.txt", one.sha256)
    assert not archive.knows_path("ks.txt", "0" * 64)
    assert not archive.knows_path("annan.txt", one.sha256)


def test_a_document_is_found_by_id_start_of_id_path_or_end_of_path(archive, add):
    one, two = document("Ett."), document("Två.")
    add(one, "/data/2018/Protokoll Å.txt")
    add(two, "/data/2019/protokoll.txt")
    for key in (one.id, one.id[:8], "/data/2018/Protokoll Å.txt", "protokoll å.txt", "Protokoll A\u030a.txt"):
        assert archive.find(key).id == one.id, key
    assert archive.find("2019/protokoll.txt").id == two.id
    assert archive.find("otokoll.txt") is None
    assert archive.find("") is None


def test_a_key_that_fits_several_documents_lists_them(archive, add):
    one, two = document("Ett."), document("Två.")
    add(one, "a/protokoll.txt")
    add(two, "b/protokoll.txt")
    with pytest.raises(UsageError) as error:
        archive.find("protokoll.txt")
    assert one.id in str(error.value) and "b/protokoll.txt" in str(error.value)


def test_figures_count_what_there_is(archive, add):
    add(document(*BUDGET), "ks.txt")
    counts = archive.counts()
    assert (counts.documents, counts.sections, counts.paragraphs, counts.chunks) == (1, 3, 3, 3)
    status = archive.status()
    assert status.vectors == ((vectors_name("hash-1"), 3),)
    assert status.last_change.seq == 1
    assert archive.check() == []


def test_vectors_come_back_and_missing_ones_are_embedded_later(archive):
    one = document(*BUDGET)
    archive.add(one, "ks.txt", None, "")
    missing = list(archive.vectors_missing("m"))
    assert [text.splitlines()[1] for _, text in missing] == list(BUDGET)
    assert missing[2][1].startswith("Kommunstyrelsen, 2018-10-05. Protokoll, Rubrik 2\n")
    vectors = HashEmbedder().embed_passages(BUDGET)
    assert archive.store_vectors([chunk for chunk, _ in missing[:2]] + [777], vectors, "m") == 2
    assert [chunk for chunk, _ in archive.vectors_missing("m")] == [missing[2][0]]
    ids, found = archive.vectors_of([missing[1][0]], "m")
    assert ids.tolist() == [missing[1][0]]
    np.testing.assert_allclose(found[0], vectors[1], atol=1e-3)
    archive.drop_vectors("m")
    assert len(list(archive.vectors_missing("m"))) == 3


@pytest.mark.parametrize("bad", [np.ones((2, DIMENSION)), np.full((3, DIMENSION), np.nan)])
def test_vectors_that_do_not_fit_are_refused(archive, bad):
    with pytest.raises(ValueError):
        archive.add(document(*BUDGET), "ks.txt", bad, "m")
    assert archive.documents() == []


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Filter(), "abc"),
        (Filter(body="ÄLDRE"), "b"),
        (Filter(body="a\u0308ldre"), "b"),
        (Filter(kind="plan"), "c"),
        (Filter(since="2018"), "b"),
        (Filter(until="2017"), "a"),
        (Filter(since="2017-03-31", until="2018-10"), "ab"),
        (Filter(since="2017-04", until="2018-09"), ""),
        (Filter(path="ARKIV/2018"), "b"),
        (Filter(path="2017/*.txt"), "a"),
        (Filter(path="*.pdf"), "c"),
        (Filter(body="nämnden", path="2017"), "a"),
    ],
)
def test_filters_choose_documents(archive, add, selection, expected):
    ids = {
        "a": document("A", body="Nämnden för bygg", date="2017-03-31"),
        "b": document("B", body="Äldrenämnden", date="2018-10-31"),
        "c": document("C", body=None, date=None, kind="plan"),
    }
    for (name, one), path in zip(ids.items(), ("arkiv/2017/a.txt", "arkiv/2018/b.txt", "c.pdf"), strict=True):
        add(one, path)
        assert name
    wanted = {ids[name].id for name in expected}
    assert {one.id for one in archive.documents(selection)} == wanted
    assert archive.matching(selection) == (None if selection.is_empty else wanted)


def test_a_filter_can_name_documents(archive, add):
    one, two = document("Ett."), document("Två.")
    add(one, "1")
    add(two, "2")
    assert archive.matching(Filter(documents=(two.id, "0" * 16))) == {two.id}
    assert archive.chunk_ids([two.id]).tolist() == archive.chunk_ids().tolist()[1:]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"since": "igår"}, "2018-10-05"),
        ({"until": "2018-13"}, "2018-10-05"),
        ({"until": "2018-02-30"}, "2018-10-05"),
        ({"since": "0000"}, "2018-10-05"),
        ({"kind": "protokoll"}, "minutes"),
        ({"since": "2019", "until": "2018"}, "Byt plats"),
    ],
)
def test_a_bad_filter_shows_the_right_form(values, said):
    with pytest.raises(UsageError, match=said):
        Filter(**values)


def test_a_section_that_is_its_own_parent_does_no_harm(archive):
    one = document("Ett.")
    sections = (*one.sections[:1], Section(1, "§ 1", "Rund", 2, "section", 0, 4, 1))
    archive.add(replace(one, sections=sections), "x", None, "")
    assert archive.chunks(archive.chunk_ids())[0].section_path == ("Rund",)


def test_the_log_of_changes_names_the_chunks_that_went(archive, add):
    one = document(*BUDGET)
    add(one, "ks.txt")
    start = archive.last_change()
    ids = archive.chunk_ids().tolist()
    archive.remove(one.id)
    changes = archive.changes_since(start)
    assert changes.documents == (one.id,)
    assert list(changes.removed_chunks) == ids
    assert archive.changes_since(replace(start, token="annat arkiv")) is None
    assert json.dumps(ids)


def test_the_unique_start_of_a_file_name_finds_a_document(archive: Archive) -> None:
    archive.add(document("Ett."), "/arkiv/protokoll-2031-03-04.txt", None, "")
    archive.add(document("Två."), "/arkiv/protokoll-2031-05-06.txt", None, "")
    found = archive.find("protokoll-2031-03")
    assert found is not None
    assert found.path == "/arkiv/protokoll-2031-03-04.txt"
    with pytest.raises(UsageError):
        archive.find("protokoll-2031")
    assert archive.find("pro") is None
