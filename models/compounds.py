"""Compounds: *barnomsorgsavgift* is *barn*, *omsorg* and *avgift*.

Which words may begin, join and end a compound, and with which linking letters, is what the flags of
the Swedish hunspell dictionary say; how common the parts are decides between splits, and whether a
word that stands in the dictionary itself is one (*beslut* is not *bes* + *lut*). A split covers the
whole word. ``models/tables/compounds.tsv`` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.tables import read_rows
from models.compound_data import FIRST, LAST, MIDDLE, CompoundData, Known, compound_data

# The least Zipf frequency of a part, by its letters (linking letters not counted): the shorter a
# part, the likelier it is there by chance. Set by hand on some forty compounds of minutes, then looked
# over on 700 words of Talbanken's training part.
_LEAST_ZIPF = {3: 4.0, 4: 2.9, 5: 2.3}
_LEAST_ZIPF_LONG = 1.3
_FEWEST_LETTERS = 3
_MOST_LETTERS = 60
_FEWEST_LETTERS_FREE = 5
# A word without a flag for it begins compounds as if it were a tenth as common.
_RARER_BEGINNING = 1.0
_FEWEST_AFTER_PREFIX = 5
_COST_OF_A_PART = 1.0
_COMMONEST = 7.5  # Zipf frequency of *och*
# A word of the dictionary is a compound unless it is this much commoner than its rarest part.
_COMMONER_WHOLE = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands without linking letters, its place in the word, and its dictionary word."""

    surface: str
    start: int
    end: int
    word: str


def split(word: str) -> tuple[str, ...]:
    """The smallest parts of a lower-case word without linking letters; empty if the word is simple."""
    return tuple(part.surface for part in smallest_parts(word))


def smallest_parts(word: str) -> tuple[Part, ...]:
    """``parts`` with those parts split again that are compounds themselves."""
    found: list[Part] = []
    for part in parts(word):
        inner = smallest_parts(part.surface) or _as_base(part.surface, smallest_parts(part.word))
        for one in inner[:-1]:
            found.append(Part(one.surface, part.start + one.start, part.start + one.end, one.word))
        if inner:
            found.append(Part(inner[-1].surface, part.start + inner[-1].start, part.end, inner[-1].word))
        else:
            found.append(part)
    return tuple(found)


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[Part, ...]:
    """The parts of a lower-case word in order; empty if the word is simple or unknown."""
    if not _FEWEST_LETTERS + 2 <= len(word) <= _MOST_LETTERS or not word.isalpha():
        return ()
    data = compound_data()
    if data is None:
        return ()
    listed = _listed().get(word)
    if listed is not None:
        return _as_listed(listed)
    known = data.form(word)
    if known and known.base != word:
        return _as_base(word, parts(known.base))
    found = _Search(word, data).best(0)
    if not found or (known and min(zipf for _, zipf in found[1]) < known.zipf - _COMMONER_WHOLE):
        return ()
    return tuple(part for part, _ in found[1])


