"""Where a passage stands, which words of it are the answer, and which prove a hit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Section, Span
from corpus.tables import read_rows
from engine.answers.extent import MAX_ANSWER, MIN_ANSWER, answer_text, window
from engine.answers.sentences import Candidate
from engine.hits import Hit
from engine.places import place_of, source_line
from engine.search.proofs import proof_of
from index.records import StoredChunk, StoredDocument
from models.swedish import SwedishAnalyser

DOCUMENT = StoredDocument(
    id="0123456789abcdef",
    sha256="0" * 64,
    paths=("/arkiv/protokoll.txt",),
    title="Protokoll",
    kind="minutes",
    body="Tekniska nämnden",
    date="2031-10-05",
    format="txt",
    characters=1000,
    sections=1,
    chunks=1,
    pages_without_text=0,
    added_at="2031-10-06T08:00:00+00:00",
)
SECTION = Section(1, "§ 6", "Rapport", 2, "section", 0, 1000)


def chunk_of(*sentences: str, start: int = 40, path: tuple[str, ...] = ("Rapport",)) -> StoredChunk:
    """A chunk of these sentences, one space between, that starts at ``start`` in its document."""
    spans, at = [], start
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    text = " ".join(sentences)
    return StoredChunk(1, DOCUMENT, SECTION, path, 1, start, start + len(text), None, text, text, tuple(spans))


def candidate(chunk: StoredChunk, index: int) -> Candidate:
    span = chunk.sentences[index]
    text = chunk.text[span.start - chunk.start : span.end - chunk.start]
    return Candidate(Hit(chunk, 1.0, 1.0, 1.0), index, span, text, 1.0, 1.0, 0.9, True, 1.0)


def words_of(chunk: StoredChunk, span: Span) -> str:
    return chunk.text[span.start - chunk.start : span.end - chunk.start]


@given(st.lists(st.integers(1, 900), min_size=1, max_size=12), st.data(), st.integers(0, 5000))
def test_the_answer_never_leaves_its_chunk_and_always_holds_its_sentence(
    lengths: list[int], data: st.DataObject, start: int
) -> None:
    chunk = chunk_of(*("x" * length for length in lengths), start=start)
    best = candidate(chunk, data.draw(st.integers(0, len(lengths) - 1)))
    found = window(best)
    assert chunk.start <= found.start <= best.span.start
    assert best.span.end <= found.end <= chunk.end
    if found != best.span:
        assert found.end - found.start <= MAX_ANSWER


def test_a_short_sentence_takes_the_next_one_along() -> None:
    chunk = chunk_of("Ordföranden hälsade alla välkomna.", "Stefan gör det.", "Det ska vara klart i maj.")
    assert words_of(chunk, window(candidate(chunk, 1))).endswith("Stefan gör det. Det ska vara klart i maj.")


def test_a_sentence_that_is_long_enough_stands_alone() -> None:
    chunk = chunk_of("Kort.", "Nämnden beslutar " + "att " * MIN_ANSWER + "bifalla.", "Kort igen.")
    assert words_of(chunk, window(candidate(chunk, 1))) == words_of(chunk, chunk.sentences[1])


def test_a_heading_before_the_sentence_is_no_part_of_the_answer() -> None:
    chunk = chunk_of("Rapport", "Stefan berättade om läget.")
    assert words_of(chunk, window(candidate(chunk, 1))) == "Stefan berättade om läget."


def test_a_sentence_that_says_little_alone_has_the_end_of_a_long_one_before_it() -> None:
    long = "Föreslogs att träffarna redovisas som studiecirklar, " + "vilket diskuterades länge, " * 15 + "utan namn."
    text = answer_text(candidate(chunk_of(long, "Det avböjs därför."), 1))
    assert text.startswith("…")
    assert text.endswith("vilket diskuterades länge, utan namn. Det avböjs därför.")
    assert len(text) <= MAX_ANSWER
    assert text[1:].split()[0] in long.split()


def test_a_short_sentence_that_leans_on_none_stands_alone() -> None:
    chunk = chunk_of("Närvarande: " + "Eva Ek, " * 60, "Mötet avslutades kl. 20.15.")
    assert answer_text(candidate(chunk, 1)) == "Mötet avslutades kl. 20.15."


def test_every_leaning_word_begins_its_example() -> None:
    for row in read_rows("engine.tables", "leaning_words"):
        assert row["example"].lower().startswith(row["word"])


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    text = answer_text(candidate(chunk_of("Nämnden beslutar " + "och beslutar " * 60 + "nu."), 0))
    assert text.endswith(("och…", "beslutar…"))
    assert len(text) <= MAX_ANSWER


def test_the_proof_is_the_sentence_that_shares_most_words() -> None:
    chunk = chunk_of(
        "Mötet öppnades.", "Medborgarförslaget om en hundrastgård avslogs.", "Hundar får vara lösa i skogen."
    )
    proof = proof_of("Vad hände med förslaget om hundrastgården?", chunk, SwedishAnalyser())
    assert words_of(chunk, proof) == "Medborgarförslaget om en hundrastgård avslogs."


def test_the_proof_is_the_first_sentence_where_none_shares_a_word() -> None:
    chunk = chunk_of("Mötet öppnades.", "Kaffe serverades.")
    assert words_of(chunk, proof_of("simhallen", chunk, SwedishAnalyser())) == "Mötet öppnades."


def test_a_chunk_without_sentences_proves_by_all_of_its_text() -> None:
    chunk = replace(chunk_of("Eva Ek", "Siri Ask"), sentences=())
    assert words_of(chunk, proof_of("Eva Ek", chunk, SwedishAnalyser())) == "Eva Ek Siri Ask"


SECTIONS = {
    0: Section(0, None, "Tekniska nämnden", 1, "head", 0, 1000),
    1: Section(1, "§ 74", "Trygga skolvägar", 2, "section", 10, 500, 0),
    2: Section(2, None, "Beslut", 3, "part", 20, 100, 1),
    3: Section(3, "6", "Övriga frågor", 2, "section", 500, 600, 0),
    4: Section(4, None, "Mål", 2, "section", 600, 900, None),
    5: Section(5, None, "Delmål", 3, "section", 650, 700, 4),
}


@pytest.mark.parametrize(
    ("ordinal", "number", "heading", "path", "label"),
    [
        (1, "§ 74", "Trygga skolvägar", "§ 74", "§ 74"),
        (2, "§ 74", "Trygga skolvägar", "§ 74 › Beslut", "§ 74"),
        (3, "6", "Övriga frågor", "6", "punkt 6"),
        (5, None, "Delmål", "Mål › Delmål", "Delmål"),
        (0, None, "", "", ""),
    ],
)
def test_a_place_is_named_as_people_say_it(
    ordinal: int, number: str | None, heading: str, path: str, label: str
) -> None:
    place = place_of(SECTIONS[ordinal], SECTIONS)
    assert (place.number, place.heading, place.path, place.label) == (number, heading, path, label)


def test_a_source_line_leaves_out_what_is_not_known() -> None:
    place = place_of(SECTIONS[2], SECTIONS)
    assert source_line(DOCUMENT, place, 3) == "Protokoll, Tekniska nämnden, 2031-10-05, § 74, s. 3"
    unknown = replace(DOCUMENT, body=None, date=None, title="Anteckningar från torget")
    assert source_line(unknown, None) == "Anteckningar från torget"


def test_a_date_in_the_title_is_not_said_twice() -> None:
    named = replace(DOCUMENT, body=None, title="Protokoll 2031-10-05")
    assert source_line(named, None) == "Protokoll 2031-10-05"
