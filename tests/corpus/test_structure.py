"""Sections, paragraphs and chunks of the layouts that Swedish minutes come in."""

from __future__ import annotations

from corpus_reading import chunk_with, read, searchable, section_of, sections

from corpus.chunks import MAX_CHUNK


def test_paragraph_sign_and_heading_on_one_line() -> None:
    document = read("§ 6. Rapport om bron\n\nBron är klar.\n\n§ 7 Övrigt\n\nInget att notera.\n")
    assert sections(document) == [("§ 6", "Rapport om bron"), ("§ 7", "Övrigt")]


def test_lone_paragraph_sign_with_the_heading_lines_below() -> None:
    heading = "Medborgarförslag om\nbadplats vid Storsjön"
    document = read(f"§ 50\nDnr TN-2031-00012\n{heading}\n\nBeslut\n\nNämnden avslår förslaget.\n")
    assert sections(document)[0] == ("§ 50", "Medborgarförslag om badplats vid Storsjön")
    assert sections(document)[1] == (None, "Beslut")
    assert section_of(document, document.chunks[0]).number == "§ 50"


def test_a_heading_broken_over_lines_is_joined() -> None:
    document = read("§ 4 Val av ombud till\nvattenrådets årsstämma\n\nEva Ek väljs.\n")
    assert sections(document) == [("§ 4", "Val av ombud till vattenrådets årsstämma")]


def test_numbered_points_with_emphasis() -> None:
    document = read("1. Ekonomi - *information*\n\nUtfallet följer budget.\n\n2. Skolvägar\n\nFrågan bordläggs.\n")
    assert sections(document) == [("1", "Ekonomi - information"), ("2", "Skolvägar")]


def test_markdown_headings_give_numbers_without_stray_spaces() -> None:
    document = read("# Protokoll\n\n## § 1 Val av justerare\n\nEva Ek väljs.\n\n## 2 a Budget\n\nAntas.\n", "p.md")
    assert sections(document) == [("§ 1", "Val av justerare"), ("2 a", "Budget")]


def test_plain_headings_above_prose() -> None:
    text = (
        "Protokoll från byalaget\n\nMötet öppnas\n\nEva Ek hälsar alla välkomna till mötet.\n\n"
        "Badplatsen\n\nBo Ek lagar bryggan före sommaren.\n"
    )
    assert sections(read(text)) == [(None, "Mötet öppnas"), (None, "Badplatsen")]


def test_numbered_list_inside_a_point_is_no_row_of_sections() -> None:
    document = read("§ 3 Inköp\n\nNämnden beslutar att köpa\n1. Två bänkar\n2. En gunga\n3. Sex träd\n")
    assert sections(document) == [("§ 3", "Inköp")]
    assert [p.kind for p in document.paragraphs].count("item") == 3


def test_bullets_are_items() -> None:
    document = read("§ 3 Inköp\n\n- två bänkar\n• en gunga\n* sex träd\n")
    assert [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "item"] == [
        "- två bänkar",
        "• en gunga",
        "* sex träd",
    ]


def test_an_agenda_before_the_minutes_is_not_indexed() -> None:
    text = (
        "Protokoll från byalaget\n\n •   1\n\n  Mötet öppnas\n\n •   2\n\n  Badplatsen\n\n •   3\n\n  Övrigt\n\n"
        " • § 1\n\n  Mötet öppnas\n\n • Eva Ek öppnar mötet.\n\n • § 2\n\n  Badplatsen\n\n • Bryggan lagas i maj.\n\n"
        " • § 3\n\n  Övrigt\n\n • Nästa möte hålls i juni.\n"
    )
    document = read(text)
    assert sections(document, "agenda") == [("1", "Mötet öppnas"), ("2", "Badplatsen"), ("3", "Övrigt")]
    assert searchable(document).count("Badplatsen") == 1
    assert section_of(document, chunk_with(document, "Bryggan")).number == "§ 2"


def test_bullets_between_two_numbers_are_the_text_of_the_first() -> None:
    text = (
        "Protokoll från byalaget\n\n • § 26   Dnr BY-2031-00018\n\n  Bryggan\n\n • Beslut\n\n  Bryggan lagas i maj.\n\n"
        " • § 27\n\n  Badet\n\n • Vattnet är rent.\n\n • § 28\n\n  Övrigt\n\n • Nästa möte hålls i juni.\n"
    )
    document = read(text)
    assert sections(document) == [("§ 26", "Bryggan"), (None, "Beslut"), ("§ 27", "Badet"), ("§ 28", "Övrigt")]
    assert section_of(document, chunk_with(document, "juni")).number == "§ 28"


def test_bullets_between_numbers_with_a_gap_are_points_that_lost_theirs() -> None:
    text = (
        "Protokoll från byalaget\n\n • 1\n\n  Upprop\n\n • Bryggan lagas i maj.\n\n • Badet är öppet.\n\n"
        " • 4\n\n  Övrigt\n\n • 5\n\n  Nästa möte\n\n • Mötet hålls i juni.\n"
    )
    document = read(text)
    assert section_of(document, chunk_with(document, "Badet")).number is None


