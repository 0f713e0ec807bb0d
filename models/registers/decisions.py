"""Decisions (beslut): in a part that decides (*Beslut*), in running text, and as a point's only words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.records import Paragraph
from models.registers.decision_outcomes import with_outcomes
from models.registers.decision_parts import Part, Point, points_of
from models.registers.decision_points import bare_decision
from models.registers.decision_wordings import FoundWording, body_pattern, clause_start, compiled, find_wordings, kind_of
from models.registers.minutes import Minutes, Sentence
from models.registers.records import Decision, DecisionKind, Meeting, Proof

_MARKUP = re.compile(r"[*_`|\\>]|<br\s*/?>|(?m:^#+)")
_ATT = re.compile(r"(?:(?:^|\n)[ \t>•*–-]*(?:\d+[.)]\s*)?|(?<=[,:])\s*|\s(?:samt|och)\s|(?<=besluta[dr]e)\s|(?<=beslutar)\s)(att)\s", re.I)
# A lead that only opens a list: Nämnden beslutar (att):
_LEAD = re.compile(r"^.{0,80}\b(?:besluta\w*|beslöt|beslut)(?:\s+(?:att|följande))?\s*:?\s*$", re.IGNORECASE | re.DOTALL)
_ONLY_NAMED = re.compile(r"^\W*beslut\s+om\s+(?!att\b)", re.IGNORECASE)
_FEW = 5  # words of a line that names a matter: Beslut om behörigheter
_PRONOUN = re.compile(r"\s*(?:dessa|dem|denna|detta|det|den|honom|henne)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\W*att\s+(?!\w+a\b)", re.IGNORECASE)
_COMMISSION = re.compile(r"\b(?:uppdra(?:r|s|g|ges)?(?:\s+åt)?|(?:ger|ge|ges|får)\b.{0,60}\buppdrag|delegera[rs]?)\b", re.I)
_COMMITTEE = re.compile(r"utskott|beredning|presidi", re.IGNORECASE)
_ASSENT = re.compile(r"\bbif(?:aller|öll)\b|\bbifall(?:er|es)?\b|i enlighet med|enligt (?:förslaget|\w+ förslag)", re.IGNORECASE)
_ATT_LABEL = re.compile(r"^\W*att\s*:", re.IGNORECASE)
_LABELLED = re.compile(r"^\W*(?:beslut|decision|decided)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_REFERS = re.compile(r"\b(?:att-?sats\w*|yrkandet|förslaget|äskning\w*)\b", re.IGNORECASE)
_GATHERING = re.compile(r"(?:\w*mötet?|\w*stämman?|the meeting)", re.IGNORECASE)
_SHORT = 4  # words of a sentence that needs its heading to be understood: Fastställdes. Lagt till handlingarna.


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every reader of a point needs."""

    minutes: Minutes
    point: Point
    body: str | None

    def plain(self, start: int, end: int) -> str:
        """A range as running text: no markup, no line breaks."""
        return _plain(self.minutes.text[start:end])

    def flat(self, start: int, end: int) -> str:
        """A range with markup and line breaks as spaces, offsets kept."""
        return _MARKUP.sub(lambda match: " " * len(match[0]), self.minutes.text[start:end])


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", _MARKUP.sub(" ", text)).strip(" •–—-\t")


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
        found += with_outcomes(minutes, point, decisions)
    return sorted(found, key=lambda one: (one.proof.start, one.proof.end))


def _of_point(reading: _Reading) -> Iterator[Decision]:
    point = reading.point
    found = [one for part in point.of("decided") for one in _decided(reading, part)]
    for part in point.of("proposed"):
        if not found or _own_proposal(reading, part):
            found += _adopted_proposal(reading, part)
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
            if not re.search(r"[^\W\d_]{2}", flat):
                continue  # the number of an item
            if _LEAD.match(flat.strip()) and sentence.end >= _last_end(minutes, paragraph):
                lead = sentence
                continue
            wordings = find_wordings(flat, minutes.day)
            begins = re.match(r"\W*(?:\d+[.)]\s*|[a-z][.)]\s*)?(?:att\s|[a-zåäö]+a\s)", flat, re.IGNORECASE)
            numbered = paragraph.kind == "item" and begins and kind_of(flat)
            if not (first or lead or wordings or numbered or flat.lstrip(" -•").startswith("att ") or _COMMISSION.search(flat)):
                continue
            first = False
            last = sentence.end >= _last_end(minutes, paragraph)
            more: Sequence[Paragraph] = ()
            if last and not lead and re.search(r":\s*$", flat):
                more = texts[at:]
            elif last and not lead and re.search(r",\s*$", flat):
                more = _list_below(texts, at)
            at += len(more)
            whole = _with_its_list(minutes, paragraph, sentence)
            yield from _rows(reading, whole, wordings[0] if wordings else None, lead, more)
            if whole is not sentence:
                break


