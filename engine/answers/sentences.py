"""Candidate sentences: what stands in the chunks that were found, ranked as possible answers.

rank-bm25 (BM25Okapi over the sentences of the found chunks) says which of them has the words of
the question, the embedding says which means the like, the hit says how good the place is, and a
sentence that holds what is asked for (a date, an amount, a name) is preferred. Where the passages
were read, the sentence in which the reader sees the answer is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.records import Span
from engine.hits import Hit
from engine.questions.wording import content_words, has_figures, holds_kind, without_dates

if TYPE_CHECKING:
    from models.analysis import Analyser
    from models.embedding import Embedder
    from models.reader.reader import Reading

# How many sentences are embedded for a question, 15 to 20 ms each without torch. 16 are no better.
EMBEDDED = 10
_LONGEST_EMBEDDED = 400  # characters of a sentence that its vector is made of


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds; the figures that chose them stand in docs/figures.md."""

    hit: float = 1.5
    words: float = 0.5
    meaning: float = 0.5
    kind: float = 0.3
    read: float = 0.0


DEFAULT_WEIGHTS = Weights()
# Where passages were read, the embedding of sentences adds nothing, and it takes longer than reading.
READ_WEIGHTS = Weights(hit=2.5, words=0.4, meaning=0.0, kind=0.2, read=1.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit. ``words`` and ``meaning`` are in [0, 1] among the candidates.

    ``cosine`` is the plain cosine to the question; ``index`` the sentence's place in its chunk;
    ``read`` the probability, among all spans of its chunk, that the answer begins in the sentence.
    """

    hit: Hit
    index: int
    span: Span
    text: str
    words: float
    meaning: float
    cosine: float
    kind: bool
    score: float
    read: float = 0.0


def rank_sentences(
    question: str,
    kind: str,
    hits: Sequence[Hit],
    analyser: Analyser,
    embedder: Embedder,
    weights: Weights = DEFAULT_WEIGHTS,
    readings: Mapping[int, Reading] | None = None,
) -> list[Candidate]:
    """The sentences of ``hits`` as answers to ``question``, best first; ``readings`` by the chunk's id."""
    candidates = _candidates(question, hits, kind, readings or {})
    if not candidates:
        return []
    by_words = _word_scores(question, candidates, analyser)
    candidates = [
        replace(
            c,
            words=w,
            score=weights.hit * c.hit.score + weights.words * w + weights.kind * c.kind + weights.read * c.read,
        )
        for c, w in zip(candidates, by_words, strict=True)
    ]
    candidates.sort(key=lambda c: -c.score)
    if weights.meaning == 0:
        return candidates
    return _with_meaning(question, candidates[:EMBEDDED], embedder, weights)


def answers_kind(text: str, kind: str, question: str, hit: Hit) -> bool:
    """Whether ``text`` holds what is asked for; the title and the body of its document are no new name."""
    document = hit.chunk.document
    said = f"{question} {document.title} {document.body or ''}" if kind == "name" else question
    return holds_kind(text, kind, said)


def _candidates(question: str, hits: Sequence[Hit], kind: str, readings: Mapping[int, Reading]) -> list[Candidate]:
    found = []
    for hit in hits:
        reading = readings.get(hit.chunk.id)
        for index, span in enumerate(hit.chunk.sentences):
            text = hit.chunk.part(span)
            if any(c.isalnum() for c in text):
                answers = answers_kind(text, kind, question, hit)
                read = 0.0 if reading is None else _read_in(span, hit, reading)
                found.append(Candidate(hit, index, span, text, 0.0, 0.0, 0.0, answers, 0.0, read))
    return found


def _read_in(sentence: Span, hit: Hit, reading: Reading) -> float:
    """The share of the spans' probability that begins in the sentence, weighed by that of any answer."""
    total = sum(span.probability for span in reading.spans)
    start = hit.chunk.start
    here = sum(s.probability for s in reading.spans if sentence.start <= start + s.start < sentence.end)
    return (hit.reading or 0.0) * here / total if total > 0 else 0.0


def _word_scores(question: str, candidates: Sequence[Candidate], analyser: Analyser) -> list[float]:
    from rank_bm25 import BM25Okapi

    figures = has_figures(question)

    def terms(text: str) -> list[str]:
        found = analyser.terms(text, figures=figures)
        return [*found.lemmas, *found.parts]

    # A sentence without terms would make the mean length zero.
    ranking = BM25Okapi([terms(c.text) or [""] for c in candidates])
    scores = [max(0.0, float(s)) for s in ranking.get_scores(topic_terms(question, candidates[0].hit, analyser))]
    highest = max(scores)
    return [s / highest if highest > 0 else 0.0 for s in scores]


def topic_terms(question: str, best: Hit, analyser: Analyser) -> list[str]:
    """The terms of the question without those that only say which document is meant.

    *Vem valdes till sekreterare på Sjöstråkets möte den 6 oktober 2023?*: the head of the minutes
    has the body and the date, but the answer stands where *valdes* and *sekreterare* do.
    """
    figures = has_figures(question)
    asked = analyser.terms(" ".join(content_words(without_dates(question))), figures=figures)
    document = best.chunk.document
    named = set(analyser.terms(f"{document.title} {document.body or ''}", figures=figures).lemmas)
    every = list(asked.lemmas)
    return [term for term in every if term not in named] or every


def _with_meaning(
    question: str, candidates: Sequence[Candidate], embedder: Embedder, weights: Weights
) -> list[Candidate]:
    vectors = embedder.embed_passages([c.text[:_LONGEST_EMBEDDED] for c in candidates])
    cosines = [float(x) for x in vectors @ embedder.embed_query(question)]
    lowest, highest = min(cosines), max(cosines)
    width = highest - lowest
    out = []
    for candidate, cosine in zip(candidates, cosines, strict=True):
        meaning = (cosine - lowest) / width if width > 0 else 1.0
        score = candidate.score + weights.meaning * meaning
        out.append(replace(candidate, meaning=meaning, cosine=cosine, score=score))
    return sorted(out, key=lambda c: -c.score)
