"""Points whose heading decides and whose text is only the outcome: *Val av kassör*, and below it a name."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from corpus.tables import read_rows
from models.registers.decision_parts import Point
from models.registers.decision_wordings import compiled, form
from models.registers.minutes import Minutes
from models.registers.records import Decision, DecisionKind, Proof

_MOST_WORDS = 12  # of a line that is a name with a nickname, a party and a role
_MOST_LINES = 15
_NAME = re.compile(r"[A-ZÅÄÖ][\w.-]+")


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], DecisionKind], ...]:
    rows = read_rows("models.registers.tables", "decision_points")
    return tuple(
        (compiled(rf"^\W*(?:§?\s*[\d.]+\s+)?(?:{row['pattern']})"), cast(DecisionKind, row["kind"])) for row in rows
    )


def bare_decision(minutes: Minutes, point: Point, body: str | None) -> Decision | None:
    """The decision of a point that says no more than its outcome; None where it says more or nothing."""
    heading = re.sub(r"\s+", " ", point.heading)
    headings = [heading, *(one.heading for one in minutes.above(point.section.ordinal))]
    kind = next((kind for pattern, kind in _kinds() for one in headings if pattern.search(one)), None)
    paragraphs = [one for part in point.of("open") for one in part.paragraphs if one.kind in ("text", "item", "row")]
    if kind is None or not paragraphs:
        return None
    lines = [
        line.strip(" *•-\\\t") for one in paragraphs for line in minutes.words(one).splitlines() if line.strip(" \\")
    ]
    if kind != "elect":
        lines = lines[:1]
    elif len(lines) > _MOST_LINES:
        return None
    whole = all(len(line.split()) <= _MOST_WORDS and not form("not_outcome").search(line) for line in lines)
    if not lines or not whole or (kind == "elect" and not any(map(_NAME.match, lines))):
        return None
    first = paragraphs[0]
    return Decision(
        f"{heading}: {', '.join(lines)}",
        kind,
        body,
        (),
        None,
        Proof(first.section, first.number, first.start, first.end),
    )
