from __future__ import annotations

import random

import pytest
from index_samples import WORDS, WordAnalyser, document

from index.conditions import All, AnyOf, InDocuments, InSection, Not, Phrase, Truncated, Word
from index.filters import Filter
from index.lexical import LexicalIndex
from index.lexical_query import FieldWeights
from models.swedish import SwedishAnalyser

LEMMAS_ONLY = FieldWeights(lemmas=1.0, parts=0.0, exact=0.0, context=0.0, related=0.0)


@pytest.fixture
def lexical(archive, analyser):
    return LexicalIndex(archive.folder / "lexical", archive, analyser)


def _texts(archive, hits):
    return [chunk.text for chunk in archive.chunks(hit.chunk for hit in hits)]


def test_the_paragraph_with_the_words_comes_first(archive, add, lexical):
    add(document("Skolan byggs ut.", "Budgeten fastställs.", "Skolan får ny budget."), "ks.txt")
    lexical.catch_up()
    assert _texts(archive, lexical.search("skolan budget", 10))[0] == "Skolan får ny budget."
    assert lexical.search("omöjligt", 10) == []
    assert lexical.search("", 10) == []
    assert lexical.search("skolan", 0) == []


def test_nothing_in_a_question_is_query_syntax(archive, add, lexical):
    add(document("Skolan byggs ut (etapp 2)."), "ks.txt")
    lexical.catch_up()
    for question in (
        'skolan AND ("',
        "lemmas:skolan -byggs",
        "+skolan ^2 ~",
        "[a TO b] skolan*",
        "\\ / \0 skolan",
    ):
        assert _texts(archive, lexical.search(question, 5)) == ["Skolan byggs ut (etapp 2)."], question


def test_a_part_of_a_compound_finds_it_below_the_whole_word(archive, add, lexical):
    add(document("En grund-skola.", "En annan skola."), "ks.txt")
    lexical.catch_up()
    assert _texts(archive, lexical.search("skola", 5)) == ["En annan skola.", "En grund-skola."]
    assert len(lexical.search("grund-skola", 5)) == 2


def test_the_context_finds_a_paragraph_that_does_not_name_its_matter(archive, add, lexical):
    add(document("Enligt förslaget.", body="Skolnämnden"), "a.txt")
    add(document("Enligt förslaget.", body="Kulturnämnden"), "b.txt")
    lexical.catch_up()
    (first, *_) = archive.chunks(hit.chunk for hit in lexical.search("kulturnämnden förslaget", 5))
    assert first.document.body == "Kulturnämnden"
    assert lexical.search("rubrik", 5)


def test_a_word_counts_again_in_other_fields_only_as_much_as_it_is_weighed(archive, add, lexical):
    add(document("Skolnämnden möttes.", "Kvarnen målas om.", body="Skolnämnden"), "a.txt")
    lexical.catch_up()

    def score(again):
        weights = FieldWeights(parts=0.0, exact=0.0, related=0.0, again=again)
        hits = {text: hit.score for hit in lexical.search("skolnämnden", 5, weights=weights)
                for text in _texts(archive, [hit])}  # fmt: skip
        return hits["Skolnämnden möttes."], hits["Kvarnen målas om."]

    (once, beside), (half, _), (twice, _) = score(0.0), score(0.5), score(1.0)
    assert beside < once < half < twice
    assert half == pytest.approx((once + twice) / 2, abs=1e-3)


def test_a_phrase_must_stand_as_it_is_and_a_truncated_word_must_match(archive, add, lexical):
    add(document("Ny plan för vatten.", "Plan ny för vatten.", "En skola.", "Skolor.", "Ny förskola."), "ks.txt")
    lexical.catch_up()

    def found(condition, text=""):
        return _texts(archive, lexical.search(text, 5, condition=condition))

    assert found(Phrase("ny plan")) == ["Ny plan för vatten."]
    assert found(Phrase("Plan NY"), "vatten") == ["Plan ny för vatten."]
    assert len(found(Phrase("vatten"))) == 2
    assert found(Phrase("ny pl*")) == ["Ny plan för vatten."]
    assert found(Truncated("Skol*")) == ["En skola.", "Skolor."]
    assert found(Truncated("skol*"), "en") == ["En skola.", "Skolor."]
    assert found(Truncated("*skola")) == ["En skola.", "Ny förskola."]
    assert found(Truncated("s.ola*")) == []


