"""Laws that hold for every text: exact offsets, and no letter or digit lost on the way."""

from __future__ import annotations

import pytest
from corpus_reading import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.lines import without_marked
from corpus.records import Document

LINES = [
    "§ 1 Mötets öppnande", "§ 2", "§ 3   Dnr TN-2031-00012", "Val av justerare", "1. Ekonomi", "1.1 Budget",
    "2. Rapporter - *information*", "3 a Skyltar", "# Protokoll", "## § 4 Övriga frågor", "##", "**Beslut**",
    "Beslut", "Diskussion:", "Närvarande:", "Nämnden beslutar att bevilja 3 000 kr till lekplatsen.",
    "och arbetet fortsätter under hösten i kommun-", "styrelsen som bereder frågan vidare.",
    "Det här är en längre rad som når ungefär till marginalen utan att sluta med", "³ Fotnotens text.",
    "¹ Se planen", "• 1", " •   2", "• Beslutande: Eva Ek", "- lekplatsen", "  * sandlådan", "a) att bygga",
    "e punkt", "Innehåll", "Bakgrund ........ 3", "Mål och syfte   4", "Läs mer", "Sida 3 av 12", "3 (12)",
    "<!-- sida 4 -->", "<!-- sida 5 --><!-- sida 6 --> text", "<!-- öppen", "-->", "\f", "\f",
    "Tekniska nämnden 2031-03-04", "| Eva | ja |", "Eva\tja", "kom\u00admun", "3\u00a0000\u00a0kr", "🛝 ny lekplats",
    "", "", "", "", "Meny", "Vi använder kakor på den här webbplatsen.", "---", "title: Protokoll", "Vid protokollet",
    "____________", "Eva Ek, ordförande", "[planen](https://example.org/plan)", "[](", "<b>fet", "</div>", "&nbsp;",
    "<table><tr><td>Eva</td><td>ja</td></tr></table>", "<li>punkt", "<nav>Meny</nav>", "1 2 Bakgrund", "Å" * 90,
    "ord " * 300, "\x00", "\x0b", "\u2028", "\ufeff",
]  # fmt: skip
minutes = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", " "])), max_size=50
).map(lambda parts: "".join(line + end for line, end in parts))
texts = st.one_of(minutes, st.text(max_size=400), st.tuples(minutes, st.text(max_size=60)).map("".join))


def assert_exact(document: Document) -> None:
    text, length = document.text, len(document.text)
    for span in (*document.sections, *document.paragraphs, *document.chunks, *document.marks):
        assert 0 <= span.start <= span.end <= length, span
    for section in document.sections:
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.start <= section.start <= section.end <= parent.end
    for paragraph in document.paragraphs:
        section = document.sections[paragraph.section]
        assert section.start <= paragraph.start < paragraph.end <= section.end
        stored = text[paragraph.start : paragraph.end]
        assert stored == stored.strip(), "a paragraph begins and ends with a visible sign"
    for chunk in document.chunks:
        section = document.sections[chunk.section]
        assert section.start <= chunk.start < chunk.end <= section.end
        assert chunk.search_text
        assert chunk.sentences
        at = chunk.start
        for sentence in chunk.sentences:
            assert at <= sentence.start < sentence.end <= chunk.end
            at = sentence.end


def assert_nothing_lost(document: Document) -> None:
    text = document.text
    by_paragraph, by_chunk = set[int](), set[int]()
    for mark in document.marks:
        by_paragraph.update(range(mark.start, mark.end))
        by_chunk.update(range(mark.start, mark.end))
    for section in document.sections:
        if section.kind == "agenda":
            by_chunk.update(range(section.start, section.end))
    for paragraph in document.paragraphs:
        by_paragraph.update(range(paragraph.start, paragraph.end))
    for chunk in document.chunks:
        by_chunk.update(range(chunk.start, chunk.end))
    for i, sign in enumerate(text):
        if not sign.isspace():
            assert i in by_paragraph, f"in no paragraph: {text[max(0, i - 20) : i + 20]!r}"
            # A line of nothing but signs (*##*, *---*) has nothing to search for.
            assert i in by_chunk or not sign.isalnum(), f"in no chunk: {text[max(0, i - 20) : i + 20]!r}"


def assert_no_overlaps(document: Document) -> None:
    """A text is found once: chunks only overlap where a footnote stands inside a sentence."""
    footnotes = [m for m in document.marks if m.reason == "footnote"]
    at = 0
    for chunk in document.chunks:
        if any(m.start <= chunk.start and chunk.end <= m.end for m in footnotes):
            continue
        assert chunk.start >= at, (chunk, at)
        at = chunk.end


def assert_search_text_unmarked(document: Document) -> None:
    for chunk in document.chunks:
        own = [m for m in document.marks if not (m.reason == "footnote" and m.start <= chunk.start < m.end)]
        live = without_marked(document.text, chunk.start, chunk.end, own)
        assert not (set(chunk.search_text.split()) & {"Fotnotens"}) or "Fotnotens" in live
        assert sum(c.isalnum() for c in chunk.search_text) <= sum(c.isalnum() for c in live)


@pytest.mark.parametrize("name", ["handling.txt", "handling.md", "handling.html"])
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts)
def test_every_text_is_read_exactly_or_refused_plainly(name: str, text: str) -> None:
    try:
        document = read(text.encode(), name)
    except UnreadableError as error:
        assert str(error)
        return
    assert_exact(document)
    assert_nothing_lost(document)
    assert_no_overlaps(document)
    assert_search_text_unmarked(document)


@pytest.mark.parametrize("name", ["handling.txt", "handling.md", "handling.html", "handling.pdf"])
@settings(max_examples=100, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda b: b"%PDF-1.4\n" + b)))
def test_any_bytes_are_text_or_refused_with_a_reason(name: str, data: bytes) -> None:
    try:
        assert_exact(read(data, name))
    except UnreadableError as error:
        assert str(error)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(["Bakgrund", "Mål", "vägen", "byggs.", "Innehåll", "3", "§ 4"]), min_size=80))
def test_transcripts_lose_nothing_either(words: list[str]) -> None:
    body = " ".join(words)
    pages = [f"{n} {n - 1} {'Innehåll 1 Bakgrund 2 Mål' if n == 2 else ''} {body}" for n in range(1, 6)]
    document = read("Vägplan\n\n" + "\n\n".join(pages))
    assert document.pages
    assert_exact(document)
    assert_nothing_lost(document)
