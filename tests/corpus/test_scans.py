"""Scanned pages and pictures: read with Tesseract where it is installed, kept and counted where not."""

from __future__ import annotations

import io

import pytest
from corpus_reading import read
from pdf_making import page, picture, scanned

from corpus import ocr
from corpus.errors import UnreadableError
from corpus.readers import read_bytes

needs_tesseract = pytest.mark.skipif(ocr.tesseract() is None, reason="Tesseract with Swedish data is not installed")

TEXT = [
    "Protokoll från årsmötet i bystugan",
    "Mötet beslutade att laga bryggan före midsommar",
    "och att höja avgiften för båtplatser till tvåhundra",
    "kronor om året. Frågan om en ny flotte vid badet",
    "skjuts upp till nästa möte eftersom kommunen inte",
    "har svarat på ansökan om bidrag.",
]
# What a scanner's own recognition made of it.
GARBLED = [
    "Protokoll fran arsmotet i bystugan",
    "Motet beslutade att laga bryggan fore midsornmar",
    "och att hoja avgiften for batplatser till tvahundra",
    "kronor orn aret. Fragan om en ny flotte vid badet",
    "skjuts upp till nasta mote eftersorn komrnunen inte",
    "har svarat pa ansokan orn bidrag.",
]


def scan() -> bytes:
    return scanned(picture(page((60, 160, TEXT))))


@pytest.fixture()
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.VARIABLE, "nej")


@needs_tesseract
def test_a_scanned_page_is_read() -> None:
    source = read_bytes(scan(), "inskannat.pdf")
    assert "Mötet beslutade att laga bryggan före midsommar" in source.text
    (only,) = source.pages
    assert only.origin == "ocr"
    assert only.confidence is not None and 0.7 < only.confidence <= 1
    assert source.pages_without_text == 0


@needs_tesseract
def test_the_last_column_of_a_scanned_table_stays_on_its_row() -> None:
    table = page(
        (60, 180, ["1.", "", "2."]),
        (90, 180, ["Bryggan lagas före midsommar och målas", "", "Stigen runt sjön röjs på städdagen"]),
        (430, 180, ["Eva Ek", "", "Bo Alm"]),
    )
    lines = read_bytes(scanned(picture(table)), "tabell.pdf").text.split("\n")
    assert [line for line in lines if line] == [
        "1. Bryggan lagas före midsommar och målas | Eva Ek",
        "2. Stigen runt sjön röjs på städdagen | Bo Alm",
    ]


@needs_tesseract
def test_a_text_layer_that_lost_its_letters_is_read_anew() -> None:
    source = read_bytes(scanned(picture(page((60, 160, TEXT))), layer=GARBLED), "inskannat.pdf")
    assert "höja avgiften för båtplatser" in source.text
    assert "arsmotet" not in source.text
    assert (source.repairs, source.pages[0].origin) == (1, "ocr")


@needs_tesseract
def test_a_good_text_layer_under_a_picture_stays() -> None:
    other = [row.replace("bryggan", "gungan") for row in TEXT]
    source = read_bytes(scanned(picture(page((60, 160, TEXT))), layer=other), "inskannat.pdf")
    assert "laga gungan" in source.text
    assert (source.repairs, source.pages[0].origin) == (0, "text")


def test_without_tesseract_a_scan_is_kept_and_counted(no_tesseract: None) -> None:
    document = read(scan(), "inskannat.pdf")
    assert (document.text, document.pages_without_text) == ("", 1)
    assert [one.origin for one in document.pages] == ["none"]


def test_without_tesseract_a_bad_text_layer_stays(no_tesseract: None) -> None:
    source = read_bytes(scanned(picture(page((60, 160, TEXT))), layer=GARBLED), "inskannat.pdf")
    assert "Motet beslutade" in source.text
    assert source.pages_without_text == 0


def test_a_program_that_is_not_there_is_no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.VARIABLE, "/finns/inte/tesseract")
    assert ocr.tesseract() is None


@needs_tesseract
def test_each_picture_of_a_tiff_is_a_page() -> None:
    pages = [picture(page((60, 160, rows))) for rows in (TEXT[:2], TEXT[2:])]
    stored = io.BytesIO()
    pages[0].save(stored, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    source = read_bytes(stored.getvalue(), "inskannat.tif")
    assert [(one.number, one.origin) for one in source.pages] == [(1, "ocr"), (2, "ocr")]
    assert "höja avgiften" in source.text[source.pages[1].start : source.pages[1].end]


@needs_tesseract
def test_a_photograph_is_turned_as_the_camera_noted() -> None:
    from PIL import Image

    turned = picture(page((60, 160, TEXT))).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    stored = io.BytesIO()
    turned.save(stored, "JPEG", exif=exif)
    assert "laga bryggan" in read_bytes(stored.getvalue(), "foto.jpg").text


def test_without_tesseract_a_picture_is_kept_and_counted(no_tesseract: None) -> None:
    stored = io.BytesIO()
    picture(page((60, 160, TEXT))).save(stored, "PNG")
    source = read_bytes(stored.getvalue(), "foto.png")
    assert (source.text, source.pages_without_text, source.format) == ("", 1, "png")


def test_a_picture_too_large_to_decode_is_refused() -> None:
    from PIL import Image

    stored = io.BytesIO()
    Image.new("1", (20_000, 6_000)).save(stored, "PNG")
    with pytest.raises(UnreadableError, match="för stor"):
        read_bytes(stored.getvalue(), "stor.png")


@pytest.mark.parametrize("data", [b"inte en bild", b"\x89PNG\r\n\x1a\nskrot"])
def test_what_is_no_picture_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="bild"):
        read_bytes(data, "foto.png")


def test_a_picture_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    if ocr.tesseract() is None:
        pytest.skip("without Tesseract a picture is not decoded")
    stored = io.BytesIO()
    picture(page((60, 160, TEXT))).save(stored, "PNG")
    with pytest.raises(UnreadableError, match="skadad"):
        read_bytes(stored.getvalue()[:2000], "foto.png")
