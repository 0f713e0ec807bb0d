"""The ways in which Swedish minutes show where a point begins, and what only looks so."""

from __future__ import annotations

import pytest
from corpus_reading import read, sections


def numbers(text: str, name: str = "handling.txt") -> list[tuple[str | None, str]]:
    """Number and heading of the sections that are no parts of a point."""
    document = read(text, name)
    return [(s.number, s.heading) for s in document.sections if s.kind == "section" and s.level < 30]


def test_lines_below_headings_of_markdown_are_no_text() -> None:
    text = "Mötets öppnande\n===============\n\nEva Ek hälsar välkomna.\n\nTaket\n-----\n\nTaket läggs om.\n"
    document = read(text, "p.md")
    assert sections(document) == [(None, "Mötets öppnande"), (None, "Taket")]
    assert [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "text"] == [
        "Eva Ek hälsar välkomna.",
        "Taket läggs om.",
    ]


def test_what_stands_between_fences_has_no_headings() -> None:
    text = "# Årsmöte 2031\n\n## 1. Stadgar\n\nSå här:\n\n```\n## 7. Rösträtt\n```\n\n## 2. Övrigt\n\nInget.\n"
    assert numbers(text, "p.md") == [("1", "Stadgar"), ("2", "Övrigt")]


def test_a_text_that_is_marked_up_has_no_other_headings() -> None:
    text = (
        "# Möte\n\n## Ekonomi\n\nVi har köpt\n- bänkar\n\n## Tröjor\n\n"
        "1. Mindre bolag\n\n3. Större bolag\n\n## Övrigt\n\nInget.\n"
    )
    assert numbers(text, "p.md") == [(None, "Ekonomi"), (None, "Tröjor"), (None, "Övrigt")]


def test_one_point_that_lost_its_markup_is_found_by_its_number() -> None:
    text = "# Möte\n\n## 1. Val\n\nEva Ek väljs.\n2. Revision\n\nInget att anmärka.\n\n## 3. Övrigt\n\nInget.\n"
    assert numbers(text, "p.md") == [("1", "Val"), ("2", "Revision"), ("3", "Övrigt")]


def test_parts_with_markup_inside_a_paragraph_are_parts() -> None:
    text = (
        "# Protokoll\n\n## § 4 Taxa\n\n### Beslut\n\nTaxan antas.\n\n"
        "## § 5 Övrigt\n\nInget.\n\n## Att göra\n\nRinga Bo.\n"
    )
    assert numbers(text, "p.md") == [("§ 4", "Taxa"), ("§ 5", "Övrigt"), (None, "Att göra")]


def test_emphasis_and_line_breaks_are_no_words_of_a_heading() -> None:
    text = (
        "1.  <span>**Val av ordförande**</span>\\\n    Eva Ek\n\n"
        "2.  <span>**Firmatecknare m.fl.**</span>\\\n    Bo Ek\n"
    )
    assert numbers(text, "p.md") == [("1", "Val av ordförande"), ("2", "Firmatecknare m.fl.")]


def test_a_number_alone_above_its_heading() -> None:
    text = (
        "Revisorerna\n\n1\n\nMötets öppnande\n\nEva Ek öppnar mötet.\n\n2\nGranskning av föreningsbidrag, hyror\n"
        "och jäv\n\nÖverenskommelse\n\nInformationen noteras.\n\n3\n\nAvslut\n\nMötet avslutas.\n"
    )
    assert numbers(text) == [
        ("1", "Mötets öppnande"),
        ("2", "Granskning av föreningsbidrag, hyror och jäv"),
        ("3", "Avslut"),
    ]


def test_numbers_of_points_at_the_top_of_pages_are_no_page_numbers() -> None:
    words = ("bryggan", "skolan", "vägen", "badet", "parken", "torget", "kyrkan")
    lines = "".join(f"Rad {'abcdefgh'[k]} om {{1}} säger hur det går.\n" for k in range(8))
    points = [f"{n}\n\nLäget för {word}\n\n{lines.format(n, word)}\n" for n, word in enumerate(words, 1)]
    pages = (points[0:3], points[3:5], points[5:6], points[6:7])
    text = "\f".join("Granviks kommun\n\n" + "".join(page) for page in pages)
    assert [number for number, _ in numbers(text)] == list("1234567")


