"""Names of people in minutes, found by their form: *Asta Gren*, *Per-Olof af Ek*.

The pipeline finds more names by their context; heads, lists and signatures have little of it, and
there the form and what stands beside it are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from corpus.tables import read_rows
from models.lemma_data import dictionary_lemma
from models.swedish import stopwords

_LETTERS = "a-zåäöéüáèíóúçñøæć"
_WORD = rf"[A-ZÅÄÖÉÜØŠ][{_LETTERS}]+(?:-[A-ZÅÄÖÉÜØ][{_LETTERS}]+)*"
_PARTICLES = r"(?:(?:von|van|af|de|der|la|el) )*"
_FULL = re.compile(rf"(?<![\w-]){_WORD}(?: {_PARTICLES}{_WORD}){{1,3}}(?![\w-])")
_SINGLE = re.compile(rf"{_WORD}(?: {_PARTICLES}{_WORD}){{0,3}}(?: \d)?")
_NICK = re.compile(rf"[{_LETTERS}][{_LETTERS}A-Z]{{1,11}}")  # *kaj*, *williamR*: what members call each other
_CALLED = re.compile(
    rf"({_FULL.pattern})[ \n][(‹<\[]({_NICK.pattern})[)›>\]]"
    rf"|(?<!\w)({_NICK.pattern})[ \n][(‹<\[]({_FULL.pattern})[)›>\]]"
    rf"|({_FULL.pattern}),[ \n]({_NICK.pattern}),"
)
_BESIDE = re.compile(r"\s*[(\[‹<][^)\]›>]*[)\]›>]")
_AND = re.compile(r"\s*(?:,|;|&|\n|\bsamt\b|\boch\b|\band\b|\bjämte\b)\s*", re.IGNORECASE)
_LONGEST_WORD_AND_NAME = 6  # letters: *Fabian*; longer words of the dictionary are words
_LONGEST_NICK = 5  # letters of a nickname that may be the form of a verb: *kaj* (of *kaja*)
_WORDS_THAT_ARE_NAMES = frozenset({"per", "kan", "siv"})
_CLOSE = 0.82  # how alike two spellings of one name are: one or two letters of ten differ


@dataclass(frozen=True, slots=True)
class Name:
    """A name at characters ``start`` to ``end`` of the text that was searched."""

    start: int
    end: int
    text: str


@cache
def word_pattern(table: str) -> re.Pattern[str]:
    """What any row of a table of words here matches, as one pattern for a whole word or phrase."""
    rows = read_rows("models.registers.tables", table)
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


@cache
def _organisation() -> re.Pattern[str]:
    rows = list(read_rows("models.registers.tables", "organisation_words"))
    free = "|".join(f"(?i:{row['pattern']})" for row in rows if "A-ZÅÄÖ" not in row["pattern"])
    return re.compile("|".join([free, *(row["pattern"] for row in rows if "A-ZÅÄÖ" in row["pattern"])]))


def is_organisation_word(word: str) -> bool:
    """Whether a word names a kind of organisation (*kommun*, *Kulturverket*) or is an acronym."""
    return _organisation().fullmatch(word.removesuffix("s") if word.isupper() else word) is not None


def is_role_word(word: str) -> bool:
    """Whether a word is what someone can be: *ordförande*, *avdelningschef*."""
    return word_pattern("role_words").fullmatch(word) is not None


def find_names(text: str) -> Iterator[Name]:
    """The full names (two to four words) of people in a text, in reading order."""
    for match in _FULL.finditer(text):
        start, words = match.start(), match[0].split(" ")
        while len(words) > 1 and _no_first_name(words[0]):
            start += len(words[0]) + 1
            words = words[1:]
        for k, word in enumerate(words):
            if is_role_word(word) or (k and word_pattern("no_names").fullmatch(word)):
                words = words[:k]  # *Asta Gren Ordförande*
                break
        if len(words) > 1 and not any(map(is_organisation_word, words)):
            name = " ".join(words)
            yield Name(start, start + len(name), name)


def groups_of(text: str, names: Sequence[Name], joiner: re.Pattern[str]) -> Iterator[list[Name]]:
    """Names with nothing but ``joiner`` between them: *Asta Gren och Bo Ek*, who share what follows."""
    group: list[Name] = []
    for one in names:
        if group and not joiner.fullmatch(text, group[-1].end, one.start):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


@cache
def _no_first_name(word: str) -> bool:
    """*Ordförande*, *Därefter*, *Mötet*: a word that has its capital from where it stands.

    Names that are words as well (*Björn*, *Jan*, *Hans*) are short.
    """
    if is_role_word(word) or word_pattern("role_openers").fullmatch(word) or word_pattern("no_names").fullmatch(word):
        return True
    lower = word.lower()
    if lower in stopwords() and lower not in _WORDS_THAT_ARE_NAMES:
        return True
    lemma = dictionary_lemma(lower)
    return lemma is not None and lemma.islower() and len(word) > _LONGEST_WORD_AND_NAME


def people_of(text: str, nicknames: bool = False) -> list[str]:
    """The people that a phrase names and nothing else: *Asta och Bo Ek*, *Asta Gren (S), Bo Ek (M)*.

    Leading roles go (*ordförande Asta Gren*). With ``nicknames`` also a single word in lower case (*kaj*).
    """
    found = []
    for piece in _AND.split(_BESIDE.sub("", text)):
        words = piece.strip(" .:–-*_\t/").split()
        while len(words) > 1 and _no_first_name(words[0]):
            words = words[1:]
        name = " ".join(words)
        if any(map(is_role_word, words)) or any(map(is_organisation_word, words)):
            continue
        in_form = _SINGLE.fullmatch(name) and (len(words) > 1 or not _no_first_name(name))
        if in_form or (nicknames and _NICK.fullmatch(name)):
            found.append(name)
    return found


def is_nickname(text: str) -> bool:
    """Whether a text is a single word in lower case that may be a nickname: *kaj*, but not *bordlades*."""
    verb = len(text) > _LONGEST_NICK and (dictionary_lemma(text) or "").endswith("a")
    return _NICK.fullmatch(text) is not None and text not in stopwords() and not verb


def nicknames_in(text: str) -> dict[str, str]:
    """What people are called, as a text itself says: *kaj (Rasmus Ek)*, *Rasmus Ek ‹kaj›*.

    Only nicknames in lower case that the text gives to one name.
    """
    found: dict[str, set[str]] = {}
    for match in _CALLED.finditer(text):
        name, nick = match[1] or match[4] or match[5], match[2] or match[3] or match[6]
        if is_role_word(nick) or (match[6] and not _role_before(text[: match.start()], name)):
            continue  # *Asta Gren, ordf, …*; in a list *Asta Gren, grus, Bo Ek* are three
        for one in find_names(name):
            if name.endswith(one.text):
                found.setdefault(nick, set()).add(one.text)
    return {nick: names.pop() for nick, names in found.items() if len(names) == 1}


def _role_before(text: str, name: str) -> bool:
    """Whether a role stands before a name or begins it: *ordförande Asta Gren, grus, …*."""
    return any(map(is_role_word, [*text[-40:].split()[-1:], name.split()[0]]))


def same_name(first: str, second: str) -> bool:
    """Whether two writings may be one person: *Asta* and *Asta Gren*, *Gustavsson* and *Gustafsson*."""
    one, other = first.casefold().split(), second.casefold().split()
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    return len(one) == len(other) and alike(first, second)


def alike(first: str, second: str) -> bool:
    """Whether two full names differ by a letter or two."""
    return SequenceMatcher(None, first.casefold(), second.casefold()).ratio() >= _CLOSE


def full_name(name: str, known: Sequence[str]) -> str:
    """The one of the known names that a writing means; the writing itself where none or several may be."""
    if name in known:
        return name
    words = set(name.casefold().split())
    within = [one for one in dict.fromkeys(known) if words <= set(one.casefold().split())]
    if len(within) == 1:
        return within[0]
    if not within and " " in name:
        close = [one for one in dict.fromkeys(known) if same_name(name, one)]
        if len(close) == 1:
            return close[0]
    return name


def joined(names: Iterable[str]) -> str:
    """*Asta*, *Asta och Bo*, *Asta, Bo och Siv*."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} och {last}" if first else last
