"""Word documents (DOCX, DOCM): python-docx opens the package, the rendering of its text is ours.

Headings become Markdown headings by their styles, automatic numbers are counted and written out,
table rows are lines with bars, notes stand after the paragraph that refers to them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.containers import check_package, package_names
from corpus.errors import UnreadableError
from corpus.readers.docx_blocks import Block, BlockReader, headings_below_title
from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_styles import Styles, W
from corpus.readers.docx_text import InlineReader
from corpus.readers.numerals import roman
from corpus.records import Mark, Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ID = f"{{{_RELATION}}}id"
_STORY_CHARACTERS = 3000  # of the text's beginning, where the title of the document stands if it is its own


class _Package:
    """The parts of a Word document that hold text, as lxml elements."""

    def __init__(self, data: bytes) -> None:
        from docx.package import Package

        package = Package.open(io.BytesIO(data))
        self.core = package.core_properties
        self._main = package.main_document_part
        self.document = self._root(self._main)
        self.body = self.document.find(f"{W}body")
        if self.body is None:
            raise UnreadableError("filen är inget Word-dokument")

    @staticmethod
    def _root(part: Any) -> Any:
        from docx.oxml.parser import parse_xml

        element = getattr(part, "element", None)
        return element if element is not None else parse_xml(part.blob)

    def related(self, kind: str) -> Any | None:
        """The root of the part that the document is related to as ``kind``, e.g. ``styles``."""
        for relation in self._main.rels.values():
            if relation.reltype == f"{_RELATION}/{kind}" and not relation.is_external:
                return self._root(relation.target_part)
        return None

    def stories(self, kind: str) -> Iterator[tuple[str, Any]]:
        """The headers or footers (``kind``) in order of reference, each with its type."""
        seen: set[str] = set()
        for section in self.document.iter(f"{W}sectPr"):
            for reference in section.findall(f"{W}{kind}Reference"):
                relation = self._main.rels.get(reference.get(_ID, ""))
                if relation is None or relation.is_external or relation.rId in seen:
                    continue
                seen.add(relation.rId)
                yield reference.get(f"{W}type", "default"), self._root(relation.target_part)


def read(data: bytes, name: str) -> Source:
    """Read a Word document.

    Raises:
        UnreadableError: it is damaged, protected by a password, or built to do harm.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableError("Word-filen är skyddad med lösenord; öppna den i Word och spara den utan lösenord")
        raise UnreadableError("filen är inget Word-dokument av nyare slag; spara den som DOCX eller PDF")
    if not package_names(data):
        raise UnreadableError("Word-filen är skadad; öppna den i Word och spara den på nytt, eller spara den som PDF")
    check_package(data, b"<!DOCTYPE")
    try:
        return _source(_opened(data))
    except RecursionError as error:
        raise UnreadableError("Word-filen är skadad (kapslad för djupt); spara den på nytt") from error


def _opened(data: bytes) -> _Package:
    """The package; one that python-docx cannot open is written anew by LibreOffice first."""
    from corpus.readers import office

    try:
        return _Package(data)
    except Exception:  # python-docx raises what it happens to meet (KeyError, XMLSyntaxError, …)
        again = office.repaired(data)
    try:
        return _Package(again)
    except Exception as error:
        raise UnreadableError("Word-filen är skadad; öppna den i Word och spara den på nytt") from error


def _source(package: _Package) -> Source:
    styles = Styles(package.related("styles"))
    numbering = Numbering(package.related("numbering"))
    signs = _note_signs(package.document)
    notes = _notes(package, signs)
    reader = BlockReader(styles, numbering, InlineReader(styles, signs), notes)
    first, others = _page_heads(package, reader)
    body = headings_below_title(list(reader.read(package.body)))
    text, marks = _rendered([*first, *body], others)
    return Source(text=text, format="docx", marks=tuple(marks), metadata=tuple(_metadata(package.core, text)))


