"""PDF files page by page in reading order; pages without usable text are read from their picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.heartbeat import beat
from corpus.layout.accents import composed
from corpus.layout.page import page_text
from corpus.layout.pdfium import drawn_on, words_of
from corpus.ocr import DPI, Picture, Reading, confidence, read_pictures, tesseract
from corpus.readers.paged import ReadPage, source_of
from corpus.records import Source
from corpus.vocabulary import known_share, reads_better

if TYPE_CHECKING:
    import pypdfium2

_HEADER_WITHIN = 1024  # bytes, as the standard allows
_DAMAGED = ReadPage("", "none")
_FEW_WORDS = 12  # a stamp or a page number on top of a scan
_PICTURED = 0.5  # of the page: then its picture is the page
_GOOD_SHARE = 0.98  # of the words are Swedish: read no page anew
_SHORTER = 0.7  # of the text layer: a reading that lost so much is no better
_MAX_PIXELS = 40_000_000  # of a rendered page: A2 at 300 dots an inch


def read(data: bytes, name: str) -> Source:
    """Read a PDF: its text where it has some, else its pictures with Tesseract.

    PDFium gives the words with their places; our own layout puts them into reading order and
    keeps the rows of tables (``corpus.layout``). A page that is a picture under a bad text layer is
    read anew where Tesseract is installed, and the better text stands. A page that nobody could
    read has the origin ``none``.

    Raises:
        UnreadableError: the file is damaged or protected by a password.
    """
    if b"%PDF" not in data[:_HEADER_WITHIN]:
        raise UnreadableError("filen är inte en PDF eller är skadad")
    with closing(_opened(data)) as pdf:
        pages, doubted = [], []
        for index in range(len(pdf)):
            page, needed = _page(pdf, index)
            pages.append(page)
            if needed:
                doubted.append(index)
            beat()
        for reading in read_pictures(_pictures(pdf, doubted)):
            pages[reading.index] = _better(pages[reading.index], reading)
    if all(page is _DAMAGED for page in pages):
        raise UnreadableError("PDF-filen är skadad och kan inte läsas")
    return source_of(pages, "pdf")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableError(
                "PDF-filen är skyddad med lösenord; öppna den, spara den utan skydd och lägg in den på nytt"
            ) from error
        raise UnreadableError("PDF-filen är skadad och kan inte läsas") from error
    if len(pdf) == 0:
        pdf.close()
        raise UnreadableError("PDF-filen är skadad och kan inte läsas")
    return pdf


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[ReadPage, bool]:
    """A page as the file has it, and whether its picture should be read; a damaged page costs only itself."""
    import pypdfium2

    try:
        with closing(pdf[index]) as page:
            return _text_layer(page)
    except pypdfium2.PdfiumError:
        return _DAMAGED, False


def _text_layer(page: pypdfium2.PdfPage) -> tuple[ReadPage, bool]:
    """The page as the file has it, and whether its picture should be read.

    A page with hardly any words but something drawn on it is a scan (or letters drawn as shapes).
    """
    loose, height = words_of(page)
    words = composed(loose)
    repaired = words is not loose
    drawn = drawn_on(page)
    scanned = drawn.pictured >= _PICTURED
    if scanned:  # text recognition takes the ruling lines of a table for letters
        words = [word for word in words if word.text.strip("|")]
    text = page_text(words, height, drawn.rules)
    if len(words) < _FEW_WORDS and (scanned or (drawn.marks and not words)):
        return ReadPage(text, "none"), True
    read = ReadPage(text, repairs=int(repaired))
    return read, scanned and tesseract() is not None and (known_share(text) or 0.0) < _GOOD_SHARE


def _pictures(pdf: pypdfium2.PdfDocument, indexes: list[int]) -> Iterator[Picture]:
    """The pages rendered in grey, one at a time; none where there is no Tesseract to read them."""
    if tesseract() is None:
        return
    for index in indexes:
        with closing(pdf[index]) as page:
            width, height = page.get_size()
            dpi = min(float(DPI), 72 * (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
            with closing(page.render(scale=dpi / 72, grayscale=True)) as bitmap:
                picture = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        yield Picture(index, picture, dpi)


def _better(page: ReadPage, reading: Reading) -> ReadPage:
    """The text layer, or the new reading where more of its words are Swedish."""
    text = page_text(reading.words, reading.height)
    new = ReadPage(text, "ocr", confidence(reading.words))
    if page.origin == "none":
        return new if len(text) >= len(page.text) else ReadPage(page.text)
    if len(text) < _SHORTER * len(page.text) or not reads_better(text, page.text):
        return page
    return replace(new, repairs=page.repairs + 1)
