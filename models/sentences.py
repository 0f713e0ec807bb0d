"""Sentences by spaCy: its Swedish tokenizer knows the abbreviations, our component the layout.

Used when documents are added; a question reads the stored sentences and never imports spaCy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.records import Span
from models.pipeline.tokenizer import abbreviations, blank, readable, windows

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["SENTENCES_VERSION", "abbreviations", "split_sentences"]

SENTENCES_VERSION = "1"
# A "sentence" longer than this is a list or a table without full stops: cut at white space.
_LONGEST = 1200


@cache
def _pipeline() -> Language:
    from models.pipeline.components import register_components

    register_components()
    nlp = blank()
    nlp.add_pipe("klubbat_sentences")
    return nlp


def split_sentences(text: str) -> Sequence[Span]:
    """The sentences of a paragraph as ranges of ``text``, without white space at their ends.

    Every character that is not white space is in exactly one of them. *Kl. 13.00 öppnades mötet,
    bl.a. närvarade Eva. Protokollet justeras.* has two.
    """
    plain = readable(text)
    spans: list[Span] = []
    for start, end in windows(plain):
        for sentence in _pipeline()(plain[start:end]).sents:
            spans += _cut(text, start + sentence.start_char, start + sentence.end_char)
    return spans


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
