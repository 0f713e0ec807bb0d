"""Near misses: passages of another body or of other years than a question names."""

from __future__ import annotations

from dataclasses import replace

from engine.facts.elsewhere import Elsewhere
from engine.hits import Hit
from engine.questions.proper_names import names_in
from engine.questions.understanding import understand
from engine.service import Service


def than(service: Service, question: str, *, names: bool = False) -> Elsewhere:
    asked = understand(question)
    proper = names_in(question, asked.language) if names else ()
    return service.answerer.facts.elsewhere(asked, proper, service.indexes.lexical.knows)


def hits(service: Service, words: str) -> list[Hit]:
    return list(service.searcher.search(words, 60).hits)


def dated(hit: Hit, day: str | None, text: str) -> Hit:
    """The hit as one of a document of that day that says ``text``."""
    document = replace(hit.chunk.document, date=day, title="Protokoll")
    return replace(hit, chunk=replace(hit.chunk, document=document, search_text=text, section_path=()))


def test_minutes_of_another_body_are_elsewhere_and_those_of_the_named_one_are_not(sample_service: Service) -> None:
    elsewhere = than(sample_service, "Vem valdes till ordförande i Ladan?")
    found = hits(sample_service, "ordförande")
    of_ladan = [hit for hit in found if "Ladan" in (hit.chunk.document.body or "")]
    others = [hit for hit in found if "nämnden" in (hit.chunk.document.body or "").lower()]
    assert of_ladan
    assert not any(elsewhere.holds(hit) for hit in of_ladan)
    assert [hit for hit in others if not elsewhere.holds(hit)] == [
        hit for hit in others if "ladan" in hit.chunk.search_text.lower()
    ]
    assert any(elsewhere.holds(hit) for hit in others)


def test_a_passage_of_another_body_that_names_the_body_is_not_elsewhere(sample_service: Service) -> None:
    hit = next(one for one in hits(sample_service, "ordförande") if "nämnden" in (one.chunk.document.body or ""))
    elsewhere = than(sample_service, "Vad fick Ladan i bidrag?")
    assert elsewhere.holds(dated(hit, None, "Bidraget avslogs."))
    assert not elsewhere.holds(dated(hit, None, "Ladan får 5 000 kr i bidrag."))


def test_the_same_committee_under_a_shorter_name_is_not_elsewhere(sample_service: Service) -> None:
    elsewhere = than(sample_service, "Vem leder tekniska nämnden i Högsjöbro?")
    found = hits(sample_service, "ordförande nämnden")
    short = [hit for hit in found if hit.chunk.document.body == "Tekniska nämnden"]
    assert short
    assert not any(elsewhere.holds(hit) for hit in short)


def test_words_that_any_body_has_in_its_name_tell_none_from_another(sample_service: Service) -> None:
    assert than(sample_service, "Vad beslutade Styrelsen och Kommunen i Partnerskap?").bodies == ()
    assert than(sample_service, "Vad beslutades om vägen?").bodies == ()


def test_minutes_of_years_after_and_before_the_one_that_is_named_are_elsewhere(sample_service: Service) -> None:
    hit = hits(sample_service, "ordförande")[0]
    elsewhere = than(sample_service, "Vem valdes till vice kassör för 2031?")
    text = "Till vice kassör valdes Eva Ek."
    assert elsewhere.holds(dated(hit, "2027-03-01", text))
    assert elsewhere.holds(dated(hit, "2034-03-01", text))
    assert not elsewhere.holds(dated(hit, "2030-11-01", text))
    assert not elsewhere.holds(dated(hit, "2027-03-01", "För 2031 valdes Eva Ek till vice kassör."))
    assert not elsewhere.holds(dated(hit, None, text))


def test_a_matter_of_another_year_is_elsewhere_though_its_minutes_are_of_the_year(sample_service: Service) -> None:
    hit = hits(sample_service, "ordförande")[0]
    elsewhere = than(sample_service, "Vem valdes till vice kassör för 2031?")
    assert elsewhere.holds(dated(hit, "2031-11-01", "Till styrelse för 2032 valdes Eva Ek och Bo Alm."))
    assert not elsewhere.holds(dated(hit, "2031-11-01", "Styrelsen för 2031 avtackades, den för 2032 valdes."))
    assert not elsewhere.holds(dated(hit, "2031-11-01", "Till styrelse valdes Eva Ek och Bo Alm."))


def test_a_document_without_the_names_of_the_question_is_elsewhere(sample_service: Service) -> None:
    elsewhere = than(sample_service, "Vad kostar försöket med Sjökortet?", names=True)
    found = hits(sample_service, "kostnad för försöket med sjökort")
    names = {hit.chunk.document.body for hit in found if not elsewhere.holds(hit)}
    assert names
    assert all("Sjöstråket" in (name or "") for name in names)
    assert any(elsewhere.holds(hit) for hit in found if "Ladan" in (hit.chunk.document.body or ""))
