"""Transcripts of a portal: every page is one long line with its numbers in front."""

from __future__ import annotations

from corpus_reading import chunk_with, marked, read, searchable, section_of, sections

FILL = "Arbetet följer planen och redovisas för nämnden varje kvartal under hela året. " * 5
PAGES = [
    "1 Trygga broar i Älvby Slutrapport Eva Ek",
    f"2 1 Sammanfattning {FILL}",
    "3 2 Innehåll 1. Bakgrund 1.1 Mål och målgrupper Styrgrupp och arbetsgrupp 2. Resultat av arbetet" + " 3" * 80,
    f"4 3 1. Bakgrund Bron byggdes 1931. {FILL}1.1 Mål och målgrupper Målet är tryggare gående. {FILL}",
    f"5 4 2. Resultat av arbetet Gångbron öppnades i oktober. {FILL}Vi tackar 12 elever för hjälpen. {FILL}",
]
TEXT = "Trygga broar i Älvby. Slutrapport\n\nTranskript\n\n" + "\n\n".join(PAGES) + "\n"


def test_page_numbers_become_pages_and_leave_the_search_text() -> None:
    document = read(TEXT)
    assert [p.number for p in document.pages] == [1, 2, 3, 4, 5]
    chunk = chunk_with(document, "Gångbron öppnades")
    assert chunk.page == 5
    assert ("page_number", "5 4") in marked(document)
    assert not any(c.search_text.startswith(("4 3", "5 4")) for c in document.chunks)


def test_headings_are_found_again_from_the_table_of_contents() -> None:
    document = read(TEXT)
    assert ("1", "Bakgrund") in sections(document)
    assert ("1.1", "Mål och målgrupper") in sections(document)
    assert section_of(document, chunk_with(document, "Gångbron öppnades")).number == "2"


def test_the_table_of_contents_itself_is_marked() -> None:
    document = read(TEXT)
    assert "Styrgrupp och arbetsgrupp" not in searchable(document)
    assert "12 elever" in searchable(document)


def test_numbered_short_lines_are_no_transcript() -> None:
    document = read("".join(f"{n} Punkt nummer {n}\n\nText till punkten.\n\n" for n in range(1, 8)))
    assert document.pages == ()
