"""The Swedish analysis: words, then a lemma by dictionary, then a stem; and the parts of compounds.

simplemma knows 964 000 Swedish forms; what it leaves apart (*ärende*, *ärendena*) the Snowball
stemmer of the lemma brings together. A compound that it does not know gets the lemma of its last
part. Names are not stemmed, only a genitive *s* is cut. A table takes the words that all get wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache

from corpus.tables import digest, read_rows
from models.analysis import Terms, WordTerms
from models.compound_data import compounds_version
from models.compounds import Part, parts, prefix_of, smallest_parts
from models.lemma_data import dictionary_lemma
from models.repair import is_damaged, repaired, signed_words
from models.shared_heads import joined_words, set_apart

ANALYSIS_VERSION = "sv-8"

# Words with inner points, slashes or hyphens that hold a digit are one term beside their parts:
# reference numbers (KS-2031-00012), dates, property names (3:22), web addresses.
_WORD = re.compile(r"[^\W_]+(?:[-'’:./@][^\W_]+)*")
_INNER = re.compile(r"[^\W_]+")

# What may be a date, an amount, a reference number or a short form (*KS*, *bl.a.*).
_NUMBER_OR_SHORT = re.compile(
    r"\d|\b[A-ZÅÄÖ]{2,}\b|\b\w{1,6}\.|\b(?i:klockan|halv|kvart|kronor|procent|miljon|miljarder)\b"
)
_TABLES = (
    *("lemmas", "compounds", "letter_confusions", "unrepaired"),
    *("date_words", "time_words", "units", "number_words", "references", "short_forms"),
)

# Snowball endings of so many letters (-arna, -heten) are no ends of names.
_LONG_ENDING = 3


def words(text: str) -> list[str]:
    """The words of a text in reading order, lower case, in composed Unicode form (NFC)."""
    return [match[0].lower() for match in _WORD.finditer(_composed(text))]


def _composed(text: str) -> str:
    return set_apart(unicodedata.normalize("NFC", text).replace("\u00ad", ""))


@cache
def stopwords() -> frozenset[str]:
    """Swedish and English words that say nothing of a topic."""
    return frozenset(row["word"] for row in read_rows("models.tables", "stopwords"))


@cache
def _exceptions() -> dict[str, str]:
    return {row["form"]: row["term"] for row in read_rows("models.tables", "lemmas")}


@cache
def _stem() -> Callable[[str], str]:
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer("swedish").stemWord
    return stem


@lru_cache(maxsize=200_000)
def normal_form(word: str) -> str:
    """The term that the forms of a word share: *ärendet*, *ärendena* → *ärend*.

    ``word`` is lower case. A word with a digit in it is its own term.
    """
    known = _exceptions().get(word)
    if known is not None:
        return _stem()(known)
    if len(word) < 3 or any(c.isdigit() for c in word):
        return word
    lemma = dictionary_lemma(word)
    if lemma is not None and _is_name(word):
        return lemma.lower()
    made_of = parts(word)
    if made_of and (lemma is None or word[made_of[-1].start :] in _exceptions()):
        return word[: made_of[-1].start] + normal_form(word[made_of[-1].start :])
    if lemma is None:
        return _unknown(word)
    return _stem()(_exceptions().get(lemma, lemma))


def _unknown(word: str) -> str:
    """A word of no dictionary: a word with a prefix (*återremissen*), otherwise most often a name (*Lindbergh*).

    What is left after a prefix has a lemma; long endings are those of nouns, not of names.
    """
    prefix = prefix_of(word)
    if prefix and dictionary_lemma(word[len(prefix) :]) is not None:
        return prefix + normal_form(word[len(prefix) :])
    stem = _stem()(word)
    return stem if len(word) - len(stem) >= _LONG_ENDING else without_genitive(word)


def without_genitive(name: str) -> str:
    """*stefans* → *stefan*."""
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name


def _part_terms(word: str) -> Iterator[str]:
    """The terms of the parts of a word, of the larger and the smaller ones: *barnomsorg*, *barn*, *omsorg*."""
    larger = parts(word)
    smaller = smallest_parts(word)
    every: list[Part] = [*larger, *(part for part in smaller if part not in larger)]
    for part in every:
        yield normal_form(part.surface if part.end == len(word) else part.word)


@lru_cache(maxsize=200_000)
def _word_terms(word: str, damaged: bool = False) -> WordTerms:
    pieces = _INNER.findall(word)
    if len(pieces) > 1:
        found = [term for piece in pieces for term in (normal_form(piece), *_part_terms(piece))]
        return WordTerms(word, word, tuple(found))
    lemma = normal_form(word)
    better = repaired(word, bare=damaged)
    made_of = dict.fromkeys(term for term in _part_terms(better or word) if term != lemma)
    return WordTerms(word, lemma, tuple(made_of), normal_form(better) if better else None)


def _normalised(text: str, day: date | None) -> Iterator[str]:
    """The terms of dates, amounts, reference numbers and short forms, whatever way they are written."""
    if day is None and _NUMBER_OR_SHORT.search(text) is None:
        return
    from models.normal_terms import normal_terms  # its patterns take a tenth of a second to compile

    for term in normal_terms(text, day):
        yield normal_form(term) if term.isalpha() else term


def _named(text: str, found: list[WordTerms]) -> list[WordTerms]:
    """``found`` with surnames that are words kept whole: *Anna Eken* is not *Anna Ek*.

    A capitalised word on the same line right after the first of the known names is a surname; what follows
    two names is not (*Anna Karlsson Ordförande*). The usual term of the word is kept as a part.
    """
    after_name = after_two = False
    end = 0
    for place, match in enumerate(_WORD.finditer(text)):
        one, capital = found[place], match[0][0].isupper() and not match[0].isupper()
        beside = text[end : match.start()] == " "
        name = without_genitive(one.word)
        if after_name and not after_two and capital and beside and name != one.lemma and name.isalpha():
            found[place] = WordTerms(one.word, name, (one.lemma, *one.parts))
        after_two = capital and beside and after_name
        after_name = capital and _is_name(one.word)
        end = match.end()
    return found


@lru_cache(maxsize=20_000)
def _is_name(word: str) -> bool:
    lemma = dictionary_lemma(word)
    return lemma is not None and lemma[:1].isupper()


class SwedishAnalyser:
    """Terms of Swedish text: exact words, one normal form a word, parts of joined words."""

    @property
    def version(self) -> str:
        """Changes whenever the terms of some text change."""
        tables = digest("models.tables", *_TABLES)
        return f"{ANALYSIS_VERSION}-{tables}-{compounds_version()}"

    def damaged(self, text: str) -> bool:
        """Whether text recognition damaged a text, so that its parts need repair."""
        return is_damaged(text)

    def terms(self, text: str, damaged: bool = False, *, day: date | None = None, figures: bool = True) -> Terms:
        """The terms of ``text``, the same for a document and for a question.

        ``damaged``: it is part of a damaged document. ``day``: the date of the document, which says
        the year of *den 5 oktober* and what *i morgon* is. ``figures``: whether dates, amounts,
        numbers and short forms get their terms; else they are words only.
        """
        text = _composed(text)
        damaged = is_damaged(text, within=damaged)
        found = _named(text, [_word_terms(word, damaged) for word in words(text)])
        lemmas = [one.lemma for one in found] + [one.repaired for one in found if one.repaired]
        mended = (repaired(word, bare=damaged) for word in signed_words(text))
        lemmas += [normal_form(word) for word in mended if word]
        made_of = [part for one in found for part in one.parts]
        if figures:
            lemmas += _normalised(text, day)
        for whole in (word for pair in joined_words(text) for word in pair):
            made_of.append(normal_form(whole))
        return Terms(tuple(one.word for one in found), tuple(lemmas), tuple(made_of))

    def word(self, word: str) -> WordTerms:
        """What the analysis makes of one word of ``words``."""
        return _word_terms(word)
