"""Decisions (beslut): in a part that decides (*Beslut*), in running text, and as a point's only words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.records import Paragraph
from models.registers.decision_outcomes import reservations_of, vote_of
from models.registers.decision_parts import Part, Point, points_of
from models.registers.decision_points import bare_decision
from models.registers.decision_wordings import FoundWording, body_pattern, clause_start, compiled, find_wordings, kind_of
from models.registers.minutes import Minutes, Sentence
from models.registers.records import Decision, DecisionKind, Meeting, Proof

_MARKUP = re.compile(r"[*_`|\\]|<br\s*/?>")
_ATT = re.compile(r"(?:(?:^|\n)[ \t>•*–-]*|(?<=[,:])\s*|\s(?:samt|och)\s|(?<=besluta[dr]e)\s|(?<=beslutar)\s)(att)\s", re.I)
# A lead that only opens a list: Nämnden beslutar (att):
_LEAD = re.compile(r"^.{0,80}\b(?:besluta\w*|beslöt)(?:\s+(?:att|följande))?\s*:?\s*$", re.IGNORECASE | re.DOTALL)
_COMMISSION = re.compile(r"\b(?:uppdra(?:r|s|g|ges)?(?:\s+åt)?|(?:ger|ge|ges|får)\b.{0,60}\buppdrag|delegera[rs]?)\b", re.I)
_COMMITTEE = re.compile(r"utskott|beredning|presidi", re.IGNORECASE)
_ASSENT = re.compile(r"\bbif(?:aller|öll)\b|\bbifall(?:er|es)?\b|i enlighet med|enligt (?:förslaget|\w+ förslag)", re.IGNORECASE)
_ATT_LABEL = re.compile(r"^\W*att\s*:", re.IGNORECASE)
_LABELLED = re.compile(r"^\W*(?:beslut|decision|decided)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_REFERS = re.compile(r"\b(?:att-?sats\w*|yrkandet|förslaget|äskning\w*)\b", re.IGNORECASE)
_SHORT = 4  # words of a sentence that needs its heading to be understood: Fastställdes. Lagt till handlingarna.


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every reader of a point needs."""

    minutes: Minutes
    point: Point
    body: str | None

    def plain(self, start: int, end: int) -> str:
        """A range as running text: no markup, no line breaks."""
        text = _MARKUP.sub(" ", self.minutes.text[start:end])
        return re.sub(r"\s+", " ", text).strip(" •–—-\t")

    def flat(self, start: int, end: int) -> str:
        """A range with markup and line breaks as spaces, offsets kept."""
        return _MARKUP.sub(lambda match: " " * len(match[0]), self.minutes.text[start:end])


def find_decisions(minutes: Minutes, meeting: Meeting | None) -> list[Decision]:
    """The decisions of minutes in reading order, each in the text's words.

    ``meeting`` gives the body that decides where a sentence names none. What is only proposed,
    asked or retold with an earlier date is left out; a committee's proposal to another body is
    what the committee decided (kind ``other``).
    """
    body = (meeting.body if meeting else None) or minutes.body
    found: list[Decision] = []
    for point in points_of(minutes):
        reading = _Reading(minutes, point, body)
        decisions = list(_of_point(reading))
        reservations = reservations_of(minutes, point)
        vote = vote_of(minutes, point)
        found += [
            replace(
                one,
                reservations=reservations,
                vote=vote_of(minutes, point, one.proof) or (vote if len(decisions) == 1 else None),
            )
            for one in decisions
        ]
    return sorted(found, key=lambda one: (one.proof.start, one.proof.end))


def _of_point(reading: _Reading) -> Iterator[Decision]:
    point = reading.point
    found = [one for part in point.of("decided") for one in _decided(reading, part)]
    if not found:
        found = [one for part in point.of("proposed") for one in _adopted_proposal(reading, part)]
    formal = bool(found or point.of("decided", "proposed", "motion"))
    running = point.of("open") if formal else point.of("open", "background")
    found += [one for part in running for one in _running(reading, part)]
    if not found and not formal:
        bare = bare_decision(reading.minutes, point, reading.body)
        found = [bare] if bare else []
    yield from found


