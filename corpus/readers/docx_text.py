"""The text inside a paragraph of Word: what a reader of the printed page sees, no more.

Inserted text stays, deleted text, comments, hidden text, field codes and the prompts of empty
form fields are left out. Source: ECMA-376 part 1, 17.3 (runs), 17.13 (revisions), 17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.docx_styles import Styles, W, is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LEFT_OUT = {
    f"{W}{tag}"
    for tag in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText",
                "fldData", "rt", "rubyPr", "smartTagPr", "customXmlPr")
}  # fmt: skip
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_BOX = f"{W}txbxContent"
# The signs of Wingdings that forms and decisions use; the others are ornament.
_SYMBOLS = {
    "F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F078": "☒", "F0FD": "☒", "F0FC": "✓", "F0E0": "→", "F0B7": "•",
    "F0A7": "•",
}  # fmt: skip
# Nesting deeper than any real document; a bound keeps a hostile one from exhausting the stack.
MAX_DEPTH = 100


@dataclass
class Inline:
    """The text of a paragraph, the notes that it refers to, and the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind (footnote, endnote) and id
    boxes: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The pieces as one text."""
        return "".join(self.pieces)


def children(element: Any) -> Iterator[Any]:
    """The child elements that count: of alternatives the first, of form fields their content."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            continue
        if tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            chosen = choice if choice is not None else child.find(f"{_MC}Fallback")
            if chosen is not None:
                yield from children(chosen)
        elif tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            prompt = child.find(f"{W}sdtPr/{W}showingPlcHdr")
            if content is not None and (prompt is None or not is_on(prompt)):
                yield from children(content)
        elif tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from children(child)
        else:
            yield child


class InlineReader:
    """Reads paragraphs; gives a note its number where it is first referred to."""

    def __init__(self, styles: Styles, note_sign: dict[tuple[str, str], str]) -> None:
        self._styles = styles
        self._note_sign = note_sign

    def read(self, paragraph: Any) -> Inline:
        """The text of a ``w:p``."""
        out = Inline()
        self._walk(paragraph, self._styles.of(paragraph), out, 0)
        return out

    def _walk(self, element: Any, style_id: str | None, out: Inline, depth: int) -> None:
        if depth > MAX_DEPTH:
            out.pieces += [text.text or "" for text in element.iter(f"{W}t")]
            return
        for child in children(element):
            tag = child.tag
            if tag in (f"{W}t", _MATH_TEXT):
                out.pieces.append(child.text or "")
            elif tag in _SIGNS:
                out.pieces.append(_SIGNS[tag])
            elif tag == f"{W}sym":
                out.pieces.append(_SYMBOLS.get(child.get(f"{W}char", "").upper(), ""))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id", ""), out)
            elif tag in _DRAWINGS:
                out.boxes += _boxes(child, depth)
            elif tag == f"{W}r":
                if not self._styles.hides(child, style_id):
                    self._walk(child, style_id, out, depth + 1)
            else:
                self._walk(child, style_id, out, depth + 1)

    def _note(self, kind: str, number: str, out: Inline) -> None:
        sign = self._note_sign.get((kind, number))
        if sign is None:
            return
        out.pieces.append(sign)
        out.notes.append((kind, number))


def _boxes(element: Any, depth: int) -> list[Any]:
    """The outermost text boxes below an element; a box inside a box is found when that is read."""
    found: list[Any] = []
    for child in children(element):
        if child.tag == _BOX:
            found.append(child)
        elif depth < MAX_DEPTH:
            found += _boxes(child, depth + 1)
    return found
