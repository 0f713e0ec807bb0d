"""What is asked of a register: a person, a section, words, a kind; and whether a fact fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from corpus.errors import UsageError
from index.records import StoredFact
from index.schema import fold
from models.registers.records import (
    Action,
    Attendance,
    Decision,
    DecisionKind,
    Fact,
    Meeting,
    Party,
    Presence,
    Role,
    Statement,
    Strength,
)
from models.registers.rows import row_of

if TYPE_CHECKING:
    from corpus.records import Section

# What ``--kind`` chooses in a register that has kinds.
KINDS: dict[str, tuple[str, ...]] = {
    "attendance": get_args(Presence),
    "action": get_args(Strength),
    "decision": get_args(DecisionKind),
}


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """A selection of facts; every given condition must hold.

    ``person``: words of a name, in any case. ``section``: a number as in *6* or *§ 6*, for a fact
    in that section or below it. ``text``: words that must all stand in the fact, its quotation or
    its heading. ``kind``: see ``KINDS``.

    Raises UsageError for a value without a word in it.
    """

    person: str | None = None
    section: str | None = None
    text: str | None = None
    kind: str | None = None

    def __post_init__(self) -> None:
        for option, value in (("--person", self.person), ("--section", self.section), ("--text", self.text)):
            if value is not None and not words_of(value):
                raise UsageError(f"{option} är tomt. Ange minst ett ord.")

    def fits(self, found: StoredFact, sections: dict[int, Section]) -> bool:
        """Whether a fact fits all but ``person``, for which see ``named_in``."""
        fact = found.fact
        if self.kind is not None and self.kind not in (getattr(fact, name, None) for name in _KIND_FIELDS):
            return False
        if self.section is not None:
            wanted = _number(self.section)
            if all(_number(one.number or "") != wanted for one in _outwards(fact.proof.section, sections)):
                return False
        if self.text is not None:
            headings = (one.heading for one in _outwards(fact.proof.section, sections))
            said = fold(" ".join((found.quote, *headings, *_texts(row_of(fact)))))
            return all(word in said for word in fold(self.text).split())
        return True


_KIND_FIELDS = ("kind", "status", "strength")


def known_kind(register: str, kind: str | None) -> str | None:
    """``kind``, which ``--kind`` of a register was given.

    Raises:
        UsageError: the register has no such kind.
    """
    if kind is not None and kind not in KINDS[register]:
        raise UsageError(f"Okänt slag: {kind!r}. Välj bland: {', '.join(KINDS[register])}.")
    return kind


def words_of(name: str) -> frozenset[str]:
    """The words of a name in lower case, the parts of double names each for itself."""
    return frozenset(re.findall(r"\w+", fold(name)))


def is_named(asked: str, name: str) -> bool:
    """Whether every asked word is a word of the name: *ek* and *sören ek* both fit *Sören Ek*."""
    words = words_of(asked)
    return bool(words) and words <= words_of(name)


def names_in(fact: Fact) -> Iterator[str]:
    """The names that a fact is about: persons, and whatever else holds a commission or speaks."""
    match fact:
        case Meeting():
            yield from filter(None, (fact.chair, fact.secretary, *fact.adjusters))
        case Attendance():
            yield from filter(None, (fact.person, fact.substitute_for))
        case Role():
            yield fact.person
        case Action():
            for one in fact.assignees:
                yield from party_names(one)
            yield from filter(None, (fact.report_to, fact.given_by))
        case Statement():
            yield from party_names(fact.person)
        case Decision():
            yield from filter(None, (*fact.reservations, fact.by))
        case _:
            return


def party_names(party: Party) -> tuple[str, ...]:
    """Whom a party means, or may mean where nobody can tell."""
    return party.others or (party.name,)


def named_in(fact: Fact, asked: str) -> tuple[str, ...]:
    """The names in a fact that fit the asked one; of a decision its text counts too."""
    names = tuple(name for name in names_in(fact) if is_named(asked, name))
    if not names and isinstance(fact, Decision) and is_named(asked, fact.text):
        return (asked,)
    return names


def _number(text: str) -> str:
    return "".join(fold(text).replace("§", "").split()).rstrip(".")


def _outwards(ordinal: int, sections: dict[int, Section]) -> Iterator[Section]:
    seen: set[int] = set()
    at: int | None = ordinal
    while at is not None and at in sections and at not in seen:
        seen.add(at)
        yield sections[at]
        at = sections[at].parent


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
