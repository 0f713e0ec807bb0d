"""How a point ended: who had another opinion, and how the votes fell."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows
from models.registers.decision_parts import Point
from models.registers.decision_wordings import compiled
from models.registers.minutes import Minutes
from models.registers.records import Proof

_RESERVES = re.compile(
    r"(?P<who>[^.:;\n]{2,200}?)\s+(?:reserverar|reserverade|reserverat)\s+sig\b"
    r"|(?:\breserverar|\breserverade)\s+sig\s+(?P<after>[A-ZÅÄÖ][^.:;\n]{2,200}?)(?=\s+(?:mot|till|för)\b|[.\n]|$)",
)
_LEADING = re.compile(r"^\W*(?:mot (?:detta )?beslut\w*|härmed|därefter)\W+", re.IGNORECASE)
_PERSON = re.compile(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)+(?: \([A-ZÅÄÖ]{1,3}\))?")


@cache
def _votes() -> re.Pattern[str]:
    rows = read_rows("models.registers.tables", "decision_votes")
    return compiled("|".join(rf"(?<!\w)(?:{row['pattern']})(?!\w)" for row in rows))


def reservations_of(minutes: Minutes, point: Point) -> tuple[str, ...]:
    """Who reserved themselves against the decision of a point, as written."""
    found: list[str] = []
    for part in point.parts:
        for paragraph in part.paragraphs:
            if paragraph.kind == "heading":
                continue
            text = re.sub(r"\s+", " ", minutes.words(paragraph))
            named = [_LEADING.sub("", match["who"] or match["after"]).strip(" ,*_") for match in _RESERVES.finditer(text)]
            if not named and part.role == "reservation" and "jäv" not in part.section.heading.casefold():
                named = _PERSON.findall(text[:200])
            found += [name for name in named if name and name not in found]
    return tuple(found)


def vote_of(minutes: Minutes, point: Point, proof: Proof | None = None) -> str | None:
    """The outcome of a vote as written: in the words of a decision, else in the point's parts of how it was decided."""
    if proof is not None:
        match = _votes().search(minutes.words(proof))
        return re.sub(r"\s+", " ", match[0]) if match else None
    for part in point.of("course", "open", "decided"):
        for paragraph in part.paragraphs:
            match = _votes().search(minutes.words(paragraph))
            if match and paragraph.kind != "heading":
                return re.sub(r"\s+", " ", match[0])
    return None
