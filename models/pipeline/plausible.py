"""Whether words can be a name at all, by the Swedish dictionary: *Klockan* and *Inbjudna* cannot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.tables import read_rows
from models.lemma_data import dictionary_lemma

_SHORTEST = 3  # letters of a name that nobody knows


@cache
def _names_that_are_words() -> frozenset[str]:
    return frozenset(row["name"] for row in read_rows("models.tables", "names_that_are_words"))


@lru_cache(maxsize=50_000)
def is_common_word(word: str) -> bool:
    """Whether the dictionary knows the word in lower case only, and it is not a first name as well."""
    lower = word.lower()
    lemma = dictionary_lemma(lower)
    return lemma is not None and lemma[:1].islower() and lower not in _names_that_are_words()


def is_known_name(word: str) -> bool:
    """Whether the dictionary or the table knows the word as a name, however it is written."""
    lower = word.lower()
    lemma = dictionary_lemma(lower)
    return lower in _names_that_are_words() or (lemma is not None and lemma[:1].isupper())


def can_be_person(words: Sequence[str]) -> bool:
    """Whether some word may be a name; without a capital, or with two letters (*Oh*), each must be known as one."""
    if not any(word[:1].isupper() for word in words) or (len(words) == 1 and len(words[0]) < _SHORTEST):
        return all(map(is_known_name, words))
    return not all(map(is_common_word, words))


def can_be_other_name(words: Sequence[str]) -> bool:
    """Whether an organisation or place that opens a line may be called so: some word is no common one."""
    return any(word[:1].isupper() and not is_common_word(word) for word in words)
