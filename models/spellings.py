"""Which Swedish words look alike once å, ä, ö and accents are gone, and how common each is.

simplemma's dictionary and wordfreq's frequencies, compiled once into a trie in the user's cache:
from the bare form to the words that it may stand for. It loads in milliseconds; wordfreq takes
a second to import and is only used to make the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from models.cache import cache_folder, kept_trie

_FORMAT = 1  # of the compiled file
_STEPS = 15  # a step is 1.17 times as frequent
_LISTED = 1  # the bit of the dictionary
_BARE = str.maketrans("åäöéèêëáàâãçíìîïñóòôõúùûü", "aaoeeeeaaaaciiiinoooouuuu")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as it is written, lower case.

    ``zipf`` is the decimal logarithm of its occurrences in a billion words (0 where none is
    known), ``listed`` whether the dictionary holds it.
    """

    word: str
    zipf: float
    listed: bool


def bare(word: str) -> str:
    """A lower-cased word without å, ä, ö and accents, as long as before."""
    return word.translate(_BARE)


@lru_cache(maxsize=100_000)
def alike(form: str) -> tuple[Spelling, ...]:
    """The words whose bare form is ``form``, the most common first."""
    found = [_unpacked(form, packed) for packed in _trie().get(form) or ()]
    return tuple(sorted(found, key=lambda one: (-one.zipf, not one.listed, one.word)))


def spelling(word: str) -> Spelling:
    """What is known of a lower-cased word as it stands; zipf 0 and not listed where nothing is."""
    return next((one for one in alike(bare(word)) if one.word == word), Spelling(word, 0.0, False))


def _packed(form: str, word: str, zipf: float, listed: bool) -> bytes:
    """One byte of frequency and dictionary, then place and letter for each that is not bare."""
    first = min(127, round(zipf * _STEPS)) << 1 | (_LISTED if listed else 0)
    if form == word:
        return bytes([first])
    marks = ((place, ord(one)) for place, (one, plain) in enumerate(zip(word, form, strict=True)) if one != plain)
    return bytes([first, *(number for mark in marks for number in mark)])


def _unpacked(form: str, packed: bytes) -> Spelling:
    letters = list(form)
    for place, letter in zip(packed[1::2], packed[2::2], strict=True):
        letters[place] = chr(letter)
    return Spelling("".join(letters), (packed[0] >> 1) / _STEPS, bool(packed[0] & _LISTED))


@cache
def _trie() -> Any:
    """The compiled file, made once and moved into place whole; made in memory without a cache folder."""
    from marisa_trie import BytesTrie

    folder = cache_folder() / f"spellings-{_FORMAT}-{_versions()}"
    path = folder / "sv.spellings"
    try:
        if (kept := kept_trie(path, "ordforande")) is not None:
            return kept
        import tempfile

        folder.mkdir(parents=True, exist_ok=True)
        made = BytesTrie(_entries())
        with tempfile.TemporaryDirectory(dir=folder) as making:
            made.save(str(Path(making) / path.name))
            (Path(making) / path.name).replace(path)
        return made
    except OSError:
        return BytesTrie(_entries())


def _versions() -> str:
    from importlib.metadata import version

    return f"{version('simplemma')}-{version('wordfreq')}"


def _entries() -> Iterator[tuple[str, bytes]]:
    """Bare form and packed word of every word of letters that the dictionary or wordfreq holds."""
    from math import log10

    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    from wordfreq import get_frequency_dict

    zipfs = {word: log10(share) + 9 for word, share in get_frequency_dict("sv", "large").items()}
    forms = (unicodedata.normalize("NFC", form) for form in DefaultDictionaryFactory().get_dictionary("sv"))
    listed = {form for form in forms if form.islower()}  # *Pa* is no reason to keep *pa*
    for word in listed | zipfs.keys():
        form = bare(word)
        if word.isalpha() and len(word) < 64 and (form.isascii() or max(word) <= "ÿ"):
            yield form, _packed(form, word, zipfs.get(word, 0.0), word in listed)
