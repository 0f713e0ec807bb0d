"""Searching the sample minutes: documents of the time that a question names."""

from __future__ import annotations

import pytest

from engine.search.searcher import Ranking, Searcher
from engine.service import Service
from index.filters import Filter


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Vilka var frånvarande när nämnden sammanträdde i maj 2024?", "2024-05-21"),
        ("Vem valdes att justera protokollet den 12 mars 2024?", "2024-03-12"),
        ("When is the next meeting, according to the minutes of 11 February 2025?", "2025-02-11"),
    ],
)
def test_documents_of_the_time_that_is_named_come_before_others(
    question: str, day: str, sample_service: Service
) -> None:
    hits = sample_service.search(question, 3).hits
    assert hits[0].chunk.document.date == day
    assert all(0.0 <= hit.score <= 1.0 for hit in hits)


def test_a_time_without_documents_changes_nothing(sample_service: Service) -> None:
    searcher = sample_service.searcher
    plain = Searcher(searcher.archive, searcher.indexes, searcher.embedder, Ranking(timely=0.0))
    for question in ("Vem valdes till sekreterare i mars 1911?", "Vem valdes till sekreterare?", "budget 3 4"):
        mine, other = (one.search(question, 10).hits for one in (searcher, plain))
        assert [(hit.chunk.id, hit.score) for hit in mine] == [(hit.chunk.id, hit.score) for hit in other]


def test_the_time_never_reaches_past_a_selection(sample_service: Service) -> None:
    hits = sample_service.search("Vad beslutades den 12 mars 2024?", 20, Filter(since="2025-01-01")).hits
    assert hits
    assert all((hit.chunk.document.date or "") >= "2025" for hit in hits)


def test_the_next_meeting_after_a_day_stands_in_the_minutes_of_that_day(sample_service: Service) -> None:
    hits = sample_service.search("När är nämndens nästa sammanträde efter den 21 maj 2024?", 10).hits
    assert any("17 september 2024" in hit.chunk.text for hit in hits)
