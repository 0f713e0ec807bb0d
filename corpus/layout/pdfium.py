"""What PDFium knows of a page: its words with places, its ruling lines and pictures."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.layout.words import Rule, Word

if TYPE_CHECKING:
    import pypdfium2

# U+FFFE and U+0002 are what PDFium makes of a hyphen at the end of a line.
_WORDS = re.compile(r"[^\s\0\x02\ufffe]+[\x02\ufffe]?")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ufb00-\ufb06\ufffe\ud800-\udfff\ue000-\uf8ff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Bullets of the Symbol and Wingdings fonts come as private characters.
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF02D), "•")
_DROPPED = dict.fromkeys([*range(0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_CLEANED = {**_DROPPED, **_LIGATURES, **_BULLETS, 2: "-", 0xFFFE: "-"}
_MAX_OBJECTS = 20_000  # a drawing with more is no table
_MAX_SEGMENTS = 400
_UNKNOWN = -1  # the turn of a lone character: that of the others
_THIN = 2.5  # points
_SHORTEST_RULE = 20.0  # points


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows besides text.

    ``pictured`` is the part of the page that its pictures cover, 0 to 1; ``marks`` whether anything
    at all is drawn on it.
    """

    rules: tuple[Rule, ...]
    pictured: float
    marks: bool


def words_of(page: pypdfium2.PdfPage) -> tuple[list[Word], float]:
    """The words of a page in the order of the file, and the height of the page as its text runs.

    Most pages run upright; where most words run up or down the page (a table on its side, a
    turned scan), the page is turned so that they run from left to right.
    """
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        found = _boxes(raw, text_page.raw)
    finally:
        text_page.close()
    left, bottom, right, top = page.get_bbox()
    aslant = [box for box in found if box[5] > 0]
    wide, high = right - left, top - bottom
    if aslant:
        turned = _commonest([box[5] for box in aslant])
        kept = [box for box in found if box[5] in (turned, _UNKNOWN)]
        if 2 * len(kept) > len(found):
            return [_turn(box, turned, left, bottom, right, top) for box in kept], wide if turned in (1, 3) else high
    words = [
        Word(text, a - left, b - left, top - d, top - c)
        for text, a, b, c, d, turn in found
        if turn <= 0 and a < right and b > left and c < top and d > bottom
    ]
    # Words at another angle (a stamp in the margin) come last, on a row of their own.
    if aslant:
        aside = " ".join([box[0] for box in aslant])
        words.append(Word(aside, 0.0, 1.0, high + 20, high + 30))
    return words, high


_Box = tuple[str, float, float, float, float, int]  # text, left, right, bottom, top, quarter turns


def _boxes(raw: Any, handle: Any) -> list[_Box]:
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return []
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(handle, 0, count, buffer) - 1
    text = ctypes.string_at(buffer, 2 * got).decode("utf-16-le", "surrogatepass")
    if len(text) != got:  # one character for each unit, so that the indexes stay those of PDFium
        text = "".join(map(chr, buffer[:got]))
    same = got == count
    box_of, rect = raw.FPDFText_GetLooseCharBox, raw.FS_RECTF()
    reference = ctypes.byref(rect)
    found: list[_Box] = []
    add = found.append
    odd = _ODD.search(text) is not None
    for match in _WORDS.finditer(text):
        word = match.group()
        start, end = match.start(), match.end() - 1
        if not same:
            start = raw.FPDFText_GetCharIndexFromTextIndex(handle, start)
            end = raw.FPDFText_GetCharIndexFromTextIndex(handle, end)
        if not box_of(handle, start, reference):
            continue
        left, right, bottom, top = rect.left, rect.right, rect.bottom, rect.top
        turn = _UNKNOWN if end == start else 0
        if end != start and box_of(handle, end, reference):
            if abs(rect.bottom - bottom) > abs(rect.left - left):
                turn = 1 if rect.bottom > bottom else 3
            elif left - rect.left > 0.3 * (right - left):
                turn = 2
            if turn and rect.left < left:
                left = rect.left
            if rect.right > right:
                right = rect.right
            if rect.bottom < bottom:
                bottom = rect.bottom
            if rect.top > top:
                top = rect.top
        if odd:
            word = _clean(word)
            if not word:
                continue
        if right > left and top > bottom:
            add((word, left, right, bottom, top, turn))
    return found


