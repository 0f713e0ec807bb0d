"""PDF files with a text layer, page by page in reading order."""

from __future__ import annotations

import io
import logging
import re
import unicodedata

from corpus.errors import UnreadableError
from corpus.records import Page, Source

# TeX sets an accent as a sign of its own before the letter: *M¨otet*, *p˚a*, *Andr´e*.
_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}
_ACCENTED = re.compile(r"([¨˚´]) ?([aeouAEOU])")


def read(data: bytes, name: str) -> Source:
    """Read the text layer of a PDF; pages are separated by form feeds and keep their numbers.

    pdfplumber puts the characters of a page into lines by their place, which keeps a table row
    on one line; PDFium's own order does not (measured on minutes with a responsibility column).
    Accents that stand before their letters are put on them: *M¨otet* is read as *Mötet*.

    Raises:
        UnreadableError: the file is damaged or protected by a password.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    if not data.lstrip().startswith(b"%PDF"):
        raise UnreadableError("filen är inte en PDF eller är skadad")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pieces: list[str] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                pieces.append(_composed(page.extract_text() or ""))
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableError("PDF-filen är skyddad med lösenord; spara den utan skydd") from error
        raise UnreadableError("PDF-filen är skadad och kan inte läsas") from error
    except Exception as error:
        # pdfminer raises what its parsers happen to meet (ValueError, KeyError, TypeError, …).
        raise UnreadableError(f"PDF-filen är skadad och kan inte läsas ({type(error).__name__})") from error
    pages, at = [], 0
    for number, piece in enumerate(pieces, 1):
        pages.append(Page(number, at, at + len(piece)))
        at += len(piece) + 2
    return Source(
        text="\n\f".join(pieces),
        format="pdf",
        pages=tuple(pages),
        pages_without_text=sum(not piece.strip() for piece in pieces),
    )


def _composed(text: str) -> str:
    """The text with loose accents on their letters; other texts hold ´ as an apostrophe only."""
    if "¨" not in text and "˚" not in text:
        return text
    return _ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m[2] + _ACCENTS[m[1]]), text)