def _note_signs(document: Any) -> dict[tuple[str, str], str]:
    """The sign of each note by kind and id: ``[1]`` for footnotes, ``[i]`` for endnotes, in order."""
    signs: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        ids = dict.fromkeys(reference.get(f"{W}id", "") for reference in document.iter(f"{W}{kind}Reference"))
        for number, id_ in enumerate(ids, 1):
            signs[kind, id_] = f"[{number if kind == 'footnote' else roman(number)}]"
    return signs


def _notes(package: _Package, signs: dict[tuple[str, str], str]) -> dict[tuple[str, str], tuple[str, Any]]:
    notes: dict[tuple[str, str], tuple[str, Any]] = {}
    for kind in ("footnote", "endnote"):
        root = package.related(f"{kind}s")
        for note in root.findall(f"{W}{kind}") if root is not None else []:
            key = (kind, note.get(f"{W}id", ""))
            if key in signs:
                notes[key] = (signs[key], note)
    return notes


def _page_heads(package: _Package, reader: BlockReader) -> tuple[list[Block], list[Block]]:
    """The head of the first page, and all other distinct heads and feet.

    As with a PDF the first head is text, since it names the body and the date; the rest is marked.
    """
    heads = [(kind, _plain(reader.read(root))) for kind, root in package.stories("header")]
    feet = [(kind, _plain(reader.read(root))) for kind, root in package.stories("footer")]
    section = next(package.document.iter(f"{W}sectPr"), None)
    titled = section is not None and section.find(f"{W}titlePg") is not None
    opening = next((blocks for kind, blocks in heads if kind == ("first" if titled else "default")), [])
    others: list[Block] = []
    seen = {block.text for block in opening}
    for _, blocks in [*heads, *feet]:
        others += [block for block in blocks if block.text not in seen]
        seen |= {block.text for block in blocks}
    return opening, others


def _plain(blocks: Iterator[Block]) -> list[Block]:
    """The blocks of a head or foot as text, without those that hold a page number only."""
    return [Block("text", block.text, apart=False) for block in blocks if any(c.isalpha() for c in block.text)]


def _rendered(blocks: Sequence[Block], furniture: Sequence[Block]) -> tuple[str, list[Mark]]:
    reasons = ["contents" if block.contents else "" for block in blocks] + ["page_head"] * len(furniture)
    pieces: list[str] = []
    marks: list[Mark] = []
    at = 0
    above: tuple[Block, str] | None = None
    for block, reason in zip([*blocks, *furniture], reasons, strict=True):
        text = f"{'#' * block.level} {block.text}" if block.kind == "heading" else block.text
        if above is not None:
            gap = "\n\n" if reason != above[1] or _apart(above[0], block) else "\n"
            text, start = gap + text, at + len(gap)
        else:
            start = at
        at += len(text)
        if reason:
            marks.append(Mark(start, at, reason))
        pieces.append(text)
        above = block, reason
    return "".join([*pieces, "\n"]), marks


def _apart(above: Block, below: Block) -> bool:
    """Whether a blank line goes between two blocks: not within a list, a table, or lines set close."""
    if below.kind == "heading" or above.kind != below.kind:
        return True
    return below.apart if below.kind == "text" else False


def _metadata(core: Any, text: str) -> Iterator[tuple[str, str]]:
    """Title and dates of the file's properties.

    A title is often left from a template or an older document: it counts only where the text
    itself opens with its words. The dates are those of the file, not of the meeting.
    """
    opening = " ".join(re.findall(r"\w+", text[:_STORY_CHARACTERS].casefold()))
    words = re.findall(r"\w+", _property(core, "title").casefold())
    if len(words) > 1 and " ".join(words) in opening:
        yield "title", " ".join(_property(core, "title").split())
    for key in ("created", "modified"):
        if date := _property(core, key)[:10]:
            yield key, date


def _property(core: Any, key: str) -> str:
    """A core property as text; empty where it is missing or badly written."""
    try:
        return str(getattr(core, key) or "")
    except Exception:  # python-docx raises what a date or number happens to break
        return ""
