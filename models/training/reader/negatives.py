"""Look-alikes: passages that rank high for a question and do not answer it.

Ranked as the search does, by words and by meaning: BM25 over lemmas and compound parts (rank-bm25)
and the cosine of the embedding, each brought to [0, 1], added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from models.embedding import Vectors, load_embedder
from models.swedish import SwedishAnalyser
from models.training.reader.sources import Asked

PIECE = 700  # characters, about what a chunk holds
LOOK_ALIKES = 6


def pieces(text: str, most: int = PIECE) -> Iterator[tuple[int, int]]:
    """Character ranges that follow each other, cut at sentence or line ends, of at most about ``most`` characters."""
    start = end = 0
    for match in re.finditer(r"[.!?:]\s+|\n+|$", text):
        if match.end() - start > most and end > start:
            yield start, end
            start = end
        end = match.end()
    if text[start:].strip():
        yield start, len(text)


def look_alikes(questions: Sequence[Asked]) -> list[list[str]]:
    """For each question up to ``LOOK_ALIKES`` passages without its answer, the likest first."""
    from rank_bm25 import BM25Okapi

    texts = list(dict.fromkeys(one.text for one in questions))
    passages = list(dict.fromkeys(text[a:b].strip() for text in texts for a, b in pieces(text)))
    analyser, embedder = SwedishAnalyser(), load_embedder(None)
    ranking = BM25Okapi([_terms(analyser, passage) for passage in passages])
    vectors = embedder.embed_passages(passages)
    found = []
    for one in questions:
        by_words = np.asarray(ranking.get_scores(_terms(analyser, one.question)))
        cosines = vectors @ embedder.embed_query(one.question)
        scores = by_words / max(float(by_words.max()), 1e-9) + _scaled(cosines)
        found.append([passages[i] for i in np.argsort(-scores)[:40] if not _answers(passages[i], one)][:LOOK_ALIKES])
    return found


def _answers(passage: str, one: Asked) -> bool:
    """Whether a passage may hold the answer: its words stand there, or it overlaps the place of an answer."""
    folded = passage.casefold()
    return any(one.text[a:b].casefold() in folded for a, b in one.answers)


def _scaled(cosines: Vectors) -> Vectors:
    best = np.sort(cosines)[-100:]
    scaled: Vectors = np.clip((cosines - best[0]) / max(float(best[-1] - best[0]), 1e-9), 0, 1)
    return scaled


def _terms(analyser: SwedishAnalyser, text: str) -> list[str]:
    terms = analyser.terms(text, figures=False)
    return [*terms.lemmas, *terms.parts] or [""]
