"""Words that scanning or a foreign keyboard damaged: å, ä and ö lost, letters taken for others.

The repaired word is indexed beside the one that stands there, and never shown. A word that is no
word is repaired where one reading is clearly the most common. A word that is also another (*far*
for *får*) is repaired only where the text around it is damaged, and only if the other is at least
five times as frequent. Method and figures: docs/decisions/0015-damaged-text.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus.tables import read_rows
from models.spellings import Spelling, alike, bare, spelling

_REMEMBERED = 64  # questions: several parts of one search restore the same
_FIVE_TIMES = 0.7  # in zipf, the decimal logarithm
_THIRTY_TIMES = 1.5
_HUNDRED_TIMES = 2.0
_NAME = 3.0  # zipf from which a word that no dictionary holds counts as one
_COMMON = {True: 1.5, False: 2.5}  # zipf of a word that confused letters may be read as, in a damaged text or not
_SLIP = 1.0  # zipf that a confused letter costs
_PART = 2.0  # zipf of a part of a compound
_SHORT_PART = 5.0  # and of a part of three letters
_MIN_PART = 3  # letters of a part of a compound
_MIN_SURE_PART = 4  # and outside a damaged text
_JOINT = 1.0  # zipf that a further part costs
# Letters of a word whose letters are read as others: in a damaged text or not, with figures or signs in it or not.
# *r&d* is no *råd*; in a damaged text *p&* is *på*.
_MIN_SLIP = {(True, True): 2, (True, False): 3, (False, True): 4, (False, False): 6}
_LONG = 8  # letters of a word with two confused letters
_SHORT = 4  # letters of a word that alone does not tell the language
_MIN_SURE = 3  # letters of a word that is repaired without a damaged text around it
_FEW = 30  # words: below it a share says nothing
_DAMAGED = 0.02  # share of the words that are no words and can be repaired

_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"""("[^"]*"|[”“][^”“]*[”“]|»[^»«]*[»«])""")
_WORD = re.compile(r"[&|]{0,2}[^\W_]+(?:[&|]{1,2}[^\W_]+)*[&|]{0,2}")
_SIGNS = re.compile(r"[&|]+")
_DOTS = re.compile(r"[åäö]", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def repaired(word: str, *, bare: bool = False) -> str | None:
    """The word that a damaged one probably was, or None where it is fine or nobody can tell.

    ``word`` is lower case, ``bare`` says that the text which it stands in is damaged
    (``is_damaged``): then words that exist (*for*, *pa*) are repaired as well. What is returned
    needs no repair itself, and is at most two letters shorter or longer.
    """
    found = _probable(word, damaged=bare)
    return found if found is not None and _probable(found, damaged=bare) is None else None


def is_damaged(text: str, *, within: bool = False) -> bool:
    """Whether text recognition damaged this text so that its words need repair.

    True if at least 2 % of its words (and two) are no words but become one by repair. False for a text of
    fewer than 30 words and for a text in another language. ``within``: the text is a part of a damaged
    one; then it is damaged too, however short, unless it is in another language.
    """
    found = [word.lower() for word in _words(unicodedata.normalize("NFC", text)) if not word.isdigit()]
    if _english(found) or (len(found) < _FEW and not within):
        return False
    # By its name even here: called otherwise, what is remembered would be another call's.
    return within or sum(repaired(word, bare=False) is not None for word in found) >= max(2, _DAMAGED * len(found))


def signed_words(text: str) -> Iterator[str]:
    """The words of ``text`` in which ``&`` or ``|`` may be a letter, lower case: *p&*, *protoko||et*.

    None of those whose pieces are words themselves (*Bygg&Miljö*, *|Val|Beslut|*), nor short names in
    capitals (*H&M*).
    """
    for word in _words(text):
        if _SIGNS.search(word):
            yield word.lower()


def mended(part: str) -> str:
    """A part of a damaged text with every word as it probably stood, for machines to read, not people."""
    if not is_damaged(part, within=True):
        return part

    def probable(match: re.Match[str]) -> str:
        return _like(match[0], repaired(match[0].lower(), bare=True) if _is_one(match[0]) else None)

    return _WORD.sub(probable, part)


@lru_cache(_REMEMBERED)
def restored(question: str) -> str:
    """A question that was typed without å, ä and ö, with them: *vem ar ordforande* → *vem är ordförande*.

    A question that holds one of them, is in English, or makes sense as it stands is returned as it is,
    and so is what stands in quotation marks.
    """
    found = [word.lower() for word in _LETTERS.findall(_QUOTED.sub(" ", question))]
    if _DOTS.search(question) or _english(found):
        return question
    swedish = any(word in _stopwords("sv") - _stopwords("en") for word in found)
    if not any(_is_bare(word) for word in found if swedish or len(word) > _SHORT):  # *for* and *over* are English too
        return question
    pieces = _QUOTED.split(question)  # every second one is quoted
    pieces[::2] = [_LETTERS.sub(lambda match: _restored_word(match[0]), piece) for piece in pieces[::2]]
    return "".join(pieces)


def _restored_word(word: str) -> str:
    if word.lower() in _unrepaired("questions"):
        return word
    return _like(word, _by_letters(word.lower(), damaged=True) or _by_parts(word.lower(), damaged=True))


def _like(word: str, found: str | None) -> str:
    """``found`` in capitals where ``word`` has them; ``word`` where nothing was found."""
    if found is None:
        return word
    if word.isupper() and len(word) > 1:
        return found.upper()
    return found[0].upper() + found[1:] if word[0].isupper() else found


def _is_bare(word: str) -> bool:
    """Whether a word of a question shows that its å, ä and ö are missing."""
    if word in _unrepaired("questions"):
        return False
    found = _by_letters(word, damaged=True)
    if found is not None and spelling(found).zipf >= spelling(word).zipf + _THIRTY_TIMES:
        return True
    return _by_letters(word, damaged=False) is not None or _by_parts(word, damaged=False) is not None


def _words(text: str) -> Iterator[str]:
    """The words of a text; a sign beside or between whole words divides them, other signs may be letters."""
    for word in _WORD.findall(text):
        yield from (word,) if _is_one(word) else filter(None, _SIGNS.split(word))


def _is_one(word: str) -> bool:
    """Whether the signs in a word may be letters: not beside or between whole words, nor in *H&M*."""
    pieces = [piece for piece in _SIGNS.split(word.lower()) if piece]
    if pieces == [word.lower()]:
        return True
    short_name = word.isupper() and len(word) <= _SHORT
    return not short_name and not all(len(one) >= _MIN_PART and _is_word(spelling(one)) for one in pieces)


def _probable(word: str, *, damaged: bool) -> str | None:
    if "-" in word:
        pieces = word.split("-")
        new = [_probable(piece, damaged=damaged) or piece for piece in pieces]
        return "-".join(new) if new != pieces else None
    if len(word) < 2 or word.isdigit():
        return None
    for way in (_by_letters, _by_parts, _by_slips, _by_slipped_parts):
        if found := way(word, damaged=damaged):
            return found
    return None


def _by_letters(word: str, *, damaged: bool) -> str | None:
    """The word with its å, ä and ö put back."""
    if word in _unrepaired("everywhere"):
        return None
    own = spelling(word)
    others = [one for one in alike(bare(word)) if _is_word(one) and _only_adds(one.word, word)]
    if not others:
        return None
    best = others[0]
    if damaged:
        return best.word if best.zipf >= own.zipf + _FIVE_TIMES or not _is_word(own) else None
    if own.listed or len(word) < _MIN_SURE or 0 < own.zipf > best.zipf - _HUNDRED_TIMES:
        return None
    return best.word if len(others) == 1 or best.zipf >= others[1].zipf + _FIVE_TIMES else None


def _only_adds(new: str, old: str) -> bool:
    """Whether ``new`` is ``old`` with dots or rings added, and nothing that stood there taken away."""
    return new != old and all(a == b or (a in "åäö" and b in "ao") for a, b in zip(new, old, strict=True))


def _by_parts(word: str, *, damaged: bool) -> str | None:
    """An unknown compound with the å, ä and ö of its parts put back; of three parts in a damaged text only."""
    if _is_word(spelling(word)) or not word.isalpha() or (not damaged and _joined(word)):
        return None
    best = _split(word, 3 if damaged else 2, _MIN_PART if damaged else _MIN_SURE_PART)
    return best[1] if best and best[1] != word else None


def _joined(word: str) -> bool:
    """Whether a word is a compound as it stands."""
    cuts = range(_MIN_PART, len(word) - _MIN_PART + 1)
    return any(spelling(word[:cut].removesuffix("s")).listed and spelling(word[cut:]).listed for cut in cuts)


def _split(word: str, most: int, shortest: int) -> tuple[float, str] | None:
    """The best reading of a compound of up to ``most`` parts: its score (mean zipf, less for each part), the word."""
    readings = []
    for cut in range(shortest, len(word) - shortest + 1):
        if tail := _part(word[cut:]):
            for head in _heads(word[:cut], most - 1, shortest):
                readings.append(((head[0] + tail.zipf) / 2 - _JOINT, head[1] + tail.word))
    return max(readings, default=None)


def _heads(part: str, most: int, shortest: int) -> Iterator[tuple[float, str]]:
    """The readings of the first part of a compound; an s may end it."""
    for ending in ("", "s"):
        if part.endswith(ending) and (head := _part(part.removesuffix(ending))):
            yield head.zipf, head.word + ending
    if most > 1 and (split := _split(part, most, shortest)):
        yield split


def _part(part: str) -> Spelling | None:
    least = _SHORT_PART if len(part) == _MIN_PART else _PART
    fit = (one for one in alike(bare(part)) if one.listed and one.zipf >= least)
    found = [one for one in fit if one.word == part or _only_adds(one.word, part)]
    own = next((one for one in found if one.word == part), None)
    if own and (part in _unrepaired("everywhere") or found[0].zipf < own.zipf + _FIVE_TIMES):
        return own
    return found[0] if found else None


def _by_slips(word: str, *, damaged: bool) -> str | None:
    """A word that is none, with one or two letters read as others.

    Short words, and names, turn into others too easily: outside a damaged text a word of letters
    alone must be longer and its reading more common, and only long words have two slips.
    """
    signs = not word.isalpha()
    shortest = _MIN_SLIP[damaged, signs]
    if _is_word(spelling(word)) or len(word) < shortest:
        return None
    once = _with_slip(word, _confusions())
    twice = {new for one in once for new in _with_slip(one, _confusions())} if len(word) >= _LONG else set()
    scores: dict[str, float] = {}
    for cost, forms in ((_SLIP, once), (2 * _SLIP, twice)):
        for form in forms:
            best = next((one for one in alike(bare(form)) if one.word == form or _only_adds(one.word, form)), None)
            if best and best.listed and best.zipf >= _COMMON[damaged] and len(best.word) >= len(word) - 2:
                scores[best.word] = max(scores.get(best.word, 0.0), best.zipf - cost)
    ranked = sorted(scores, key=lambda one: (-scores[one], one))
    if not ranked or (len(ranked) > 1 and scores[ranked[0]] < scores[ranked[1]] + (0 if damaged else _FIVE_TIMES)):
        return None
    counted = word.strip("0123456789")  # *10st* is a number of things
    return None if counted != word and spelling(counted).zipf > spelling(ranked[0]).zipf - _FIVE_TIMES else ranked[0]


def _by_slipped_parts(word: str, *, damaged: bool) -> str | None:
    """An unknown compound of a damaged text with one å, ä or ö read as another letter: *tjdnstegrupp*.

    With other letters names become compounds too easily.
    """
    if not damaged or len(word) < _LONG or not word.isalpha() or _is_word(spelling(word)) or _joined(word):
        return None
    dotted = tuple(pair for pair in _confusions() if _DOTS.fullmatch(pair[1]))
    splits = (_split(form, 3, _MIN_SURE_PART) for form in sorted(_with_slip(word, dotted)))
    best = max((split for split in splits if split), default=None)
    return best[1] if best and len(best[1]) >= len(word) - 2 else None


@cache
def _unrepaired(where: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("models.tables", "unrepaired") if row["where"] == where)


@cache
def _confusions() -> tuple[tuple[str, str], ...]:
    return tuple((row["written"], row["right"]) for row in read_rows("models.tables", "letter_confusions"))


def _with_slip(word: str, confusions: tuple[tuple[str, str], ...]) -> set[str]:
    """The word with one of ``confusions`` undone, at each place where one may have been made.

    é near the end is no e: *Sandén* is a name.
    """
    found = set()
    for written, right in confusions:
        place = word.find(written)  # most are nowhere in a word, and this is asked of every unknown one
        while place >= 0:
            if not (written == "é" and right == "e" and place > len(word) - 4):
                found.add(word[:place] + right + word[place + len(written) :])
            place = word.find(written, place + 1)
    return found


def _is_word(one: Spelling) -> bool:
    return one.listed or one.zipf >= _NAME


@cache
def _stopwords(language: str) -> frozenset[str]:
    rows = read_rows("models.tables", "stopwords")
    return frozenset(bare(row["word"]) for row in rows if row["language"] == language)


def _english(words: list[str]) -> bool:
    """Whether more of the words are English than Swedish function words."""
    english, swedish = _stopwords("en"), _stopwords("sv")
    return sum(word in english - swedish for word in words) > sum(word in swedish - english for word in words)
