"""The blocks of a Word document in reading order: headings, paragraphs, list items, table rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_styles import TITLE, Styles, W, value
from corpus.readers.docx_text import MAX_DEPTH, InlineReader, children
from corpus.readers.rows import cell_text, row_text

BlockKind = Literal["heading", "text", "item", "row"]

_MAX_HEADING = 250  # a "heading" longer than this is a paragraph that was given the wrong style
_SHORT = 80  # characters; lines of an attendance list, an address, a signature
_MIN_GAP = 40  # twentieths of a point: less space than this between paragraphs is not seen
_LONG_CELL = 200  # characters of a cell of several paragraphs that is laid out, not tabled


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the document.

    ``level`` counts for headings (0 the title); ``apart`` says that space is seen above it;
    ``contents`` that it belongs to the table of contents.
    """

    kind: BlockKind
    text: str
    level: int = 0
    apart: bool = True
    contents: bool = False


class BlockReader:
    """Reads the blocks of a story (body, header, note); its counters go on from story to story."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: InlineReader, notes: dict[tuple[str, str], Any]):
        self._styles = styles
        self._numbering = numbering
        self._inline = inline
        self._notes = notes

    def read(self, story: Any, depth: int = 0) -> Iterator[Block]:
        """The blocks below an element; a note stands after the block that refers to it."""
        if depth > MAX_DEPTH:
            yield Block("text", "".join(piece.text or "" for piece in story.iter(f"{W}t")))
            return
        above: Any | None = None
        empty, carried = True, ""
        for element in children(story):
            if element.tag == f"{W}p":
                inline = self._inline.read(element)
                text = carried + inline.text
                if _mark_deleted(element):  # the paragraph goes on in the next one
                    carried = text
                    continue
                carried = ""
                block = self._paragraph(element, text)
                if block is None:
                    empty = True
                else:
                    yield replace(block, apart=empty or self._apart(above, element, block))
                    empty = False
                    above = element if _is_line(block) else None
                for box in inline.boxes:
                    yield from self.read(box, depth + 1)
                yield from self._note_blocks(inline.notes, depth)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth + 1)
                empty, above = True, None
            elif element.tag not in (f"{W}sectPr", f"{W}tc"):
                yield from self.read(element, depth + 1)
        if carried.strip():
            yield Block("text", carried.strip())

    def _paragraph(self, element: Any, text: str) -> Block | None:
        label = self._label(element)  # counted where the paragraph is empty, too
        if not text.strip():
            return None
        contents = self._styles.is_contents(element)
        level = None if contents else self._styles.heading_level(element)
        if level is not None and len(text) <= _MAX_HEADING:
            number = f"{label.text} " if label and label.text and not label.bullet else ""
            return Block("heading", number + " ".join(text.split()), level)
        text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
        text = text if "\t" in text.strip() else text.strip()
        if label and (label.text or label.bullet):
            return Block("item", f"{label.text} {text.lstrip()}", contents=contents)
        return Block("text", text.rstrip(), contents=contents)

    def _label(self, paragraph: Any) -> Any | None:
        found = self._styles.property(paragraph, "numPr")
        if found is None:
            return None
        properties, style = found
        num_id, level = value(properties, "numId"), value(properties, "ilvl")
        if num_id is None:  # the paragraph moves to another level of its style's list
            for base in self._styles.chain(self._styles.of(paragraph)):
                num_id = num_id or value(base.find(f"{W}pPr/{W}numPr"), "numId")
        if num_id in (None, "0"):
            return None
        at = int(level) if level is not None and level.isdigit() else 0
        if style is not None:
            tied = self._numbering.level_of_style(str(num_id), style)
            at = at if tied is None else tied
        return self._numbering.next_label(str(num_id), at)

    def _apart(self, above: Any | None, below: Any, block: Block) -> bool:
        """Whether a reader sees space between two lines; paragraphs of prose are always apart."""
        if above is None or len(block.text) > _SHORT:
            return True
        if self._styles.of(above) == self._styles.of(below) and self._styles.contextual(below):
            return False
        return max(self._styles.spacing(above, "after"), self._styles.spacing(below, "before")) >= _MIN_GAP

    def _note_blocks(self, references: list[tuple[str, str]], depth: int) -> Iterator[Block]:
        for reference in references:
            note = self._notes.pop(reference, None)
            if note is None:
                continue
            sign, element = note
            text = " ".join(block.text for block in self.read(element, depth + 1))
            if text.strip():
                yield Block("text", f"{sign} {' '.join(text.split())}")

    # -- tables -----------------------------------------------------------------------------

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        for row in children(table):
            if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            notes: list[Block] = []
            cells = [self._cell(cell, depth) for cell in children(row) if cell.tag == f"{W}tc"]
            filled = [cell for cell in cells if cell]
            if len(filled) == 1 or any(_laid_out(cell) for cell in filled):
                for cell in filled:
                    yield from cell
                continue
            texts = []
            for cell in cells:
                notes += [block for block in cell if _is_note(block)]
                texts.append(cell_text([line for block in cell if not _is_note(block) for line in _lines(block)]))
            if text := row_text(texts):
                yield Block("row", text)
            yield from notes

    def _cell(self, cell: Any, depth: int) -> list[Block]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return []
        return list(self.read(cell, depth + 1))


def _is_line(block: Block) -> bool:
    """Whether a block is a line that others can go with: short, no heading, no sentence."""
    return block.kind != "heading" and len(block.text) <= _SHORT and block.text[-1] not in ".!?"


def _mark_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted by a tracked change."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _laid_out(cell: list[Block]) -> bool:
    """Whether a cell holds a part of the page (headings, tables, running text) and no value."""
    if any(block.kind in ("heading", "row") for block in cell):
        return True
    return len(cell) > 1 and sum(len(block.text) for block in cell) > _LONG_CELL


def _is_note(block: Block) -> bool:
    return block.kind == "text" and block.text.startswith("[") and block.text[1:2].isalnum() and "] " in block.text[:8]


def _lines(block: Block) -> list[str]:
    text = block.text.removeprefix("- ") if block.kind == "item" else block.text
    return text.split("\n")


def headings_below_title(blocks: list[Block]) -> list[Block]:
    """Headings with their Markdown level: below a title, if the document has one, they move down."""
    titled = any(block.kind == "heading" and block.level == TITLE for block in blocks)
    return [
        replace(block, level=min(6, max(1, block.level + titled))) if block.kind == "heading" else block
        for block in blocks
    ]
