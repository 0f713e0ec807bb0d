"""Words that share a head: in *kommun- och regionpolitik* the first word is *kommunpolitik*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.tables import read_rows
from models.compounds import dictionary_word, parts

# The words from the hyphen to the head: *kommun-, region- och statspolitik* has two before it.
_MOST_WORDS_BETWEEN = 4


@cache
def joiners() -> frozenset[str]:
    """The words between those that share a head: *och*, *eller*."""
    return frozenset(row["word"] for row in read_rows("models.tables", "compounds") if row["kind"] == "joiner")


@cache
def _run_together() -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d_])-(?=(?:{'|'.join(sorted(joiners()))})\b)", re.IGNORECASE)


def set_apart(text: str) -> str:
    """*Lednings-och tjänstemannagrupp* with the space that is missing after the hyphen."""
    return _run_together().sub("- ", text) if "-" in text else text


@cache
def _elliptic() -> re.Pattern[str]:
    joined = "|".join(sorted(joiners()))
    between = rf"(?:\s*,\s*|\s+(?:{joined})\s+|\s*/\s*)"
    more = rf"(?:{between}[^\W\d_]+-)"
    return re.compile(rf"([^\W\d_]+-{more}{{0,{_MOST_WORDS_BETWEEN - 1}}}){between}([^\W\d_]+)", re.IGNORECASE)


def joined_words(text: str) -> Iterator[tuple[str, str]]:
    """For every word of ``text`` (composed form) cut short by a hyphen: its dictionary word, and it with the head.

    *kommun- och regionpolitik* → ``("kommun", "kommunpolitik")``. Nothing where the head is no compound.
    """
    for match in _elliptic().finditer(text) if "-" in text else ():
        head = parts(match[2].lower())
        if not head:
            continue
        for cut in re.findall(r"([^\W\d_]+)-", match[1].lower()):
            yield dictionary_word(cut), cut + match[2].lower()[head[-1].start :]
