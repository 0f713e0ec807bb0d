"""Questions as the registers take them: names as the registers have them, and without what is said by the way."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.facts.candidates import FactStore
from engine.questions.offices import described_office
from engine.questions.turns import turn
from engine.questions.understanding import Understood
from engine.registers.query import words_of
from models.swedish import without_genitive

_OF_PERSONS = ("assigned", "undertaken", "attended", "absent", "said", "reported")


def cleared(understood: Understood, store: FactStore) -> Understood:
    """The question with the person's name as the registers write it, and without an aside on a person named in full."""
    understood = _by_given_name(_by_office(understood), store)
    limits = understood.limits
    person = limits.person
    if person is None:
        return understood
    known = _known(person, understood.question, store)
    if known != person:
        limits = replace(limits, person=known)
    if len(known.split()) < 2:
        return replace(understood, limits=limits)
    aside = turn("aside").search(understood.question)
    if aside is None or understood.question.find(person) > aside.start():
        return replace(understood, limits=limits)
    words = set(re.findall(r"\w+", understood.question[: aside.start()]))
    topic = tuple(word for word in understood.topic if set(re.findall(r"\w+", word)) <= words)
    organisation = limits.organisation
    if organisation is not None and organisation.split()[0] not in understood.question[: aside.start()]:
        limits = replace(limits, organisation=None)
    return replace(understood, topic=topic, limits=limits)


def _by_office(understood: Understood) -> Understood:
    """The question about an office that it tells by what its holder does (*Vem skötte kassan?*)."""
    described = (
        described_office(understood.question) if understood.wanted in ("person", "list", "organisation") else None
    )
    if described is None or understood.relation not in (None, "assigned", "role"):
        return understood
    office, said = described
    topic = (office, *(word for word in understood.topic if word not in re.findall(r"\w+", said)))
    return replace(understood, relation="elected", topic=topic)


def _by_given_name(understood: Understood, store: FactStore) -> Understood:
    """The question with the person whom it calls by a given name that the registers know (*Vad ska Disa göra?*)."""
    if understood.limits.person is not None or understood.relation not in _OF_PERSONS or understood.wanted == "person":
        return understood
    for word in re.findall(r"(?<=\w )[A-ZÅÄÖÉ][\w-]+", understood.question):
        name = word if word.lower() in store.given_names else without_genitive(word)
        if name.lower() in store.given_names:
            topic = tuple(other for other in understood.topic if other != word)
            return replace(understood, topic=topic, limits=replace(understood.limits, person=name))
    return understood


def _known(person: str, question: str, store: FactStore) -> str:
    """The name, with the s that was taken for a genitive where only so the registers know it: *Thörnros*."""
    if f"{person}s" not in question:
        return person
    names = store.person_words
    if not words_of(person) <= names and words_of(f"{person}s") <= names:
        return f"{person}s"
    return person