def test_the_column_beside_a_heading_is_not_its_name() -> None:
    text = (
        "1. Val | BG\nEva väljs.\n2. | Underhåll | Jens\nTaket läggs om.\n3. Ekonomi              Kassör\nInget nytt.\n"
    )
    assert numbers(text) == [("1", "Val"), ("2", "Underhåll"), ("3", "Ekonomi")]


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [
        ("KS § 12   Dnr KS 2031/00123\nBudget", "§ 12", "Budget"),
        ("§ 12/2031   KS/2031:45\nBudget", "§ 12", "Budget"),
        ("§ 12   Budget   (Dnr KS 2030/77)", "§ 12", "Budget"),
        ("§ 12 Au § 33 Budget", "§ 12", "Budget"),
        ("§12 Budget", "§ 12", "Budget"),
        ("**§ 12 Budget**", "§ 12", "Budget"),
        ("Paragraf 12 Budget", "§ 12", "Budget"),
        ("§ 12\nSvar på motion om att utreda förutsättningarna för\nSkolvägen i Granvik", "§ 12",
         "Svar på motion om att utreda förutsättningarna för Skolvägen i Granvik"),
    ],
)  # fmt: skip
def test_reference_numbers_around_a_heading_are_left_out(line: str, number: str, heading: str) -> None:
    assert numbers(f"Protokoll\n\n{line}\n\nBeslut\n\nNämnden beslutar att anta förslaget.\n") == [(number, heading)]


def test_misread_paragraph_signs_are_believed_where_the_number_goes_on() -> None:
    text = (
        "S 1 Motets oppnande\n\nEva oppnar.\n\n8 2 Val\n\nBo valjs.\n\n"
        "$ 3 Taket\n\nTaket laggs om.\n\n8 20 Barn deltog.\n"
    )
    assert numbers(text) == [("§ 1", "Motets oppnande"), ("§ 2", "Val"), ("§ 3", "Taket")]


def test_a_misread_one_opens_a_row_of_points() -> None:
    assert numbers("l. Val av justerare\nBo väljs.\n2. Taket\nTaket läggs om.\n") == [
        ("1", "Val av justerare"),
        ("2", "Taket"),
    ]


def test_points_with_their_text_on_the_same_line() -> None:
    text = "1. Mötets öppnande: Eva öppnade mötet.\n2. Bryggan. Bo lagar bryggan.\n3. Övriga frågor. Inga fanns.\n"
    document = read(text)
    assert sections(document) == [("1", "Mötets öppnande"), ("2", "Bryggan"), ("3", "Övriga frågor")]
    assert any("Bo lagar bryggan." in c.search_text for c in document.chunks)


def test_numbers_may_skip_repeat_and_start_again() -> None:
    text = (
        "§ 1 Val\n\nBo väljs.\n\n§ 3 Taket\n\nTaket läggs om.\n\n§ 3 Övriga frågor\nInga.\n\n"
        "§ 1 Mötets öppnande\n\nStyrelsen samlas igen efter årsmötet.\n"
    )
    assert [number for number, _ in numbers(text)] == ["§ 1", "§ 3", "§ 3", "§ 1"]


def test_lists_inside_a_paragraph_are_no_points() -> None:
    text = (
        "§ 4 Budget\n\nBeslut\n\n1. Budgeten fastställs\n\n2. Förvaltningen får i uppdrag att återkomma\n\n"
        "§ 5 Val\n\nBo väljs.\n\n§ 6 Övrigt\n\nInget.\n"
    )
    assert numbers(text) == [("§ 4", "Budget"), ("§ 5", "Val"), ("§ 6", "Övrigt")]


def test_a_list_to_the_right_of_the_points_belongs_to_one_of_them() -> None:
    text = (
        "1. Val\n   Bo väljs.\n2. Kalas\n                1. Tårta köps\n\n"
        "                2. Saft köps\n\n3. Övrigt\n   Inget.\n"
    )
    assert numbers(text) == [("1", "Val"), ("2", "Kalas"), ("3", "Övrigt")]


def test_the_first_points_may_have_no_text() -> None:
    text = "1. Mötet öppnades\n2. Val av justerare\nBo väljs.\n3. Taket\nTaket läggs om.\n"
    assert numbers(text) == [("1", "Mötet öppnades"), ("2", "Val av justerare"), ("3", "Taket")]


def test_usual_points_are_headings_without_a_number() -> None:
    text = (
        "Punkt | Vad | Ansvar\n"
        "Mötet öppnades\nVal av justerare\nBo väljs.\nEkonomi | Kassör\nInget nytt.\nNästa möte\n3/5\n"
    )
    assert numbers(text) == [(None, name) for name in ("Mötet öppnades", "Val av justerare", "Ekonomi", "Nästa möte")]


