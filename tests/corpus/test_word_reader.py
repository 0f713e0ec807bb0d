"""Word documents: what stands on the printed page, with the numbers that no text holds."""

from __future__ import annotations

import io
import zipfile

import pytest
from corpus_reading import marked, sections
from corpus_reading import read as read_document
from word_files import HEADING_STYLES, docx_bytes, level, listed, numbering, p, run, table, tc, zip_bytes

from corpus.errors import UnreadableError
from corpus.readers import read_bytes

NO_LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def text_of(body: str, **parts: str) -> str:
    return read_bytes(docx_bytes(body, **parts), "protokoll.docx").text


def lines_of(body: str, **parts: str) -> list[str]:
    return [line for line in text_of(body, **parts).split("\n") if line]


# -- headings -------------------------------------------------------------------------------------


def test_headings_have_the_level_of_their_style_below_the_title() -> None:
    body = p("Protokoll", "Rubrik") + p("Val", "Rubrik1") + p("Justerare", "Rubrik2") + p("Eva Ek väljs.")
    assert lines_of(body, styles=HEADING_STYLES) == ["# Protokoll", "## Val", "### Justerare", "Eva Ek väljs."]


def test_headings_without_a_title_keep_their_level() -> None:
    body = p("Val", "Rubrik1") + p("Eva Ek väljs.") + p("Bad", "Rubrik1")
    assert lines_of(body, styles=HEADING_STYLES) == ["# Val", "Eva Ek väljs.", "# Bad"]


@pytest.mark.parametrize("name", ["heading 2", "Rubrik 2", "Heading 2", "Överskrift"])
def test_a_style_is_a_heading_by_its_name_its_base_or_its_outline_level(name: str) -> None:
    outline = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>' if name == "Överskrift" else ""
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Bas"><w:name w:val="{name}"/>{outline}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Beslutsrubrik"/><w:basedOn w:val="Bas"/></w:style>'
    )
    assert lines_of(p("Bad", "Bas") + p("Bro", "Egen"), styles=styles) == ["## Bad", "## Bro"]


def test_a_style_that_takes_back_the_outline_level_is_text() -> None:
    styles = HEADING_STYLES + (
        '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Ingress"/><w:basedOn w:val="Rubrik1"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    assert lines_of(p("Bad och bro", "Egen"), styles=styles) == ["Bad och bro"]


def test_styles_based_on_each_other_end() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    )
    assert lines_of(p("Bad", "A"), styles=styles) == ["Bad"]


# -- numbers --------------------------------------------------------------------------------------


def test_automatic_paragraph_signs_stand_in_the_text_and_name_the_sections() -> None:
    styles = HEADING_STYLES.replace(
        '<w:name w:val="heading 1"/>',
        '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    )
    body = p("Mötet öppnas", "Rubrik1") + p("Eva Ek hälsar välkommen.") + p("Val", "Rubrik1") + p("Bo Ek väljs.")
    document = read_document(
        docx_bytes(body, styles=styles, numbering=numbering(level(0, "decimal", "§ %1"))), "p.docx"
    )
    assert sections(document) == [("§ 1", "Mötet öppnas"), ("§ 2", "Val")]


def test_levels_count_below_each_other_and_start_again() -> None:
    levels = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))
    body = "".join(listed("bad", 1, at) for at in (0, 1, 1, 2, 2, 0, 1, 2))
    numbers = [line.split(" ")[0] for line in lines_of(body, numbering=levels)]
    assert numbers == ["1.", "1.1", "1.2", "a)", "b)", "2.", "2.1", "a)"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", ["1", "2", "3", "4"]),
        ("decimalZero", ["01", "02", "03", "04"]),
        ("lowerLetter", ["a", "b", "c", "d"]),
        ("upperRoman", ["I", "II", "III", "IV"]),
        ("okänt", ["1", "2", "3", "4"]),
    ],
)
def test_numbers_are_shown_in_the_format_of_their_level(form: str, expected: list[str]) -> None:
    body = "".join(listed("bad", 1) for _ in expected)
    found = [line.split(" ")[0] for line in lines_of(body, numbering=numbering(level(0, form, "%1")))]
    assert found == expected


def test_lists_of_one_abstract_list_count_on_unless_one_says_where_it_starts() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="12"/></w:lvlOverride></w:num>'
    )
    body = listed("a", 1) + listed("b", 2) + listed("c", 3) + listed("d", 3)
    assert lines_of(body, numbering=numbering(level(0, "decimal", "§ %1"), nums=nums)) == [
        "§ 1 a", "§ 2 b", "§ 12 c", "§ 13 d",
    ]  # fmt: skip


def test_an_empty_numbered_paragraph_is_counted_and_one_without_number_is_not() -> None:
    body = listed("bad", 1) + listed("", 1) + listed("utan", 0) + listed("bro", 1)
    assert lines_of(body, numbering=numbering(level(0, "decimal", "%1."))) == ["1. bad", "utan", "3. bro"]


