"""Answers about attendance: who was at a meeting or was not, whom somebody represents, who sat for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.facts.bodies import newest_first, placed
from engine.facts.matching import FactMatch, Topic, coverage, score
from engine.facts.meeting_match import match_of, unsaid
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import cut, listed, phrase, sentence
from engine.hits import Citation
from engine.questions.names import is_meeting_word
from engine.questions.offices import question_says
from engine.questions.turns import says
from engine.registers.query import is_named
from index.records import StoredDocument, StoredFact
from index.schema import fold
from models.registers.names import PARTY
from models.registers.records import Attendance, Role
from models.swedish import words

_DOCUMENTS = 3  # of several that may be meant, so many are asked


def attendance(asked: Asked) -> Iterator[FactAnswer]:
    """Who was at the meeting, or was not; whether someone was; how many were; whom someone represents."""
    person = asked.understood.limits.person
    if asked.understood.wanted in ("organisation", "body", "place") and person:
        yield from organisations(asked, person)
        return
    facts = asked.store.facts_in(asked.meant.documents, "attendance")
    if person and question_says("replaced", asked.understood.question):
        yield from _substitutes(asked, person, facts)
        return
    if person and asked.understood.wanted == "yes_no":
        yield from _was_there(asked, person, facts)
        return
    if asked.understood.wanted == "yes_no" and not asked.understood.limits.organisation:
        return  # somebody whom the registers do not know
    absent = asked.understood.relation == "absent"
    if absent and says("now", asked.understood.question) and not _names_meeting(asked):
        return  # *Vem är borta till maj?* asks of no meeting
    documents = newest_first(asked)
    for document in documents[: _DOCUMENTS if asked.meant.named or asked.meant.dated else 1]:
        counted = _headcount(asked, document) if asked.understood.wanted == "count" and not absent else None
        if counted is not None:
            yield counted
            continue
        rows = [one for one in facts if one.document.id == document.id]
        yield from _list(asked, _of_this_meeting(asked, rows, document), absent)


def _names_meeting(asked: Asked) -> bool:
    return asked.meant.dated is not None or any(is_meeting_word(word) for word in words(asked.understood.question))


def _of_this_meeting(asked: Asked, rows: Sequence[StoredFact], document: StoredDocument) -> list[StoredFact]:
    """The rows without those of the board that met after the annual meeting, in the same minutes."""
    if says("constituting", f"{asked.understood.question} {document.title}"):
        return list(rows)
    return [one for one in rows if not any(says("constituting", heading) for heading in asked.store.headings(one))]


def _headcount(asked: Asked, document: StoredDocument) -> FactAnswer | None:
    """The words of the minutes that count those who were there (*34 medlemmar*): their lists do not hold them all."""
    if asked.understood.limits.organisation or asked.understood.limits.person:
        return None
    for chunk in asked.store.chunks(document):
        for span in chunk.sentences:
            if says("headcount", chunk.part(span)):
                match = match_of(asked, unsaid(asked), single=asked.meant.single)
                text = placed(asked, sentence(cut(chunk.part(span))), document)
                return FactAnswer(text, (Citation(chunk, span, score(match)),), score(match), match, "attendance")
    return None


def _list(asked: Asked, rows: Sequence[StoredFact], absent: bool) -> Iterator[FactAnswer]:
    spoken, limits = asked.understood.language, asked.understood.limits
    status = "absent" if absent else "present"
    kept = [one for one in rows if isinstance(one.fact, Attendance) and one.fact.status == status]
    organisation = limits.organisation or _organisation_in(asked, kept)
    if organisation:
        kept = [one for one in kept if _is_organisation(asked, organisation, one)]
    if not kept:
        return
    people = [one for one in kept if isinstance(one.fact, Attendance) and one.fact.person]
    bodies = [one for one in kept if one not in people]
    if asked.understood.wanted in ("organisation", "body"):
        # Someone of an organisation who is absent does not make it absent.
        chosen, people = bodies or ([] if absent else kept), []
        names = [_organisation(one) for one in chosen]
    else:
        chosen = people or bodies
        names = [_name(one) for one in chosen]
    names = list(dict.fromkeys(name for name in names if name))
    if not names:
        return
    who, count = listed(names, spoken), str(len(names))
    if organisation and not absent and people and isinstance(people[0].fact, Attendance):
        texts = [phrase("present_for", spoken, who=who, organisation=people[0].fact.organisation or organisation)]
    elif asked.understood.wanted == "count":
        texts = [phrase(f"{status}_count", spoken, who=who, count=count)]
        texts += [phrase("count", spoken, count=count)] if not absent else []
    else:
        texts = [phrase("absent_many" if absent and len(names) > 1 else status, spoken, who=who)]
    topic = unsaid(asked, organisation, limits.person)
    match = match_of(asked, topic, single=asked.meant.single)
    texts = [*(placed(asked, text, rows[0].document) for text in texts), *texts]
    answer = made(asked, texts, chosen, match, score(match), (count,))
    if answer:
        yield answer


def _was_there(asked: Asked, person: str, facts: Sequence[StoredFact]) -> Iterator[FactAnswer]:
    """Yes or no: someone is in the list of a meeting."""
    spoken = asked.understood.language
    rows = [one for one in facts if isinstance(one.fact, Attendance) and is_named(person, one.fact.person or "")]
    names = {fold(_name(one)) for one in rows}
    match = match_of(asked, unsaid(asked, person), single=asked.meant.single and len(names) == 1)
    for one in rows[:1]:
        assert isinstance(one.fact, Attendance)
        there = one.fact.status == "present"
        text = phrase("present" if there else "absent", spoken, who=_name(one))
        asked_absent = asked.understood.relation == "absent"
        text = phrase("yes" if there != asked_absent else "no", spoken, text=text)
        answer = made(asked, [text], [one], match, score(match))
        if answer:
            yield answer


def _substitutes(asked: Asked, person: str, facts: Sequence[StoredFact]) -> Iterator[FactAnswer]:
    """Who sat for someone."""
    rows = [
        one for one in facts if isinstance(one.fact, Attendance) and is_named(person, one.fact.substitute_for or "")
    ]
    match = match_of(asked, unsaid(asked, person), single=asked.meant.single and len(rows) == 1)
    for one in rows:
        absent = getattr(one.fact, "substitute_for", None) or person
        text = phrase("substitute", asked.understood.language, who=_name(one), absent=absent)
        answer = made(asked, [text], [one], match, score(match))
        if answer:
            yield answer


def organisations(asked: Asked, person: str) -> Iterator[FactAnswer]:
    """Which organisation someone comes from, by the lists and by what is said of roles."""
    found: dict[str, list[StoredFact]] = {}
    documents = asked.meant.documents if asked.meant.named or asked.meant.dated else asked.documents
    for one in asked.store.facts_in(documents, "attendance", "role"):
        fact = one.fact
        if not isinstance(fact, Attendance | Role) or not fact.organisation or not is_named(person, fact.person or ""):
            continue
        if PARTY.fullmatch(fact.organisation) is None or says("party", asked.understood.question):
            found.setdefault(fold(fact.organisation), []).append(one)
    topic = unsaid(asked, person)
    for facts in found.values():
        fact = facts[0].fact
        assert isinstance(fact, Attendance | Role)
        text = phrase("represents", asked.understood.language, who=fact.person or person,
                      organisation=fact.organisation or "")  # fmt: skip
        match = FactMatch(asked.understood.relation or "", _about(asked, topic, facts[0].document),
                          1.0, None, asked.meant.dated, len(found) == 1)  # fmt: skip
        answer = made(asked, [text], facts, match, score(match))
        if answer:
            yield answer


def _about(asked: Asked, topic: Sequence[Topic], document: StoredDocument) -> float:
    return coverage(topic, asked.store.words(asked.store.about(document)))


def _name(one: StoredFact) -> str:
    assert isinstance(one.fact, Attendance)
    return one.fact.person or one.fact.organisation or ""


def _organisation(one: StoredFact) -> str:
    assert isinstance(one.fact, Attendance)
    return one.fact.organisation or ""


def _organisation_in(asked: Asked, rows: Sequence[StoredFact]) -> str | None:
    """The organisation of the lists that the question names beside the meeting itself."""
    document = rows[0].document if rows else None
    body = asked.store.words(asked.store.about(document)).lemmas if document else frozenset()
    asked_words = {word.lemma for word in asked.topic if word.word[:1].isalpha()} - body
    capitals = {lemma for word in re.findall(r"\b[A-ZÅÄÖ][\w-]+", asked.understood.question)
                for lemma in asked.store.words(word).lemmas}  # fmt: skip
    for one in rows:
        assert isinstance(one.fact, Attendance)
        if one.fact.organisation and asked.store.words(one.fact.organisation).lemmas & asked_words & capitals:
            return one.fact.organisation
    return None


def _is_organisation(asked: Asked, organisation: str, one: StoredFact) -> bool:
    assert isinstance(one.fact, Attendance)
    held = asked.store.words(one.fact.organisation or "")
    return asked.store.words(organisation).lemmas <= held.lemmas | held.parts
