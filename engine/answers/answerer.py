"""Answers: what the registers know, else the words of a found passage that answer a question, or nothing.

A passage answers by the best sentence of the best sections, with as many of its neighbours as make
it understandable, cited exactly. A calibrated confidence decides between the answer and silence
(``engine/answers/confidence.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.dates import dates_in
from corpus.errors import UsageError
from engine.answers.confidence import Evidence, confidence, threshold
from engine.answers.extent import answer_text, sentence_text
from engine.answers.left_open import leaves_open
from engine.answers.passages import PassageReader
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
from engine.facts.text import listed, phrase
from engine.hits import Answer, Citation, Hit, Language
from engine.questions.proper_names import names_in, stands, unknown_names
from engine.questions.understanding import Understood, understand
from engine.questions.wording import answer_kind, has_figures, is_keywords, language
from engine.search.query import plain_words
from engine.search.reranking import READ
from engine.search.searcher import KEYWORDS, MAX_QUERY, Searcher
from index.filters import Filter
from models.repair import restored

if TYPE_CHECKING:
    from engine.facts.elsewhere import Elsewhere
    from engine.facts.matching import Meant
    from index.records import StoredChunk
    from models.reader.reader import Reading, SpanReader
    from models.swedish import SwedishAnalyser

HITS = 5
CITATIONS = 3
SILENCE: dict[Language, str] = {
    "sv": "Det framgår inte av underlaget.",
    "en": "The documents do not say.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The best answer that the passages give, before it is decided whether to give it.

    ``sentence``: the one that answers, of which ``text`` is a little more.
    """

    text: str
    kind: str
    evidence: Evidence
    citations: tuple[Citation, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class _AskedPassages:
    """A question to passages: the documents that it means, where it does not ask, and who reads (None: nobody)."""

    understood: Understood
    meant: Meant
    elsewhere: Elsewhere
    reading: PassageReader | None


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
        unknown = unknown_names(names_in(understood.question, spoken), self.searcher.indexes.lexical.knows)
        if unknown:
            told = f"{SILENCE[spoken]} {phrase('unknown', spoken, who=listed(unknown, spoken))}"
            return self._silent(question, spoken, told, self.draft(question, selection))
        denied = self.facts.denied(understood, selection)
        if denied is not None:
            told = f"{SILENCE[spoken]} {denied.text}"
            return Answer(question, None, told, 0.0, answer_kind(question), spoken, denied.citations)
        known = self.known(understood, selection)
        if known is not None:
            told = _explanation(known.citations[0], spoken, known.register)
            return Answer(question, known.text, told, known.score, answer_kind(question), spoken, known.citations)
        draft = None if _counts_facts(understood) else self.draft(question, selection)
        sure = 0.0 if draft is None else confidence(draft.evidence)
        if draft is None or sure < (threshold(draft.evidence) if self.least is None else self.least):
            return self._silent(question, spoken, SILENCE[spoken], draft, sure)
        if understood.wanted == "organisation" and not self.facts.names_organisation(understood, draft.text):
            return self._silent(question, spoken, SILENCE[spoken], draft)
        if leaves_open(draft.sentence, understood.question, understood.wanted):
            told = f"{SILENCE[spoken]} {phrase('left_open', spoken, text=draft.sentence)}"
            return self._silent(question, spoken, told, draft, sure)
        told = _explanation(draft.citations[0], spoken)
        text, cited = self.facts.in_full(understood, draft.text, draft.citations)
        return Answer(question, text, told, sure, draft.kind, spoken, cited)

    def _silent(self, question: str, spoken: Language, told: str, draft: Draft | None, sure: float = 0.0) -> Answer:
        """No answer, with the passages that come nearest."""
        nearest = () if draft is None else draft.citations
        return Answer(question, None, told, sure, answer_kind(question), spoken, nearest)

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
        reading = None
        if self.reader is not None and not is_keywords(understood.question, KEYWORDS):
            reading = PassageReader(self.reader, understood.question)
        asked = _AskedPassages(understood, meant, self._elsewhere(understood), reading)
        newest = self.facts.newest(understood, selection)
        if newest:  # older minutes announce meetings that have been
            return self._drafted(asked, Filter(documents=newest))
        timed = understood.names_time and meant.dated
        here = self._drafted(asked, Filter(documents=tuple(meant.ids))) if timed else None
        if here is not None and confidence(here.evidence) >= threshold(here.evidence):
            return here
        whole = self._drafted(asked, selection)
        if here is None or (whole is not None and _names_the_day(understood.question, whole.citations[0].chunk)):
            return whole
        return here

    def _elsewhere(self, understood: Understood) -> Elsewhere:
        knows = self.searcher.indexes.lexical.knows
        names = [name for name in names_in(understood.question, understood.language) if stands(name, knows)]

        def has(name: str, document: str) -> bool:
            return stands(name, lambda word: knows(word, document))

        return self.facts.elsewhere(understood, names, has)

    def _drafted(self, asked: _AskedPassages, selection: Filter) -> Draft | None:
        question, reading = asked.understood.question, asked.reading
        kind = answer_kind(question)
        found = self.searcher.search(plain_words(question), 2 * READ, selection).hits
        hits: Sequence[Hit] = [hit for hit in found if not asked.elsewhere.holds(hit)]
        readings: dict[int, Reading] = {}
        weights = DEFAULT_WEIGHTS
        if reading is not None:
            weights, (hits, readings) = READ_WEIGHTS, reading.read(hits)
        ranked = rank_sentences(question, kind, hits[:HITS], self.analyser, self.searcher.embedder, weights, readings)
        if not ranked:
            return None
        ranked = preferred(asked.understood, ranked)
        best = ranked[0]
        text = answer_text(best)
        evidence = self._evidence(question, kind, best, text, readings.get(best.hit.chunk.id), asked.meant)
        return Draft(text, kind, evidence, _citations(best, ranked[1:]), sentence_text(best))

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
