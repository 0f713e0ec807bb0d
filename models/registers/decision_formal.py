"""The formal part of a point: what stands under *Beslut*, and what a committee proposes to another body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.records import Paragraph
from models.registers.decision_lists import continuation, last_end, list_below, with_its_list
from models.registers.decision_parts import Part
from models.registers.decision_rows import Reading, decision_of, rows_of
from models.registers.decision_wordings import body_pattern, compiled, find_wordings, form, kind_of
from models.registers.minutes import Sentence
from models.registers.records import Decision


def decided(reading: Reading, part: Part) -> Iterator[Decision]:
    """The decisions of a part that decides: its first sentence, those that decide, the items of a list."""
    minutes = reading.minutes
    texts = [one for one in part.paragraphs if one.kind in ("text", "item", "row")]
    lead: Sentence | None = None
    first, listing, numbered = True, False, False
    at = 0
    while at < len(texts):
        paragraph = texts[at]
        at += 1
        for sentence in minutes.of_paragraph(paragraph):
            flat = reading.flat(sentence.start, sentence.end)
            if not re.search(r"[^\W\d_]{2}", flat):
                numbered = True  # the number of an item, a sentence of its own
                continue
            if form("lead").match(flat.strip()) and sentence.end >= last_end(minutes, paragraph):
                lead, first = sentence, True
                continue
            begins = sentence is minutes.of_paragraph(paragraph)[0] or first
            item = numbered or form("item").match(flat) is not None or (paragraph.kind == "item" and begins)
            numbered = False
            if lead and listing and not item:
                lead = None  # the list has ended
            wordings = find_wordings(flat, minutes.day)
            decides = bool(wordings) or form("commission").search(flat) or form("att_item").match(flat)
            if not (first or lead or decides or (item and listing)):
                continue
            first, listing = False, listing or item
            last = sentence.end >= last_end(minutes, paragraph)
            more: Sequence[Paragraph] = ()
            if last and not lead and re.search(r":\s*$", flat):
                more = texts[at:]
            elif last and not lead and re.search(r"(,|\batt)\s*$", flat):
                more = list_below(minutes, texts, at)
            elif last and not lead and form("following").search(flat):
                more = list_below(minutes, texts, at, minutes.words(paragraph))
            elif not item and (rest := continuation(minutes, texts, at, sentence)):
                more = (rest,)
            at += len(more)
            whole = with_its_list(minutes, paragraph, sentence)
            yield from rows_of(reading, whole, wordings[0] if wordings else None, lead, more)
            if whole is not sentence:
                break


def adopted_proposal(reading: Reading, part: Part) -> Iterator[Decision]:
    """What a committee proposes to another body, where it agreed to it: that is its decision.

    A commission in a proposal is not given yet, and a proposal to the body itself is none of its decisions.
    """
    body, minutes = reading.body or "", reading.minutes
    course = " ".join(
        reading.flat(paragraph.start, paragraph.end)
        for one in reading.point.of("course")
        for paragraph in one.paragraphs
    )
    if not is_own_proposal(reading, part) and not form("committee").search(body) and not form("assent").search(course):
        return
    if kind_of(course) in ("table", "refer_back"):
        return
    to = re.search(r"\b(?:i|till|för)\s+(?P<to>[\w ]+)$", part.section.heading.strip())
    if to and body and to["to"].casefold() in body.casefold() and not form("committee").search(body):
        return
    for paragraph in part.paragraphs:
        sentences = minutes.of_paragraph(paragraph)
        if paragraph.kind == "heading" or not sentences:
            continue
        sentence = next((one for one in sentences if re.search(r"[^\W\d_]{2}", minutes.words(one))), sentences[0])
        flat = reading.flat(sentence.start, sentence.end)
        if not form("commission").search(flat) and (kind_of(flat) or compiled(body_pattern()).search(flat)):
            text = reading.plain(sentence.start, sentence.end)
            yield decision_of(reading, text, "other", None, sentence, sentence.start, sentence.end)


def is_own_proposal(reading: Reading, part: Part) -> bool:
    """Whether the heading says that the body itself proposes: *Arbetsutskottets förslag till kommunstyrelsen*."""
    own = re.match(r"\W*(\w+?)(?:en|et|n)?s förslag", part.section.heading, re.IGNORECASE)
    return own is not None and own[1].casefold() in (reading.body or "").casefold()
