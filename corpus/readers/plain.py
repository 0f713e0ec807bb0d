"""Plain text in any encoding that Swedish minutes come in, and pages by form feeds."""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnreadableError
from corpus.records import Page, Source

# Control characters that no text holds; a few stray ones are tolerated (old exports have them).
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.005
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """The text of ``data``: by its byte order mark, else UTF-8, else Windows-1252 or Latin-1.

    Windows-1252 and Latin-1 agree on every letter of Swedish; the five bytes that Windows-1252
    leaves undefined decide for Latin-1. Other encodings (MacRoman, CP850)
    are told apart by ``charset-normalizer`` where the text would otherwise hold no Swedish
    letters but the odd signs that a wrong reading gives; UTF-16 without a mark by its zero bytes.

    Raises:
        UnreadableError: the bytes are no text.
    """
    return without_controls(_decode(data))


def without_controls(text: str) -> str:
    """The text with line ends as line feeds; UnreadableError where it is full of control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROL.findall(text)) > max(1, _MAX_CONTROL_SHARE * len(text)):
        raise UnreadableError("filen är inte text (binärt innehåll)")
    return text


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError("filen är skadad: den stämmer inte med sin teckenkodning") from error
    wide = _wide(data)
    if wide:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise UnreadableError("filen är inte text (binärt innehåll)")
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = data.decode("latin-1")
    return western if _swedish(western) else _guessed(data, western)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: of Western text every other byte is zero, or three of four."""
    fourths = [data[n:4000:4].count(0) * 4 for n in range(4)]
    for encoding, letters in (("utf-32-le", 0), ("utf-32-be", 3)):
        empty = min(fourths[n] for n in range(4) if n != letters)
        if len(data) >= 16 and empty > 0.9 * min(len(data), 4000) and fourths[letters] < empty / 4:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    sample = data[: 2 * (min(len(data), 4000) // 2)]
    if len(sample) < 8 or len(data) % 2:
        return None
    even, odd = sample[::2], sample[1::2]
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros.count(0) > 0.9 * len(zeros) and others.count(0) < 0.1 * len(others):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _swedish(text: str) -> bool:
    """Whether the letters beyond ASCII are mostly those that Swedish uses."""
    other = [c for c in text if ord(c) > 127]
    usual = sum(c in "åäöÅÄÖéÉüÜàáèëêíóúñçæøÆØ–—’‘”“…•§°½¼¾²³€\u00a0\u00ad»«·×´¨µ" for c in other)
    return usual >= 0.9 * len(other)


def _guessed(data: bytes, fallback: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp850", "cp437", "mac_roman", "cp1252", "latin_1"]).best()
    if best is None:
        return fallback
    guess = str(best)
    return guess if _swedish(guess) else fallback


def form_feed_pages(text: str) -> tuple[Page, ...]:
    """Pages of a text that separates them by form feeds; none where it has no form feed."""
    if "\f" not in text.strip("\f\n "):
        return ()
    pages, at = [], 0
    for number, piece in enumerate(text.split("\f"), 1):
        pages.append(Page(number, at, at + len(piece)))
        at += len(piece) + 1
    return tuple(pages)


def read(data: bytes, name: str) -> Source:
    """Read plain text."""
    text = decode(data)
    return Source(text=text, format="txt", pages=form_feed_pages(text))