def _decided(reading: _Reading, part: Part) -> Iterator[Decision]:
    """The decisions of a part that decides: its first sentence, those that decide, the items of a list."""
    minutes = reading.minutes
    texts = [one for one in part.paragraphs if one.kind in ("text", "item", "row")]
    lead: Sentence | None = None
    first = True
    at = 0
    while at < len(texts):
        paragraph = texts[at]
        at += 1
        for sentence in minutes.of_paragraph(paragraph):
            flat = reading.flat(sentence.start, sentence.end)
            if _LEAD.match(flat.strip()) and sentence.end >= _last_end(minutes, paragraph):
                lead = sentence
                continue
            wordings = find_wordings(flat, minutes.day)
            begins = re.match(r"\W*(?:\d+[.)]\s*|[a-z][.)]\s*)?(?:att\s|[a-zåäö]+a\s)", flat, re.IGNORECASE)
            numbered = paragraph.kind == "item" and begins and kind_of(flat)
            if not (first or lead or wordings or numbered or flat.lstrip(" -•").startswith("att ") or _COMMISSION.search(flat)):
                continue
            first = False
            more = _list_below(texts, at) if re.search(r"[:,]\s*$", flat) and not lead else []
            at += len(more)
            yield from _rows(reading, sentence, wordings[0] if wordings else None, lead, more)


def _last_end(minutes: Minutes, paragraph: Paragraph) -> int:
    return max((one.end for one in minutes.of_paragraph(paragraph)), default=paragraph.end)


