"""What is one paragraph: the smallest text that can be cited and understood."""

from __future__ import annotations

from corpus_reading import chunk_with, read

from corpus.records import Document


def paragraphs(document: Document, *kinds: str) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs if not kinds or p.kind in kinds]


def test_the_rows_of_a_table_are_one_paragraph() -> None:
    rows = "Närvarande:\tEva Ek\tGranviks kommun\n\tBo Ek\tAlvby kommun"
    document = read(f"Protokoll\n\n{rows}\n\n§ 1 Val\n\nEva Ek väljs.\n")
    assert paragraphs(document, "row") == [rows]


def test_each_row_keeps_a_sentence_of_its_own() -> None:
    document = read("§ 1 Utfall\n\nSkolan\t3 mnkr\nVägen\t2 mnkr\n")
    assert [s.of(document.text) for s in document.chunks[0].sentences][-2:] == ["Skolan\t3 mnkr", "Vägen\t2 mnkr"]


def test_one_bar_makes_a_row_but_not_where_it_is_a_misread_i() -> None:
    document = read("§ 1 Läget\n\nGrusa gården | Bo\n\nBo tar fram en plan. | samverkan med kommunen.\n")
    assert paragraphs(document, "row") == ["Grusa gården | Bo"]


def test_an_item_holds_the_items_below_it() -> None:
    document = read("§ 1 Inköp\n\n- Tröjor 50 st\n  - 10 små\n  - 40 stora\n- Bänkar\n")
    assert paragraphs(document, "item") == ["- Tröjor 50 st\n  - 10 små\n  - 40 stora", "- Bänkar"]


def test_a_list_of_names_is_one_paragraph() -> None:
    names = "- Eva Ek\n- Bo Ek (M)\n- Siri Sjö"
    assert paragraphs(read(f"# Möte\n\n## Närvarande\n\n{names}\n", "p.md"), "item") == [names]


def test_a_list_stands_with_the_words_that_lead_it_in() -> None:
    text = "Ej närvarande kommuner:\n\nAlvby kommun\nGranviks kommun"
    document = read(f"Protokoll\n\n{text}\n\n§ 1 Val\n\nEva Ek väljs.\n")
    assert text in paragraphs(document)
    assert chunk_with(document, "Alvby").start <= document.text.index("Ej närvarande")


def test_labels_with_their_values_are_one_paragraph() -> None:
    head = "Tid: den 3 maj 2031\n\nPlats: Ladan, Alvby"
    assert head in paragraphs(read(f"Protokoll\n\n{head}\n\n§ 1 Val\n\nEva Ek väljs.\n"))


def test_terms_with_their_definitions_are_one_paragraph() -> None:
    terms = "Mat\n:   Eva Ek\n\nLokal\n:   Bo Ek"
    assert terms in paragraphs(read(f"Ansvar\n======\n\n{terms}\n", "p.md"))


def test_dates_below_each_other_are_no_items() -> None:
    document = read("§ 1 Tider\n\nNämnden sammanträder\n\n2 februari\n11 maj\n31 augusti\n")
    assert "2 februari\n11 maj\n31 augusti" in paragraphs(document, "text")


def test_a_sentence_over_a_page_break_is_one_paragraph_with_the_page_it_begins_on() -> None:
    pages = [
        "Granvik\n\n§ 1 Vägen\n\nNämnden anser att vägen ska byggas om före hösten och att",
        "Granvik\n\narbetet ska upphandlas.",
        "Granvik\n\n§ 2 Övrigt\n\nInget.",
    ]
    document = read("\n\f".join(pages))
    torn = next(p for p in document.paragraphs if "byggas" in document.text[p.start : p.end])
    assert document.text[torn.start : torn.end].endswith("upphandlas.")
    assert torn.page == 1


def test_page_frames_are_paragraphs_of_their_own_kind_that_nobody_finds() -> None:
    document = read("Till innehållet\n\n# Protokoll\n\n§ 1 Val\n\nEva Ek väljs.\n\nSida 3 av 12\n", "p.md")
    assert paragraphs(document, "boilerplate") == ["Till innehållet", "Sida 3 av 12"]
    assert all("Sida" not in chunk.search_text for chunk in document.chunks)
    numbered = [p.number for p in document.paragraphs if p.kind not in ("heading", "boilerplate")]
    assert numbered == [1, 1] or numbered == [1]


def test_names_below_the_signing_words_are_signatures() -> None:
    body = "Styrelsen beslutar att köpa en ny brygga till badplatsen vid ån.\n\n" * 8
    document = read(f"§ 1 Brygga\n\n{body}Bo Ek\nOrdförande\n\nJusteras:\n\nEva Ek\n")
    assert paragraphs(document, "signature") == ["Bo Ek\nOrdförande", "Justeras:", "Eva Ek"]


def test_the_lines_below_a_heading_are_not_searched() -> None:
    document = read("Ekonomi\n=======\n\nUtfallet:\n\n```\nSaldo 3 000\n```\n", "p.md")
    assert [chunk.search_text for chunk in document.chunks] == ["Ekonomi\nUtfallet:\nSaldo 3 000"]


def test_a_party_or_a_dash_at_the_start_of_a_line_begins_no_item() -> None:
    party = "Ordförande Eva Ek (S) konstaterar att det finns ett förslag till beslut. Ordföranden\n(S) prövar det."
    dash = "Gården ska få en skylt vid infarten från den stora vägen och parkeringen\n— första steget är att köpa den."
    document = read(f"§ 1 Val\n\n{party}\n\n{dash}\n\n(a) en bänk\n(b) en gunga\n")
    assert paragraphs(document, "text", "item") == [party, dash, "(a) en bänk", "(b) en gunga"]


def test_the_clauses_of_a_decision_are_a_sentence_apart_from_who_decides() -> None:
    document = read("§ 1 Bad\n\nBeslut\n\nNämnden beslutar\natt laga bryggan, samt\natt måla den.\n")
    sentences = [s.of(document.text) for s in document.chunks[0].sentences]
    assert sentences[-2:] == ["Nämnden beslutar", "att laga bryggan, samt\natt måla den."]
