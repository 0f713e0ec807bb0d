"""Chunks: what is indexed. One paragraph, short neighbours joined, long ones split at sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.headings import PLAIN
from corpus.lines import BULLET as _ITEM
from corpus.lines import overlapping, without_marked
from corpus.personal_numbers import mask_personal_numbers
from corpus.records import Chunk, Mark, Paragraph, Section, Span

SentenceSplitter = Callable[[str], Sequence[Span]]

CHUNKER_VERSION = "4"
# Characters. Chosen by found@1000 and answers on the gold questions (docs/figures.md).
MIN_CHUNK = 300
MAX_CHUNK = 800

# The sign may be a hyphen, a soft one, or what text recognition and old programs write for it.
_HYPHENATED = re.compile(r"([a-zåäöéA-ZÅÄÖ])[-\u00ad\u2010\u00ac][ \t]*\n\s*([a-zåäöé])")
_OWN_HYPHEN = re.compile(
    r"(\b[A-ZÅÄÖ][a-zåäöé]+-)[ \t]*\n\s*(?=[A-ZÅÄÖ][a-zåäöé])|"  # Anna-/Karin
    r"(\d-)[ \t]*\n\s*(?=(?:år|tal))"  # 50-/årig
)
_KEPT_HYPHEN = re.compile(r"(?:och|eller|samt|respektive|resp)\b")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^)\s]{0,1000}\)")
_LINE = re.compile(r"(?<!\S)\S[^\n\f]*")  # from its first visible sign to its end
_RULE = re.compile(r"^[ \t]*(?:={3,}|-{3,}|`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"[A-ZÅÄÖ][^\n]{1,80} (?:beslutar|beslutade|föreslår|yrkar)[ \t]*\n[ \t]*(?=att\b)")
_EMPHASIS = re.compile(r"(?<!\w)[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?!\w)|^#{1,6}[ \t]*", re.MULTILINE)


def search_text(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """What the indexes see of a range: no marked ranges, no markup, words joined over line ends."""
    bare = mask_personal_numbers(without_marked(text, start, end, marks))
    bare = _OWN_HYPHEN.sub(lambda match: match[1] or match[2], _HYPHENATED.sub(_joined, bare))
    bare = bare.replace("\u00ad", "").replace("\u00a0", " ")
    bare = _RULE.sub("", _LINK.sub(r"\1", bare))
    bare = _EMPHASIS.sub("", bare)
    lines = (line.strip() for line in re.sub(r"[ \t]+", " ", bare).split("\n"))
    return "\n".join(line for line in lines if line)


def _joined(match: re.Match[str]) -> str:
    """A word that was broken over a line end: *kommun-/styrelsen*, *kommun-/och*, *VA-/verket*, *e-/post*."""
    if _KEPT_HYPHEN.match(match.string, match.start(2)):
        return f"{match[1]}- {match[2]}"
    before = match.string[max(0, match.start() - 1) : match.start() + 1]
    single = not before[:-1].isalnum() and match[1] not in "åö"
    kept = "-" if (single or before.isupper()) and len(before) == 2 and re.search("[-\u2010]", match[0]) else ""
    return match[1] + kept + match[2]


def make_chunks(
    text: str,
    sections: Sequence[Section],
    paragraphs: Sequence[Paragraph],
    marks: Sequence[Mark],
    split: SentenceSplitter,
) -> Iterator[Chunk]:
    """The chunks of a document in reading order; agendas and contents give none.

    The parts of a numbered point (*Beslut*, *Beslutsgång*, headings without a number) may share a
    chunk while it is short; different points never do. A footnote that was torn into a sentence is a chunk of its own,
    inside the range of the chunk that it was torn into.
    """
    footnotes = {mark.start for mark in marks if mark.reason == "footnote"}
    wanted = [p for p in paragraphs if p.kind != "boilerplate" and sections[p.section].kind != "agenda"]
    running = [p for p in wanted if p.start not in footnotes]
    groups = [group for unit in _units(sections, running) for group in _groups(unit, sections)]
    groups += [[p] for p in wanted if p.start in footnotes]
    for group in sorted(groups, key=lambda g: g[0].start):
        yield from _chunks_of(text, group, sections, marks, split)


def _units(sections: Sequence[Section], paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs by the numbered (or topmost) section that they stand in."""
    unit: list[Paragraph] = []
    owner: int | None = None
    for paragraph in paragraphs:
        mine = _owner(sections, paragraph.section)
        if unit and mine != owner:
            yield unit
            unit = []
        owner = mine
        unit.append(paragraph)
    if unit:
        yield unit


