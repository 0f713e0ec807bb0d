"""Decisions in running text: the sentences and clauses with a wording that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.records import Paragraph
from models.registers.decision_parts import Part
from models.registers.decision_rows import Reading, att_pieces, decision_of, list_below, rows_of, with_its_list
from models.registers.decision_wordings import FoundWording, find_wordings, form, kind_of, next_clause
from models.registers.minutes import Sentence
from models.registers.plain_text import plain
from models.registers.records import Decision, DecisionKind

_FEW = 5  # words of a line that names a matter: Beslut om behörigheter
_SHORT = 4  # words of a sentence that needs its heading to be understood: Fastställdes. Lagt till handlingarna.


def running(reading: Reading, part: Part) -> Iterator[Decision]:
    """The decisions of running text: sentences with a wording that decides."""
    minutes = reading.minutes
    said = ""  # Att: … , which the next Beslut: … is about
    until = 0  # where the list of the sentence before ends
    for index, paragraph in enumerate(part.paragraphs):
        for sentence in minutes.of_paragraph(paragraph):
            if paragraph.kind == "signature" or sentence.start < until:
                continue
            flat = reading.flat(sentence.start, sentence.end)
            if paragraph.kind == "heading" and not re.match(r"\W*(?:[\d.]+\W+)?(?:beslutades|beslöts)\b", flat, re.I):
                continue
            if form("att_label").match(flat):
                said = reading.plain(sentence.start, sentence.end)
            labelled = form("labelled").match(flat)
            if labelled and said and form("refers").search(labelled["outcome"]):
                kind = kind_of(labelled["outcome"]) or "decide"
                text = f"{said} – {reading.plain(sentence.start, sentence.end)}"
                yield decision_of(reading, text, kind, None, sentence, sentence.start, sentence.end)
                said = ""
                continue
            wordings = _wordings_of(reading, paragraph, flat)
            if not wordings:
                continue
            whole = with_its_list(minutes, paragraph, sentence)
            until = whole.end
            if whole is not sentence:
                flat = reading.flat(whole.start, whole.end)
            yield from _of_sentence(reading, part, index, whole, flat, wordings)


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
    lists = lead or re.search(r":\s*$|\bföljande\b", flat, re.IGNORECASE)
    more = list_below(part.paragraphs, index + 1) if lists else []
    if lead and more:
        for item in more:
            for opening in reading.minutes.of_paragraph(item)[:1]:
                yield from rows_of(reading, replace(opening, end=item.end), None, sentence, ())
        return
    text = " ".join([reading.plain(sentence.start, sentence.end), *(reading.plain(o.start, o.end) for o in more)])
    if len(text.split()) <= _SHORT and (about := _about(reading, part, part.paragraphs[index], sentence)):
        text = f"{about}: {text}"
    if first.kind == "approve" and form("discharge").search(text):
        first = replace(first, kind="grant")  # Fråga om ansvarsfrihet: Godkändes.
    kind: DecisionKind = "file" if any(one.kind == "file" for one in wordings) and not first.opens else first.kind
    by = next((one.by for one in wordings if one.by), None)
    yield decision_of(reading, text, kind, by, sentence, sentence.start, sentence.end)


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