def test_bullets_are_items_without_space_between() -> None:
    body = p("Att göra:") + listed("bad", 1) + listed("bro", 1) + p("Eva Ek ansvarar.")
    levels = numbering(level(0, "bullet", "\uf0b7"))
    assert text_of(body, numbering=levels) == "Att göra:\n\n- bad\n- bro\n\nEva Ek ansvarar.\n"


def test_legal_numbering_shows_all_in_digits() -> None:
    levels = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert lines_of(listed("a", 1) + listed("b", 1, 1), numbering=levels) == ["I. a", "1.1 b"]


def test_a_list_that_is_not_defined_is_text() -> None:
    assert lines_of(listed("bad", 7)) == ["bad"]


# -- paragraphs -----------------------------------------------------------------------------------


def test_inserted_text_stays_and_deleted_text_is_left_out() -> None:
    body = (
        f"<w:p>{run('Avgiften är ')}<w:del w:id='1'><w:r><w:delText>100</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('200')}</w:ins>{run(' kr')}<w:moveFrom w:id='3'>{run(' i maj')}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run(' i juni')}</w:moveTo></w:p>"
    )
    assert lines_of(body) == ["Avgiften är 200 kr i juni"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("Eva Ek ", properties="<w:rPr><w:del w:id='1'/></w:rPr>") + p("väljs.")
    assert lines_of(body) == ["Eva Ek väljs."]


def test_hidden_text_and_comments_are_left_out() -> None:
    styles = HEADING_STYLES + (
        '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        f"<w:p><w:commentRangeStart w:id='1'/>{run('Bad ')}{run('gömt ', '<w:vanish/>')}"
        + run("dolt ", "<w:rStyle w:val='Dold'/>")
        + run("och bro", "<w:vanish w:val='0'/>")
        + "<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r></w:p>"
    )
    comments = f"<w:comment w:id='1'>{p('Stryk det här')}</w:comment>"
    assert lines_of(body, styles=styles, comments=comments) == ["Bad och bro"]


def test_fields_show_their_result_and_not_their_code() -> None:
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('4 mars 2031')}"
        f"<w:r><w:fldChar w:fldCharType='end'/></w:r><w:fldSimple w:instr='PAGE'>{run(' s. 1')}</w:fldSimple></w:p>"
    )
    assert lines_of(body) == ["4 mars 2031 s. 1"]


def test_links_tabs_breaks_and_hyphens_are_kept() -> None:
    body = (
        f"<w:p><w:hyperlink r:id='x'>{run('Granvik')}</w:hyperlink><w:r><w:tab/><w:t>kl. 18</w:t><w:br/>"
        "<w:t>Fika</w:t><w:noBreakHyphen/><w:t>paus</w:t><w:softHyphen/></w:r></w:p>"
    )
    assert text_of(body) == "Granvik\tkl. 18\nFika-paus\n"


def test_content_controls_give_their_text_and_not_their_prompt() -> None:
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Eva Ek')}</w:sdtContent></w:sdt>"
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{p('Klicka här för att ange text.')}</w:sdtContent></w:sdt>"
    )
    inline = f"<w:p>{run('Ordförande: ')}<w:sdt><w:sdtContent>{run('Bo Ek')}</w:sdtContent></w:sdt></w:p>"
    assert lines_of(filled + empty + inline) == ["Eva Ek", "Ordförande: Bo Ek"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('Sista dag 4 mars')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Anmälan')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{p('Eva Ek ansvarar för listan.')}"
    )
    assert lines_of(body) == ["Anmälan", "Sista dag 4 mars", "Eva Ek ansvarar för listan."]


def test_notes_stand_after_the_paragraph_that_refers_to_them() -> None:
    body = (
        f"<w:p>{run('Bron lagas')}<w:r><w:footnoteReference w:id='7'/></w:r>{run('.')}</w:p>"
        f"<w:p>{run('Badet öppnas')}<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
    )
    footnotes = (
        f"<w:footnote w:id='-1'>{p('streck')}</w:footnote><w:footnote w:id='7'>{p(' Enligt avtal.')}</w:footnote>"
    )
    endnotes = f"<w:endnote w:id='2'>{p('I juni.')}</w:endnote>"
    assert lines_of(body, footnotes=footnotes, endnotes=endnotes) == [
        "Bron lagas[1].", "[1] Enligt avtal.", "Badet öppnas[i]", "[i] I juni.",
    ]  # fmt: skip


def test_short_lines_without_space_between_them_stay_together() -> None:
    body = p("Närvarande") + p("Eva Ek") + p("Bo Ek") + p() + p("Mötet öppnas av Eva Ek.")
    assert text_of(body) == "Närvarande\nEva Ek\nBo Ek\n\nMötet öppnas av Eva Ek.\n"


def test_sentences_and_long_paragraphs_are_apart_without_space_between_them() -> None:
    long = "Styrelsen diskuterar bryggan, båthuset, vägen dit och avgifterna för dem som hyr plats där i sommar"
    body = p("Eva Ek väljs.") + p("Bo Ek väljs.") + p(long) + p("Badet")
    assert text_of(body) == f"Eva Ek väljs.\n\nBo Ek väljs.\n\n{long}\n\nBadet\n"


