from __future__ import annotations

import subprocess
import sys

import pytest
from index_samples import HashEmbedder, document

from index.context import naming, passage_text, section_path, vectors_name
from index.indexes import Indexes
from index.ingest import BATCH_CHUNKS, embed_missing, ingest


def test_documents_are_embedded_together_with_their_context_in_front(archive):
    embedder = HashEmbedder()
    calls: list[int] = []
    plain = embedder.embed_passages
    embedder.embed_passages = lambda texts, progress=None: calls.append(len(texts)) or plain(texts)
    found = [(f"{number}.txt", document(f"Stycke {number}.", "Slut.")) for number in range(300)]
    done = ingest(archive, found, embedder)
    assert [one.outcome for one in done] == ["added"] * 300
    assert sum(calls) == 600
    assert calls[0] == BATCH_CHUNKS
    assert embedder.texts[0] == "Kommunstyrelsen, 2018-10-05. Protokoll, Rubrik 1\nStycke 0."
    assert archive.status().vectors == ((vectors_name("hash-1"), 600),)


def test_known_content_is_not_embedded_again(archive):
    embedder = HashEmbedder()
    one = document("Ett.", "Två.")
    ingest(archive, [("a.txt", one)], embedder)
    done = ingest(archive, [("a.txt", one), ("b.txt", one)], embedder)
    assert [entry.outcome for entry in done] == ["unchanged", "path_added"]
    assert len(embedder.texts) == 2


def test_copies_in_one_batch_are_embedded_once(archive):
    embedder = HashEmbedder()
    one = document("Ett.")
    done = ingest(archive, [("a.txt", one), ("b.txt", one)], embedder)
    assert [entry.outcome for entry in done] == ["added", "path_added"]
    assert len(embedder.texts) == 1


def test_two_files_that_swapped_places_keep_their_vectors(archive):
    embedder = HashEmbedder()
    one, two = document("Ett."), document("Två.")
    ingest(archive, [("a.txt", one), ("b.txt", two)], embedder)
    ingest(archive, [("a.txt", two), ("b.txt", one)], embedder)
    assert {entry.id: entry.paths for entry in archive.documents()} == {
        one.id: ("b.txt",), two.id: ("a.txt",)
    }  # fmt: skip
    assert archive.status().vectors == ((vectors_name("hash-1"), 2),)


def test_what_was_read_before_an_error_is_stored(archive):
    def broken():
        yield "a.txt", document("Ett.")
        raise OSError("filen gick inte att läsa")

    told = []
    with pytest.raises(OSError, match="gick inte"):
        ingest(archive, broken(), HashEmbedder(), told.append)
    assert [entry.path for entry in told] == ["a.txt"]
    assert archive.counts().documents == 1


def test_documents_read_in_a_new_way_are_embedded_again(archive):
    embedder = HashEmbedder()
    ingest(archive, [("a.txt", document("Ett."))], embedder)
    done = ingest(archive, [("a.txt", document("Ett."))], embedder, refresh=True)
    assert done[0].outcome == "replaced"
    assert len(embedder.texts) == 2


def test_another_model_embeds_what_is_stored_and_the_index_follows(archive, analyser):
    ingest(archive, [("a.txt", document("Ett.", "Två.")), ("b.txt", document())], None)
    other = HashEmbedder("annan", 8)
    with Indexes.open(archive, analyser, other) as indexes:
        assert indexes.dense.chunks == 0
        assert embed_missing(archive, other) == 2
        assert embed_missing(archive, other) == 0
        indexes.catch_up()
        (best, _) = indexes.dense.search(other.embed_query(other.texts[1]), 2)
        assert archive.chunks([best.chunk])[0].text == "Två."


def test_the_context_leaves_out_what_is_missing():
    one = document("Ett.", title="Budget", body=None, date=None)
    path = section_path(one.sections, 1)
    assert passage_text(one, path, one.chunks[0]) == "Budget. Rubrik 1\nEtt."
    nothing = document("Ett.", title="", body=None, date=None)
    assert passage_text(nothing, (), nothing.chunks[0]) == "Ett."


def test_the_words_of_a_damaged_document_are_mended_for_embedding_only_however_late(archive):
    paragraphs = (
        "Ordféranden oppnade motet och halsade alla valkomna till arsmotet. Dagordningen godkandes utan andring.",
        "Kassoren redogjorde for det ekonomiska laget. Styrelsen foreslar arsmotet en hojd avgift for alla.",
        "Mojligheterna att oka antalet medlemmar diskuterades.",
    )
    at_once, later = HashEmbedder("nu"), HashEmbedder("sedan")
    ingest(archive, [("skadad.txt", document(*paragraphs)), ("hel.txt", document("Vad kassan far."))], at_once)
    embed_missing(archive, later)
    assert at_once.texts == later.texts
    first, *_, whole = at_once.texts
    assert "Ordföranden öppnade mötet och hälsade alla välkomna till årsmötet." in first
    assert whole.endswith("Vad kassan far.")
    assert archive.chunks([1])[0].text == paragraphs[0]


def test_opening_the_room_imports_no_heavy_library():
    code = (
        "import sys, index.indexes, index.ingest; "
        "print({'faiss', 'tantivy', 'torch', 'sentence_transformers'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_first_sentence_that_was_cut_off_is_no_title_to_search_by():
    assert naming("Styrelsen har vid flera tillfällen talat om…", "Kultur", "Kultur", None) == ("Kultur",)
    assert naming("Kultur", "Bidrag", beside=("Kultur",)) == ("Bidrag",)
