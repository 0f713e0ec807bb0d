"""Which words are Swedish: how much of a text was recognised rightly."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from corpus.tables import table

_WORD = re.compile(r"(?<![\w.@/])[^\W\d_]+(?![\w@])")
_FEW = 20  # words: below it a share says nothing
_MIN_COMPOUND = 7  # letters
_MIN_PART = 3
_MARGIN = 0.1
_BARE = str.maketrans("åäö", "aao")


def known_share(text: str, *, english: bool = False) -> float | None:
    """The part of the words of ``text`` that are known, 0 to 1; None for fewer than 20 words.

    Words with a capital are left out (names, and the start of a sentence is no loss), and so are
    words with figures. A compound is known if its parts are. Words that lost their å ä ö
    (*pa*, *fran*; ``corpus/tables/lost_letters.tsv``) are not known. With ``english`` the words
    of that language are: minutes written in two languages are none the worse for it.
    """
    words = [word for word in _WORD.findall(text) if word.islower()]
    if len(words) < _FEW:
        return None
    return sum(_known(word) or (english and _english(word)) for word in words) / len(words)


def reads_better(new: str, old: str) -> bool:
    """Whether ``new`` is the better reading of the page that ``old`` is a reading of.

    Only the words in which they differ are compared: of those, a greater part must be Swedish
    in the new reading (by a tenth), and it must have as many good words more. A word that the
    other reading has with å ä ö in it counts as lost.
    """
    before, after = Counter(_words(old)), Counter(_words(new))
    gone, come = before - after, after - before
    bare = {word.translate(_BARE) for word in come if word != word.translate(_BARE)}
    bare_gone = {word.translate(_BARE) for word in gone if word != word.translate(_BARE)}
    good_gone = sum(n for word, n in gone.items() if word not in bare and _known(word))
    good_come = sum(n for word, n in come.items() if word not in bare_gone and _known(word))
    share_gone = good_gone / max(1, gone.total())
    share_come = good_come / max(1, come.total())
    return good_come >= good_gone and share_come >= share_gone + _MARGIN


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text) if len(word) > 1]


@cache
def _lost() -> frozenset[str]:
    return frozenset(row["written"] for row in table("lost_letters"))


@lru_cache(maxsize=20_000)
def _known(word: str) -> bool:
    if word in _lost():
        return False
    if len(word) == 1:
        return word in "iåö"
    return _listed(word) or (len(word) >= _MIN_COMPOUND and _compound(word))


def _compound(word: str) -> bool:
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        first, last = word[:cut], word[cut:]
        if _listed(last) and (_listed(first) or (first.endswith("s") and len(first) > 3 and _listed(first[:-1]))):
            return True
    return False


@lru_cache(maxsize=20_000)
def _listed(word: str) -> bool:
    from simplemma import is_known  # 0.6 s for its Swedish dictionary, only where a page is doubted

    return bool(is_known(word, lang="sv"))


@lru_cache(maxsize=20_000)
def _english(word: str) -> bool:
    from simplemma import is_known

    return len(word) > 1 and word not in _lost() and bool(is_known(word, lang="en"))