def _owner(sections: Sequence[Section], ordinal: int) -> int:
    section = sections[ordinal]
    while section.number is None and section.parent is not None and section.level >= PLAIN:
        section = sections[section.parent]
    return section.ordinal


def _groups(unit: Sequence[Paragraph], sections: Sequence[Section]) -> Iterator[list[Paragraph]]:
    """Neighbours joined until a chunk is long enough; a new part starts a new chunk if it can."""
    group: list[Paragraph] = []
    length = 0
    for paragraph in unit:
        size = paragraph.end - paragraph.start
        new_part = group and paragraph.section != group[-1].section and any(p.kind != "heading" for p in group)
        full = length >= MIN_CHUNK and not (paragraph.kind == "row" and group and group[-1].kind == "row")
        only_headings = all(p.kind == "heading" for p in group)
        if group and (
            (length + size > MAX_CHUNK and not only_headings)
            or (full and not only_headings)
            or (new_part and length >= MIN_CHUNK // 2)
        ):
            body = _without_last_headings(group)
            yield group[:body]
            group = group[body:]
            length = sum(p.end - p.start for p in group)
        group.append(paragraph)
        length += size
    if group:
        yield group


def _without_last_headings(group: Sequence[Paragraph]) -> int:
    """How many paragraphs stand before the headings at the end, which belong to what follows."""
    body = len(group)
    while body > 1 and group[body - 1].kind == "heading":
        body -= 1
    return body


def _chunks_of(
    text: str,
    group: Sequence[Paragraph],
    sections: Sequence[Section],
    marks: Sequence[Mark],
    split: SentenceSplitter,
) -> Iterator[Chunk]:
    sentences = [s for p in group for s in _sentences(text, p, split)]
    section = _common_section(group, sections)
    first = next((p for p in group if p.kind != "heading"), group[0])
    start = group[0].start
    end = group[-1].end
    inside = [m for m in overlapping(marks, start, end) if m.reason != "footnote" or not m.start <= start < m.end]
    for a, b, own in _pieces(start, end, sentences):
        bare = search_text(text, a, b, inside)
        if bare:
            page = next((p.page for p in reversed(group) if p.start <= a), first.page)
            on = next((p for p in reversed(group) if p.start <= a and p.kind != "heading"), first)
            yield Chunk(section, max(1, on.number), a, b, page, bare, tuple(own))


def _sentences(text: str, paragraph: Paragraph, split: SentenceSplitter) -> list[Span]:
    """The sentences of a paragraph; a row of a table and an item of a list hold their own."""
    sentences: list[Span] = []
    for start, end in _entries(text, paragraph):
        whole = paragraph.kind in ("heading", "row") and end - start <= 2 * MAX_CHUNK
        spans = [Span(0, end - start)] if whole else split(text[start:end])
        sentences += [Span(start + s.start, start + s.end) for s in spans]
    return sentences


def _entries(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The rows and items of a paragraph, and what leads clauses in (*Nämnden beslutar / att …*)."""
    start = paragraph.start
    if lead := _LEAD.match(text, start, paragraph.end):
        yield start, start + len(lead[0].rstrip())
        start = lead.end()
    if paragraph.kind != "heading":
        for line in _LINE.finditer(text, start, paragraph.end):
            if line.start() > start and (paragraph.kind == "row" or _ITEM.match(text, line.start())):
                yield start, start + len(text[start : line.start()].rstrip())
                start = line.start()
    yield start, paragraph.end


def _common_section(group: Sequence[Paragraph], sections: Sequence[Section]) -> int:
    """The deepest section that encloses all of the group."""
    ordinal: int | None = group[0].section
    start, end = group[0].start, group[-1].end
    while ordinal is not None:
        section = sections[ordinal]
        if section.start <= start and end <= section.end:
            return ordinal
        ordinal = section.parent
    return group[0].section


def _pieces(start: int, end: int, sentences: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """The range in pieces of at most MAX_CHUNK characters, cut between sentences, evenly long.

    A sentence longer than that (a table, a list without full stops) stays whole; the splitter
    bounds its length.
    """
    length = end - start
    if length <= MAX_CHUNK or len(sentences) < 2:
        yield start, end, list(sentences)
        return
    wanted = length / -(-length // MAX_CHUNK)
    own: list[Span] = []
    begin = start
    for sentence in sentences:
        if own and (sentence.end - begin > MAX_CHUNK or own[-1].end - begin >= wanted):
            yield begin, own[-1].end, own
            begin, own = sentence.start, []
        own.append(sentence)
    if own:
        yield begin, end, own
