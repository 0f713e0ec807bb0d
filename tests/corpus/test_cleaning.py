"""Cleaning marks what is no part of the minutes and leaves the stored text as it is."""

from __future__ import annotations

import pytest
from corpus_reading import chunk_with, marked, read, searchable


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Till innehållet", "navigation"),
        ("Meny Sök Lyssna Kontakt", "navigation"),
        ("Startsida / Kommun och politik / Möten / Trafiknämnden", "navigation"),
        ("Senast uppdaterad: 3 mars 2031", "navigation"),
        ("Vi använder kakor på den här webbplatsen för att den ska fungera.", "cookie_notice"),
        ("Tillåt alla   Bara nödvändiga   Inställningar", "cookie_notice"),
        ("Sida 3 av 12", "page_head"),
        ("– 4 –", "page_head"),
        ("Ladda ner PDF", "portal"),
    ],
)
def test_furniture_is_marked_but_stays_in_the_text(line: str, reason: str) -> None:
    text = f"Protokoll trafiknämnden 3 mars 2031\n\n{line}\n\nNämnden beslutar att bygga en gångbro över ån.\n"
    document = read(text)
    assert document.text == text
    assert marked(document) == [(reason, line)]
    assert line not in searchable(document)
    assert "gångbro" in searchable(document)


@pytest.mark.parametrize(
    "line",
    [
        "Ändrad taxa för bygglov",
        "Publicerad kungörelse i ortstidningen",
        "Eva Ek / Bo Ek / Siri Sjö",
        "Spade / kratta / annan utrustning lånas ut av föreningen",
        "Nämnden beslutar att webbplatsen ska sluta använda kakor vid årsskiftet.",
        "Starta visningen tidigare",
    ],
)
def test_what_only_resembles_furniture_is_kept(line: str) -> None:
    document = read(f"Protokoll 3 mars 2031\n\n§ 1 Val\n\nEva Ek väljs.\n\n{line}\n")
    assert marked(document) == []
    assert line in searchable(document)


def pages(*bodies: str, head: str = "Granviks kommun      Protokoll", foot: str = "Justerandes sign") -> str:
    return "\f".join(f"{head}\n\n{body}\n\n{foot}\n{n} ({len(bodies)})\n" for n, body in enumerate(bodies, 1))


def test_repeated_page_heads_are_marked_from_the_second_page() -> None:
    document = read(pages("§ 1 Val\n\nEva Ek väljs.", "Mötet öppnas.", "Bo Ek justerar.", "Mötet avslutas."))
    heads = [text for reason, text in marked(document) if text.startswith("Granviks kommun")]
    assert len(heads) == 3, "the first one names the municipality"
    assert "(4)" not in searchable(document)


def test_a_sentence_that_returns_on_every_page_is_no_page_head() -> None:
    body = "§ {} Ärende\n\nSammanfattning\nRapport {} föredras.\n\nNämnden noterar informationen."
    document = read(pages(*(body.format(n, n) for n in range(1, 5))))
    assert searchable(document).count("Nämnden noterar informationen.") == 4


def test_rows_of_figures_at_page_edges_are_no_page_heads() -> None:
    rows = ["12 345   67 890   3\n1 000   2 000   4\n500   700   5"] * 3
    document = read(pages(*(f"Utfall per kvartal\n\n{row}" for row in rows), foot="Bilaga"))
    assert searchable(document).count("67 890") == 3


def test_lists_of_other_documents_at_the_end_of_a_portal_are_marked() -> None:
    other = "Cykelplan för Älvby\n\nCykelplan för Älvby 2031 Antagen av nämnden. Ansvarig: Bo Ek\n\nLäs mer\n\n"
    document = read("Slutrapport bänkar vid ån\n\nTolv bänkar sattes upp.\n\nLiknande dokument\n\n" + other * 4)
    assert "Älvby" not in searchable(document)
    assert "Tolv bänkar" in searchable(document)


def test_read_more_links_spread_over_minutes_hide_nothing() -> None:
    point = "Nämnden beslutar att bänken flyttas till parken vid ån. " * 30
    document = read("".join(f"§ {n} Bänk {n}\n\n{point}\n\nLäs mer\n\n" for n in range(1, 5)))
    assert searchable(document).count("§ ") == 4
    assert all(reason != "link_list" for reason, _ in marked(document))


def test_a_table_of_contents_is_marked_up_to_the_text() -> None:
    text = (
        "Verksamhetsplan 2031\n\nInnehåll\nBakgrund ........ 3\nMål och syfte .... 4\nBudget    12\n\n"
        "Bakgrund\n\nPlanen gäller hela nämnden och antogs i mars 2031. Bron kostar 12\n"
    )
    document = read(text)
    assert [reason for reason, _ in marked(document)] == ["contents"]
    assert "Budget" not in searchable(document)
    assert "Bron kostar 12" in searchable(document)


TORN = (
    "Minnesanteckningar\n\nBussar\n\nDeltagarna talade om självkörande bussar. Det\n"
    "³ Försöket pågår till 2032, se nämndens hemsida.\n{number}\n"
    "finns också en möjlighet att köra dem på landsbygden.\n"
)


@pytest.mark.parametrize("number", ["", "\n4 (12)\n"])
def test_a_footnote_torn_into_a_sentence_is_its_own_chunk(number: str) -> None:
    document = read(TORN.format(number=number))
    running = chunk_with(document, "självkörande")
    assert "Det finns också en möjlighet" in " ".join(running.search_text.split())
    footnote = chunk_with(document, "Försöket pågår")
    assert footnote.search_text == "³ Försöket pågår till 2032, se nämndens hemsida."
    assert footnote.section == running.section


def test_two_torn_footnotes_do_not_swallow_the_text_between() -> None:
    again = TORN.partition("Deltagarna")[2].replace("³", "⁴").replace("Försöket", "Avtalet")
    document = read(TORN.format(number="") + "\nDeltagarna" + again.format(number=""))
    assert chunk_with(document, "Avtalet pågår").search_text.startswith("⁴ Avtalet")
    assert chunk_with(document, "Försöket pågår").search_text.startswith("³ Försöket")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("beslutar att kommun-\nstyrelsen bereder", "kommunstyrelsen bereder"),
        ("beslutar att kommun\u00ad\nstyrelsen bereder", "kommunstyrelsen bereder"),
        ("beslutar att kom\u00admunen bereder", "kommunen bereder"),
        ("samråd med kommun-\noch regionledning sker", "kommun- och regionledning"),
        ("beslutar att VA-\nverket bereder", "VA-verket bereder"),
        ("beslutar att styr-\nelsen bereder", "styrelsen bereder"),
        ("beslutar att kommun\u00ac\nstyrelsen bereder", "kommunstyrelsen bereder"),
        ("beslutar att kommun\u2010\n  styrelsen bereder", "kommunstyrelsen bereder"),
        ("ber om svar per e-\npost från", "per e-post från"),
        ("ger Anna-\nKarin Ek i uppdrag om", "Anna-Karin Ek"),
        ("firar 50-\nårsdagen av", "50-årsdagen"),
        ("beslutar om en 60-\noch en 70-årsfest för", "60-\noch en"),
        ("kostnaden 3\u00a0000\u00a0kr bärs", "3 000 kr bärs"),
        ("se **planen** och [kartan](https://example.org/karta) i", "se planen och kartan i"),
    ],
)
def test_search_text_joins_what_layout_broke(written: str, found: str) -> None:
    document = read(f"§ 1 Beredning\n\nNämnden {written} frågan.\n")
    assert written in document.text
    assert found in searchable(document)
