"""The text that commissions are read from: sentences without markup, joined over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.records import Paragraph
from corpus.tables import read_rows
from models.registers.minutes import Minutes, Sentence
from models.registers.records import Proof

_TABLES = "models.registers.tables"
_BULLET = re.compile(r"^(?:[-–—•▪●○◦*]\s+|=>\s*|→\s*|\d{1,2}[.)]\s+|[a-zA-Z]\)\s+)+")
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\\(?=[_*#])|`|[\u00ad\x0c]")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SPLIT_WORD = re.compile(r"(?<=[a-zåäö])-\s*\n\s*(?=[a-zåäö])(?!och\b|eller\b|samt\b)")
_LISTED = re.compile(r"(?:samt |och )?att\b")  # a point of an att-list stands for itself
_ENDED = (".", "!", "?", ":", ";", "”", '"', "|")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it is read: ``text`` on one line without markup, ``proof`` where it stands.

    ``first`` tells that nothing stands before it in its paragraph.
    """

    text: str
    proof: Proof
    kind: str
    first: bool


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the registers, read once."""
    return tuple(read_rows(_TABLES, name))


def cleaned(text: str) -> str:
    """The words of a sentence on one line, without Markdown, footnote signs and the bullet before it."""
    text = _LINK.sub(r"\1", _SPLIT_WORD.sub("", text))
    text = re.sub(r"\s+", " ", _MARKUP.sub("", text)).strip()
    return _BULLET.sub("", text)


def statements(minutes: Minutes) -> Iterator[Statement]:
    """The sentences of the minutes' own text in reading order; one that a page break cuts is whole."""
    pending: Statement | None = None
    for paragraph, sentence in _sentences(minutes):
        text = cleaned(minutes.words(sentence))
        first = minutes.of_paragraph(paragraph)[0] == sentence
        one = Statement(text, sentence.proof, paragraph.kind, first)
        if pending is not None:
            if _goes_on(pending, one):
                proof = Proof(pending.proof.section, pending.proof.paragraph, pending.proof.start, sentence.end)
                one = Statement(f"{pending.text} {text}", proof, pending.kind, pending.first)
            elif pending.text:
                yield pending
        pending = one
    if pending is not None and pending.text:
        yield pending


def _sentences(minutes: Minutes) -> Iterator[tuple[Paragraph, Sentence]]:
    for paragraph in minutes.paragraphs:
        kind = minutes.section(paragraph.section).kind
        if paragraph.kind in ("text", "item", "row") and kind not in ("agenda", "contents", "skipped"):
            for sentence in minutes.of_paragraph(paragraph):
                yield paragraph, sentence


def _goes_on(before: Statement, after: Statement) -> bool:
    """Whether a sentence without an end goes on in the next one: *får i uppdrag att* … *ta fram en plan*."""
    same = before.proof.section == after.proof.section and before.kind == after.kind == "text"
    return same and not before.text.endswith(_ENDED) and after.text[:1].islower() and not _LISTED.match(after.text)


@cache
def _done(where: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows("action_traps") if row["where"] == where)


def is_done(text: str) -> bool:
    """Whether an entry of a list says that it is done: *Boka lokal (Eva, klart)*."""
    return any(pattern.search(text) for pattern in _done("in_task"))


def tells_done(sentence: str) -> bool:
    """Whether a sentence after a commission says that it is done, such as *Klart* or *Uppdraget är slutfört*."""
    return any(pattern.search(sentence) for pattern in _done("next"))