def _last_end(minutes: Minutes, paragraph: Paragraph) -> int:
    return max((one.end for one in minutes.of_paragraph(paragraph)), default=paragraph.end)


def _with_its_list(minutes: Minutes, paragraph: Paragraph, sentence: Sentence) -> Sentence:
    """A sentence that ends with a colon and what follows it in its paragraph."""
    end = _last_end(minutes, paragraph)
    opens = re.search(r":[\s*_]*$", minutes.words(sentence)) is not None
    return replace(sentence, end=end) if opens and sentence.end < end else sentence


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
            kind = kind_of(reading.flat(start + first, start + last), 30) or "decide"
            kind = "other" if wording and wording.kind == "other" else kind
            yield _decision(reading, text, kind, by, sentence, start + first, start + last)
        return
    text = " ".join([opening, reading.plain(start, end), *(reading.plain(one.start, one.end) for one in more)]).strip()
    kind = _kind(reading.flat(start, end), wording)
    yield _decision(reading, text, kind, by, sentence, start, end)


def _kind(flat: str, wording: FoundWording | None) -> DecisionKind:
    return wording.kind if wording else kind_of(flat) or "decide"


def _att_pieces(text: str, wording: FoundWording | None) -> list[tuple[int, int]]:
    """The parts of *beslutar att …, att … samt att …*, each from its *att*; empty where it is one decision."""
    if wording is not None and not wording.opens and wording.kind != "other":
        return []
    begin = max(0, wording.end - len("att ") - 1) if wording else 0
    found = [one for one in _ATT.finditer(text, begin) if "\n" in one[0] or re.match(r"\w+a\b", text[one.end() :])]
    listed = any("\n" in one[0] for one in found)
    joined = any(re.match(r"\s(?:samt|och)\s", one[0], re.IGNORECASE) for one in found)
    # A comma alone joins no two decisions: "länsstyrelsens beslut, att upphäva planen".
    starts = [one.start(1) for one in found if listed or joined or not text[: one.start(1)].rstrip().endswith(",")]
    if wording is not None and starts and text[wording.end : starts[0]].strip(" \n\t,:"):
        opening = re.search(r"\batt\s*$", text[: wording.end])
        if opening is None and not listed:
            return []  # the first att belongs to something else
        starts = [opening.start(), *starts] if opening else starts
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
    return Decision(text, kind, _decider(by, reading.body), (), None, proof)


def _decider(written: str | None, body: str | None) -> str | None:
    """The body of the meeting for *Nämnden*, *Mötet*; another body as it is written."""
    if written is None or body is None:
        return written or body
    stem = re.sub(r"(?:en|et|n|s)$", "", written.casefold())
    return body if stem in body.casefold() or _GATHERING.fullmatch(written) else written


def _adopted_proposal(reading: _Reading, part: Part) -> Iterator[Decision]:
    """What a committee proposes to another body, where it agreed to it: that is its decision.

    A commission in a proposal is not given yet, and a proposal to the body itself is none of its decisions.
    """
    body, minutes = reading.body or "", reading.minutes
    course = " ".join(
        reading.flat(paragraph.start, paragraph.end)
        for one in reading.point.of("course")
        for paragraph in one.paragraphs
    )
    if not _own_proposal(reading, part) and not _COMMITTEE.search(body) and not _ASSENT.search(course):
        return
    if kind_of(course) in ("table", "refer_back"):
        return
    to = re.search(r"\b(?:i|till|för)\s+(?P<to>[\w ]+)$", part.section.heading.strip())
    if to and body and to["to"].casefold() in body.casefold() and not _COMMITTEE.search(body):
        return
    for paragraph in part.paragraphs:
        sentences = minutes.of_paragraph(paragraph)
        if paragraph.kind == "heading" or not sentences:
            continue
        sentence = next((one for one in sentences if re.search(r"[^\W\d_]{2}", minutes.words(one))), sentences[0])
        flat = reading.flat(sentence.start, sentence.end)
        if not _COMMISSION.search(flat) and (kind_of(flat) or compiled(body_pattern()).search(flat)):
            text = reading.plain(sentence.start, sentence.end)
            yield _decision(reading, text, "other", None, sentence, sentence.start, sentence.end)