def test_conditions_combine_and_give_the_same_chunks_as_the_ranking(archive, add, lexical):
    add(document("Avgift för skola.", "Avgift för vatten.", "Skola utan taxa.", "Mark."), "ks.txt")
    add(document("Avgift för skola.", body="Barnnämnden", date="2020-01-02"), "bn.txt")
    lexical.catch_up()
    fee, school, water = Word("avgift"), Word("skola"), Word("vatten")
    board = InDocuments(Filter(body="barnnämnden"))
    for condition, wanted in (
        (All((fee, school)), ["Avgift för skola.", "Avgift för skola."]),
        (All((fee, Not(school))), ["Avgift för vatten."]),
        (AnyOf((water, Phrase("utan taxa"))), ["Avgift för vatten.", "Skola utan taxa."]),
        (Not(AnyOf((fee, school))), ["Mark."]),
        (Not(Not(water)), ["Avgift för vatten."]),
        (All((school, Not(board))), ["Avgift för skola.", "Skola utan taxa."]),
        (All((InDocuments(Filter(since="2019")), fee)), ["Avgift för skola."]),
        (InSection("§ 2"), ["Skola utan taxa.", "Mark."]),
        (InSection("99"), []),
        (Phrase("?"), []),
    ):
        hits = lexical.search("", 10, condition=condition)
        assert _texts(archive, hits) == wanted, condition
        assert lexical.matching(condition).tolist() == [hit.chunk for hit in hits]
    chosen = archive.matching(Filter(body="barn"))
    assert len(lexical.matching(fee, chosen)) == 1
    assert len(lexical.search("skola", 10, chosen, condition=fee)) == 1
    assert lexical.matching(fee, frozenset()).tolist() == []


def test_a_condition_chooses_and_does_not_change_the_scores(archive, add, lexical):
    add(document("Avgift för skola.", "Avgift och skola och vatten.", "Avgift."), "ks.txt")
    lexical.catch_up()
    free = {hit.chunk: hit.score for hit in lexical.search("skola", 10)}
    bound = {hit.chunk: hit.score for hit in lexical.search("skola", 10, condition=Word("avgift"))}
    assert len(bound) == 3
    assert {chunk: bound[chunk] for chunk in free} == pytest.approx(free, abs=1e-4)


def test_a_negated_word_leaves_its_compounds(archive, add, lexical):
    add(document("En grund-skola.", "En skola.", "Ett torg."), "ks.txt")
    lexical.catch_up()
    found = lexical.search("", 5, condition=Not(Word("skola")))
    assert _texts(archive, found) == ["En grund-skola.", "Ett torg."]
    assert len(lexical.search("", 5, condition=Word("skola"))) == 2


def test_a_filter_acts_inside_the_search_and_does_not_change_the_scores(archive, add, lexical):
    for number in range(60):
        add(document("budget budget budget", "budget", body="Stora nämnden", salt=str(number)), f"{number}")
    for number in range(12):
        add(document(f"budget {'ord ' * number}", body="Lilla rådet", salt=str(number)), f"l{number}")
    lexical.catch_up()
    chosen = archive.matching(Filter(body="lilla"))
    best = {hit.chunk for hit in lexical.search("budget", 10)}
    assert not best & set(archive.chunk_ids(chosen).tolist())
    hits = lexical.search("budget", 10, chosen)
    assert len(hits) == 10
    assert all(chunk.document.body == "Lilla rådet" for chunk in archive.chunks(hit.chunk for hit in hits))
    everything = {hit.chunk: hit.score for hit in lexical.search("budget", 1000)}
    assert [hit.score for hit in hits] == pytest.approx([everything[hit.chunk] for hit in hits], abs=1e-4)
    assert lexical.search("budget", 10, frozenset()) == []


def test_equals_are_ordered_by_chunk_at_every_limit(archive, add, lexical):
    for number in range(40):
        add(document("samma ord", "samma ord", salt=str(number)), str(number))
        if number % 7 == 0:
            lexical.catch_up()
    lexical.catch_up()
    everything = lexical.search("samma", 80)
    assert [hit.chunk for hit in everything] == archive.chunk_ids().tolist()
    assert lexical.search("samma", 7) == everything[:7]


