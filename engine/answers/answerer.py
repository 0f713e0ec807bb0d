"""Answers: what the registers know, else the words of a found passage that answer a question, or nothing.

A passage answers by the best sentence of the best sections, with as many of its neighbours as make
it understandable, cited exactly. A calibrated confidence decides between the answer and silence
(``engine/answers/confidence.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.chunks import search_text
from corpus.dates import dates_in
from corpus.errors import UsageError
from corpus.headings import plain
from corpus.personal_numbers import mask_personal_numbers
from corpus.records import Span
from engine.answers.confidence import Evidence, confidence, threshold
from engine.answers.preferring import preferred
from engine.answers.sentences import (
    DEFAULT_WEIGHTS,
    READ_WEIGHTS,
    Candidate,
    answers_kind,
    rank_sentences,
    topic_terms,
)
from engine.facts.answers import FactAnswerer
from engine.facts.records import FACT_BAR, FactAnswer
from engine.facts.text import phrase
from engine.hits import Answer, Citation, Hit, Language
from engine.questions.understanding import Understood, understand
from engine.questions.wording import answer_kind, has_figures, is_keywords, language
from engine.search.query import plain_words
from engine.search.reranking import ANSWER_SHARE, READ, mixed, passage_of, relevance_of
from engine.search.searcher import KEYWORDS, MAX_QUERY, Searcher
from index.filters import Filter
from models.repair import restored

if TYPE_CHECKING:
    from engine.facts.matching import Meant
    from index.records import StoredChunk
    from models.reader.reader import Reading, SpanReader
    from models.swedish import SwedishAnalyser

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


@dataclass(frozen=True, slots=True)
class Draft:
    """The best answer that the passages give, before it is decided whether to give it."""

    text: str
    kind: str
    evidence: Evidence
    citations: tuple[Citation, ...]


class Answerer:
    """Answers questions from what a searcher finds."""

    def __init__(
        self,
        searcher: Searcher,
        analyser: SwedishAnalyser,
        least: float | None = None,
        reader: SpanReader | None = None,
    ) -> None:
        self.searcher = searcher
        self.analyser = analyser
        self.least = least
        self.reader = reader
        self.facts = FactAnswerer(searcher.archive, analyser, searcher.embedder)

    def ask(self, question: str, selection: Filter = Filter.everything) -> Answer:
        """Answer ``question`` from the selected documents.

        Raises UsageError for a question without words.
        """
        question = " ".join(question.split())
        if not any(c.isalnum() for c in question):
            raise UsageError('Frågan är tom. Skriv en fråga, t.ex. klubbat ask "Vem valdes till sekreterare?"')
        question, spoken = question[:MAX_QUERY], language(question)
        understood = understand(restored(question))
        denied = self.facts.denied(understood, selection)
        if denied is not None:
            told = f"{SILENCE[spoken]} {denied.text}"
            return Answer(question, None, told, 0.0, answer_kind(question), spoken, denied.citations)
        known = self.known(understood, selection)
        if known is not None:
            told = _explanation(known.citations[0], spoken, known.register)
            return Answer(question, known.text, told, known.score, answer_kind(question), spoken, known.citations)
        draft = None if _counts_facts(understood) else self.draft(question, selection)
        if draft is None:
            return Answer(question, None, SILENCE[spoken], 0.0, answer_kind(question), spoken, ())
        sure = confidence(draft.evidence)
        if sure < (threshold(draft.evidence) if self.least is None else self.least):
            return Answer(question, None, SILENCE[spoken], sure, draft.kind, spoken, draft.citations)
        if understood.wanted == "organisation" and not self.facts.names_organisation(understood, draft.text):
            return Answer(question, None, SILENCE[spoken], 0.0, draft.kind, spoken, draft.citations)
        told = _explanation(draft.citations[0], spoken)
        text, cited = self.facts.in_full(understood, draft.text, draft.citations)
        return Answer(question, text, told, sure, draft.kind, spoken, cited)

    def known(self, understood: Understood, selection: Filter = Filter.everything) -> FactAnswer | None:
        """The best answer of the registers, where it is sure enough."""
        found = self.facts.answer(understood, selection)
        return found[0] if found and found[0].score >= max(FACT_BAR, self.least or 0.0) else None

    def draft(self, question: str, selection: Filter = Filter.everything) -> Draft | None:
        """The best answer of the passages, however weak; None where nothing was found.

        Where the question names a time, the documents of that time are asked first, if there are any.
        What others say counts only where they name the day themselves.
        """
        understood = understand(restored(question))
        meant = self.facts.meant(understood, selection)
        newest = self.facts.newest(understood, selection)
        if newest:  # older minutes announce meetings that have been
            return self._drafted(question, Filter(documents=newest), meant)
        timed = understood.names_time and meant.dated
        here = self._drafted(question, Filter(documents=tuple(meant.ids)), meant) if timed else None
        if here is not None and confidence(here.evidence) >= threshold(here.evidence):
            return here
        whole = self._drafted(question, selection, meant)
        if here is None or (whole is not None and _names_the_day(question, whole.citations[0].chunk)):
            return whole
        return here

    def _drafted(self, question: str, selection: Filter, meant: Meant) -> Draft | None:
        question = restored(question)
        kind = answer_kind(question)
        hits, readings = self._read(question, selection)
        weights = READ_WEIGHTS if readings else DEFAULT_WEIGHTS
        ranked = rank_sentences(question, kind, hits, self.analyser, self.searcher.embedder, weights, readings)
        if not ranked:
            return None
        ranked = preferred(understand(question), ranked)
        best = ranked[0]
        text = _text(best.hit, window(best))
        evidence = self._evidence(question, kind, best, text, readings.get(best.hit.chunk.id), meant)
        return Draft(_readable(text), kind, evidence, _citations(best, ranked[1:]))

    def _read(self, question: str, selection: Filter) -> tuple[Sequence[Hit], dict[int, Reading]]:
        """The best hits, and what the reader makes of them, by the chunk's id."""
        if self.reader is None or is_keywords(question, KEYWORDS):
            return self.searcher.search(plain_words(question), HITS, selection).hits, {}
        hits = self.searcher.search(plain_words(question), READ, selection).hits
        readings = self.reader.read(question, [passage_of(hit) for hit in hits])
        by_chunk = {hit.chunk.id: reading for hit, reading in zip(hits, readings, strict=True)}
        return mixed(hits, [relevance_of(one) for one in readings], ANSWER_SHARE)[:HITS], by_chunk

    def _evidence(
        self, question: str, kind: str, best: Candidate, text: str, reading: Reading | None, meant: Meant
    ) -> Evidence:
        """What speaks for the answer ``text`` around the sentence ``best``."""
        chunk = best.hit.chunk
        asked = set(topic_terms(question, best.hit, self.analyser))
        there = self.analyser.terms("\n".join([chunk.search_text, *chunk.section_path]), figures=has_figures(question))
        found = asked & {*there.lemmas, *there.parts}
        return Evidence(
            kind=answers_kind(text, kind, question, best.hit),
            coverage=len(found) / len(asked) if asked else 0.0,
            log_odds=None if reading is None else reading.log_odds,
            meant=chunk.document.id in meant.ids if meant.named or meant.dated else None,
            hit=best.hit.score,
        )