def test_a_list_of_usual_points_is_an_agenda() -> None:
    text = "Kallelse\n\nMötets öppnande\nVal av justerare\nEkonomi\nÖvriga frågor\nMötets avslutande\n\nVälkomna!\n"
    assert numbers(text) == []


def test_a_bold_bullet_above_its_text_is_a_heading() -> None:
    text = "§ 8 Tider\n\n• **Styrgruppen**\n\nDen 3 maj.\n\n• **Arbetsgruppen**\n\nDen 9 maj.\n"
    assert numbers(text) == [("§ 8", "Tider"), (None, "Styrgruppen"), (None, "Arbetsgruppen")]


def test_an_appendix_on_a_page_of_its_own_ends_the_last_point_and_counts_anew() -> None:
    minutes = "".join(f"§ {n} Ärende {n}\n\nNämnden godkänner förslaget.\n\n" for n in (1, 2, 3))
    text = f"{minutes}\fBilaga 1 Budget\n\n1 Inledning\n\nBudgeten är i balans.\n\n2 Skolan\n\nSkolan får mer.\n"
    document = read(text)
    assert sections(document)[3:] == [(None, "Bilaga 1 Budget"), ("1", "Inledning"), ("2", "Skolan")]
    by_heading = {s.heading: s for s in document.sections}
    assert by_heading["Ärende 3"].end <= by_heading["Bilaga 1 Budget"].start
    assert by_heading["Skolan"].parent == by_heading["Bilaga 1 Budget"].ordinal


def test_an_agenda_with_catchwords_is_not_told_from_its_minutes_twice() -> None:
    text = (
        "Dagordning\n\n1. Föregående protokoll\n2. Underhåll\n- brunnar\n- garage\n3. Ekonomi\n4. Övrigt\n\n"
        "1. Föregående protokoll\n\nLades till handlingarna.\n\n2. Underhåll\n\n- Brunnarna höjs i maj.\n\n"
        "3. Ekonomi\n\nInget nytt.\n\n4. Övrigt\n\nInget.\n"
    )
    document = read(text)
    assert [number for number, _ in sections(document, "agenda")] == ["1", "2", "3", "4"]
    assert [number for number, _ in sections(document)] == ["1", "2", "3", "4"]


def test_a_list_deep_in_a_point_does_not_begin_the_points_anew() -> None:
    kalas = "3. Kalas\nii. Spel\n1. Vår och höst som vanligt\niii. Annat\n"
    text = f"1. Val\na. Bo.\n2. Mål\na. Fler.\n{kalas}4. Övrigt\na. Inget.\n"
    assert [number for number, _ in numbers(text)] == ["1", "2", "3", "4"]


def test_words_that_do_not_end_are_no_heading() -> None:
    torn = "Fråga om vilka färger som gäller för\n\nDörrarna har målats om i vitt och grönt."
    assert numbers(f"Byalaget\n\nMötet hölls.\n\n{torn}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "§ 1 – Öppnande\n\nEva.\n\n§ 2 – Budget\n\nAntas.\n\n§ 3 – Övrigt\n\nInget.\n",
        "1 § Öppnande\n\nEva.\n\n2 § Budget\n\nEnligt 12 § kommunallagen antas den.\n\n3 § Övrigt\n\nInget.\n",
        "Punkt 1. Öppnande\nEva.\n\nPunkt 2: Budget\nAntas.\n\nPunkt 3 Övrigt\nInget.\n",
        "1 – Öppnande\n\nEva.\n\n2 – Budget\n\nAntas.\n\n3 – Övrigt\n\nInget.\n",
        "1.\tÖppnande\n\tEva.\n2.\tBudget\n\tAntas.\n3.\tÖvrigt\n\tInget.\n",
        "§ 1 Öppnande Eva Ek hälsar alla.\n\n§ 2 Budget Bo Ek går igenom den.\n\n§ 3 Övrigt Bo tackar alla.\n",
    ],
)
def test_the_number_may_be_written_in_many_ways(text: str) -> None:
    found = numbers(f"Byalaget Granvik\n\n{text}")
    assert [(str(number)[-1], heading) for number, heading in found] == [
        ("1", "Öppnande"),
        ("2", "Budget"),
        ("3", "Övrigt"),
    ]


def test_a_clause_that_goes_on_below_is_no_heading() -> None:
    text = "§ 4 Budget\n\nBeslut\n\nRegionstyrelsen beslutar\natt fastställa budgeten.\n"
    assert sections(read(text)) == [("§ 4", "Budget"), (None, "Beslut")]
