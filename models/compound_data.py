"""The compiled dictionary of compounds: which word may begin, join or end one, and how common it is.

Made once from ``hunspell-sv`` (which words, with which linking letters) and ``wordfreq`` (how
common), as two marisa tries of a few megabytes in the user's cache. Neither package is loaded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.cache import cache_folder

DATA_VERSION = 2  # raise when what is compiled changes
FIRST, MIDDLE, LAST = 1, 2, 4
_STEPS = 30  # steps of one Zipf unit (log10 of occurrences per 1e9 words) in a byte
_MOST_LETTERS = 24


@dataclass(frozen=True, slots=True)
class Known:
    """A form: its roles (a sum of ``FIRST``, ``MIDDLE``, ``LAST``), Zipf frequency, dictionary word."""

    roles: int
    zipf: float
    base: str


class CompoundData:
    """Two tries: what may stand before another part, and every form of every word."""

    def __init__(self, inside: Any, forms: Any) -> None:
        self._inside, self._forms = inside, forms

    def beginnings(self, text: str) -> list[tuple[str, Known]]:
        """What may stand before another part at the start of ``text``, linking letters included."""
        return [(found, _unpack(found, self._inside[found][0])) for found in self._inside.prefixes(text)]

    def words(self, text: str) -> list[tuple[str, Known]]:
        """The forms that stand at the start of ``text``, whether or not they may stand before another part."""
        return [(found, _unpack(found, self._forms[found][0])) for found in self._forms.prefixes(text)]

    def form(self, word: str) -> Known | None:
        """The form that ``word`` is, or None if the dictionary does not hold it."""
        found = self._forms.get(word)
        return _unpack(word, found[0]) if found else None


@cache
def compounds_version() -> str:
    """Changes when the compiled dictionary does; ``none`` where there is none."""
    from importlib.metadata import PackageNotFoundError

    from models.hunspell import dictionary_version

    try:
        return f"{DATA_VERSION}-{dictionary_version()}"
    except PackageNotFoundError:
        return "none"


@cache
def compound_data() -> CompoundData | None:
    """The compiled dictionary; None where the packages it is made from are missing.

    Read from the cache, made there where it is not whole, made in memory where nothing can be written.
    """
    from importlib.metadata import PackageNotFoundError

    try:
        folder = cache_folder() / f"compounds-{compounds_version()}"
        return _load(folder) or _make(folder)
    except (PackageNotFoundError, FileNotFoundError, ImportError):
        return None


def _load(folder: Path) -> CompoundData | None:
    from marisa_trie import BytesTrie

    paths = folder / "inside.trie", folder / "forms.trie"
    if not all(path.exists() for path in paths):
        return None
    try:
        inside, forms = (BytesTrie().mmap(str(path)) for path in paths)
        return CompoundData(inside, forms) if "grund" in inside and "protokoll" in forms else None
    except Exception:  # marisa raises RuntimeError or OSError, by the kind of damage
        return None


def _make(folder: Path) -> CompoundData:
    from marisa_trie import BytesTrie

    inside, forms = (BytesTrie(list(rows)) for rows in _compile())
    try:
        import tempfile

        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as making:
            for name, trie in (("inside.trie", inside), ("forms.trie", forms)):
                made = Path(making) / name
                trie.save(str(made))
                made.replace(folder / name)
    except OSError:
        pass  # made anew by the next process
    return CompoundData(inside, forms)


def _compile() -> tuple[Iterator[tuple[str, bytes]], Iterator[tuple[str, bytes]]]:
    """The rows of the two tries: form and packed ``Known``.

    Words without a frequency are left out: too rare to be a part, they could not keep a word whole either.
    """
    from wordfreq import get_frequency_dict

    from models.hunspell import BEGIN, END, ONLY_INSIDE, read_forms
    from models.hunspell import MIDDLE as JOINS

    frequency: dict[str, float] = get_frequency_dict("sv", wordlist="large")
    inside: dict[str, Known] = {}
    forms: dict[str, Known] = {}
    bound: list[tuple[str, str, int]] = []
    bound_words: set[str] = set()

    def keep(table: dict[str, Known], form: str, known: Known) -> None:
        there = table.get(form)
        if there is None:
            table[form] = known
        else:
            better = max(there, known, key=lambda one: (one.roles & LAST, one.zipf, one.base == form))
            table[form] = Known(there.roles | known.roles, max(there.zipf, known.zipf), better.base)

    for one in read_forms(frequency):
        if len(one.form) > _MOST_LETTERS:
            continue
        roles = (FIRST | MIDDLE if BEGIN in one.flags else 0) | (MIDDLE if JOINS in one.flags else 0)
        if one.base == one.form and ONLY_INSIDE in one.flags:
            bound_words.add(one.base)
        if roles and one.base in bound_words:
            bound.append((one.form, one.base, roles))
        elif ONLY_INSIDE not in one.flags or roles:
            zipf = _zipf(max(frequency.get(one.form, 0.0), frequency.get(one.base, 0.0)))
            if roles:
                keep(inside, one.form, Known(roles, zipf, one.base))
            if one.base == one.form or not roles:
                keep(forms, one.form, Known(LAST if END in one.flags else 0, zipf, one.base))
    for form, word, roles in bound:
        base = inside[form].base if form in inside else _free_word(word, forms)
        zipf = max(_zipf(frequency.get(form, 0.0)), forms[base].zipf if base in forms else 0.0)
        keep(inside, form, Known(roles, zipf, base))
    return _rows(inside), _rows(forms)


def _free_word(bound: str, forms: dict[str, Known]) -> str:
    """The commonest word that a bound beginning may come from: *arbets* → *arbete*, *skol* → *skola*."""
    stem = bound[:-1] if bound[-1] in "sueo" else bound
    whole = [bound + ending for ending in ("a", "e")] + [stem + ending for ending in ("", "a", "e")]
    known = [word for word in whole if len(word) > 2 and word in forms and forms[word].base == word]
    return max(known, key=lambda word: forms[word].zipf, default=bound)


def _zipf(frequency: float) -> float:
    from math import log10

    return max(0.0, log10(frequency) + 9) if frequency else 0.0


def _rows(table: dict[str, Known]) -> Iterator[tuple[str, bytes]]:
    for form, known in table.items():
        shared = next((i for i, (a, b) in enumerate(zip(form, known.base)) if a != b), min(len(form), len(known.base)))  # noqa: B905
        packed = bytes((known.roles, min(255, round(known.zipf * _STEPS)), shared))
        yield form, packed + known.base[shared:].encode()


def _unpack(form: str, packed: bytes) -> Known:
    return Known(packed[0], packed[1] / _STEPS, form[: packed[2]] + packed[3:].decode())
