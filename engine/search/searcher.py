"""Hybrid search: BM25 and embeddings over the same chunks, fused into one ranking.

Fusion is a convex combination of normalised scores (Bruch, Gai & Ingber, 2023, "An Analysis of
Fusion Functions for Hybrid Retrieval"): BM25 divided by its maximum, cosine between the lowest
and the highest of the candidates. How much the lexical side weighs follows from the question:
BM25 sums log odds over its words, and a cosine over the temperature that the model was trained
with is a log odds too, so that the two add up as they stand. A question whose words single out a
passage is then ruled by its words, one of everyday words by its meaning. Keywords are ruled by
the words. Fixed weights and reciprocal rank fusion (Cormack et al., 2009) were measured beside it
and lost; the figures stand in docs/figures.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.hits import Hit, Results
from engine.questions.understanding import understand
from engine.questions.wording import content_words, figures_in, is_keywords, short_forms
from engine.search.query import Query, parse
from engine.search.signs import WEIGHED, weighed
from index.filters import Filter
from index.lexical_query import DEFAULT_WEIGHTS, FieldWeights
from index.records import ScoredChunk
from models.repair import restored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.archive import Archive
    from index.indexes import Indexes
    from models.embedding import Embedder

# Candidates of each index before fusion. More changes no figure; fewer loses paraphrases.
CANDIDATES = 100
# A BM25 point beside one of the embedding's log odds.
LEXICAL_SCALE = 0.2
# Up to so many words that all carry content are keywords (*skolskjuts avgift*), and rank so.
KEYWORDS = 3
KEYWORD_WEIGHT = 0.7
# In a search that people see a word counts once, where it weighs most: the name of a body in every passage of its
# minutes says no more than once that they are its minutes (docs/figures.md).
SHOWN_WEIGHTS = FieldWeights(context=1.0, related=0.5, again=0.4)
# What a document of the time that the question names has before others, beside scores of at most 1.
TIMELY = 0.3
RRF_CONSTANT = 60  # Cormack et al., 2009
# A query longer than this says nothing more; the embedding model reads about as much.
MAX_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the two lists are made one: ``convex`` or ``rrf``.

    ``lexical_weight``: the weight of the lexical side in [0, 1], None where each question gives its
    own. ``timely``: what a document of the time that the question names is given before others.
    ``signs``: whether the first are put in order by what else speaks for them, as a search does that people see;
    answers weigh passages in their own way. ``weights`` are those of the
    fields of the lexical index.
    """

    fusion: str = "convex"
    lexical_weight: float | None = None
    candidates: int = CANDIDATES
    timely: float = TIMELY
    signs: bool = False
    weights: FieldWeights = DEFAULT_WEIGHTS


class Searcher:
    """Searches an archive through its indexes. Cheap to make; models load at the first query."""

    def __init__(self, archive: Archive, indexes: Indexes, embedder: Embedder, ranking: Ranking | None = None) -> None:
        self.archive = archive
        self.indexes = indexes
        self.embedder = embedder
        self.ranking = ranking or Ranking()

    def search(self, query: str | Query, limit: int = 10, selection: Filter = Filter.everything) -> Results:
        """The best chunks for ``query`` in the selected documents, at most ``limit``.

        A string may use the query language (``engine.search.query``); UsageError where it does so wrongly.
        A query of nothing but white space finds nothing.
        """
        asked = query if isinstance(query, Query) else parse(" ".join(query.split())[:MAX_QUERY])
        if not asked.text or limit < 1:
            return Results(asked.text, (), 0)
        scored, total = self._ranked(asked, selection, limit)
        signs = self.ranking.signs and asked.condition is None
        best = scored[: max(limit, WEIGHED) if signs else limit]
        chunks = {chunk.id: chunk for chunk in self.archive.chunks(one[0] for one in best)}
        hits = tuple(
            Hit(chunks[chunk], score, lexical, dense) for chunk, score, lexical, dense in best if chunk in chunks
        )
        if signs:
            spoken = restored(asked.words)
            hits = weighed(spoken, hits, self.archive, keywords=is_keywords(spoken, KEYWORDS))[:limit]
        return Results(asked.text, hits, total, asked.words)

    def rank(self, query: str | Query, selection: Filter = Filter.everything) -> list[tuple[int, float, float, float]]:
        """Candidates as (chunk id, fused, lexical, dense) with scores in [0, 1], best first."""
        asked = query if isinstance(query, Query) else parse(query)
        return self._ranked(asked, selection, self.ranking.candidates)[0]

    def _ranked(self, asked: Query, selection: Filter, limit: int) -> tuple[list[tuple[int, float, float, float]], int]:
        """The candidates, and how many chunks there are: with a condition, all for which it holds."""
        documents = self.archive.matching(selection)
        spoken = restored(asked.words)
        words = _lexical_words(spoken)
        depth = self.ranking.candidates
        if asked.condition is None:
            allowed = None if documents is None else self.archive.chunk_ids(documents)
            lexical = self.indexes.lexical.search(words, depth, documents, self.ranking.weights)
        else:
            depth = max(depth, limit)
            allowed = self.indexes.lexical.matching(asked.condition, documents)
            lexical = self.indexes.lexical.search(words, depth, documents, self.ranking.weights, asked.condition)
        dense = self._dense(spoken, depth, allowed) if spoken else []
        timely = self._of_the_time(spoken, documents) if asked.condition is None else None
        if timely is not None:
            within = self.archive.chunk_ids(timely)
            lexical = _union(lexical, self.indexes.lexical.search(words, depth, timely, self.ranking.weights))
            dense = _union(dense, self._dense(spoken, depth, within))
        if self.ranking.fusion == "rrf":
            scored = _reciprocal_ranks(lexical, dense)
        else:
            weight = self.ranking.lexical_weight
            scored = _convex(lexical, dense, self._weight(spoken, lexical, dense) if weight is None else weight)
        if timely is not None:
            scored = _preferring(scored, frozenset(within.tolist()), self.ranking.timely)
        return scored, len(scored) if asked.condition is None or allowed is None else len(allowed)

    def _of_the_time(self, question: str, documents: frozenset[str] | None) -> frozenset[str] | None:
        """Those of the documents that are of the time which the question names; None where there are none."""
        if self.ranking.timely == 0 or not any(c.isdigit() for c in question):
            return None
        understood = understand(question)
        if not understood.names_time:
            return None
        limits = understood.limits
        found = self.archive.matching(Filter(since=limits.since, until=limits.until)) or frozenset()
        return (found if documents is None else found & documents) or None

    def _weight(self, question: str, lexical: list[ScoredChunk], dense: list[ScoredChunk]) -> float:
        """The weight of the lexical side in [0, 1] for this question."""
        by_words = LEXICAL_SCALE * max((one.score for one in lexical), default=0.0)
        cosines = [one.score for one in dense] or [0.0]
        by_meaning = (max(cosines) - min(cosines)) / self.embedder.temperature
        weight = by_words / (by_words + by_meaning) if by_words > 0 else 0.0
        return max(weight, KEYWORD_WEIGHT) if is_keywords(question, KEYWORDS) else weight

    def _dense(self, query: str, depth: int, allowed: NDArray[np.int64] | None) -> list[ScoredChunk]:
        if self.indexes.dense is None:
            return []
        return self.indexes.dense.search(self.embedder.embed_query(query), depth, allowed)


