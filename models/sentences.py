"""Sentences by spaCy: its Swedish tokenizer knows the abbreviations, our component the layout.

Used when documents are added; a question reads the stored sentences and never imports spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.records import Span
from corpus.tables import read_rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SENTENCES_VERSION = "1"
_ENDS = {".", "!", "?", "…", "...", "!!", "??"}
_CLOSING = {'"', "”", "’", ")", "]", "»", "*", "_", "**"}
_LABEL = re.compile(r"[A-ZÅÄÖ][\w /-]{1,40}:(\s|$)")
_BULLET = re.compile(r"(?:[-–—•▪●○◦·*=»]|=>|\w\)|\d{1,2}[.)])\s")
_SHORT_LINE = 60  # characters; a line shorter than this that is not prose is its own statement
# A "sentence" longer than this is a list or a table without full stops: cut at white space.
_LONGEST = 1200


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations whose full stop does not end a sentence, lower case, from the table."""
    return frozenset(row["abbreviation"].lower() for row in read_rows("models.tables", "abbreviations"))


@cache
def _pipeline() -> Language:
    import spacy
    from spacy.language import Language

    @Language.component("klubbat_sentences")
    def mark_sentences(doc: Doc) -> Doc:
        starts = _starts(doc)
        for token in doc:
            token.is_sent_start = token.i in starts
        return doc

    nlp = spacy.blank("sv")
    nlp.max_length = 10_000_000
    for short in abbreviations():
        for form in (short, short.capitalize()):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form}])
    nlp.add_pipe("klubbat_sentences")
    return nlp


def _starts(doc: Doc) -> set[int]:
    """The tokens that begin a sentence: after an end, at a bullet, at a label on a new line."""
    starts = {0}
    pending = False
    for token in doc:
        if pending and not token.is_space and token.text not in _CLOSING:
            starts.add(token.i)
            pending = False
        if token.text in _ENDS and not _inside(doc, token.i):
            pending = True
        elif token.is_space and "\n" in token.text and token.i + 1 < len(doc):
            at = token.idx + len(token.text)
            rest = doc.text[at : at + 60]
            line = doc.text[: token.idx].rsplit("\n", 1)[-1]
            if _BULLET.match(rest) or _LABEL.match(rest) or _own_line(line, rest) or "\n\n" in token.text:
                pending = True
    return starts


def _inside(doc: Doc, i: int) -> bool:
    """Whether the full stop at ``i`` is inside a sentence: the next word goes on in lower case."""
    following = next((t for t in doc[i + 1 :] if not t.is_space and t.text not in _CLOSING), None)
    if following is None or doc[i].text in ("!", "?"):
        return False
    before = doc[i - 1].text.lower() if i else ""
    if f"{before}." in abbreviations():
        return True
    if not doc[i].whitespace_ and i + 1 < len(doc) and not doc[i + 1].is_space:
        return doc[i + 1].text not in _CLOSING
    return following.text[0].islower()


def _own_line(line: str, rest: str) -> bool:
    """A short line without an end before a capital letter: a list, an address, a signature."""
    stripped = line.strip()
    return 0 < len(stripped) < _SHORT_LINE and stripped[-1] not in ",-–" and rest[:1].isupper() and len(stripped.split()) < 8


def split_sentences(text: str) -> Sequence[Span]:
    """The sentences of a paragraph as ranges of ``text``, without white space at their ends.

    *Kl. 13.00 öppnades mötet, bl.a. närvarade Eva. Protokollet justeras.* has two.
    """
    if not text.strip():
        return []
    doc = _pipeline()(text)
    spans: list[Span] = []
    for sentence in doc.sents:
        raw = text[sentence.start_char : sentence.end_char]
        start = sentence.start_char + len(raw) - len(raw.lstrip())
        spans += _cut(text, start, start + len(raw.strip()))
    return spans


def _cut(text: str, start: int, end: int) -> list[Span]:
    pieces = []
    while end - start > _LONGEST:
        at = text.rfind(" ", start, start + _LONGEST)
        at = at if at > start else start + _LONGEST
        pieces.append(Span(start, at))
        start = at + 1 if text[at : at + 1] == " " else at
    if end > start:
        pieces.append(Span(start, end))
    return pieces
