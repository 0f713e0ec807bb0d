"""Plain text and Markdown in the encodings of real files, and clear refusals of what is no text."""

from __future__ import annotations

import codecs

import pytest
from corpus_reading import marked, read, searchable

from corpus.errors import KlubbatError, UnreadableError
from corpus.readers import can_read, endings

TEXT = "§ 1 Val av justerare\n\nNämnden väljer Åsa Öberg att justera protokollet – på länk.\n"


@pytest.mark.parametrize("name", ["p.txt", "p.md", "P.TXT", "p.markdown", "p.text"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text(name: str, encoding: str) -> None:
    assert read(TEXT.encode(encoding), name).text == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "mac_roman", "cp850"])
def test_older_encodings_keep_the_letters_of_swedish(encoding: str) -> None:
    text = TEXT.replace("–", "-") * 5
    assert read(text.encode(encoding)).text == text


def test_a_byte_that_windows_leaves_open_is_read_as_latin_1() -> None:
    assert "Åsa" in read("Åsa väljs\x81\n".encode("latin-1")).text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_known_by_its_zeros(encoding: str) -> None:
    assert read("Åsa väljs.\r\nBo väljs.\r\n".encode(encoding)).text == "Åsa väljs.\nBo väljs.\n"


def test_a_stray_zero_byte_costs_no_text() -> None:
    assert "väljs" in read("Åsa väljs.\n".encode() * 300 + b"\0").text


def test_line_ends_of_all_systems_are_one() -> None:
    assert read("§ 1 Val\r\n\r\nEva väljs.\rBo väljs.\n").text == "§ 1 Val\n\nEva väljs.\nBo väljs.\n"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "p.txt", "tom"),
        (b" \n\f\0", "p.md", "tom"),
        (b"\xef\xbb\xbf", "p.txt", "ingen text"),
        (bytes(range(256)) * 8, "p.txt", "binärt"),
        (b"PK\x03\x04\x14\x00\x08\x00\x00\x00" * 40, "p.txt", "binärt"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "p.txt", "teckenkodning"),
        (b"text", "p.docx", "skadad"),
        (b"text", "p.exe", ".docx"),
        (b"text", "utan-ending", ".txt"),
        (b"<html><body><script>x</script></body></html>", "p.html", "ingen text"),
    ],
)
def test_unreadable_files_are_refused_in_swedish(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as refused:
        read(data, name)
    assert isinstance(refused.value, KlubbatError)
    assert refused.value.exit_code == 3


def test_endings_tell_what_can_be_read() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".odt", ".eml", ".zip"} <= set(endings())
    assert can_read("mapp/Protokoll.PDF")
    assert not can_read("protokoll.exe")


def test_front_matter_is_metadata_not_text() -> None:
    front = 'title: "Höstmöte 2031"\ndatum: 2031-03-04\ntaggar:\n  - bad'
    document = read(f"---\n{front}\n---\n\nVattnet är rent.\n", "p.md")
    assert (document.title, document.date) == ("Höstmöte 2031", "2031-03-04")
    assert searchable(document) == "Vattnet är rent."


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    document = read("---\nProtokoll från byalaget\n\nBryggan lagas.\n---\n\nVattnet är rent.\n", "p.md")
    assert "Bryggan lagas." in searchable(document)


def test_comments_are_marked_and_may_hold_metadata() -> None:
    document = read("<!--\n.. title: Vårmöte\n.. date: 2031-02-28 12:00\n-->\n\nVattnet är <!-- ? --> rent.\n", "p.md")
    assert (document.title, document.date) == ("Vårmöte", "2031-02-28")
    assert [reason for reason, _ in marked(document)] == ["markup", "markup"]
    assert searchable(document) == "Vattnet är rent."


def test_a_comment_that_is_never_closed_is_text() -> None:
    assert "Vattnet" in searchable(read("# Protokoll\n\n<!-- Vattnet är rent.\n", "p.md"))