def test_a_list_of_the_elected_is_no_agenda_even_if_its_numbers_return() -> None:
    text = (
        "§ 1 Mötet öppnas\n\nEva Ek öppnar mötet.\n\n§ 2 Val\n\n1 Ordförande Eva Ek\n\n2 Kassör Bo Ek\n\n"
        "3 Ledamot Siri Sjö\n\n§ 3 Inköp\n\n1 Bänkar\n\nTvå köps.\n\n2 Gungor\n\nEn köps.\n\n3 Träd\n\nSex köps.\n"
    )
    assert "Kassör Bo Ek" in searchable(read(text))


def test_scanned_text_without_diacritics_keeps_its_headings() -> None:
    contents = "Verksamhetsplan 2031\n\nInnehall\nMal .... 2\nMiljo .... 3\n\n"
    head = "Foreningen ar ideell och verkar i Alvby sedan 1931.\n\n" * 6
    document = read(f"{contents}{head}Miljo\n\nForeningen varnar om sjon och an.\n")
    assert sections(document) == [(None, "Miljo")]
    assert "varnar om sjon" in searchable(document)


def test_a_point_with_all_its_text_on_one_line_keeps_the_text() -> None:
    text = "§ 9 Bryggan. " + "Styrelsen beslutar att bryggan ska lagas av Bo Ek före midsommar. " * 10
    document = read(f"§ 8 Bad\n\nVattnet är rent.\n\n{text}\n\n§ 10 Övrigt\n\nInget.\n")
    assert [number for number, _ in sections(document)] == ["§ 8", "§ 9", "§ 10"]
    assert len(section_of(document, chunk_with(document, "§ 9")).heading) < 200
    assert searchable(document).count("före midsommar") == 10


def test_points_do_not_share_a_chunk_but_parts_of_a_point_may() -> None:
    bench = "§ 1 Bänk\n\nBeslut\n\nBänken köps.\n\nBakgrund\n\nDen gamla är trasig.\n\n"
    document = read(f"{bench}§ 2 Gunga\n\nBordläggs.\n")
    assert chunk_with(document, "Bänken köps.") is chunk_with(document, "Den gamla är trasig.")
    assert "Bordläggs" not in chunk_with(document, "Bänken köps.").search_text


def test_long_paragraphs_are_split_between_sentences() -> None:
    sentence = "Nämnden beslutar att bevilja medel till lekplatsen vid ån."
    document = read("§ 1 Lekplatsen\n\n" + " ".join([sentence] * 60) + "\n")
    assert all(c.end - c.start <= MAX_CHUNK for c in document.chunks)
    assert all(c.search_text.endswith(".") for c in document.chunks)


def test_a_row_of_a_table_without_end_is_split_too() -> None:
    document = read("§ 1 Utfall\n\n" + "\t".join(f"Skola nr {n}. Utfall {n} tkr." for n in range(500)) + "\n")
    assert max(c.end - c.start for c in document.chunks) <= 2 * MAX_CHUNK


def test_paragraph_numbers_count_within_the_section() -> None:
    document = read("§ 1 Bad\n\nVattnet är rent.\n\nBryggan är lagad.\n\n§ 2 Övrigt\n\nInget.\n")
    assert [(p.section, p.number) for p in document.paragraphs if p.kind != "heading"] == [(1, 1), (1, 2), (2, 1)]


def test_signatures_at_the_end_are_told_apart() -> None:
    body = "Styrelsen beslutar att köpa en ny brygga till badplatsen vid ån.\n\n"
    document = read("§ 1 Brygga\n\n" + body * 8 + "Vid protokollet\n\n____________\nEva Ek\n")
    assert document.paragraphs[-2].kind == "signature"


def test_pages_come_from_form_feeds() -> None:
    document = read("§ 1 Bad\n\nVattnet är rent.\n\f§ 2 Bro\n\nBron är lagad.\n")
    assert [p.number for p in document.pages] == [1, 2]
    assert chunk_with(document, "Bron är lagad").page == 2


def test_pages_come_from_comments() -> None:
    document = read("<!-- sida 4 -->\n\n# Protokoll\n\nBron är lagad.\n\n<!-- sida 5 -->\n\nBadet är öppet.\n", "p.md")
    assert chunk_with(document, "Bron").page == 4
    assert {p.page for p in document.paragraphs} == {4, 5}
    assert "sida" not in searchable(document)


def test_a_footnote_has_the_page_it_stands_on() -> None:
    torn = "Deltagarna talade om bussar och det\n¹ Se planen.\n\nfinns fler förslag att pröva nu.\n"
    document = read(f"Bussar\n\nHej.\n\f{torn}")
    assert chunk_with(document, "Se planen").page == 2
