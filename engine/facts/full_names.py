"""Whole names for answers of passages: whom *Stefan* or *kassören* means, by the registers of the same document.

Nothing is guessed: a given name is explained only where one person of the document has it, a role only where
one person holds it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from engine.facts.candidates import FactStore
from engine.facts.records import CITATIONS
from engine.facts.text import MAX_ANSWER
from engine.hits import Citation
from engine.questions.turns import says
from engine.questions.understanding import Understood
from engine.registers.query import is_named, words_of
from index.records import StoredDocument, StoredFact
from index.schema import fold
from models.registers.names import first_names, role_of
from models.registers.persons import same_person
from models.registers.records import Action, Attendance, Party, Role, Statement
from models.swedish import stopwords, without_genitive

_EXPLAINED = 2  # names in one answer
_LEAST_LEFT = 120  # characters of an answer that may be cut for a name
_ALONE = re.compile(r"(?<![\w-])(?<![A-ZÅÄÖ][\w-] )[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?(?![\w-])")
_NAME_BEFORE = re.compile(r"[A-ZÅÄÖÉ][\wåäö-]+ $")
_NAME_AFTER = re.compile(r"(?:'s|’s)? (?:(?:von|van|af|de) )?[A-ZÅÄÖÉ]")
_ADJUSTER = "justerare"  # who verified the minutes is no title
_ROLE_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Known:
    """A person of a document, with the facts that name it in full."""

    name: str
    facts: tuple[StoredFact, ...]

    @property
    def belongs(self) -> str | None:
        """The organisation, else the role, that the document gives."""
        for kind in ("organisation", "role"):
            for one in self.facts:
                value = getattr(one.fact, kind, None)
                if value and isinstance(one.fact, Attendance | Role) and role_of(value) != _ADJUSTER:
                    return str(value)
        return None

    @property
    def described(self) -> str:
        """The name with role and organisation: *Siri Al, kassör, Byalaget*."""
        roles = [one.fact.role for one in self.facts if isinstance(one.fact, Role)
                 and role_of(one.fact.role or "") != _ADJUSTER]  # fmt: skip
        given = [getattr(one.fact, "organisation", None) for one in self.facts]
        parts = [self.name, next(filter(None, roles), None), next(filter(None, given), None)]
        return ", ".join(part for part in parts if part)


def in_full(
    understood: Understood, text: str, citations: tuple[Citation, ...], store: FactStore
) -> tuple[str, tuple[Citation, ...]]:
    """The answer with the whole names of those it calls by a part of theirs, and the rows that prove them.

    ``text`` and ``citations``, best first, are those of a passage. They come back as they are where the question
    asks for nobody, or nobody can tell who is meant. The text is at most ``MAX_ANSWER`` characters.
    """
    asks = asks_names(understood)
    if not asks or not citations:
        return text, citations
    document = citations[0].chunk.document
    people = _people(store, document)
    found = _described(understood, text, people) if "who" in asks else {}
    if not found:
        quoted = citations[0].quote
        found = _meant(quoted, people, store, document) or _meant(text, people, store, document)
    notes, proofs = [], []
    for note, fact in list(found.items())[:_EXPLAINED]:
        proof = store.citation(fact, citations[0].score)
        if proof is not None and note not in text:
            notes.append(note)
            proofs.append(proof)
    whole = _fitted(text, f" ({'; '.join(notes)})") if notes else None
    if whole is None:
        return text, citations
    first, *others = citations
    cited = {one.chunk.id: one for one in reversed([first, *proofs, *others])}
    every = dict.fromkeys(one.chunk.id for one in [first, *proofs, *others])
    return whole, tuple(first if key == first.chunk.id else cited[key] for key in every)[:CITATIONS]


def asks_names(understood: Understood) -> frozenset[str]:
    """What a question asks of persons: *name*, *who* (title or organisation), both, or nothing."""
    asks = {kind for pattern, kind in _patterns() if pattern.search(understood.question)}
    if understood.wanted == "person":
        asks.add("name")
    return frozenset(asks)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "name_questions")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["asks"]) for row in rows)


def _people(store: FactStore, document: StoredDocument) -> list[_Known]:
    """Those whom the registers of a document name in full, those of one name together."""
    found: list[tuple[str, list[StoredFact]]] = []
    for one in store.facts_in([document], "attendance", "role", "action", "statement"):
        for name in _full_names(one):
            same = next((rows for other, rows in found if same_person(name, other)), None)
            if same is None:
                found.append((name, [one]))
            else:
                same.append(one)
    return [_Known(name, tuple(rows)) for name, rows in found]


def _full_names(one: StoredFact) -> Iterator[str]:
    fact = one.fact
    parties: Sequence[Party] = ()
    if isinstance(fact, Attendance | Role) and fact.person and " " in fact.person:
        yield fact.person
    elif isinstance(fact, Action):
        parties = fact.assignees
    elif isinstance(fact, Statement):
        parties = (fact.person,)
    for party in parties:
        if not party.others and party.written == party.name and len(words_of(party.name)) > 1 and _is_name(party.name):
            yield party.name


def _is_name(text: str) -> bool:
    return text.split()[0] in first_names()


def _meant(text: str, people: Sequence[_Known], store: FactStore, document: StoredDocument) -> dict[str, StoredFact]:
    """The notes on those whom a text calls by a given name or, where it names nobody, by a role."""
    notes: dict[str, StoredFact] = {}
    named = False
    for match in _ALONE.finditer(text):
        word = match[0]
        if not {word, without_genitive(word)} & first_names():
            continue
        named = True
        before, after = text[: match.start()], text[match.end() :]
        starts = not before.strip() or before.rstrip().endswith((".", "!", "?", ":"))
        if _NAME_AFTER.match(after) or _NAME_BEFORE.search(before) or (starts and word.lower() in stopwords()):
            continue
        one = _of_given_name(word, people)
        if one is not None and not _is_namesake_there(one, store, document):
            notes.setdefault(_note(one), one.facts[0])
    return notes if named else _of_roles(text, people, store, document)


def _of_given_name(word: str, people: Sequence[_Known]) -> _Known | None:
    """The one person of this given name; None where there are none or several."""
    forms = {fold(word)} if word in first_names() else {fold(word), fold(without_genitive(word))}
    called = [one for one in people if fold(one.name.split()[0]) in forms]
    return called[0] if len(called) == 1 else None


def _is_namesake_there(one: _Known, store: FactStore, document: StoredDocument) -> bool:
    """Whether the text names another one of this given name whom no register knows."""
    given, known = one.name.split()[0], words_of(one.name)
    follow = re.compile(rf"(?<![\w-]){re.escape(given)} (?:(?:von|van|af|de) )?([A-ZÅÄÖÉ][a-zåäöéü-]+)")
    found = {match[1] for chunk in store.chunks(document) for match in follow.finditer(chunk.text)}
    return any(not words_of(word) <= known for word in found)


def _of_roles(text: str, people: Sequence[_Known], store: FactStore, document: StoredDocument) -> dict[str, StoredFact]:
    """The note on the one whom a text calls by a role (*kassören*): the only holder in the document."""
    rows = [one for one in store.facts_in([document], "role") if isinstance(one.fact, Role) and one.fact.role]
    for match in _ROLE_WORD.finditer(text):
        role = role_of(match[0])
        definite = match[0].lower().endswith(("n", "ns"))
        if role is None or not definite or says("other_holder", text[: match.start()]):
            continue
        held = [
            (one, one.fact.person)
            for one in rows
            if isinstance(one.fact, Role) and role_of(one.fact.role or "") == role
        ]
        names = [one for one in people if any(same_person(one.name, person) for _, person in held)]
        if len(names) == 1 and all(same_person(names[0].name, person) for _, person in held):
            return {f"{names[0].name}, {role}": held[0][0]}
    return {}


def _described(understood: Understood, text: str, people: Sequence[_Known]) -> dict[str, StoredFact]:
    """The note on the person of the question, where its title or organisation is asked for and the answer lacks it."""
    person = understood.limits.person
    if person is None or person not in text:
        return {}
    called = [one for one in people if is_named(person, one.name)]
    if len(called) != 1 or called[0].belongs is None:
        return {}
    one = called[0]
    telling = next((row for row in one.facts if isinstance(row.fact, Role) and row.fact.role), one.facts[0])
    return {one.described: telling}


def _note(one: _Known) -> str:
    return f"{one.name}, {one.belongs}" if one.belongs else one.name


def _fitted(text: str, note: str) -> str | None:
    """The answer with the note before its full stop, cut at a word where both are too long together."""
    room = MAX_ANSWER - len(note) - 1
    if len(text) > room:
        if room < _LEAST_LEFT:
            return None
        return text[: room - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…" + note + "."
    stripped = text.rstrip()
    return stripped[:-1] + note + "." if stripped.endswith(".") else stripped + note + "."
