"""Web pages: headings, lists and table rows as lines of text, page furniture marked.

The stored text is what this module renders: it is what can be quoted. Headings become Markdown
headings so that the structure of the page is found as that of any other text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PreformattedString

from corpus.readers.numerals import shown
from corpus.readers.plain import decode, without_controls
from corpus.readers.rows import cell_text, row_text
from corpus.records import Mark, Source

_DROPPED = {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "head", "del"}
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and spaces of no width
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FURNITURE = {"nav": "navigation", "header": "navigation", "footer": "navigation", "aside": "navigation"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "body", "html", "dl", "dt", "dd", "table", "thead",
    "tbody", "tfoot", "blockquote", "pre", "address", "figure", "figcaption", "form", "fieldset", "hr",
    "caption", "legend", "center", "details", "summary", "dialog", "hgroup", "td", "th", "tr",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_COOKIES = re.compile(r"cookie|consent|kakor|gdpr", re.IGNORECASE)
# Cells with one of these are the layout of a page, not a table of data.
_LAYOUT = ["table", "ul", "ol", "dl", "article", "section", *_HEADINGS]
_LONG_CELL = 200  # characters of a cell of several paragraphs that is laid out, not tabled
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)\b", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
# Nesting deeper than any real page; a bound keeps a hostile one from exhausting the stack.
_MAX_DEPTH = 200


@dataclass
class _Rendering:
    """Text under construction, with the ranges that are page furniture."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    prefix: str = ""  # the sign of a heading or list item, written with its first word
    counters: list[Iterator[str] | None] = field(default_factory=list)  # of the lists around
    one_line: bool = False  # inside a heading: it is one line, whatever breaks it on the page

    def write(self, text: str) -> None:
        text, self.prefix = self.prefix + text, ""
        self.pieces.append(text)
        self.length += len(text)

    def ends_with(self, text: str) -> bool:
        return "".join(self.pieces[-3:])[-len(text) :] == text

    def break_line(self) -> None:
        if self.length and not self.prefix and not self.ends_with("\n"):
            self.write("\n")

    def break_paragraph(self) -> None:
        self.break_line()
        if self.length and not self.prefix and not self.ends_with("\n\n"):
            self.write("\n")


def read(data: bytes, name: str) -> Source:
    """Read an HTML page in the encoding that it states, else in the one that its bytes show."""
    markup = _markup(data)
    soup = BeautifulSoup(markup, "lxml")
    rendering = _Rendering()
    title = " ".join(soup.title.get_text(" ").split()) if soup.title else ""
    root = soup.body or soup
    has_main = soup.find(["main", "article"]) is not None
    _render(root, rendering, has_main, 0)
    metadata = (("title", title),) if title else ()
    return Source(
        text="".join(rendering.pieces),
        format="html",
        marks=tuple(rendering.marks),
        metadata=metadata,
    )


def _markup(data: bytes) -> str:
    """The markup by its byte order mark, by the encoding that it states, or by its bytes.

    Pages that state Latin-1 mean Windows-1252, and one that could be searched for a statement is
    not in UTF-16, whatever it states (WHATWG, Encoding Standard); ``decode`` sees to both.
    """
    stated = _CHARSET.search(data[:4096])
    encoding = stated[1].decode("ascii").lower() if stated else ""
    if re.fullmatch(r"(iso|mac|windows|cp|koi8|x-mac|euc|shift|gb|big5|ibm)[\w-]*", encoding):
        try:
            codec = codecs.lookup(encoding)
            if codec.name not in ("iso8859-1", "cp1252", "utf-8"):
                return without_controls(data.decode(encoding))
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _furniture(tag: Tag, has_main: bool) -> str | None:
    """Why a tag is no part of the document, or None. A header inside the main part belongs to it."""
    reason = _FURNITURE.get(tag.name)
    if reason == "navigation" and tag.name == "header" and not has_main:
        return None
    if reason is None:
        names = " ".join([*tag.get_attribute_list("class", []), str(tag.get("id", ""))])
        if tag.get("role") in ("navigation", "search", "banner", "contentinfo", "dialog"):
            reason = "navigation"
        elif _COOKIES.search(names) and tag.name not in ("body", "main", "article", *_HEADINGS):
            reason = "cookie_notice"
    if reason is None or tag.name == "nav":
        return reason
    # What holds the document, or is a part of it, is no furniture, whatever it is called.
    holds = tag.find(["main", "article"]) is not None
    return None if holds or tag.find_parent(["main", "article"]) is not None else reason


