"""Through which relation a question asks, from ``engine/tables/relations.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from corpus.tables import read_rows
from engine.questions.names import role_forms
from engine.questions.patterns import Range, compiled, said

if TYPE_CHECKING:
    from engine.questions.understanding import Relation, Wanted


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation and the ranges of the question that say it; none where they are of the topic as well."""

    relation: Relation
    said: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    relation: Relation
    weight: int
    wanted: frozenset[str]
    gone: bool
    pattern: re.Pattern[str]


@cache
def _rows() -> tuple[_Row, ...]:
    roles = role_forms()
    return tuple(
        _Row(
            cast("Relation", row["relation"]),
            int(row["weight"]),
            frozenset() if row["wanted"] == "-" else frozenset(row["wanted"].split()),
            row["gone"] == "yes",
            compiled(rf"(?<![\w-])(?:{row['pattern'].replace('{role}', roles)})"),
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
            best = FoundRelation(row.relation, tuple(said(match)) if row.gone else ())
    return best
