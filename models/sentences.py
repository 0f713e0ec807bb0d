"""Sentences by spaCy: its Swedish tokenizer knows the abbreviations, our component the layout.

Used when documents are added; a question reads the stored sentences and never imports spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
# The tokenizer takes cubic time over a run of signs without a space; no Swedish word is this long.
_LONG_WORD = re.compile(r"\S{100,}")
_WINDOW = 100_000  # characters handed to spaCy at a time, far below its own limit


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations whose full stop does not end a sentence, lower case, from the table."""
    return frozenset(row["abbreviation"].lower() for row in read_rows("models.tables", "abbreviations"))


@cache
def _pipeline() -> Language:
    import spacy
    from spacy.language import Language

    Language.component("klubbat_sentences", func=_mark_sentences)
    nlp = spacy.blank("sv")
    nlp.max_length = 2 * _WINDOW
    for short in abbreviations():
        for form in (short, short.capitalize()):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form}])
    nlp.add_pipe("klubbat_sentences")
    return nlp


def _mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of all tokens at once; one at a time takes quadratic time."""
    import numpy as np

    starts = _starts(doc)
    values = np.array([[1 if i in starts else -1] for i in range(len(doc))], dtype="int64")
    return doc.from_array(["SENT_START"], values.astype("uint64"))


def _starts(doc: Doc) -> set[int]:
    """The tokens that begin a sentence: after an end, at a bullet, at a label on a new line."""
    text = doc.text
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
            rest = text[at : at + 60]
            line = text[max(text.rfind("\n", 0, token.idx) + 1, token.idx - _LONGEST) : token.idx]
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
    return bool(following.text[0].islower())


def _own_line(line: str, rest: str) -> bool:
    """A short line without an end before a capital letter: a list, an address, a signature."""
    stripped = line.strip()
    return (
        0 < len(stripped) < _SHORT_LINE
        and stripped[-1] not in ",-–"
        and rest[:1].isupper()
        and len(stripped.split()) < 8
    )


def split_sentences(text: str) -> Sequence[Span]:
    """The sentences of a paragraph as ranges of ``text``, without white space at their ends.

    Every character that is not white space is in exactly one of them. *Kl. 13.00 öppnades mötet,
    bl.a. närvarade Eva. Protokollet justeras.* has two.
    """
    # Same length, so that the offsets hold; the last sign may be the end of the sentence.
    plain = _LONG_WORD.sub(lambda m: "x" * (len(m[0]) - 1) + m[0][-1], text)
    spans: list[Span] = []
    for start, end in _windows(plain):
        for sentence in _pipeline()(plain[start:end]).sents:
            spans += _cut(text, start + sentence.start_char, start + sentence.end_char)
    return spans


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The text in parts of bounded length, cut after a line, else after white space, else anywhere."""
    start = 0
    while len(text) - start > _WINDOW:
        cuts = (text.rfind(sign, start, start + _WINDOW) + len(sign) for sign in ("\n", ". ", " "))
        end = next((cut for cut in cuts if cut > start + _WINDOW // 2), start + _WINDOW)
        yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence without white space at its ends, in pieces of bounded length."""
    while True:
        raw = text[start:end]
        start += len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        if end - start <= _LONGEST:
            break
        at = text.rfind(" ", start, start + _LONGEST)
        at = at if at > start else start + _LONGEST
        piece = text[start:at].rstrip()
        yield Span(start, start + len(piece))
        start = at
    if end > start:
        yield Span(start, end)