def _lexical_words(question: str) -> str:
    """What the lexical index is asked: the words that carry content, and figures by their terms in any spelling.

    *9,6 miljoner kronor* is ``kr:9600000``: by its words it would be found where *6 miljoner* stands.
    """
    rest = question
    terms: list[str] = []
    for written, found in figures_in(question):
        rest = rest.replace(written, "\n", 1)
        terms += sorted(found)
    telling = content_words(rest) if any(c.isalnum() for c in rest) else []
    return " ".join([*telling, *short_forms(question), *terms])


def _normalised(scored: list[ScoredChunk], lowest: float) -> dict[int, float]:
    if not scored:
        return {}
    highest = max(one.score for one in scored)
    width = highest - lowest
    return {one.chunk: (one.score - lowest) / width if width > 0 else 1.0 for one in scored}


def _union(first: list[ScoredChunk], second: list[ScoredChunk]) -> list[ScoredChunk]:
    """Both lists, each chunk once: they are of one index, so their scores can be compared."""
    return list({one.chunk: one for one in (*first, *second)}.values())


def _preferring(
    scored: list[tuple[int, float, float, float]], chunks: frozenset[int], bonus: float
) -> list[tuple[int, float, float, float]]:
    """The candidates with a bonus for some chunks, their scores again in [0, 1], best first."""
    raised = [(c, (fused + bonus * (c in chunks)) / (1 + bonus), a, b) for c, fused, a, b in scored]
    return sorted(raised, key=lambda one: (-one[1], one[0]))


def _convex(
    lexical: list[ScoredChunk], dense: list[ScoredChunk], weight: float
) -> list[tuple[int, float, float, float]]:
    by_words = _normalised(lexical, 0.0)
    by_meaning = _normalised(dense, min((one.score for one in dense), default=0.0))
    if not by_words:
        weight = 0.0
    elif not by_meaning:
        weight = 1.0
    fused = []
    for chunk in by_words.keys() | by_meaning.keys():
        a, b = by_words.get(chunk, 0.0), by_meaning.get(chunk, 0.0)
        fused.append((chunk, weight * a + (1 - weight) * b, a, b))
    return sorted(fused, key=lambda one: (-one[1], one[0]))


def _reciprocal_ranks(lexical: list[ScoredChunk], dense: list[ScoredChunk]) -> list[tuple[int, float, float, float]]:
    highest = 2 / (RRF_CONSTANT + 1)
    a = {one.chunk: 1 / (RRF_CONSTANT + rank) / highest for rank, one in enumerate(lexical, 1)}
    b = {one.chunk: 1 / (RRF_CONSTANT + rank) / highest for rank, one in enumerate(dense, 1)}
    fused = [
        (chunk, a.get(chunk, 0.0) + b.get(chunk, 0.0), a.get(chunk, 0.0), b.get(chunk, 0.0))
        for chunk in a.keys() | b.keys()
    ]
    return sorted(fused, key=lambda one: (-one[1], one[0]))