def _counts_facts(understood: Understood) -> bool:
    """Whether all decisions or commissions of a meeting are to be counted, which no passage does."""
    return understood.wanted == "count" and understood.relation in ("decided", "assigned") and not understood.topic


def _names_the_day(question: str, chunk: StoredChunk) -> bool:
    """Whether a passage or its title names a day that the question names."""
    named = {found.iso for found in dates_in(question)}
    return any(found.iso in named for found in dates_in("\n".join([chunk.search_text, chunk.document.title])))


def window(best: Candidate) -> Span:
    """The sentence and, while it is short, those after it and then before it in the same chunk."""
    chunk = best.hit.chunk
    sentences = chunk.sentences
    first = last = best.index

    def length(a: int, b: int) -> int:
        return sentences[b].end - sentences[a].start

    def names_section(i: int) -> bool:
        words = plain(chunk.part(sentences[i]).lstrip("#"))
        return any(words.rstrip(":").endswith(heading) for heading in chunk.section_path if heading)

    while length(first, last) < MIN_ANSWER:
        if last + 1 < len(sentences) and length(first, last + 1) <= MAX_ANSWER:
            last += 1
        elif first > 0 and length(first - 1, last) <= MAX_ANSWER and not names_section(first - 1):
            first -= 1
        else:
            break
    return Span(sentences[first].start, sentences[last].end)


def _text(hit: Hit, span: Span) -> str:
    masked = mask_personal_numbers(hit.chunk.text)
    return masked[span.start - hit.chunk.start : span.end - hit.chunk.start]


def _readable(text: str) -> str:
    """The words of the source on one line, cut at a word where a single sentence is too long."""
    flat = " ".join(re.sub(r"(?m)^>[ \t]?", "", search_text(text, 0, len(text), ())).split())
    if len(flat) <= MAX_ANSWER:
        return flat
    return flat[: MAX_ANSWER - 1].rsplit(" ", 1)[0] + "…"


def _citations(best: Candidate, others: Sequence[Candidate]) -> tuple[Citation, ...]:
    """The best sentence's chunk first, then other chunks by their best sentence."""
    found = {best.hit.chunk.id: Citation(best.hit.chunk, best.span, best.hit.score)}
    for other in others:
        found.setdefault(other.hit.chunk.id, Citation(other.hit.chunk, other.span, other.hit.score))
    return tuple(found.values())[:CITATIONS]


def _explanation(citation: Citation, spoken: Language, register: str | None = None) -> str:
    chunk = citation.chunk
    title, date = chunk.document.title, chunk.document.date
    parts = [title, date] if date and date not in title else [title]
    place = chunk.section.number or chunk.section.heading
    if place:
        parts.append(place)
    source = ", ".join(parts)
    if register is not None:
        name = phrase(f"register_{register}", spoken).rstrip(".").lower()
        return phrase("register", spoken, register=name, source=source)
    return f"Så står det i {source}." if spoken == "sv" else f"This is what {source} says."