def _own_proposal(reading: _Reading, part: Part) -> bool:
    """Whether the heading says that the body itself proposes: *Arbetsutskottets förslag till kommunstyrelsen*."""
    own = re.match(r"\W*(\w+?)(?:en|et|n)?s förslag", part.section.heading, re.IGNORECASE)
    return own is not None and own[1].casefold() in (reading.body or "").casefold()


def _running(reading: _Reading, part: Part) -> Iterator[Decision]:
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
            if _ATT_LABEL.match(flat):
                said = reading.plain(sentence.start, sentence.end)
            labelled = _LABELLED.match(flat)
            if labelled and said and _REFERS.search(labelled[1]):
                kind = kind_of(labelled[1]) or "decide"
                text = f"{said} – {reading.plain(sentence.start, sentence.end)}"
                yield _decision(reading, text, kind, None, sentence, sentence.start, sentence.end)
                said = ""
                continue
            wordings = _wordings_of(reading, paragraph, flat)
            if not wordings:
                continue
            whole = _with_its_list(minutes, paragraph, sentence)
            until = whole.end
            if whole is not sentence:
                flat = reading.flat(whole.start, whole.end)
            yield from _of_sentence(reading, part, index, whole, flat, wordings)


def _wordings_of(reading: _Reading, paragraph: Paragraph, flat: str) -> list[FoundWording]:
    """What decides in a sentence of running text; a line that only names a matter decides nothing."""
    wordings = find_wordings(flat, reading.minutes.day)
    if reading.minutes.kind not in ("minutes", "notes"):
        # A plan or a report tells of decisions by who made them; its passives tell of anything.
        wordings = [one for one in wordings if one.by]
    if _ONLY_NAMED.match(flat) and (paragraph.kind == "item" or len(flat.split()) <= _FEW):
        return []
    return wordings


def _of_sentence(
    reading: _Reading, part: Part, index: int, sentence: Sentence, flat: str, wordings: Sequence[FoundWording]
) -> Iterator[Decision]:
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
    lead = _LEAD.match(flat.strip()) is not None
    lists = lead or re.search(r":\s*$|\bföljande\b", flat, re.IGNORECASE)
    more = _list_below(part.paragraphs, index + 1) if lists else []
    if lead and more:
        for item in more:
            for one in reading.minutes.of_paragraph(item)[:1]:
                yield from _rows(reading, replace(one, end=item.end), None, sentence, ())
        return
    text = " ".join([reading.plain(sentence.start, sentence.end), *(reading.plain(o.start, o.end) for o in more)])
    if len(text.split()) <= _SHORT and (about := _about(reading, part, part.paragraphs[index], sentence)):
        text = f"{about}: {text}"
    kind: DecisionKind = "file" if any(one.kind == "file" for one in wordings) and not first.opens else first.kind
    by = next((one.by for one in wordings if one.by), None)
    yield _decision(reading, text, kind, by, sentence, sentence.start, sentence.end)


def _about(reading: _Reading, part: Part, paragraph: Paragraph, sentence: Sentence) -> str:
    """What a sentence of few words is about: the short line before it, else the heading of its point."""
    line = _plain(reading.minutes.text[paragraph.start : sentence.start].rstrip().rpartition("\n")[2])
    if re.search(r"\w{3}$", line) and len(line.split()) <= _FEW:
        return line
    return " ".join(reading.point.heading.split()) if part.section.kind != "head" else ""


def _goes_on(flat: str, first: FoundWording, second: FoundWording) -> bool:
    """Whether a second wording belongs to the first: under its *att*, or about the same (*väljs och mötet antar dem*)."""
    return first.opens or bool(_SUBORDINATE.match(flat, first.end) or _PRONOUN.match(flat, second.end))


def _clauses(flat: str, wordings: Sequence[FoundWording]) -> list[tuple[FoundWording, int, int]]:
    """The main clauses of a sentence that decide, each with its first wording; a subordinate one is no other."""
    starts: list[tuple[int, FoundWording]] = []
    for one in wordings:
        start = clause_start(flat, one.start)
        if not starts:
            starts.append((0, one))
        elif start > starts[-1][1].end and not _goes_on(flat, starts[-1][1], one):
            starts.append((start, one))
    ends = [start for start, _ in starts[1:]] + [len(flat)]
    return [
        (one, start, start + len(re.sub(r"[\s,;]*(?:\b(?:och|men|samt)\b)?\s*$", "", flat[start:end])))
        for (start, one), end in zip(starts, ends, strict=True)
    ]
