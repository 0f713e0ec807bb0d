"""How much of a passage is the answer: the best sentence, with as many neighbours as make it understandable."""

from __future__ import annotations

import re
from functools import cache

from corpus.chunks import search_text
from corpus.headings import plain
from corpus.personal_numbers import mask_personal_numbers
from corpus.records import Span
from corpus.tables import read_rows
from engine.answers.sentences import Candidate
from models.swedish import words

MAX_ANSWER = 400
# A sentence shorter than this takes its neighbours along: "Stefan gör det till nästa möte." says
# little by itself. Chosen on the gold questions, docs/figures.md.
MIN_ANSWER = 250
_CUT = "…"


def answer_text(best: Candidate) -> str:
    """The words of the answer as the source has them, on one line, at most ``MAX_ANSWER`` characters."""
    span = window(best)
    chunk = best.hit.chunk
    text = _part(best, span)
    first = next(i for i, sentence in enumerate(chunk.sentences) if sentence.start == span.start)
    if len(text) < MIN_ANSWER and first > 0 and _leans(text) and not _names_section(best, first - 1):
        before = chunk.sentences[first - 1]
        room = MAX_ANSWER - len(text) - len(_CUT) - 1
        said = _part(best, before)
        if len(said) > room:
            said = f"{_CUT}{said[-room:].partition(' ')[2]}"
        return f"{said} {text}"
    return _shortened(text)


def sentence_text(best: Candidate) -> str:
    """The sentence alone, without the mark of a list."""
    return _shortened(re.sub(r"^[-*•] ", "", _part(best, best.span)))


def _part(best: Candidate, span: Span) -> str:
    """A part of the passage on one line."""
    chunk = best.hit.chunk
    masked = mask_personal_numbers(chunk.text)
    return _one_line(masked[span.start - chunk.start : span.end - chunk.start])


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_ANSWER else f"{text[: MAX_ANSWER - 1].rsplit(' ', 1)[0]}{_CUT}"


def window(best: Candidate) -> Span:
    """The sentence and, while it is short, those after it and then before it in the same chunk."""
    chunk = best.hit.chunk
    sentences = chunk.sentences
    first = last = best.index

    def length(a: int, b: int) -> int:
        return sentences[b].end - sentences[a].start

    while length(first, last) < MIN_ANSWER:
        if last + 1 < len(sentences) and length(first, last + 1) <= MAX_ANSWER:
            last += 1
        elif first > 0 and length(first - 1, last) <= MAX_ANSWER and not _names_section(best, first - 1):
            first -= 1
        else:
            break
    return Span(sentences[first].start, sentences[last].end)


def _leans(text: str) -> bool:
    """Whether a text begins with a word that leans on what was said before (``leaning_words.tsv``)."""
    return not _leaning().isdisjoint(words(text)[:1])


@cache
def _leaning() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("engine.tables", "leaning_words"))


def _names_section(best: Candidate, index: int) -> bool:
    """Whether a sentence of the passage is the heading that it stands under."""
    chunk = best.hit.chunk
    said = plain(chunk.part(chunk.sentences[index]).lstrip("#"))
    return any(said.rstrip(":").endswith(heading) for heading in chunk.section_path if heading)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"(?m)^>[ \t]?", "", search_text(text, 0, len(text), ())).split())
