"""Why a hit was found, word by word."""

from __future__ import annotations

import pytest

from corpus.records import Section, Span
from engine.hits import Hit
from engine.search.explain import explain, reasons
from engine.search.query import parse
from engine.service import Service
from index.records import StoredChunk, StoredDocument
from models.analysis import WordTerms
from models.swedish import SwedishAnalyser

KNOWN = {
    "grundskolan": WordTerms("grundskolan", "grundskola", ("grund", "skola")),
    "grundskola": WordTerms("grundskola", "grundskola", ("grund", "skola")),
    "skolorna": WordTerms("skolorna", "skola"),
    "ar": WordTerms("ar", "ar", (), "är"),
}


class SmallAnalyser:
    """Knows a few words; every other is its own normal form."""

    def word(self, word: str) -> WordTerms:
        return KNOWN.get(word, WordTerms(word, word))


def hit_of(text: str, heading: str = "Rubrik", body: str = "Tekniska nämnden") -> Hit:
    document = StoredDocument(
        "a" * 16, "", ("p.txt",), "Protokoll", "minutes", body, "2024-03-12", "txt", 0, 0, 0, 0, "", ()
    )
    section = Section(1, "§ 14", heading, 1, "section", 0, len(text))
    chunk = StoredChunk(1, document, section, (heading,), 1, 0, len(text), None, text, text, (Span(0, len(text)),))
    return Hit(chunk, 0.5, 0.4, 0.6)


def told(query: str, hit: Hit, analyser: object = None) -> list[str]:
    asked = parse(query)
    return [one.text for one in reasons(asked.words, asked.condition, hit, analyser or SmallAnalyser())]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("skola", "En skola byggs.", ["ord skola"]),
        ("skola", "Skolorna stängs.", ["böjning skola → skolorna"]),
        ("skola", "Vid grundskolan.", ["träff via sammansättning grund+skola (grundskolan)"]),
        ("grundskola", "Skolorna stängs.", ["träff via sammansättning grund+skola → skolorna"]),
        ("skola", "En skola, en grundskola.", ["ord skola"]),
        ("är", "Det ar en ideell forening.", ["rättad läsning ar → är"]),
        ("rubrik skola", "Enligt förslaget.", ["i sammanhanget: rubrik"]),
        ("dagis", "Nytt förskola.", ["närliggande ord dagis → förskola"]),
        ("simhall", "Nytt torg.", []),
        ('"en skola"', "En skola byggs.", ["fras ”en skola”"]),
        ("skol*", "Skolorna och skolan.", ["trunkering skol* → skolorna, skolan"]),
        ("torg ELLER skol*", "Nytt torg.", ["ord torg"]),
        ("torg -skola", "Nytt torg.", ["ord torg"]),
        ("organ:tekniska torg", "Nytt torg.", ["ord torg", "urval organ Tekniska nämnden"]),
        ("organ:tekniska ELLER organ:kultur", "Nytt torg.", ["urval organ Tekniska nämnden"]),
        ("datum:2024 torg", "Nytt torg.", ["ord torg", "urval datum 2024-03-12"]),
        ("§:14 torg", "Nytt torg.", ["ord torg", "urval paragraf 14"]),
    ],
)
def test_each_way_to_match_is_told(query: str, text: str, wanted: list[str]) -> None:
    assert told(query, hit_of(text)) == wanted


def test_the_swedish_analysis_is_told_with_its_inflections() -> None:
    assert told("ärendet", hit_of("Ärendena bordläggs."), SwedishAnalyser()) == ["böjning ärendet → ärendena"]


def test_the_scores_are_those_of_the_hits_and_the_cosine_orders_the_dense_side(sample_service: Service) -> None:
    results = sample_service.search("trygga skolvägar", 8)
    why = explain(results, sample_service.searcher, sample_service.analyser)
    assert [one.fused for one in why] == [hit.score for hit in results.hits]
    assert all(one.cosine is not None and 0.5 < one.cosine < 1 for one in why)
    both = [one for one in why if one.dense > 0]
    assert sorted(both, key=lambda one: one.dense) == sorted(both, key=lambda one: one.cosine or 0)
    assert all(one.reasons[-1].how == "meaning" for one in why)


def test_a_personal_number_in_a_reason_is_masked(sample_service: Service) -> None:
    from engine.search.explain import _explanation

    hit = hit_of("Sökanden 19811218-9876 yttrar sig.")
    asked = parse("198112* yttrar")
    found = tuple(reasons(asked.words, asked.condition, hit, SwedishAnalyser()))
    assert "19811218-9876" in str(found)
    assert "9876" not in str(_explanation(hit, found, None))


def test_figures_are_told_in_both_spellings() -> None:
    hit = hit_of("Kostnaden är 9,6 Mkr. Mötet börjar kl. 11.15 den 12 mars.")
    told_of = told("9,6 miljoner kronor kl 11:15 12/3 2024", hit, SwedishAnalyser())
    assert {
        "samma uppgift 12/3 2024 → 12 mars",
        "samma uppgift kl 11:15 → kl. 11.15",
        "samma uppgift 9,6 miljoner kronor → 9,6 Mkr",
    } <= set(told_of)


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("ärendena", "inflection"),
        ("grundskola", "compound"),
        ("övertagandet halvåret", "repaired"),
        ("overtagandet halvaret", "word"),
        ("neka", "related"),
        ("9,6 miljoner kronor", "figure"),
        ("TN 2024/00018", "figure"),
        ("KS", "related"),
        ("skol*", "truncation"),
        ('"Ärendet ska tas upp"', "phrase"),
        ("organ:tekniska torg", "selection"),
    ],
)
def test_every_mechanism_shows_on_the_sample_minutes(sample_service: Service, query: str, how: str) -> None:
    results = sample_service.search(query, 1)
    (why,) = explain(results, sample_service.searcher, sample_service.analyser)
    assert how in [one.how for one in why.reasons]