def test_lines_that_the_style_sets_apart_are_apart() -> None:
    styles = HEADING_STYLES.replace(
        '<w:name w:val="Normal"/>', '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr>'
    )
    assert text_of(p("Bad") + p("Bro"), styles=styles) == "Bad\n\nBro\n"


# -- tables, heads and feet -----------------------------------------------------------------------


def test_table_rows_are_lines_and_merged_cells_stand_once() -> None:
    body = table(
        tc("Ärende", '<w:gridSpan w:val="2"/>') + tc("Ansvarig"),
        tc("Bad", '<w:vMerge w:val="restart"/>') + tc("brygga") + tc("Eva Ek"),
        tc("Bad", "<w:vMerge/>") + tc("boj") + tc(p("Bo Ek") + p("Åsa Ek")),
        tc("") + tc("") + tc(""),
    )
    assert lines_of(body) == ["Ärende | Ansvarig", "Bad | brygga | Eva Ek", "boj | Bo Ek, Åsa Ek"]


def test_a_deleted_row_is_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{tc('Bo')}{tc('Ek')}</w:tr>"
    assert lines_of(f"<w:tbl>{gone}<w:tr>{tc('Eva')}{tc('Ek')}</w:tr></w:tbl>") == ["Eva | Ek"]


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell() -> None:
    inner = table(tc("Bad") + tc("Eva Ek"))
    cell = tc(p("Val", "Rubrik1") + p("Bo Ek väljs.") + inner)
    assert lines_of(table(tc("§ 1") + cell), styles=HEADING_STYLES) == ["§ 1", "# Val", "Bo Ek väljs.", "Bad | Eva Ek"]


def test_the_first_page_head_is_text_and_the_others_are_marked_once() -> None:
    body = f"{p('Bad')}<w:p><w:pPr><w:sectPr><w:headerReference w:type='even' r:id='r3'/></w:sectPr></w:pPr></w:p>"
    data = docx_bytes(body, header=p("Granviks byalag"), footer=p("Justerares sign") + p("1 (3)"), header2=p("Bilaga"))
    document = read_document(data, "p.docx")
    assert document.text.startswith("Granviks byalag\n")
    assert [found for found in marked(document) if found[0] == "page_head"] == [
        ("page_head", "Bilaga"), ("page_head", "Justerares sign"),
    ]  # fmt: skip
    assert "1 (3)" not in document.text


def test_the_table_of_contents_is_marked() -> None:
    styles = HEADING_STYLES + '<w:style w:type="paragraph" w:styleId="I1"><w:name w:val="toc 1"/></w:style>'
    body = f"<w:p><w:pPr><w:pStyle w:val='I1'/></w:pPr>{run('Val')}<w:r><w:tab/><w:t>3</w:t></w:r></w:p>{p('Bad')}"
    source = read_bytes(docx_bytes(body, styles=styles), "p.docx")
    assert [(m.reason, source.text[m.start : m.end]) for m in source.marks] == [("contents", "Val\t3")]


# -- properties, kinds and damage -----------------------------------------------------------------


@pytest.mark.parametrize(("title", "used"), [("Protokoll från Granvik", True), ("Mall protokoll", False)])
def test_a_title_in_the_properties_counts_where_the_text_opens_with_it(title: str, used: bool) -> None:
    data = docx_bytes(p("PROTOKOLL från Granvik") + p("Bad"), core=f"<dc:title>{title}</dc:title>")
    assert (("title", title) in read_bytes(data, "p.docx").metadata) is used


def test_broken_properties_cost_nothing() -> None:
    core = '<dcterms:created xsi:type="dcterms:W3CDTF">igår</dcterms:created>'
    assert read_bytes(docx_bytes(p("Bad"), core=core), "p.docx").text == "Bad\n"


def test_a_document_with_macros_is_read() -> None:
    data = io.BytesIO(docx_bytes(p("Bad")))
    with zipfile.ZipFile(data) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    types = files["[Content_Types].xml"]
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = types.replace(plain, kind)
    assert read_bytes(zip_bytes(dict(files)), "p.docm").text == "Bad\n"


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "spara den som DOCX"),
        (docx_bytes(p("Bad"))[:-200], "skadad"),
        (b"Bara text", "skadad"),
        (docx_bytes(p("Bad"), styles="<!--x-->").replace(b"PK\x05\x06", b"PK\x05\x07"), "skadad"),
        (zip_bytes({"word/document.xml": ENTITIES, "[Content_Types].xml": "<x/>"}), "otillåtet"),
        (zip_bytes({"word/document.xml": ENTITIES.encode("utf-16"), "[Content_Types].xml": "<x/>"}), "otillåtet"),
        (docx_bytes(""), "ingen text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_swedish(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_bytes(data, "p.docx")


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    deep = p("Bad")
    for _ in range(60):
        deep = table(tc(deep))
    assert "Bad" in text_of(deep + p("Bro"))