def _render(node: Tag, out: _Rendering, has_main: bool, depth: int) -> None:
    for child in node.children:
        if isinstance(child, (Comment, PreformattedString)):
            continue
        if isinstance(child, NavigableString):
            _write_text(str(child), out, preformatted=node.name in ("pre", "textarea"))
        elif isinstance(child, Tag) and not _hidden(child):
            reason = _furniture(child, has_main)
            start = out.length
            if depth >= _MAX_DEPTH:
                _write_text(child.get_text(" "), out)
            else:
                _render_tag(child, out, has_main, depth)
            if reason and out.length > start:
                out.marks.append(Mark(start, out.length, reason))


def _hidden(tag: Tag) -> bool:
    """Whether a tag shows nothing: by its kind, by an attribute, or by its own style."""
    return tag.name in _DROPPED or tag.has_attr("hidden") or _HIDING.search(str(tag.get("style", ""))) is not None


def _write_text(text: str, out: _Rendering, preformatted: bool = False) -> None:
    text = _INVISIBLE.sub("", text)
    if preformatted:
        folded = text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        folded = re.sub(r"[ \t\r\n\f]+", " ", text)
        if out.length == 0 or out.prefix or out.ends_with("\n") or out.ends_with(" "):
            folded = folded.lstrip(" ")
    if folded:
        out.write(folded)


def _render_tag(tag: Tag, out: _Rendering, has_main: bool, depth: int) -> None:
    name = tag.name
    if name == "br":
        if not out.prefix:
            out.write(" " if out.one_line else "\n")
    elif name in _HEADINGS:
        out.break_paragraph()
        out.one_line = True
        _render_after("#" * _HEADINGS[name] + " ", tag, out, has_main, depth)
        out.one_line = False
        out.break_paragraph()
    elif name in ("ol", "ul"):
        out.break_paragraph()
        out.counters.append(_list_counter(tag))
        _render(tag, out, has_main, depth + 1)
        out.counters.pop()
        out.break_paragraph()
    elif name == "li":
        out.break_line()
        counter = out.counters[-1] if out.counters else None
        _render_after("- " if counter is None else next(counter), tag, out, has_main, depth)
        out.break_line()
    elif name == "dt" and (term := _term(tag)) is not None:
        out.break_line()
        out.write(f"{term} ")  # its value follows on the line
    elif name == "dd" and out.ends_with(": "):
        _render(tag, out, has_main, depth + 1)
        out.break_line()
    elif name == "sup" and tag.get_text().strip().isdigit():
        _write_text(tag.get_text().strip().translate(_SUPERSCRIPT), out)
    elif name == "tr" and (cells := _cells(tag, has_main, depth)) is not None:
        out.break_line()
        _write_text(row_text(cells), out)
        out.break_line()
    elif name in _BLOCKS:
        out.break_paragraph()
        _render(tag, out, has_main, depth + 1)
        out.break_paragraph()
    else:
        _render(tag, out, has_main, depth + 1)


def _list_counter(tag: Tag) -> Iterator[str] | None:
    """The signs of a list's items, one after the other; None where the page shows no numbers."""
    if tag.name != "ol" or _NO_NUMBERS.search(str(tag.get("style", ""))):
        return None
    form = _LIST_FORMS.get(str(tag.get("type", "")), "decimal")
    start = str(tag.get("start", ""))
    return (f"{shown(number, form)}. " for number in count(int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1))


def _term(tag: Tag) -> str | None:
    """A term on one line, as the value that follows needs it: *Ordförande:*; None for a larger one."""
    text = " ".join(tag.get_text().split())
    if not text or tag.find([*_BLOCKS, *_HEADINGS, "li", "br"]) is not None:
        return None
    value = tag.find_next_sibling()
    if value is None or value.name != "dd" or value.find([*_BLOCKS, *_HEADINGS, "li", "br"]) is not None:
        return None
    return text if text.endswith(":") else f"{text}:"


def _cells(row: Tag, has_main: bool, depth: int) -> list[str] | None:
    """The cells of a row of data; None where the table lays out the page."""
    cells = [cell for cell in row.find_all(["td", "th"], recursive=False) if not _hidden(cell)]
    if row.find(_LAYOUT) is not None:
        return None
    if any(len(cell.find_all("p")) > 1 and len(cell.get_text()) > _LONG_CELL for cell in cells):
        return None
    texts: list[str] = []
    for cell in cells:
        inner = _Rendering()
        _render(cell, inner, has_main, depth + 1)
        texts.append(cell_text("".join(inner.pieces).split("\n")))
    return texts


def _render_after(prefix: str, tag: Tag, out: _Rendering, has_main: bool, depth: int) -> None:
    """Render a tag behind the sign of a heading or list item; nothing where it holds no text."""
    out.prefix = prefix
    _render(tag, out, has_main, depth + 1)
    out.prefix = ""
