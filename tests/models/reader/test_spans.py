"""Logits become spans of whole words with probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reader.spans import NOTHING, FoundSpan, Reading, Words, best_window, reading


def logits_of(start: dict[int, float], end: dict[int, float], tokens: int) -> np.ndarray:
    """Zero but where told; position 0 is no answer."""
    logits = np.zeros((tokens, 2), dtype=np.float32)
    for side, values in enumerate((start, end)):
        for place, value in values.items():
            logits[place, side] = value
    return logits


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("Årsmötet valde Karin Ekdal.", "arin Ekda", "Karin Ekdal"),
        ("Avgiften är 12,50 kronor.", "12", "12,50"),
        ("Kl. 18.30, som vanligt", "30,", "18.30"),
        ("Valda: (Karin Ekdal), (S).", "(Karin Ekdal),", "Karin Ekdal"),
        ("Karin Ekdal (S), ordförande", "Karin Ekdal (S),", "Karin Ekdal (S)"),
        ("Rapporten ”Rent vatten” lades fram", "”Rent vatten”", "Rent vatten"),
        ("läste rapporten ”Rent vatten” högt", "rapporten ”Rent vatten”", "rapporten ”Rent vatten”"),
        ("Resultatet: -5 procent.", "-5 procent.", "-5 procent"),
        ("- Hasse köper korv, bröd m.m. ", "- Hasse köper korv, bröd m.m. ", "Hasse köper korv, bröd m.m."),
        ("Britt-Marie Åsgren kom", "Britt-Marie", "Britt-Marie"),
        ("Priset steg 4,5 % under året", "4,5 %", "4,5 %"),
    ],
)
def test_a_range_becomes_whole_words_without_the_punctuation_around(text: str, part: str, expected: str) -> None:
    start = text.index(part)
    found = Words(text).whole(start, start + len(part))
    assert found is not None
    assert text[slice(*found)] == expected


@given(st.text(st.sampled_from("aå1 .,-()”\n§"), max_size=30), st.data())
def test_no_range_begins_or_ends_inside_a_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Words(text).whole(start, end)
    if found is not None:
        first, last = found
        assert 0 <= first < last <= len(text)
        assert not text[first].isspace()
        assert not text[last - 1].isspace()
        for place in found:
            assert not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def test_the_probabilities_of_all_spans_and_of_no_answer_are_one() -> None:
    text = "ett två tre"
    logits = np.random.default_rng(3).normal(0, 1, (6, 2)).astype(np.float32)
    found = reading(logits, 2, Words(text), [0, 4, 8], [3, 7, 11], best=6)
    assert len(found.spans) == 6
    assert sum(span.probability for span in found.spans) + found.no_answer == pytest.approx(1.0)
    assert np.log((1 - found.no_answer) / found.no_answer) == pytest.approx(found.log_odds)


def test_the_likeliest_span_is_the_highest_pair_in_order() -> None:
    found = reading(logits_of({4: 5.0}, {3: 6.0, 4: 4.0}, 6), 2, Words("ett två tre"), [0, 4, 8], [3, 7, 11], best=1)
    (span,) = found.spans
    assert (span.start, span.end) == (8, 11)  # not from the third back to the second
    assert found.log_odds > 5


def test_no_answer_wins_where_the_first_position_does() -> None:
    found = reading(logits_of({0: 8.0}, {0: 8.0}, 6), 2, Words("ett två tre"), [0, 4, 8], [3, 7, 11], best=3)
    assert found.no_answer > 0.99
    assert found.log_odds < -5


def test_an_answer_is_at_most_thirty_tokens_long() -> None:
    text = "a " * 60
    starts = list(range(0, 120, 2))
    words, ends = Words(text), [start + 1 for start in starts]
    found = reading(logits_of({1: 9.0}, {31: 9.0, 30: 8.0}, 62), 1, words, starts, ends, best=1)
    assert (found.spans[0].start, found.spans[0].end) == (0, 59)


def test_pieces_of_one_word_count_together() -> None:
    found = reading(logits_of({1: 4.0, 2: 4.0}, {2: 4.0}, 4), 1, Words("Ekdal"), [0, 2], [2, 5], best=3)
    (span,) = found.spans
    assert (span.start, span.end) == (0, 5)
    assert span.probability == pytest.approx(1 - found.no_answer)


def test_windows_are_read_as_the_one_that_answers() -> None:
    silent = Reading((FoundSpan(0, 3, 0.01), FoundSpan(9, 12, 0.02)), 0.97, -3.5)
    sure = Reading((FoundSpan(9, 12, 0.9),), 0.1, 2.2)
    found = best_window([silent, sure])
    assert (found.no_answer, found.log_odds) == (0.1, 2.2)
    assert found.spans == (FoundSpan(9, 12, 0.9),)
    assert best_window([]) == NOTHING
