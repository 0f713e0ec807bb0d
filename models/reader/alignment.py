"""Text as the tokenizer wants it (NFKC, one kind of space), and where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Aligned:
    """Normalised text; character ``i`` came from ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def aligned(original: str, replaced: Mapping[int, str]) -> Aligned:
    """NFKC of ``original`` after ``replaced``, which maps code points to one character or to nothing.

    What NFKC joins or takes apart (a letter and its accent, a ligature) shares one range. Runs of
    spaces are kept.
    """
    clean = original.translate(replaced)
    if len(clean) == len(original) and unicodedata.is_normalized("NFKC", clean):
        return Aligned(clean, range(len(clean)), range(1, len(clean) + 1))
    places = [number for number, character in enumerate(original) if replaced.get(ord(character)) != ""]
    wanted = unicodedata.normalize("NFKC", clean)
    for cut in (_before_letters, _around_spaces):
        found = _by_parts(clean, places, cut(clean))
        if found.text == wanted:
            return found
    raise AssertionError("NFKC joined characters across a space")  # the standard rules it out


def _by_parts(clean: str, places: Sequence[int], cuts: Sequence[int]) -> Aligned:
    """Normalises each part of ``clean`` by itself; ``places`` says where its characters stood."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in pairwise((*cuts, len(clean))):
        part = unicodedata.normalize("NFKC", clean[start:end])
        own = places[start:end]
        texts.append(part)
        if len(part) == len(own):
            starts.extend(own)
            ends.extend(place + 1 for place in own)
        else:
            starts.extend([own[0]] * len(part))
            ends.extend([own[-1] + 1] * len(part))
    return Aligned("".join(texts), starts, ends)


def _before_letters(clean: str) -> list[int]:
    """A part begins at each character that is no accent: right but for a few scripts such as Hangul."""
    return [n for n, character in enumerate(clean) if n == 0 or not unicodedata.combining(character)]


def _around_spaces(clean: str) -> list[int]:
    """Spaces and words are parts: nothing joins with a space before it."""
    return [n for n in range(len(clean)) if n == 0 or " " in clean[n - 1 : n + 1]]
