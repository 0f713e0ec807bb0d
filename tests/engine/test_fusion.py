"""Fusion of two rankings, on lists made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.search.searcher import RRF_CONSTANT, Ranking, Searcher
from index.filters import Filter
from index.records import ScoredChunk


class Archive:
    """Lets every document through, or those of one body; holds no text."""

    def matching(self, selection: Filter) -> frozenset[str] | None:
        return None if selection.is_empty else frozenset({"ett"})

    def chunk_ids(self, documents: frozenset[str]) -> np.ndarray:
        return np.array([1, 2], dtype=np.int64)

    def chunks(self, ids: Any) -> list[Any]:
        return []


class Side:
    """An index that always finds the same, and remembers what it was asked."""

    def __init__(self, *scored: tuple[int, float]) -> None:
        self.scored = [ScoredChunk(chunk, score) for chunk, score in scored]
        self.asked: list[tuple[Any, ...]] = []

    def search(self, *arguments: Any) -> list[ScoredChunk]:
        self.asked.append(arguments)
        return self.scored


class Indexes:
    def __init__(self, lexical: Side, dense: Side | None) -> None:
        self.lexical, self.dense = lexical, dense


class Embedder:
    @property
    def temperature(self) -> float:
        return 0.01

    def embed_query(self, text: str) -> np.ndarray:
        return np.zeros(2, dtype=np.float32)


def ranked(lexical: Side, dense: Side | None, ranking: Ranking) -> dict[int, float]:
    searcher = Searcher(Archive(), Indexes(lexical, dense), Embedder(), ranking)  # type: ignore[arg-type]
    return {chunk: score for chunk, score, _, _ in searcher.rank("Vad sades om hundrastgården?")}


def test_the_convex_combination_weighs_normalised_scores() -> None:
    fused = ranked(Side((1, 8.0), (2, 4.0)), Side((2, 0.9), (3, 0.8), (1, 0.7)), Ranking("convex", 0.25))
    # BM25 over its maximum: 1.0 and 0.5; cosine between lowest and highest: 1.0, 0.5 and 0.0.
    assert fused == pytest.approx({2: 0.25 * 0.5 + 0.75, 3: 0.375, 1: 0.25})
    assert list(fused) == [2, 3, 1]


@pytest.mark.parametrize(("weight", "best"), [(0.0, 2), (1.0, 1)])
def test_a_weight_at_its_end_follows_one_side_alone(weight: float, best: int) -> None:
    fused = ranked(Side((1, 8.0), (2, 4.0)), Side((2, 0.9), (1, 0.7)), Ranking("convex", weight))
    assert next(iter(fused)) == best


def test_a_side_that_finds_nothing_does_not_push_the_other_down() -> None:
    assert ranked(Side((1, 8.0)), Side(), Ranking())[1] == 1.0
    assert ranked(Side((1, 8.0)), None, Ranking())[1] == 1.0
    assert ranked(Side(), Side((1, 0.8)), Ranking())[1] == 1.0
    assert ranked(Side(), Side(), Ranking()) == {}


def test_equal_scores_come_in_the_order_of_the_chunks() -> None:
    assert list(ranked(Side((9, 2.0), (3, 2.0), (5, 2.0)), Side(), Ranking())) == [3, 5, 9]


@pytest.mark.parametrize("fusion", ["convex", "rrf"])
def test_fused_scores_lie_between_nought_and_one(fusion: str) -> None:
    fused = ranked(
        Side(*((n, 30.0 / n) for n in range(1, 30))),
        Side(*((n, 1 / n) for n in range(20, 50))),
        Ranking(fusion),
    )
    assert set(fused) == set(range(1, 50))
    assert all(0 <= score <= 1 for score in fused.values())
    assert list(fused.values()) == sorted(fused.values(), reverse=True)


def test_reciprocal_ranks_count_places_and_not_scores() -> None:
    fused = ranked(Side((1, 1000.0), (2, 0.1)), Side((2, 0.9), (1, 0.8)), Ranking("rrf"))
    assert fused[1] == pytest.approx(fused[2])
    alone = ranked(Side((1, 3.0), (2, 2.0)), Side(), Ranking("rrf"))
    assert alone[2] / alone[1] == pytest.approx((RRF_CONSTANT + 1) / (RRF_CONSTANT + 2))
    both = ranked(Side((1, 3.0)), Side((1, 0.9)), Ranking("rrf"))
    assert both == pytest.approx({1: 1.0})


def test_a_filter_reaches_both_sides_before_they_rank() -> None:
    lexical, dense = Side((1, 1.0)), Side((1, 0.9))
    searcher = Searcher(Archive(), Indexes(lexical, dense), Embedder())  # type: ignore[arg-type]
    searcher.rank("hundrastgården", Filter(body="nämnden"))
    assert lexical.asked[0][2] == frozenset({"ett"})
    assert list(dense.asked[0][2]) == [1, 2]


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_a_query_of_white_space_finds_nothing(query: str) -> None:
    searcher = Searcher(Archive(), Indexes(Side((1, 1.0)), None), Embedder())  # type: ignore[arg-type]
    assert searcher.search(query).hits == ()


def test_the_weight_of_the_words_follows_how_well_they_tell_passages_apart() -> None:
    near = Side((2, 0.90), (1, 0.89))  # one hundredth: a log odds of one
    assert next(iter(ranked(Side((1, 20.0), (2, 2.0)), near, Ranking()))) == 1
    assert next(iter(ranked(Side((1, 2.0), (2, 1.9)), near, Ranking()))) == 2


def test_keywords_are_ruled_by_the_words_and_a_question_is_not() -> None:
    far = Side((2, 0.95), (1, 0.75))
    searcher = Searcher(Archive(), Indexes(Side((1, 3.0)), far), Embedder())  # type: ignore[arg-type]
    assert searcher.rank("skolskjuts avgift")[0][0] == 1
    assert searcher.rank("Vad är avgiften för skolskjuts?")[0][0] == 2
    assert searcher.rank("skolskjuts avgift höjning beslut")[0][0] == 2


def test_a_figure_is_asked_for_by_its_term_and_not_by_its_digits() -> None:
    lexical = Side((1, 1.0))
    searcher = Searcher(Archive(), Indexes(lexical, None), Embedder())  # type: ignore[arg-type]
    searcher.rank("Vad kostar 9,6 miljoner kronor den 12 mars 2024?")
    assert set(lexical.asked[0][0].split()) == {"kostar", "kr:9600000", "2024-03-12"}
