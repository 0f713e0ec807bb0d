"""Signs: what else than words and meaning moves a found passage."""

from __future__ import annotations

from dataclasses import replace

from engine.hits import Hit
from engine.service import Service
from engine.signs import WEIGHED, weighed, weights

QUESTION = "Vem fick i uppdrag att se över parkeringsavgifterna?"


def found(service: Service, words: str = QUESTION, count: int = 20) -> tuple[Hit, ...]:
    """Hits without signs."""
    return tuple(service.searcher.search(words, count).hits)


def test_a_passage_that_the_registers_know_an_assignment_of_is_told_apart(sample_service: Service) -> None:
    hits = weighed(QUESTION, found(sample_service), sample_service.archive, keywords=False)
    by_sign = {sign.name for sign in hits[0].signs}
    assert "fact" in by_sign
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_same_text_again_in_a_document_goes_down(sample_service: Service) -> None:
    best, *others = found(sample_service)
    again = replace(best, chunk=replace(best.chunk, id=10**6))
    hits = weighed(QUESTION, (best, again, *others), sample_service.archive, keywords=False)
    copy = next(hit for hit in hits if hit.chunk.id == 10**6)
    kept = next(hit for hit in hits if hit.chunk.id == best.chunk.id)
    assert [sign.added for sign in copy.signs if sign.name == "copy"] == [weights()["copy"].value]
    assert copy.score < kept.score


def test_a_passage_without_any_of_the_keywords_goes_below_those_with_them(sample_service: Service) -> None:
    hits = weighed("bryggan", found(sample_service, "bryggan", 40), sample_service.archive, keywords=True)
    signs = {hit.chunk.id: {sign.name for sign in hit.signs} for hit in hits}
    assert all(("wordless" in signs[hit.chunk.id]) is (hit.lexical == 0) for hit in hits[:WEIGHED])


def test_signs_find_nothing_new_and_lose_nothing(sample_service: Service) -> None:
    plain = found(sample_service)
    hits = weighed(QUESTION, plain, sample_service.archive, keywords=False)
    assert {hit.chunk.id for hit in hits} == {hit.chunk.id for hit in plain}
    assert weighed(QUESTION, (), sample_service.archive, keywords=False) == ()
