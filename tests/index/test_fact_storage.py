"""Facts in the archive: they come and go with their document, and know who read them."""

from __future__ import annotations

import sqlite3

import pytest
from index_samples import HashEmbedder, document

import index.schema as schema
from corpus.errors import UnreadableError
from corpus.records import Document
from index.archive import Archive
from index.extraction import Filled, extract_facts, fill_facts
from index.filters import Filter
from index.ingest import ingest
from index.records import Extraction, FactPlace
from models.registers.records import Action, Decision, Party, Proof

TEXTS = ("Sören Ek får i uppdrag att måla bänken till den 1 mars.", "Nämnden godkänner budgeten.")


def proof(one: Document, number: int) -> Proof:
    row = one.paragraphs[number]
    return Proof(row.section, row.number, row.start, row.end)


def commission(one: Document, task: str = "måla bänken") -> Action:
    assignee = Party("Sören", "Sören Ek", "Byn", None, "ensam om sitt förnamn på mötet", ("Sören Al",))
    return Action(
        (assignee,), task, "2019-03-01", "till den 1 mars", None, None, "explicit", "får i uppdrag", proof(one, 0)
    )


def decision(one: Document) -> Decision:
    return Decision("godkänner budgeten", "approve", "Nämnden", ("Eva Ek (X)",), None, proof(one, 1))


def extraction(one: Document, version: str = "1") -> Extraction:
    return Extraction(version, (commission(one), decision(one)))


def facts_in(archive: Archive) -> int:
    with sqlite3.connect(archive.folder / "klubbat.sqlite") as connection:
        return int(connection.execute("SELECT count(*) FROM facts").fetchone()[0])


def test_facts_come_back_as_they_were_read_with_quote_and_page(archive):
    one = document(*TEXTS)
    archive.add(one, "ks.txt", None, "", facts=extraction(one))
    stored = list(archive.facts())
    assert [fact.fact for fact in stored] == [commission(one), decision(one)]
    assert [fact.quote for fact in stored] == list(TEXTS)
    assert [(fact.type, fact.page, fact.document.id) for fact in stored] == [
        ("action", 1, one.id),
        ("decision", 1, one.id),
    ]


def test_facts_are_chosen_by_type_and_by_document(archive):
    early, late = document(*TEXTS, date="2018-01-01"), document(*TEXTS, date="2019-01-01", body="Skolnämnden")
    archive.add(late, "b.txt", None, "", facts=extraction(late))
    archive.add(early, "a.txt", None, "", facts=extraction(early))
    assert [fact.document.id for fact in archive.facts(["decision"])] == [early.id, late.id]
    (only,) = archive.facts(["action"], Filter(body="skol"))
    assert (only.type, only.document.body) == ("action", "Skolnämnden")
    assert list(archive.facts(["meeting"])) == []


def test_the_places_of_facts_are_told_by_type_and_document_with_their_kind(archive):
    one, other = document(*TEXTS), document(*TEXTS, body="Skolnämnden")
    archive.add(one, "a.txt", None, "", facts=extraction(one))
    archive.add(other, "b.txt", None, "", facts=extraction(other))
    task, decided = commission(one).proof, decision(one)
    assert archive.fact_places([one.id], ["action"]) == [FactPlace(one.id, "action", None, task.start, task.end)]
    places = archive.fact_places([one.id, other.id], ["decision"])
    assert {place.document for place in places} == {one.id, other.id}
    assert {(place.kind, place.start) for place in places} == {(decided.kind, decided.proof.start)}
    assert archive.fact_places([one.id], ["amount"]) == archive.fact_places([], ["action"]) == []


def test_facts_follow_their_document_when_it_changes_and_goes(archive):
    old, new = document(*TEXTS), document("Nämnden avslår allt.", "Mötet avslutas.")
    archive.add(old, "ks.txt", None, "", facts=extraction(old))
    archive.add(new, "ks.txt", None, "", facts=Extraction("1", (decision(new),)))
    assert [fact.document.id for fact in archive.facts()] == [new.id]
    archive.remove(new.id)
    assert facts_in(archive) == 0


def test_a_document_whose_facts_cannot_be_stored_is_not_stored_either(archive):
    one = document(*TEXTS)
    torn = Extraction("1", (decision(one), commission(one, "måla \ud800")))
    with pytest.raises(UnreadableError):
        archive.add(one, "ks.txt", None, "", facts=torn)
    assert archive.documents() == [] and facts_in(archive) == 0


