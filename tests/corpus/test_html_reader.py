"""Web pages: what a reader of the page would call the document, line by line."""

from __future__ import annotations

import pytest
from corpus_reading import chunk_with, marked, read, searchable, sections

from corpus.records import Document


def page(body: str, head: str = "") -> Document:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "p.html")


def test_headings_paragraphs_and_lists_become_lines() -> None:
    document = page("<h1>Protokoll</h1><h2>§ 1 Bad</h2><p>Vattnet är\n rent.</p><ul><li>brygga<li>boj</ul>")
    assert document.text == "# Protokoll\n\n## § 1 Bad\n\nVattnet är rent.\n\n- brygga\n- boj\n\n"
    assert sections(document) == [("§ 1", "Bad")]


def test_entities_are_letters() -> None:
    document = page("<p>&Aring;sa &amp; Bo &auml;r p&#229; &sect;&nbsp;3</p>")
    assert document.text.strip() == "Åsa & Bo är på §\u00a03"


def test_nested_lists_and_blocks_in_items_keep_the_sign_at_the_text() -> None:
    document = page("<ul><li><p>bad</p><ul><li><div>brygga</div></li></ul></li><li></li></ul><h2><div>Bro</div></h2>")
    assert [line for line in document.text.split("\n") if line] == ["- bad", "- brygga", "## Bro"]


def test_table_rows_are_lines_with_bars() -> None:
    document = page("<table><caption>Närvaro</caption><tr><th>Namn<th>När<tr><td>Eva Ek<td> ja\n§ 3</table>")
    assert [line for line in document.text.split("\n") if line] == ["Närvaro", "Namn | När", "Eva Ek | ja § 3"]


def test_a_table_that_lays_out_the_page_is_not_one_row() -> None:
    cells = "<td><ul><li>Hem</ul></td><td><h1>Protokoll</h1><p>Vattnet är rent.</p></td>"
    document = page(f"<table><tr>{cells}</tr></table>")
    assert "# Protokoll\n\nVattnet är rent." in document.text


def test_preformatted_text_keeps_its_lines() -> None:
    document = page("<pre>§ 1 Bad\n\nVattnet är rent.\n\n§ 2 Bro\n\nBron är lagad.</pre>")
    assert sections(document) == [("§ 1", "Bad"), ("§ 2", "Bro")]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<nav><ul><li>Bygga och bo</li></ul></nav>", "navigation"),
        ("<div role='navigation'>Bygga och bo</div>", "navigation"),
        ("<footer>Bygga och bo</footer>", "navigation"),
        ("<div class='cookie-banner'><p>Bygga och bo</p></div>", "cookie_notice"),
        ("<div id='kakor'>Bygga och bo</div>", "cookie_notice"),
    ],
)
def test_page_furniture_is_marked_and_kept(markup: str, reason: str) -> None:
    document = page(f"{markup}<main><h1>Protokoll</h1><p>Vattnet är rent.</p></main>")
    assert "Bygga och bo" in document.text
    assert [found for found, _ in marked(document)] == [reason]
    assert "Bygga" not in searchable(document)


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='has-cookie-banner'><main><p>Vattnet är rent.</p></main></div>",
        "<main><section id='gdpr'><p>Vattnet är rent.</p></section></main>",
        "<main><h2 id='kakor-till-fikat'>Vattnet är rent.</h2></main>",
        "<article><header><p>Vattnet är rent.</p></header></article>",
        "<div role='dialog'><article><p>Vattnet är rent.</p></article></div>",
    ],
)
def test_what_holds_the_document_is_no_furniture(markup: str) -> None:
    assert "Vattnet är rent." in searchable(page(markup))


def test_scripts_and_hidden_parts_are_dropped() -> None:
    document = page("<script>var a</script><style>p{}</style><p hidden>gömt</p><!-- dolt --><p>Vattnet.</p>")
    assert document.text.strip() == "Vattnet."


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("iso8859-15", "iso-8859-15"),
        ("utf-8", "okänd-kodning"),
        ("utf-8", "utf-16"),
        ("utf-8", "unicode_escape"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_encoding_that_the_page_means(encoding: str, stated: str) -> None:
    markup = f"<html><head><meta charset='{stated}'></head><body><p>Åsa väljs – på länk</p></body></html>"
    if encoding == "iso8859-15":
        markup = markup.replace("–", "-")
    text = read(markup.encode(encoding), "p.html").text
    assert text.startswith("Åsa väljs")
    assert "\ufeff" not in text


def test_the_title_of_the_page_is_one_line() -> None:
    document = page("<p>Vattnet är rent.</p>", "<title>Protokoll\n  trafiknämnden</title>")
    assert document.title == "Protokoll trafiknämnden"


def test_half_surrogates_do_not_reach_the_store() -> None:
    page("<p>Vattnet &#xD800; är rent.</p>").text.encode("utf-8")


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "b"])
def test_deep_nesting_does_not_exhaust_the_stack(tag: str) -> None:
    document = page(f"<{tag}>" * 10_000 + "Vattnet är rent.")
    assert chunk_with(document, "Vattnet är rent.")


def lines_of(markup: str) -> list[str]:
    return [line for line in page(markup).text.split("\n") if line]


def test_numbered_lists_keep_the_numbers_that_the_page_shows() -> None:
    assert lines_of("<ol><li>Val<ul><li>justerare</ul><li>Bad</ol>") == ["1. Val", "- justerare", "2. Bad"]
    assert lines_of("<ol start='4' type='a'><li>Bad<li>Bro</ol>") == ["d. Bad", "e. Bro"]
    assert lines_of("<ol style='list-style: none'><li>Bad</ol>") == ["- Bad"]


def test_a_term_and_its_value_are_one_line() -> None:
    markup = (
        "<dl><dt>Ordförande</dt><dd>Eva Ek</dd><dt>Plats: </dt><dd>Granvik</dd><dt>Beslut</dt><dd><p>Ja.</p></dd></dl>"
    )
    assert lines_of(markup) == ["Ordförande: Eva Ek", "Plats: Granvik", "Beslut", "Ja."]


def test_names_below_each_other_in_a_cell_are_told_apart() -> None:
    cells = "<td>Bad<br>och bro</td><td><p>Eva Ek</p><p>Bo Ek</p></td>"
    assert lines_of(f"<table><tr>{cells}</tr><tr><td></td><td>Åsa Ek</td></tr></table>") == [
        "Bad och bro | Eva Ek, Bo Ek",
        "Åsa Ek",
    ]


def test_running_text_in_a_cell_is_paragraphs() -> None:
    text = "Vattnet är rent och bryggan lagas." * 6
    assert lines_of(f"<table><tr><td><p>{text}</p><p>{text}</p></td><td>Eva Ek</td></tr></table>") == [
        text,
        text,
        "Eva Ek",
    ]


def test_what_a_style_hides_and_what_is_deleted_is_left_out() -> None:
    hidden = "<div style='color:red; display: none'>gömt</div><p style='visibility:hidden'>gömt</p>"
    markup = f"{hidden}<p><del>100</del>200 kr</p>"
    assert lines_of(markup) == ["200 kr"]


def test_headings_are_one_line_and_small_raised_figures_stay_raised() -> None:
    assert lines_of("<h2>Bad<br>och bro</h2><p>40 m<sup>2</sup> bry&shy;gga</p>") == ["## Bad och bro", "40 m² brygga"]
