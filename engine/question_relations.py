"""Through which relation a question asks, from ``engine/tables/relations.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from corpus.tables import read_rows

if TYPE_CHECKING:
    from engine.understanding import Relation, Wanted


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation and the words that say it: characters ``start`` to ``end``; ``gone`` from the topic."""

    relation: Relation
    start: int
    end: int
    gone: bool


@dataclass(frozen=True, slots=True)
class _Row:
    relation: Relation
    weight: int
    wanted: frozenset[str]
    gone: bool
    pattern: re.Pattern[str]


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            cast("Relation", row["relation"]),
            int(row["weight"]),
            frozenset() if row["wanted"] == "-" else frozenset(row["wanted"].split()),
            row["gone"] == "yes",
            re.compile(rf"(?<![\w-])(?:{row['pattern']})", re.IGNORECASE),
        )
        for row in read_rows("engine.tables", "relations")
    )


def relation_of(question: str, wanted: Wanted) -> FoundRelation | None:
    """The relation through which a question that asks for ``wanted`` asks; None where no row matches.

    The heaviest rows that match count, of them the match that begins first, of two there the upper row.
    """
    found: tuple[int, int] | None = None
    best: FoundRelation | None = None
    for row in _rows():
        if row.wanted and wanted not in row.wanted:
            continue
        match = row.pattern.search(question)
        if match and (found is None or (-row.weight, match.start()) < found):
            found = (-row.weight, match.start())
            best = FoundRelation(row.relation, match.start(), match.end(), row.gone)
    return best