def test_the_ranking_agrees_with_rank_bm25(archive, lexical):
    """Parity with the slow, obvious reference, over the same terms, k1=1.2 and b=0.75."""
    from rank_bm25 import BM25Okapi

    rng = random.Random(11)
    words = [*(f"ord{number}" for number in range(400)), *WORDS]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    texts = [" ".join(rng.choices(words, weights, k=rng.randint(5, 60))) for _ in range(1500)]
    for start in range(0, len(texts), 100):
        archive.add(document(*texts[start : start + 100], salt=str(start)), str(start), None, "")
    lexical.catch_up()
    first = int(archive.chunk_ids()[0])
    reference = BM25Okapi([text.split() for text in texts], k1=1.2, b=0.75)
    overlaps = []
    for _ in range(60):
        terms = sorted(set(rng.choices(words[20:], k=rng.randint(2, 6))))
        scores = reference.get_scores(terms)
        wanted = sorted(range(len(texts)), key=lambda one: (-scores[one], one))[:10]
        wanted = [one for one in wanted if scores[one] > 0]
        found = [hit.chunk - first for hit in lexical.search(" ".join(terms), 10, weights=LEMMAS_ONLY)]
        overlaps.append(len(set(wanted) & set(found)) / max(1, len(wanted)))
    assert sum(overlaps) / len(overlaps) >= 0.9


def test_another_analyser_version_makes_the_index_anew(archive, add, lexical):
    add(document("Skolan byggs ut."), "ks.txt")
    lexical.catch_up()
    other = LexicalIndex(archive.folder / "lexical", archive, WordAnalyser("ord-2"))
    assert not other.is_current()
    assert other.search("skolan", 5) == []
    other.catch_up()
    assert len(other.search("skolan", 5)) == 1
    lexical.load()
    assert lexical.search("skolan", 5) == []


def test_a_date_without_a_year_is_of_the_year_of_its_document(archive, add):
    lexical = LexicalIndex(archive.folder / "lexical", archive, SwedishAnalyser())
    add(document("Städdag hålls den 5 oktober.", date="2017-09-12"), "a.txt")
    add(document("Städdag hålls den 5 oktober.", date="2018-09-11"), "b.txt")
    add(document("Städdag hålls den 5 oktober.", date="2019-09-10"), "c.txt")
    add(document("Städdag hålls i fjol.", date=None), "d.txt")
    lexical.catch_up()
    first, second, *_ = lexical.search("städdag 5/10 -18", 5)
    (chunk,) = archive.chunks([first.chunk])
    assert chunk.document.date == "2018-09-11"
    assert first.score > second.score


DAMAGED = (
    "Ordféranden oppnade motet och halsade alla valkomna till arsmotet i bygdegarden. Dagordningen godkandes.",
    "Kassoren redogjorde for det ekonomiska laget. Styrelsen foreslar arsmotet en hojd avgift for alla medlemmar.",
)


def test_a_short_paragraph_of_a_damaged_document_is_found_by_words_that_are_also_others(archive, add):
    lexical = LexicalIndex(archive.folder / "lexical", archive, SwedishAnalyser())
    add(document(*DAMAGED, "Vad kassan far.", salt="skadad"), "skadad.txt")
    add(document("Vad kassan far.", "Mötet öppnades av ordföranden."), "hel.txt")
    lexical.catch_up()
    (found,) = archive.chunks(hit.chunk for hit in lexical.search("får", 5, weights=LEMMAS_ONLY))
    assert (found.text, found.document.path) == ("Vad kassan far.", "skadad.txt")


def test_one_chunk_with_misread_signs_is_found_by_the_right_word(archive, add):
    lexical = LexicalIndex(archive.folder / "lexical", archive, SwedishAnalyser())
    add(document("Justering av protoko||et.", "Avgift till Bygg & Miljö."), "ks.txt")
    lexical.catch_up()
    assert _texts(archive, lexical.search("protokollet", 5, weights=LEMMAS_ONLY)) == ["Justering av protoko||et."]
    assert _texts(archive, lexical.search("bygg", 5, weights=LEMMAS_ONLY)) == ["Avgift till Bygg & Miljö."]