def test_new_facts_that_cannot_be_stored_leave_the_old_ones(archive):
    one = document(*TEXTS)
    archive.add(one, "ks.txt", None, "", facts=extraction(one))
    with pytest.raises(UnreadableError):
        archive.store_facts(one, Extraction("2", (commission(one, "måla \ud800"),)))
    assert len(list(archive.facts())) == 2
    assert archive.facts_missing("1") == []


def test_documents_whose_facts_are_older_or_were_never_read_are_missing_them(archive):
    one, two, three = (document(*TEXTS, salt=salt) for salt in "abc")
    archive.add(one, "1.txt", None, "", facts=extraction(one, "1"))
    archive.add(two, "2.txt", None, "", facts=Extraction("2"))
    archive.add(three, "3.txt", None, "")
    assert set(archive.facts_missing("2")) == {one.id, three.id}
    assert set(archive.facts_missing()) == {one.id, two.id, three.id}


def test_an_archive_without_facts_is_migrated_and_filled_in_without_embedding(tmp_path, monkeypatch):
    one = document(*TEXTS)
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        older.setattr("index.archive.MIGRATIONS", schema.MIGRATIONS)
        with Archive.open(tmp_path / "arkiv", write=True, create=True) as archive:
            ingest(archive, [("ks.txt", one)], HashEmbedder())
    with Archive.open(tmp_path / "arkiv", write=True) as archive:
        before = archive.chunk_ids().tolist(), archive.status().vectors
        seen: list[Document] = []
        done = fill_facts(archive, lambda read: seen.append(read) or extraction(read, "9"), "9")
        assert done == [Filled("ks.txt", 2, None)]
        assert [fact.fact for fact in archive.facts()] == [commission(one), decision(one)]
        assert (archive.chunk_ids().tolist(), archive.status().vectors) == before
        assert fill_facts(archive, lambda read: extraction(read, "9"), "9") == []
    assert (seen[0].text, seen[0].sections, seen[0].paragraphs) == (one.text, one.sections, one.paragraphs)
    assert (seen[0].marks, seen[0].pages, seen[0].date, seen[0].kind) == (one.marks, one.pages, one.date, one.kind)


def test_filling_in_goes_on_where_it_was_interrupted(archive):
    for salt in "abc":
        archive.add(document(*TEXTS, salt=salt), f"{salt}.txt", None, "")

    def interrupted(read: Document) -> Extraction:
        if len(archive.facts_missing("1")) == 1:
            raise KeyboardInterrupt
        return extraction(read)

    with pytest.raises(KeyboardInterrupt):
        fill_facts(archive, interrupted, "1")
    assert facts_in(archive) == 4
    assert len(fill_facts(archive, extraction, "1")) == 1


def test_facts_are_read_once_for_content_that_is_known(archive):
    one = document(*TEXTS)
    read: list[str] = []
    extract = lambda seen: read.append(seen.id) or extraction(seen)  # noqa: E731
    ingest(archive, [("a.txt", one), ("b.txt", one)], None, extract=extract)
    ingest(archive, [("a.txt", one), ("c.txt", one)], None, extract=extract)
    assert read == [one.id]
    assert len(list(archive.facts())) == 2
    ingest(archive, [("a.txt", one)], None, extract=extract, refresh=True)
    assert read == [one.id, one.id]


def test_two_files_that_swapped_places_keep_their_facts(archive):
    one, two = document(*TEXTS), document(*TEXTS, salt="2")
    ingest(archive, [("a.txt", one), ("b.txt", two)], None, extract=extraction)
    ingest(archive, [("a.txt", two), ("b.txt", one)], None, extract=extraction)
    assert len(list(archive.facts())) == 4


@pytest.mark.parametrize(
    "faulty",
    [
        lambda one: 1 / 0,
        lambda one: (Decision("x", "note", None, (), None, Proof(0, 1, 0, len(one.text) + 1)),),
        lambda one: (Decision("x", "note", None, (), None, Proof(99, 1, 0, 2)),),
    ],
    ids=["raises", "proof beyond the text", "proof in no section"],
)
def test_a_document_whose_facts_cannot_be_read_is_added_without_them(archive, monkeypatch, faulty):
    monkeypatch.setattr("models.registers.reading.facts_of", faulty)
    monkeypatch.setattr("models.registers.version.facts_version", lambda: "7")
    one = document(*TEXTS)
    (told,) = ingest(archive, [("ks.txt", one)], None, extract=extract_facts)
    assert told.outcome == "added" and "registren" in (told.fault or "")
    assert archive.find(one.id) is not None and list(archive.facts()) == []
    status = archive.fact_status("7")
    assert (status.counts, status.outdated, status.faults) == ((), 0, (("ks.txt", told.fault),))