def _as_base(word: str, found: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts of a form, from those of its dictionary word: the last part has the ending."""
    if not found or len(word) - found[-1].start < _FEWEST_LETTERS:
        return ()
    last = found[-1]
    return (*found[:-1], Part(word[last.start :], last.start, len(word), last.word))


Way = tuple[float, tuple[tuple[Part, float], ...]]


class _Search:
    """The cheapest way to make up one word of parts; what is left of it is remembered by its start."""

    def __init__(self, word: str, data: CompoundData) -> None:
        self._word, self._data = word, data
        self._left: dict[int, Way | None] = {}

    def best(self, start: int) -> Way | None:
        """Cost and parts with their Zipf frequencies from ``start`` to the end of the word."""
        if start not in self._left:
            self._left[start] = None
            self._left[start] = min(self._ways(start), key=lambda way: way[0], default=None)
        return self._left[start]

    def _ways(self, start: int) -> list[Way]:
        word, rest = self._word, self._word[start:]
        ways: list[Way] = []
        last = self._data.form(rest) if start else None
        if last and (last.roles & LAST or last.base in _ends()) and _serves(rest, last):
            ways.append((_cost(last), ((Part(rest, start, len(word), last.base), last.zipf),)))
        role = MIDDLE if start else FIRST
        beginnings = [*self._data.beginnings(rest), *_listed_beginnings(rest, self._data), *self._free_words(rest)]
        for form, known in beginnings:
            end = start + len(form)
            if not known.roles & role or end >= len(word):
                continue
            surface = _without_link(form, known.base)
            if not _serves(surface, known):
                continue
            part = Part(surface, start, end, known.base), known.zipf
            # Three equal consonants are written as two: klass + skillnad is klasskillnad.
            doubled = len(form) > 2 and form[-1] == form[-2] and form[-1] not in "aeiouyåäö"
            for onward in (end, end - 1) if doubled else (end,):
                further = self.best(onward)
                if further:
                    ways.append((_cost(known) + further[0], (part, *further[1])))
        return ways

    def _free_words(self, rest: str) -> Iterator[tuple[str, Known]]:
        """Long words that end compounds and so begin them too, though no flag says so: *uppdrag* + s."""
        for form, known in self._data.words(rest):
            if len(form) >= _FEWEST_LETTERS_FREE and known.base == form and known.roles & LAST:
                rarer = Known(FIRST | MIDDLE, known.zipf - _RARER_BEGINNING, form)
                yield form, rarer
                if rest.startswith("s", len(form)):
                    yield form + "s", rarer


def _cost(known: Known) -> float:
    return _COST_OF_A_PART + max(0.0, _COMMONEST - known.zipf)


def _serves(surface: str, known: Known) -> bool:
    """Whether a part is long or common enough, or listed."""
    if surface in _short_parts():
        return True
    if (
        len(surface) < _FEWEST_LETTERS
        or len(known.base) < _FEWEST_LETTERS
        or surface in _barred()
        or known.base in _barred()
    ):
        return False
    return known.zipf >= _LEAST_ZIPF.get(len(surface), _LEAST_ZIPF_LONG)


def _without_link(form: str, base: str) -> str:
    """*barnomsorgs* of *barnomsorg* → *barnomsorg*, *arbets* of *arbete* → *arbet*, *skol* of *skola* → *skol*."""
    if form == base or not form.startswith(base[:-1]):
        return form
    if form.startswith(base):
        return base
    return form[:-1] if len(form) >= len(base) else form


@cache
def _listed() -> dict[str, str]:
    return {row["word"].replace("|", "").replace("+", ""): row["word"] for row in (*_rows("split"), *_rows("whole"))}


def _listed_beginnings(text: str, data: CompoundData) -> list[tuple[str, Known]]:
    """Beginnings that the table adds: *gatu* of *gata*."""
    found = []
    for form, base in _first_forms():
        known = data.form(base) if text.startswith(form) else None
        if known:
            found.append((form, Known(FIRST | MIDDLE, known.zipf, base)))
    return found


@cache
def _first_forms() -> tuple[tuple[str, str], ...]:
    pairs = (row["word"].partition("=") for row in _rows("beginning"))
    return tuple((form, base) for form, _, base in pairs)


@cache
def _ends() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("end"))


@cache
def _short_parts() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("part"))


@cache
def _barred() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("no_part"))


def _rows(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in read_rows("models.tables", "compounds") if row["kind"] == kind)


def _as_listed(marked: str) -> tuple[Part, ...]:
    """``marked`` has ``|`` between parts and ``+`` before linking letters: ``arbet+s|plats``."""
    pieces = marked.split("|")
    found, start = [], 0
    for piece in pieces if len(pieces) > 1 else ():
        surface = piece.partition("+")[0]
        end = start + len(piece.replace("+", ""))
        found.append(Part(surface, start, end, surface))
        start = end
    return tuple(found)


def dictionary_word(beginning: str) -> str:
    """The word that the beginning of a compound comes from: *skol* → *skola*, *lednings* → *ledning*."""
    data = compound_data()
    known = dict(data.beginnings(beginning)).get(beginning) if data else None
    return known.base if known else beginning


def prefix_of(word: str) -> str:
    """The longest listed prefix of a word, if enough is left: *återremissen* → *åter*; otherwise nothing."""
    found = [one for one in _prefixes() if word.startswith(one) and len(word) - len(one) >= _FEWEST_AFTER_PREFIX]
    return max(found, key=len, default="")


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(row["word"] for row in _rows("prefix"))
