from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from engine.answers.answerer import Answerer
from engine.answers.sentences import READ_WEIGHTS, rank_sentences
from engine.search.reranking import READ_IN_SEARCH, CrossEncoderReranker, ReadingReranker, mixed, passage_of
from engine.service import Service
from models.reader.reader import FoundSpan, Passage, Reading


@dataclass(frozen=True)
class WordReader:
    """Reads an answer wherever ``word`` stands and nowhere else."""

    word: str
    fingerprint: str = "word"

    def read(self, question: str, passages: Sequence[Passage], best: int = 3) -> list[Reading]:
        return [self._reading(passage.text) for passage in passages]

    def _reading(self, text: str) -> Reading:
        at = text.find(self.word)
        if at < 0:
            return Reading((), 1.0, -20.0)
        return Reading((FoundSpan(at, at + len(self.word), 1.0),), 0.0, 20.0)


def test_hits_that_answer_come_first_and_keep_what_was_read(sample_service: Service) -> None:
    hits = sample_service.search("vad beslutades om skolan", 10).hits
    word = next(w for w in hits[-1].chunk.text.split() if len(w) > 6 and w not in hits[0].chunk.text)
    relevance = ReadingReranker(WordReader(word)).relevance("vad?", hits)
    ranked = mixed(hits, relevance, share=0.9)
    assert word in ranked[0].chunk.text
    assert ranked[0].reading is not None and ranked[0].reading > 0.99
    assert {hit.chunk.id for hit in ranked} == {hit.chunk.id for hit in hits}


def test_hits_that_were_not_read_follow_in_their_order(sample_service: Service) -> None:
    hits = sample_service.search("vad beslutades om skolan", 10).hits
    ranked = mixed(hits, [0.0, 1.0], share=0.5)
    assert [hit.chunk.id for hit in ranked[2:]] == [hit.chunk.id for hit in hits[2:]]
    assert {hit.chunk.id for hit in ranked[:2]} == {hit.chunk.id for hit in hits[:2]}
    assert all(hit.reading is None for hit in ranked[2:])


def test_without_a_share_the_order_of_the_search_stays(sample_service: Service) -> None:
    hits = sample_service.search("när är nästa möte", 5).hits
    assert [hit.chunk.id for hit in mixed(hits, [0.0, 0.2, 0.4, 0.6, 0.8], share=0.0)] == [h.chunk.id for h in hits]


def test_a_passage_is_the_chunk_letter_by_letter_under_its_headings(sample_service: Service) -> None:
    for hit in sample_service.search("sekreterare", 10).hits:
        passage = passage_of(hit)
        assert passage.text == hit.chunk.text
        assert hit.chunk.document.date is None or hit.chunk.document.date in passage.context


def test_scores_of_any_scale_become_shares(sample_service: Service) -> None:
    @dataclass
    class Wide:
        def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
            return np.array([-900.0, 0.0, 900.0][: len(passages)], dtype=np.float32)

    hits = sample_service.search("sekreterare", 3).hits
    shares = CrossEncoderReranker(Wide()).relevance("sekreterare?", hits)  # type: ignore[arg-type]
    assert shares == sorted(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)


def test_the_sentence_in_which_the_reader_sees_the_answer_comes_first(sample_service: Service) -> None:
    question = "Vad sades på mötet om frågan?"
    found = sample_service.search(question, 5).hits
    hits = mixed(found, [1.0, *[0.0] * (len(found) - 1)])
    chunk = hits[0].chunk
    assert len(chunk.sentences) > 1
    for index in (0, len(chunk.sentences) - 1):
        span = chunk.sentences[index]
        seen = FoundSpan(span.start - chunk.start, span.end - chunk.start, 1.0)
        ranked = rank_sentences(
            question,
            "statement",
            hits,
            sample_service.analyser,
            sample_service.searcher.embedder,
            READ_WEIGHTS,
            {chunk.id: Reading((seen,), 0.0, 20.0)},
        )
        assert (ranked[0].hit.chunk.id, ranked[0].index) == (chunk.id, index)


def test_keywords_are_not_read(sample_service: Service) -> None:
    class Refusing:
        fingerprint = "refusing"

        def read(self, question: str, passages: Sequence[Passage], best: int = 3) -> list[Reading]:
            raise AssertionError("keywords ask nothing")

    answerer = Answerer(sample_service.searcher, sample_service.analyser, least=0.0, reader=Refusing())
    assert answerer.ask("skolskjuts avgift").citations
    with pytest.raises(AssertionError):
        answerer.draft("Vem valdes till sekreterare?")


def test_a_reranker_reads_the_first_hits_of_a_search_only(sample_service: Service) -> None:
    plain = sample_service.search("sekreterare", 40).hits
    read = sample_service.search("sekreterare", 40, reranker=ReadingReranker(WordReader("§"))).hits
    assert {hit.chunk.id for hit in read} == {hit.chunk.id for hit in plain}
    assert sum(hit.reading is not None for hit in read) == min(READ_IN_SEARCH, len(plain))
    assert replace(read[0], score=0.0) != replace(plain[0], score=0.0)
