"""Related words: the table, and what it widens."""

from __future__ import annotations

from corpus.tables import read_rows
from models.related import related
from models.swedish import normal_form, words

ROWS = list(read_rows("models.tables", "related"))


def test_the_everyday_word_leads_to_the_official_one_and_not_always_back() -> None:
    assert "förskola" in related("dagis")
    assert related("förskola") == ()
    assert "avfall" in related("sopor")
    assert "sopor" in related("avfall")
    assert related("hundrastgård") == ()


def test_every_inflection_leads_there_by_its_normal_form() -> None:
    assert "sammanträde" in related(normal_form("mötena"))
    assert "överskott" in related(normal_form("vinsten"))


def test_every_row_pairs_two_different_single_words() -> None:
    pairs = [(row["word"], row["related"]) for row in ROWS]
    assert len(pairs) >= 120
    assert len(set(pairs)) == len(pairs)
    for word, other in pairs:
        assert words(word) == [word]
        assert words(other) == [other]
        assert normal_form(word) != normal_form(other), (word, other)


def test_every_row_says_why_and_in_which_direction() -> None:
    for row in ROWS:
        assert row["direction"] in ("both", "one")
        assert row["reason"], row
        assert len(words(row["example"])) > 1, row
