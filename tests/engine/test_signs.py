"""What else than words and meaning puts a passage first: signs in invented minutes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from corpus.records import Section, Span
from engine.hits import Hit
from engine.search.signs import WEIGHED, weighed, weights
from engine.service import Service
from index.records import FactPlace, StoredChunk, StoredDocument


class Facts:
    """Facts at the places that a test says, and the types that were asked for."""

    def __init__(self, *places: FactPlace) -> None:
        self.places = places
        self.asked: list[str] = []

    def fact_places(self, documents: Iterable[str], types: Iterable[str]) -> list[FactPlace]:
        wanted = set(types)
        self.asked += sorted(wanted)
        return [one for one in self.places if one.document in set(documents) and one.type in wanted]


def hit_of(
    number: int, text: str, score: float = 0.5, *, document: str = "a", heading: str = "", lexical: float = 0.5,
    chunks: int = 20,
) -> Hit:  # fmt: skip
    stored = StoredDocument(
        document, "", ("p.txt",), "Årsmöte i Kvarnlaget", "minutes", "Kvarnlaget", "2031-03-02", "txt", 0, 0, chunks,
        0, "", (),
    )  # fmt: skip
    section = Section(1, "§ 1", heading, 1, "section", 0, len(text))
    start = 1000 * number
    end = start + len(text)
    chunk = StoredChunk(
        number, stored, section, (heading,), 1, start, end, None, text, text, (Span(start, end),)
    )  # fmt: skip
    return Hit(chunk, score, lexical, 0.5)


def order(question: str, *hits: Hit, facts: Facts | None = None, keywords: bool = False) -> list[int]:
    return [hit.chunk.id for hit in weighed(question, hits, facts or Facts(), keywords=keywords)]


def names(hit: Hit) -> set[str]:
    return {sign.name for sign in hit.signs}


def test_a_passage_with_an_answer_of_the_kind_that_is_asked_for_comes_first() -> None:
    without = hit_of(1, "Bron diskuterades länge och ska målas om av medlemmarna själva.", 0.55)
    amount = hit_of(2, "Bron får kosta 14 000 kr enligt budgeten som styrelsen lade fram.")
    assert order("Hur mycket får bron kosta?", without, amount) == [2, 1]
    assert order("Vad sades om bron?", without, amount) == [1, 2]


def test_a_title_is_no_answer_to_a_question_in_its_words() -> None:
    title = hit_of(1, "Protokoll från Kvarnlagets årsmöte 2031", 0.6)
    told = hit_of(2, "Undertecknad, Siri Al, föreslogs och valdes till att skriva ned allt som sades.")
    question = "Vad hände på Kvarnlagets årsmöte 2031?"
    assert order(question, title, told) == [2, 1]
    assert "bare" in names(weighed(question, [title, told], Facts(), keywords=False)[1])


def test_a_text_of_one_passage_is_not_bare_for_being_its_own_title() -> None:
    alone = hit_of(1, "Årsmöte i Kvarnlaget", chunks=1)
    assert "bare" not in names(weighed("Vad är detta?", [alone], Facts(), keywords=False)[0])


def test_a_passage_where_the_registers_have_such_a_fact_comes_first() -> None:
    talk = hit_of(1, "Lokalen är ofta svår att boka, menade Eva Ek som hade försökt ringa flera gånger.", 0.55)
    task = hit_of(2, "Eva Ek får i uppdrag att boka en ny lokal före sommaren.")
    facts = Facts(FactPlace("a", "action", None, 2000, 2050))
    assert order("Vem fick i uppdrag att boka lokalen?", talk, task, facts=facts) == [2, 1]
    assert facts.asked == ["action"]
    assert order("Vad kostar lokalen?", talk, task, facts=facts)[0] == 1


def test_only_facts_of_the_kind_that_the_relation_asks_for_count() -> None:
    here = hit_of(1, "Eva Ek, Per Lind och Siri Al deltog i mötet på Kvarnen i Granvik.")
    absent = hit_of(2, "Frånvarande var Maj Bro och Ove Dal, som hade anmält förhinder.", 0.45)
    places = [FactPlace("a", "attendance", "present", 1000, 1020), FactPlace("a", "attendance", "absent", 2000, 2020)]
    found = weighed("Vilka var frånvarande på mötet?", [here, absent], Facts(*places), keywords=False)
    assert [hit.chunk.id for hit in found if "fact" in names(hit)] == [2]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vem förde protokollet på årsmötet?", "Till sekreterare valdes Siri Al, som tackade ja till uppdraget."),
        ("Vem höll i klubban på årsmötet?", "Siri Al valdes till ordförande för mötet efter en kort diskussion."),
        ("Vem valdes att sköta kassan?", "Siri Al omvaldes som kassör på ett år av ett enigt möte."),
    ],
)
def test_an_office_that_is_told_by_what_its_holder_does_is_found_by_its_name(question: str, text: str) -> None:
    other = hit_of(1, "Per Lind hälsade alla välkomna till Kvarnen och bjöd på kaffe före mötet.", 0.55)
    assert order(question, other, hit_of(2, text)) == [2, 1]


def test_a_passage_of_the_document_with_the_best_passages_comes_first() -> None:
    alone = hit_of(1, "Bron ska målas om i vår av medlemmarna, sade Eva Ek.", 0.52, document="b")
    others = [hit_of(n, f"Bron {n} ska målas om i höst av medlemmarna, sade Per Lind.", 0.5) for n in (2, 3, 4)]
    assert order("Vad sades om bron?", alone, *others) == [2, 3, 4, 1]


def test_a_copy_within_a_document_comes_last_and_the_same_words_of_another_meeting_do_not() -> None:
    text = "Dagordningen godkändes utan ändringar och lades till handlingarna av mötet."
    first, copy = hit_of(1, text, 0.6), hit_of(2, text, 0.6)
    another = hit_of(3, text, 0.55, document="b")
    other = hit_of(4, "Verksamhetsplanen godkändes efter omröstning med röstsiffrorna sex mot fem.", 0.4)
    found = weighed("Vad godkändes?", [first, copy, another, other], Facts(), keywords=False)
    assert found[-1].chunk.id == 2
    assert [hit.chunk.id for hit in found if "copy" in names(hit)] == [2]


def test_keywords_put_every_passage_with_one_of_the_words_before_those_without() -> None:
    near = hit_of(1, "Övrigt", 0.30, lexical=0.0)
    compound = hit_of(2, "Grundskolans tak läcker.", 0.12, lexical=0.15)
    assert order("skola", near, compound, keywords=True) == [2, 1]
    found = weighed("skola", [near, compound], Facts(), keywords=True)
    assert [names(hit) for hit in found] == [set(), {"wordless"}]


def test_scores_stay_between_0_and_1_and_fall_and_what_is_not_weighed_follows() -> None:
    hits = [hit_of(n, f"Stycke {n} om bron och kvarnen som byggs", 1 - n / 100) for n in range(1, WEIGHED + 20)]
    found = weighed("När byggdes bron, den 3 mars eller den 4 mars?", hits, Facts(), keywords=False)
    scores = [hit.score for hit in found]
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert [hit.chunk.id for hit in found[WEIGHED:]] == list(range(WEIGHED + 1, WEIGHED + 20))


def test_nothing_found_is_nothing_weighed() -> None:
    assert weighed("Vem valdes?", (), Facts(), keywords=False) == ()


def test_every_sign_of_the_table_is_one_that_passages_can_have(sample_service: Service) -> None:
    questions = ["Vem valdes till justerare?", "skola avgift", "Hur mycket kostar skyltplanen?",
                 "Vilka var frånvarande på mötet i maj 2024?"]  # fmt: skip
    found = {s.name for q in questions for hit in sample_service.search(q, WEIGHED).hits for s in hit.signs}
    assert found <= set(weights())
    assert {"document", "kind", "fact", "office", "wordless"} <= found


def test_signs_are_told_with_what_they_added(sample_service: Service) -> None:
    results = sample_service.search("Vem valdes till justerare på mötet i maj 2024?", 3)
    told = [reason for why in sample_service.explain(results) for reason in why.reasons if reason.how == "sign"]
    assert "nämner uppdraget som efterfrågas +0.15" in [reason.text for reason in told]
    assert all(reason.found in weights() for reason in told)


def test_the_searcher_of_answers_weighs_no_signs(sample_service: Service) -> None:
    searcher, question = sample_service.searcher, "Vem valdes till justerare?"
    hits = searcher.search(question, 10).hits
    assert [(hit.chunk.id, hit.score) for hit in hits] == [(c, s) for c, s, _, _ in searcher.rank(question)[:10]]
    assert not any(hit.signs for hit in hits)


def test_a_longer_list_begins_with_the_shorter_one(sample_service: Service) -> None:
    question = "Vem fick i uppdrag att ta fram en skyltplan?"
    few, many = (sample_service.search(question, limit).hits for limit in (5, 80))
    assert [hit.chunk.id for hit in many[:5]] == [hit.chunk.id for hit in few]


def test_signs_find_nothing_new_and_lose_nothing(sample_service: Service) -> None:
    plain = sample_service.searcher.search("Vem fick i uppdrag att se över parkeringsavgifterna?", 20).hits
    hits = weighed("Vem fick i uppdrag att se över dem?", plain, sample_service.archive, keywords=False)
    assert {hit.chunk.id for hit in hits} == {hit.chunk.id for hit in plain}
