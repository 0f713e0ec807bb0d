"""Decisions in running text: the sentences and clauses with a wording that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.records import Paragraph
from models.registers.decision_lists import continuation, last_end, list_below, list_text, with_its_list
from models.registers.decision_parts import Part
from models.registers.decision_rows import Reading, att_pieces, decision_of, end_with, rows_of
from models.registers.decision_wordings import FoundWording, find_wordings, form, kind_of, next_clause
from models.registers.minutes import Sentence
from models.registers.plain_text import plain
from models.registers.records import Decision, DecisionKind

_ROW = re.compile(r"(?<=\n)(?=[ \t]*\|)")
_AFTER_KR = re.compile(r"(?<=\bkr\.\s)(?=[A-ZÅÄÖ][a-zåäö]+ )")  # the splitter takes kr. as an abbreviation only
_FEW = 5  # words of a line that names a matter: Beslut om behörigheter
_SHORT = 4  # words of a sentence that needs its heading to be understood: Fastställdes. Lagt till handlingarna.


def running(reading: Reading, part: Part) -> Iterator[Decision]:
    """The decisions of running text: sentences with a wording that decides."""
    minutes = reading.minutes
    asked: Sentence | None = None  # Att: … , which the next Beslut: … is about
    until = 0  # where the list of the sentence before ends
    for index, paragraph in enumerate(part.paragraphs):
        for sentence in _sentences(reading, paragraph):
            if paragraph.kind == "signature" or sentence.start < until:
                continue
            flat = reading.flat(sentence.start, sentence.end)
            if paragraph.kind == "heading" and not re.match(r"\W*(?:[\d.]+\W+)?(?:beslutades|beslöts)\b", flat, re.I):
                continue
            if form("att_label").match(flat):
                asked = sentence
            labelled = form("labelled").match(flat)
            if labelled and asked and form("refers").search(labelled["outcome"]):
                yield _answer(reading, asked, sentence, labelled["outcome"])
                asked = None
                continue
            if paragraph.kind == "item" and (question := _question(reading, paragraph, sentence, flat)):
                text = reading.plain(question.start, sentence.end)
                kind = "reject" if re.match(r"\W*n", flat, re.IGNORECASE) else kind_of(text) or "decide"
                yield decision_of(reading, text, kind, None, question, question.start, sentence.end)
                continue
            wordings = _wordings_of(reading, paragraph, flat)
            if not wordings:
                continue
            whole = with_its_list(minutes, paragraph, sentence)
            until = whole.end
            if whole is not sentence:
                flat = reading.flat(whole.start, whole.end)
            yield from _of_sentence(reading, part, index, whole, flat, wordings)


def _sentences(reading: Reading, paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph, also after *kr.* before a capital.

    Those of a table go row by row, without a last cell that only has the initials of who does it.
    """
    cut = _ROW if paragraph.kind == "row" else _AFTER_KR
    for sentence in reading.minutes.of_paragraph(paragraph):
        at = sentence.start
        for piece in cut.split(reading.minutes.words(sentence)):
            cell = form("initials_cell").search(piece) if cut is _ROW else None
            yield replace(sentence, start=at, end=at + (cell.start() if cell else len(piece)))
            at += len(piece)


def _question(reading: Reading, paragraph: Paragraph, sentence: Sentence, flat: str) -> Sentence | None:
    """The proposal that is put as a question before a *Ja* or *Nej* in its paragraph: *Skjuta på festen? Ja*."""
    if not form("answer").match(flat):
        return None
    before = [one for one in reading.minutes.of_paragraph(paragraph) if one.end <= sentence.start]
    if not before or not form("proposed_question").match(reading.flat(before[-1].start, before[-1].end)):
        return None
    return before[-1]


def _answer(reading: Reading, asked: Sentence, sentence: Sentence, outcome: str) -> Decision:
    """The decision of *Att: …* and the *Beslut: …* below it: what was asked for gives its kind where it was granted."""
    text = f"{reading.plain(asked.start, asked.end)} – {reading.plain(sentence.start, sentence.end)}"
    kind = kind_of(outcome) or "decide"
    if kind == "approve":
        wanted = reading.flat(asked.start, asked.end)
        own = "elect" if form("holds_office").search(wanted) else kind_of(wanted)
        kind = own if own not in (None, "decide") else kind
    return decision_of(reading, text, kind, None, asked, asked.start, sentence.end)


