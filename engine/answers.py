"""Answers: the words of a found passage that answer a question, or nothing.

This first form is extractive: the best sentence of the best sections, with as many of its
neighbours as make it understandable, cited exactly. A calibrated confidence decides between the
answer and silence (``engine/confidence.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.records import Span
from engine.confidence import Evidence, confidence, threshold
from engine.hits import Answer, Citation, Hit, Language
from engine.questions import answer_kind, content_words, holds_kind, language
from engine.search import MAX_QUERY, Searcher
from engine.sentences import Candidate, rank_sentences
from index.filters import Filter

if TYPE_CHECKING:
    from models.analysis import Analyser

MAX_ANSWER = 400
# A sentence shorter than this takes its neighbours along: "Stefan gör det till nästa möte." says
# little by itself. Chosen on the gold questions, docs/figures.md.
MIN_ANSWER = 250
HITS = 5
CITATIONS = 3
SILENCE: dict[Language, str] = {
    "sv": "Det framgår inte av underlaget.",
    "en": "The documents do not say.",
}


class Answerer:
    """Answers questions from what a searcher finds."""

    def __init__(self, searcher: Searcher, analyser: Analyser, least: float | None = None) -> None:
        self.searcher = searcher
        self.analyser = analyser
        self.least = threshold() if least is None else least

    def ask(self, question: str, selection: Filter = Filter.everything) -> Answer:
        """Answer ``question`` from the selected documents.

        Raises UsageError for a question without words.
        """
        question = " ".join(question.split())
        if not any(c.isalnum() for c in question):
            raise UsageError("Frågan är tom. Skriv en fråga, t.ex. klubbat ask \"Vem valdes till sekreterare?\"")
        question = question[:MAX_QUERY]
        kind, spoken = answer_kind(question), language(question)
        hits = self.searcher.search(question, HITS, selection).hits
        ranked = rank_sentences(question, kind, hits, self.analyser, self.searcher.embedder)
        if not ranked:
            return Answer(question, None, SILENCE[spoken], 0.0, kind, spoken, ())
        best = ranked[0]
        span = window(best)
        text = _text(best.hit, span)
        sure = confidence(self.evidence(question, kind, best, text))
        citations = _citations(best, ranked[1:])
        if sure < self.least:
            return Answer(question, None, SILENCE[spoken], sure, kind, spoken, citations)
        return Answer(question, _readable(text), _explanation(citations[0], spoken), sure, kind, spoken, citations)

    def evidence(self, question: str, kind: str, best: Candidate, text: str) -> Evidence:
        """What speaks for the answer ``text`` around the sentence ``best``."""
        chunk = best.hit.chunk
        asked = set(self.analyser.terms(" ".join(content_words(question))).lemmas)
        about = (chunk.document.title, chunk.document.body, chunk.document.date, *chunk.section_path)
        there = set(self.analyser.terms("\n".join([chunk.search_text, *(part for part in about if part)])).lemmas)
        return Evidence(
            kind=holds_kind(text, kind, question),
            coverage=len(asked & there) / len(asked) if asked else 0.0,
            cosine=best.cosine,
            hit=best.hit.score,
        )


def window(best: Candidate) -> Span:
    """The sentence and, while it is short, those after it and then before it in the same chunk."""
    sentences = best.hit.chunk.sentences
    first = last = best.index

    def length(a: int, b: int) -> int:
        return sentences[b].end - sentences[a].start

    while length(first, last) < MIN_ANSWER:
        if last + 1 < len(sentences) and length(first, last + 1) <= MAX_ANSWER:
            last += 1
        elif first > 0 and length(first - 1, last) <= MAX_ANSWER:
            first -= 1
        else:
            break
    return Span(sentences[first].start, sentences[last].end)


def _text(hit: Hit, span: Span) -> str:
    return hit.chunk.text[span.start - hit.chunk.start : span.end - hit.chunk.start]


def _readable(text: str) -> str:
    """The words of the source on one line, cut at a word where a single sentence is too long."""
    flat = " ".join(text.split())
    if len(flat) <= MAX_ANSWER:
        return flat
    return flat[: MAX_ANSWER - 1].rsplit(" ", 1)[0] + "…"


def _citations(best: Candidate, others: Sequence[Candidate]) -> tuple[Citation, ...]:
    """The best sentence's chunk first, then other chunks by their best sentence."""
    found = {best.hit.chunk.id: Citation(best.hit.chunk, best.span, best.hit.score)}
    for other in others:
        found.setdefault(other.hit.chunk.id, Citation(other.hit.chunk, other.span, other.hit.score))
    return tuple(found.values())[:CITATIONS]


def _explanation(citation: Citation, spoken: Language) -> str:
    chunk = citation.chunk
    parts = [chunk.document.title, *([chunk.document.date] if chunk.document.date else [])]
    place = chunk.section.number or chunk.section.heading
    if place:
        parts.append(place)
    source = ", ".join(parts)
    return f"Så står det i {source}." if spoken == "sv" else f"This is what {source} says."