def _clean(word: str) -> str:
    if word[-1] == "\u00ad":
        word = word[:-1] + "-"
    word = word.translate(_CLEANED)
    if _SURROGATE.search(word):
        word = word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return word


def _commonest(turns: list[int]) -> int:
    return max(set(turns), key=turns.count) if turns else 0


def _turn(box: _Box, turns: int, left: float, bottom: float, right: float, top: float) -> Word:
    text, a, b, c, d, _ = box
    if turns == 1:  # up the page: what is left becomes the top
        return Word(text, c - bottom, d - bottom, a - left, b - left)
    if turns == 3:
        return Word(text, top - d, top - c, right - b, right - a)
    return Word(text, right - b, right - a, c - bottom, d - bottom)


def drawn_on(page: pypdfium2.PdfPage) -> Drawn:
    """The ruling lines of a page and how much of it is covered by pictures."""
    import pypdfium2.raw as raw

    handle = page.raw
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    count = raw.FPDFPage_CountObjects(handle)
    rules: list[Rule] = []
    pictured = 0.0
    a, b, c, d = (ctypes.c_float() for _ in range(4))
    bounds, object_at, type_of, letters = (
        raw.FPDFPageObj_GetBounds,
        raw.FPDFPage_GetObject,
        raw.FPDFPageObj_GetType,
        raw.FPDF_PAGEOBJ_TEXT,
    )
    references = [ctypes.byref(one) for one in (a, b, c, d)]
    for k in range(min(count, _MAX_OBJECTS)):
        one = object_at(handle, k)
        kind = type_of(one)
        if kind == letters or not bounds(one, *references):
            continue
        x0, x1, y0, y1 = a.value, c.value, top - d.value, top - b.value
        if kind == raw.FPDF_PAGEOBJ_PATH:
            segments = raw.FPDFPath_CountSegments(one)
            if segments <= _MAX_SEGMENTS:
                rules += (
                    _rules(x0 - left, x1 - left, y0, y1) if segments <= 5 else _walked(raw, one, segments, left, top)
                )
        elif kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and _has_image(raw, one)):
            wide = min(x1, right) - max(x0, left)
            high = min(y1, top - bottom) - max(y0, 0)
            pictured += max(0.0, wide) * max(0.0, high) / area
    return Drawn(tuple(rules), min(1.0, pictured), count > 0)


def _rules(x0: float, x1: float, y0: float, y1: float) -> list[Rule]:
    """The rules of a line or of a box."""
    wide, high = x1 - x0, y1 - y0
    if high < _THIN:
        return [Rule(x0, x1, (y0 + y1) / 2, (y0 + y1) / 2)] if wide > _SHORTEST_RULE else []
    if wide < _THIN:
        return [Rule((x0 + x1) / 2, (x0 + x1) / 2, y0, y1)] if high > _SHORTEST_RULE else []
    if wide < _SHORTEST_RULE:
        return []
    return [Rule(x0, x1, y0, y0), Rule(x0, x1, y1, y1)]


def _walked(raw: Any, path: Any, count: int, left: float, top: float) -> list[Rule]:
    """The lying and upright strokes of a path with many segments, such as a whole grid."""
    x, y = ctypes.c_float(), ctypes.c_float()
    rules: list[Rule] = []
    at: tuple[float, float] | None = None
    for k in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, k)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        here = (x.value - left, top - y.value)
        if at is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (x0, x1), (y0, y1) = sorted((at[0], here[0])), sorted((at[1], here[1]))
            if min(x1 - x0, y1 - y0) < _THIN:
                rules += _rules(x0, x1, y0, y1)
        at = here
    return rules


def _has_image(raw: Any, form: Any) -> bool:
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, k)) == raw.FPDF_PAGEOBJ_IMAGE
        for k in range(min(raw.FPDFFormObj_CountObjects(form), 50))
    )
