"""Rows of decisions: what a point's readers share, and how *att … samt att …* falls into several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Paragraph
from models.registers.decision_lists import list_text
from models.registers.decision_parts import Point
from models.registers.decision_wordings import FoundWording, find_wordings, form, kind_of
from models.registers.minutes import Minutes, Sentence
from models.registers.plain_text import flat, plain
from models.registers.records import Decision, DecisionKind, Proof

_NEAR = 30  # characters in which the verb of an att-clause stands


@dataclass(frozen=True, slots=True)
class Reading:
    """What every reader of a point needs."""

    minutes: Minutes
    point: Point
    body: str | None

    def plain(self, start: int, end: int) -> str:
        """A range as running text: no markup, no line breaks."""
        return plain(self.minutes.text[start:end])

    def flat(self, start: int, end: int) -> str:
        """A range with markup and line breaks as spaces, offsets kept."""
        return flat(self.minutes.text[start:end])


def decision_of(
    reading: Reading, text: str, kind: DecisionKind, by: str | None, sentence: Sentence, start: int, end: int
) -> Decision:
    """A decision whose proof is a range of a sentence, without the white space around it."""
    source = reading.minutes.text
    while end > start and (source[end - 1].isspace() or source[end - 1] == ","):
        end -= 1
    while start < end and source[start].isspace():
        start += 1
    text = re.sub(r"[\s,]+(?:samt|och)?$", "", text)
    proof = Proof(sentence.section, sentence.paragraph, start, end)
    return Decision(text, kind, _decider(by, reading.body), (), None, proof)


def _decider(written: str | None, body: str | None) -> str | None:
    """The body of the meeting for *Nämnden*, *Mötet*; another body as it is written."""
    if written is None or body is None:
        return written or body
    stem = re.sub(r"(?:en|et|n|s)$", "", written.casefold())
    return body if stem in body.casefold() or form("gathering").fullmatch(written) else written


def rows_of(
    reading: Reading,
    sentence: Sentence,
    wording: FoundWording | None,
    lead: Sentence | None,
    more: Sequence[Paragraph],
) -> Iterator[Decision]:
    """One decision of a sentence, or one for every *att* of its list."""
    start, end = sentence.start, sentence.end
    pieces = att_pieces(reading.minutes.text[start:end], wording)
    opening = reading.plain(lead.start, lead.end) if lead else ""
    by = wording.by if wording else None
    if lead and not by:
        leading = find_wordings(reading.flat(lead.start, lead.end), reading.minutes.day)
        by = leading[0].by if leading else None
    if len(pieces) > 1:
        opening = opening or reading.plain(start, start + pieces[0][0])
        for first, last in pieces:
            text = f"{opening} {reading.plain(start + first, start + last)}".strip()
            kind = kind_of(reading.flat(start + first, start + last), _NEAR) or "decide"
            kind = "other" if wording and wording.kind == "other" else kind
            yield decision_of(reading, text, kind, by, sentence, start + first, start + last)
        return
    said = form("number").sub("", reading.plain(start, end))
    end = end_with(reading, sentence, more)
    text = " ".join([opening, said, *(list_text(reading.minutes, one) for one in more)]).strip()
    kind = wording.kind if wording else kind_of(reading.flat(start, sentence.end)) or "decide"
    if lead and kind_of(opening) == "other":
        kind = "other"
    yield decision_of(reading, text, kind, by, sentence, start, end)


def end_with(reading: Reading, sentence: Sentence, more: Sequence[Paragraph]) -> int:
    """Where a proof ends: with the paragraphs below that belong to it, unless the foot of a page lies between."""
    end = sentence.end
    for one in more:
        if reading.minutes.text[end : one.start].strip():
            break
        end = one.end
    return end


def att_pieces(text: str, wording: FoundWording | None) -> list[tuple[int, int]]:
    """The parts of *beslutar att …, att … samt att …*, each from its *att*; empty where it is one decision."""
    if wording is not None and not wording.opens and wording.kind != "other":
        return []
    begin = max(0, wording.end - len("att ") - 1) if wording else 0
    found = [
        one
        for one in form("att").finditer(text, begin)
        if re.search(r"\n|samt\s", one[0], re.IGNORECASE) or re.match(r"[a-zåäö]+a\b", text[one.end() :])
    ]
    listed = any("\n" in one[0] for one in found)
    joined = any(re.match(r"\s(?:samt|och)\s", one[0], re.IGNORECASE) for one in found)
    # A comma alone joins no two decisions: "länsstyrelsens beslut, att upphäva planen".
    starts = [
        one.start("att") for one in found if listed or joined or not text[: one.start("att")].rstrip().endswith(",")
    ]
    if wording is not None and starts and text[wording.end : starts[0]].strip(" \n\t,:"):
        opening = re.search(r"\batt\s*$", text[: wording.end])
        if opening is None and not listed:
            return []  # the first att belongs to something else
        starts = [opening.start(), *starts] if opening else starts
    return [(one, two) for one, two in zip(starts, [*starts[1:], len(text)], strict=True)] if len(starts) > 1 else []