def _list_below(texts: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The items that follow a sentence that ends with a colon."""
    found = []
    for paragraph in texts[at:]:
        if paragraph.kind != "item":
            break
        found.append(paragraph)
    return found


def _rows(
    reading: _Reading,
    sentence: Sentence,
    wording: FoundWording | None,
    lead: Sentence | None,
    more: Sequence[Paragraph],
) -> Iterator[Decision]:
    """One decision of a sentence, or one for every *att* of its list."""
    start, end = sentence.start, sentence.end
    pieces = _att_pieces(reading.minutes.text[start:end], wording)
    opening = reading.plain(lead.start, lead.end) if lead else ""
    by = wording.by if wording else None
    if lead and not by:
        leading = find_wordings(reading.flat(lead.start, lead.end), reading.minutes.day)
        by = leading[0].by if leading else None
    if len(pieces) > 1:
        opening = opening or reading.plain(start, start + pieces[0][0])
        for first, last in pieces:
            text = f"{opening} {reading.plain(start + first, start + last)}".strip()
            kind = kind_of(reading.flat(start + first, start + last)) or "decide"
            yield _decision(reading, text, kind, by, sentence, start + first, start + last)
        return
    text = " ".join([opening, reading.plain(start, end), *(reading.plain(one.start, one.end) for one in more)]).strip()
    kind = _kind(reading.flat(start, end), wording)
    yield _decision(reading, text, kind, by, sentence, start, end)


def _kind(flat: str, wording: FoundWording | None) -> DecisionKind:
    return wording.kind if wording else kind_of(flat) or "decide"


def _att_pieces(text: str, wording: FoundWording | None) -> list[tuple[int, int]]:
    """The parts of *beslutar att …, att … samt att …*, each from its *att*; empty where it is one decision."""
    if wording is not None and not wording.opens:
        return []
    begin = max(0, wording.end - len("att ") - 1) if wording else 0
    starts = [
        match.start(1)
        for match in _ATT.finditer(text, begin)
        if kind_of(" ".join(text[match.end() :].split()[:3])) or "\n" in match[0]
    ]
    if wording is not None and starts and text[wording.end : starts[0]].strip(" \n\t,:"):
        opening = re.search(r"\batt\s*$", text[: wording.end])
        starts = [opening.start() if opening else wording.end, *starts]
    return [(one, two) for one, two in zip(starts, [*starts[1:], len(text)], strict=True)] if len(starts) > 1 else []


def _decision(
    reading: _Reading, text: str, kind: DecisionKind, by: str | None, sentence: Sentence, start: int, end: int
) -> Decision:
    source = reading.minutes.text
    while end > start and (source[end - 1].isspace() or source[end - 1] == ","):
        end -= 1
    while start < end and source[start].isspace():
        start += 1
    text = re.sub(r"[\s,]+(?:samt|och)?$", "", text)
    proof = Proof(sentence.section, sentence.paragraph, start, end)
    return Decision(text, kind, by or reading.body, (), None, proof)


def _adopted_proposal(reading: _Reading, part: Part) -> Iterator[Decision]:
    """What a committee proposes to another body, where it agreed to it: that is its decision.

    A commission in a proposal is not given yet, and a proposal to the body itself is none of its decisions.
    """
    body = reading.body or ""
    course = " ".join(
        reading.flat(paragraph.start, paragraph.end)
        for one in reading.point.of("course")
        for paragraph in one.paragraphs
    )
    if not _COMMITTEE.search(body) and not _ASSENT.search(course):
        return
    if kind_of(course) in ("table", "refer_back"):
        return
    to = re.search(r"\b(?:i|till|för)\s+(?P<to>[\w ]+)$", part.section.heading.strip())
    if to and body and to["to"].casefold() in body.casefold() and not _COMMITTEE.search(body):
        return
    for paragraph in part.paragraphs:
        sentences = reading.minutes.of_paragraph(paragraph)
        if paragraph.kind == "heading" or not sentences:
            continue
        sentence = sentences[0]
        flat = reading.flat(sentence.start, sentence.end)
        if not _COMMISSION.search(flat) and (kind_of(flat) or compiled(body_pattern()).search(flat)):
            text = reading.plain(sentence.start, sentence.end)
            yield _decision(reading, text, "other", None, sentence, sentence.start, sentence.end)


def _running(reading: _Reading, part: Part) -> Iterator[Decision]:
    """The decisions of running text: sentences with a wording that decides."""
    minutes = reading.minutes
    said = ""  # Att: … , which the next Beslut: … is about
    for index, paragraph in enumerate(part.paragraphs):
        for sentence in minutes.of_paragraph(paragraph):
            if paragraph.kind == "signature":
                continue
            flat = reading.flat(sentence.start, sentence.end)
            if paragraph.kind == "heading" and not re.match(r"\W*(?:[\d.]+\W+)?(?:beslutades|beslöts)\b", flat, re.I):
                continue
            if _ATT_LABEL.match(flat):
                said = reading.plain(sentence.start, sentence.end)
            labelled = _LABELLED.match(flat)
            if labelled and said and _REFERS.search(labelled[1]):
                kind = kind_of(labelled[1]) or "decide"
                text = f"{said} – {reading.plain(sentence.start, sentence.end)}"
                yield _decision(reading, text, kind, None, sentence, sentence.start, sentence.end)
                said = ""
                continue
            yield from _of_sentence(reading, part, index, sentence, flat)


def _of_sentence(reading: _Reading, part: Part, index: int, sentence: Sentence, flat: str) -> Iterator[Decision]:
    wordings = find_wordings(flat, reading.minutes.day)
    if not wordings:
        return
    first = wordings[0]
    if first.opens and len(_att_pieces(reading.minutes.text[sentence.start : sentence.end], first)) > 1:
        yield from _rows(reading, sentence, first, None, ())
        return
    clauses = _clauses(flat, wordings)
    if len(clauses) > 1:
        for one, start, end in clauses:
            start, end = sentence.start + start, sentence.start + end
            yield _decision(reading, reading.plain(start, end), one.kind, one.by, sentence, start, end)
        return
    more = _list_below(part.paragraphs, index + 1) if re.search(r":\s*$|\bföljande\b", flat) else []
    text = " ".join([reading.plain(sentence.start, sentence.end), *(reading.plain(o.start, o.end) for o in more)])
    if len(text.split()) <= _SHORT and part.section.kind != "head":
        text = f"{' '.join(reading.point.heading.split())}: {text}"
    kind: DecisionKind = "file" if any(one.kind == "file" for one in wordings) and not first.opens else first.kind
    by = next((one.by for one in wordings if one.by), None)
    yield _decision(reading, text, kind, by, sentence, sentence.start, sentence.end)


def _clauses(flat: str, wordings: Sequence[FoundWording]) -> list[tuple[FoundWording, int, int]]:
    """The main clauses of a sentence that decide, each with its first wording; a subordinate one is no other."""
    starts: list[tuple[int, FoundWording]] = []
    for one in wordings:
        start = clause_start(flat, one.start)
        if not starts:
            starts.append((0, one))
        elif start > starts[-1][1].end and not starts[-1][1].opens:
            starts.append((start, one))
    ends = [start for start, _ in starts[1:]] + [len(flat)]
    return [
        (one, start, start + len(re.sub(r"[\s,;]*(?:\b(?:och|men|samt)\b)?\s*$", "", flat[start:end])))
        for (start, one), end in zip(starts, ends, strict=True)
    ]