def _wordings_of(reading: Reading, paragraph: Paragraph, flat: str) -> list[FoundWording]:
    """What decides in a sentence of running text; a line that only names a matter decides nothing."""
    wordings = find_wordings(flat, reading.minutes.day)
    if reading.minutes.kind not in ("minutes", "notes"):
        # A plan or a report tells of decisions by who made them; its passives tell of anything.
        wordings = [one for one in wordings if one.by]
    if form("only_named").match(flat) and (paragraph.kind == "item" or len(flat.split()) <= _FEW):
        return []
    return wordings


def _of_sentence(
    reading: Reading, part: Part, index: int, sentence: Sentence, flat: str, wordings: Sequence[FoundWording]
) -> Iterator[Decision]:
    first = wordings[0]
    if first.opens and len(att_pieces(reading.minutes.text[sentence.start : sentence.end], first)) > 1:
        yield from rows_of(reading, sentence, first, None, ())
        return
    clauses = _clauses(flat, wordings)
    if len(clauses) > 1:
        for one, start, end in clauses:
            start, end = sentence.start + start, sentence.start + end
            yield decision_of(reading, reading.plain(start, end), one.kind, one.by, sentence, start, end)
        return
    lead = form("lead").match(flat.strip()) is not None
    more = _more(reading, part, index, sentence, flat)
    if lead and more:
        for item in more:
            for opening in reading.minutes.of_paragraph(item)[:1]:
                yield from rows_of(reading, replace(opening, end=item.end), None, sentence, ())
        return
    text = " ".join([list_text(reading.minutes, sentence), *(list_text(reading.minutes, one) for one in more)])
    if not _names_its_matter(text, first.kind) and (about := _about(reading, part, part.paragraphs[index], sentence)):
        text = f"{about}: {text}"
    if first.kind == "approve" and form("discharge").search(text):
        first = replace(first, kind="grant")  # Fråga om ansvarsfrihet: Godkändes.
    kind: DecisionKind = "file" if any(one.kind == "file" for one in wordings) and not first.opens else first.kind
    by = next((one.by for one in wordings if one.by), None)
    yield decision_of(reading, text, kind, by, sentence, sentence.start, end_with(reading, sentence, more))


def _names_its_matter(text: str, kind: DecisionKind) -> bool:
    """Whether a sentence can be read alone; *Punkten ströks* and an election without an office cannot."""
    if len(text.split()) <= _SHORT or form("unnamed").search(text):
        return False
    return kind != "elect" or form("office").search(text) is not None


def _more(reading: Reading, part: Part, index: int, sentence: Sentence, flat: str) -> Sequence[Paragraph]:
    """The paragraphs that belong to a sentence: the list below it, or the line that a page break cut off."""
    minutes = reading.minutes
    if sentence.end < last_end(minutes, part.paragraphs[index]):
        return ()
    if form("lead").match(flat.strip()) or re.search(r":\W*$", flat) or form("following").search(flat):
        return list_below(minutes, part.paragraphs, index + 1, minutes.words(sentence))
    rest = continuation(minutes, part.paragraphs, index + 1, sentence)
    return (rest,) if rest else ()


def _about(reading: Reading, part: Part, paragraph: Paragraph, sentence: Sentence) -> str:
    """What a sentence of few words is about: the short line before it, else the heading of its point."""
    line = plain(reading.minutes.text[paragraph.start : sentence.start].rstrip().rpartition("\n")[2])
    if re.search(r"\w{3}$", line) and len(line.split()) <= _FEW:
        return line
    return " ".join(reading.point.heading.split()) if part.section.kind != "head" else ""


def _goes_on(flat: str, first: FoundWording, second: FoundWording) -> bool:
    """Whether a second wording belongs to the first: under its *att*, or about the same (*… och mötet antar dem*)."""
    return first.opens or bool(form("subordinate").match(flat, first.end) or form("pronoun").match(flat, second.end))


def _clauses(flat: str, wordings: Sequence[FoundWording]) -> list[tuple[FoundWording, int, int]]:
    """The main clauses of a sentence that decide, each with its first wording; a subordinate one is no other."""
    starts: list[tuple[int, FoundWording]] = []
    for one in wordings:
        if not starts:
            starts.append((0, one))
            continue
        start = next_clause(flat, starts[-1][1].end, one.start)
        if start is not None and not _goes_on(flat, starts[-1][1], one):
            starts.append((start, one))
    ends = [start for start, _ in starts[1:]] + [len(flat)]
    return [
        (one, start, start + len(re.sub(r"[\s,;]*(?:\b(?:och|men|samt)\b)?\s*$", "", flat[start:end])))
        for (start, one), end in zip(starts, ends, strict=True)
    ]
