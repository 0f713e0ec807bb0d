"""What the registers say was not so: an election put off, an office left vacant, someone who was not there.

A question that asks for it has no answer in the one meeting that it names. Only what a fact of that meeting states
counts: that nothing is known is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from corpus.tables import read_rows
from engine.facts.bodies import source_of
from engine.facts.matching import FactMatch, head_words, score
from engine.facts.rating import rated_facts
from engine.facts.records import FACT_BAR, Asked, FactAnswer, made
from engine.facts.text import cut, phrase, sentence, written_date
from engine.facts.topics import with_section
from engine.questions.offices import MEETING_OFFICES, holds_office, offices_in, question_says
from engine.questions.parts import part_of
from engine.questions.turns import says
from engine.registers.query import is_named, named_in, words_of
from index.records import StoredDocument, StoredFact
from index.schema import fold
from models.registers.records import Attendance, Decision, Meeting, Role
from models.swedish import words

_NEAR = 0.1  # a decision of another kind that fits nearly as well may be the answer
_OF_PERSONS = ("assigned", "undertaken", "said", "reported")
_OF_VALUES = ("amount", "number", "count", "date", "person")
_PRESENCE = ("person", "list", "organisation", "count")


def denial(asked: Asked) -> FactAnswer | None:
    """What a fact of the one meeting that a question names says was not so, or that there are no minutes of it.

    ``text`` says it in a sentence, ``citations`` prove it.
    """
    meant = asked.meant
    if meant.dated is False:
        return _no_minutes(asked)
    if not meant.single or not meant.dated or not meant.named or not _is_of_the_body(asked):
        return None
    relation = asked.understood.relation
    found: Iterator[FactAnswer] = iter(())
    if relation in ("elected", "role"):
        found = chain(_not_elected(asked), _not_told(asked))
    elif relation in _OF_PERSONS and asked.understood.limits.person:
        found = _was_absent(asked, asked.understood.limits.person)
    elif relation == "attended" and asked.understood.wanted in _PRESENCE:
        found = _sent_nobody(asked)
    elif relation in ("decided", "cost") and asked.understood.wanted in _OF_VALUES:
        found = _not_decided(asked)
    return next(found, None)


def _is_of_the_body(asked: Asked) -> bool:
    """Whether the one document is of the body that the question names: another one may have met that day."""
    about = asked.store.words(asked.store.about(asked.meant.documents[0]))
    body = asked.store.words(asked.understood.limits.body or "").lemmas
    return all(word.found_in(about) for word in asked.topic if word.lemma in body and word.word not in head_words())


# Meetings of which there are no minutes.


def _no_minutes(asked: Asked) -> FactAnswer | None:
    """That no document is of the time of the meeting whose people are asked for, where no later one tells of it."""
    limits, understood = asked.understood.limits, asked.understood
    if understood.relation not in ("attended", "absent") or limits.since is None or limits.until is None:
        return None
    if not any(says("meeting", word) for word in words(understood.question)):
        return None
    later = [
        one for one in asked.documents if (one.date > limits.until if one.date else one.kind in ("minutes", "notes"))
    ]
    when = written_date(limits.since if limits.since == limits.until else limits.since[:7], understood.language)
    if limits.since[:7] != limits.until[:7] or any(_tells_of(asked, one, limits.since) for one in later):
        return None
    text = phrase("no_minutes", understood.language, when=when)
    return FactAnswer(text, (), 1.0, _match(asked), "meeting")


def _tells_of(asked: Asked, document: StoredDocument, day: str) -> bool:
    """Whether a document names the month of a day, in words or figures."""
    names = (day[:7], written_date(day[:7], "sv").split()[0], written_date(day[:7], "en").split()[0].lower())
    figures = re.compile(rf"(?<!\d)\d\d?/{int(day[5:7])}(?!\d)")
    return any(
        any(name in text for name in names) or figures.search(text)
        for text in (chunk.text.lower() for chunk in asked.store.chunks(document))
    )


# Elections.


def _not_elected(asked: Asked) -> Iterator[FactAnswer]:
    """An election to the office that is asked for which was put off, or an office that was left vacant."""
    offices = frozenset(offices_in(asked.understood.question))
    if not offices or asked.understood.limits.person:
        return
    if offices & frozenset(MEETING_OFFICES.values()) and not question_says("body", asked.understood.question):
        return  # the meeting had one all the same
    facts = asked.store.facts_in(asked.meant.documents, "decision", "role")
    denied = [
        one for one in facts if isinstance(one.fact, Decision) and is_denied(one.fact) and _is_about(one, offices)
    ]
    places = {one.fact.proof.section for one in denied}
    if not denied or any(_elects(one, offices, places) for one in facts):
        return
    yield from _told(asked, denied[0])


def _not_told(asked: Asked) -> Iterator[FactAnswer]:
    """That the minutes tell nobody who led, wrote or verified them, and do not even speak of it."""
    part = part_of(asked.understood.question)
    if part not in MEETING_OFFICES or asked.understood.limits.person or asked.understood.wanted not in _PRESENCE:
        return
    document, role = asked.meant.documents[0], MEETING_OFFICES[part]
    facts = asked.store.facts_in([document], "meeting", "role", "attendance")
    if not any(isinstance(one.fact, Meeting) for one in facts) or any(_has(one, part, role) for one in facts):
        return
    if any(says(f"{part}_told", chunk.text) for chunk in asked.store.chunks(document)):
        return
    spoken = asked.understood.language
    text = phrase("not_told", spoken, source=source_of(document, spoken), role=role)
    yield FactAnswer(text, (), 1.0, _match(asked), "meeting")


def _has(one: StoredFact, part: str, role: str) -> bool:
    if isinstance(one.fact, Meeting):
        return bool(getattr(one.fact, part))
    said = getattr(one.fact, "role", None) or getattr(one.fact, "capacity", None) or ""
    return holds_office(said, frozenset({role}))


def _is_about(one: StoredFact, offices: frozenset[str]) -> bool:
    """Whether a decision is about all of the offices, and says one of them itself where it says any."""
    assert isinstance(one.fact, Decision)
    heading, _, own = one.fact.text.rpartition(": ")
    if not offices <= frozenset(offices_in(f"{heading} {own}")):
        return False
    return holds_office(own, offices) or not offices_in(own)


def _elects(one: StoredFact, offices: frozenset[str], denied_in: set[int]) -> bool:
    """Whether a fact says who has the office after all."""
    if isinstance(one.fact, Role):
        return holds_office(one.fact.role or "", offices) and offices <= frozenset(offices_in(one.fact.role or ""))
    if not isinstance(one.fact, Decision) or is_denied(one.fact) or one.fact.kind != "elect":
        return False
    own = one.fact.text.rpartition(": ")[2]
    if not offices <= frozenset(offices_in(one.fact.text)):
        return False
    return holds_office(own, offices) if offices_in(own) else one.fact.proof.section not in denied_in


def is_denied(decision: Decision) -> bool:
    """Whether a decision says that something was put off, dropped or left vacant."""
    return decision.kind == "table" or any(pattern.search(decision.text) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in read_rows("engine.tables", "denials"))


def _match(asked: Asked) -> FactMatch:
    return FactMatch(asked.understood.relation or "", 1.0, 1.0, None, asked.meant.dated, asked.meant.single)


def _told(asked: Asked, one: StoredFact) -> Iterator[FactAnswer]:
    assert isinstance(one.fact, Decision)
    text = sentence(cut(one.fact.text))
    answer = made(asked, [with_section(asked, one, text), text], [one], _match(asked), 1.0)
    if answer:
        yield answer


# Persons who were not there.


def _was_absent(asked: Asked, person: str) -> Iterator[FactAnswer]:
    """Someone who is only listed as absent: no task and no words of theirs are in the minutes."""
    documents = asked.meant.documents
    rows = [one for one in asked.store.facts_in(documents, "attendance")
            if isinstance(one.fact, Attendance) and is_named(person, one.fact.person or "")]  # fmt: skip
    names = {fold(getattr(one.fact, "person", "")) for one in rows}
    if len(names) != 1 or any(isinstance(one.fact, Attendance) and one.fact.status != "absent" for one in rows):
        return
    others = asked.store.facts_in(documents, "action", "statement", "decision", "role", "meeting")
    name = getattr(rows[0].fact, "person", "")
    if any(named_in(one.fact, part) for one in others for part in name.split()) or _is_mentioned(asked, name, rows):
        return
    text = phrase("absent", asked.understood.language, who=name)
    answer = made(asked, [text], rows, _match(asked), 1.0)
    if answer:
        yield answer


def _is_mentioned(asked: Asked, name: str, rows: list[StoredFact]) -> bool:
    """Whether the minutes speak of someone outside the list of those who were absent."""
    known = {(one.fact.proof.start, one.fact.proof.end) for one in rows}
    any_part = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words_of(name) if len(word) > 1)})s?(?!\w)"
    )
    for chunk in asked.store.chunks(asked.meant.documents[0]):
        for match in any_part.finditer(chunk.text.lower()):
            at = chunk.start + match.start()
            if not any(start <= at < end for start, end in known):
                return True
    return False


def _sent_nobody(asked: Asked) -> Iterator[FactAnswer]:
    """An organisation all of whose people are listed as absent."""
    organisation = asked.understood.limits.organisation
    if not organisation:
        return
    wanted = asked.store.words(organisation).lemmas
    rows = [one for one in asked.store.facts_in(asked.meant.documents, "attendance")
            if wanted <= asked.store.words(getattr(one.fact, "organisation", None) or "").lemmas]  # fmt: skip
    if not rows or any(isinstance(one.fact, Attendance) and one.fact.status != "absent" for one in rows):
        return
    people = [one.fact.person or one.fact.organisation or "" for one in rows if isinstance(one.fact, Attendance)]
    key = "absent_many" if len(people) > 1 else "absent"
    who = ", ".join(dict.fromkeys(people))
    answer = made(asked, [phrase(key, asked.understood.language, who=who)], rows, _match(asked), 1.0)
    if answer:
        yield answer


# Decisions.


def _not_decided(asked: Asked) -> Iterator[FactAnswer]:
    """A matter of which an amount, a day or a person is asked for that was put off at the meeting."""
    facts = asked.store.facts_in(asked.meant.documents, "decision")
    rated = rated_facts(asked, facts, lambda fact: isinstance(fact, Decision))
    if not rated or score(rated[0][1]) < FACT_BAR:
        return
    best = rated[0][0]
    near = [one.fact for one, match in rated if score(match) >= score(rated[0][1]) - _NEAR]
    if all(isinstance(fact, Decision) and is_denied(fact) for fact in near):
        yield from _told(asked, best)
