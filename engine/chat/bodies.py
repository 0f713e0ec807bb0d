"""The bodies that a line names: by the forms of their names, and by those that the archive has documents of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.questions.names import Named, without_genitive
from engine.questions.understanding import understand
from engine.registers.query import words_of
from index.filters import Filter
from models.swedish import normal_form

if TYPE_CHECKING:
    from index.archive import Archive

_CAPITAL = r"[A-ZÅÄÖÉ][\w&-]*"
_PHRASE = re.compile(rf"(?<![\w-]){_CAPITAL}(?: {_CAPITAL})*(?:['’]s)?(?: (?:kommun|nämnden|styrelsen|region)s?\b)?")


def is_same_body(one: str, other: str) -> bool:
    """Whether two names may be one body's, the shorter inside the longer: *Ladan* and *Föreningen Ladan*."""
    first, second = ({normal_form(word) for word in words_of(name)} for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def body_named(line: str, archive: Archive, selection: Filter = Filter.everything) -> Named | None:
    """The body that a line names, with its place there (a genitive belongs to it); None where it names none."""
    names = {one.body for one in archive.documents(selection) if one.body}
    for match in _PHRASE.finditer(line):
        for written, start in _parts(match):
            bare = without_genitive(written)
            if any(words_of(name) <= words_of(body) for name in (written, bare) for body in names):
                name = bare if any(words_of(bare) <= words_of(body) for body in names) else written
                return Named(name, start, start + len(written))
    body = understand(line).limits.body
    start = -1 if body is None else line.find(body)
    if body is None or start < 0:
        return None
    genitive = re.match(r"['’]?s(?!\w)", line[start + len(body) :])
    return Named(body, start, start + len(body) + (genitive.end() if genitive else 0))


def _parts(match: re.Match[str]) -> list[tuple[str, int]]:
    """A phrase, and without its first word where that begins a sentence: *Vem* of *Vem Ladan*."""
    whole = [(match[0], match.start())]
    first, space, rest = match[0].partition(" ")
    return [*whole, (rest, match.start() + len(first) + 1)] if space and match.start() == 0 else whole
