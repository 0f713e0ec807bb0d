"""Answers about meetings as wholes: who was there or not, who led it, when, where, and when next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.facts.bodies import newest_first, of_the_body, placed
from engine.facts.matching import FactMatch, Meant, Topic, coverage, head_words, meant_documents, score
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import cut, listed, phrase, sentence, written_date
from engine.hits import Citation
from engine.questions.names import is_meeting_word
from engine.questions.offices import MEETING_OFFICES, question_says
from engine.questions.parts import part_of, said_of_parts
from engine.questions.turns import says
from engine.registers.followup import is_same_body
from engine.registers.query import is_named, words_of
from index.records import StoredDocument, StoredFact
from index.schema import fold
from models.registers.names import PARTY, role_of
from models.registers.records import Attendance, Meeting, NextMeeting, Role
from models.swedish import words

_DOCUMENTS = 3  # of several that may be meant, so many are asked
_SHOWN = 12  # coming meetings in one answer


def _match(asked: Asked, topic: Sequence[Topic], *, single: bool, held: bool = True) -> FactMatch:
    """How well the one document, or the first of several, fits a question about a meeting."""
    store = asked.store
    text = store.words(store.about(asked.meant.documents[0])) if asked.meant.documents else store.words("")
    share = coverage([word for word in topic if word.word not in head_words() or word.found_in(text)], text)
    relation = asked.understood.relation or ""
    return FactMatch(relation, share, share, None, asked.meant.dated, single, held)


def _unsaid(asked: Asked, *said: str | None) -> list[Topic]:
    """The topic without the words of names and organisations that an answer takes up, and those of its form."""
    lemmas = {lemma for text in said if text for lemma in asked.store.words(text).lemmas}
    form = {lemma for said in said_of_parts(asked.understood.question) for lemma in asked.store.words(said).lemmas}
    return [word for word in asked.topic if word.lemma not in lemmas and word.lemma not in form]


# Attendance.


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
                match = _match(asked, _unsaid(asked), single=asked.meant.single)
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
    topic = _unsaid(asked, organisation, limits.person)
    match = _match(asked, topic, single=asked.meant.single)
    texts = [*(placed(asked, text, rows[0].document) for text in texts), *texts]
    answer = made(asked, texts, chosen, match, score(match), (count,))
    if answer:
        yield answer


def _was_there(asked: Asked, person: str, facts: Sequence[StoredFact]) -> Iterator[FactAnswer]:
    """Yes or no: someone is in the list of a meeting."""
    spoken = asked.understood.language
    rows = [one for one in facts if isinstance(one.fact, Attendance) and is_named(person, one.fact.person or "")]
    names = {fold(_name(one)) for one in rows}
    match = _match(asked, _unsaid(asked, person), single=asked.meant.single and len(names) == 1)
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
    match = _match(asked, _unsaid(asked, person), single=asked.meant.single and len(rows) == 1)
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
    topic = _unsaid(asked, person)
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


# The head of the minutes.


def head(asked: Asked) -> Iterator[FactAnswer]:
    """Who led, wrote and verified; when a meeting was, began and ended; where it was."""
    wanted, part = asked.understood.wanted, part_of(asked.understood.question)
    facts = asked.store.facts_in(asked.meant.documents, "meeting")
    if not asked.meant.single and asked.meant.dated is None:
        facts.sort(key=lambda one: one.document.date or "", reverse=True)  # who leads it now is told by the newest
        facts = facts if asked.meant.named else facts[:1]
    for one in facts[:_DOCUMENTS]:
        fact = one.fact
        assert isinstance(fact, Meeting)
        if wanted in ("person", "list", "yes_no") and part in ("chair", "secretary", "adjusters"):
            yield from _office(asked, one, part)
        elif wanted == "place" and fact.place:
            yield from _told(asked, one, "meeting_place", where=fact.place)
        elif wanted in ("date", "time") and part in ("start", "end"):
            clock = fact.start if part == "start" else fact.end
            if clock:
                yield from _told(asked, one, part, time=clock.replace(":", "." if _is_swedish(asked) else ":"))
        elif wanted == "date" and part is None and fact.date:
            yield from _told(asked, one, "meeting_date", when=written_date(fact.date, asked.understood.language))


def _is_swedish(asked: Asked) -> bool:
    return asked.understood.language == "sv"


def _told(asked: Asked, one: StoredFact, key: str, **values: str) -> Iterator[FactAnswer]:
    match = _match(asked, _unsaid(asked), single=asked.meant.single)
    text = placed(asked, phrase(key, asked.understood.language, **values), one.document)
    answer = made(asked, [text], [one], match, score(match))
    if answer:
        yield answer


def _office(asked: Asked, one: StoredFact, part: str) -> Iterator[FactAnswer]:
    """The chair, the secretary or the adjusters, cited where they were chosen if that stands anywhere."""
    fact = one.fact
    assert isinstance(fact, Meeting)
    names = {"chair": (fact.chair,), "secretary": (fact.secretary,), "adjusters": fact.adjusters}[part]
    known = [name for name in names if name]
    if not known:
        return
    role = MEETING_OFFICES[part]
    rows = asked.store.facts_in([one.document], "role")
    held = [row for row in rows if isinstance(row.fact, Role) and row.fact.person in known]
    proofs = [row for row in held if isinstance(row.fact, Role) and role_of(row.fact.role or "") == role]
    person = asked.understood.limits.person
    match = _match(asked, _unsaid(asked, person), single=asked.meant.single)
    text = phrase(part, asked.understood.language, who=listed(known, asked.understood.language))
    signed = _signed_by_another(fact, part)
    texts = [text]
    if signed is not None:
        texts.insert(0, phrase("signed_by", asked.understood.language, text=text.rstrip("."), who=signed))
    if asked.understood.wanted == "yes_no" and person:
        yes = any(is_named(person, name) for name in known)
        texts = [phrase("yes" if yes else "no", asked.understood.language, text=text)]
    texts = [placed(asked, text, one.document) for text in texts]
    answer = made(asked, texts, [*proofs, one], match, score(match))
    if answer:
        yield answer


_NOTE = re.compile(r"(?P<role>\w+): [^;]+; i underskriften står (?P<who>[^;]+)\.")
_NOTED = {"Ordföranden": "chair", "Sekreteraren": "secretary"}


def _signed_by_another(fact: Meeting, part: str) -> str | None:
    """Another one who signed in that office, where the minutes say two things."""
    for note in fact.notes:
        match = _NOTE.fullmatch(note)
        if match and _NOTED.get(match["role"]) == part:
            return match["who"]
    return None


# The next meeting.


def next_meeting(asked: Asked) -> Iterator[FactAnswer]:
    """When and where a body meets next, as its newest minutes, or those that are named, say."""
    limits = asked.understood.limits
    after = limits.since if limits.until is None else None
    meant = _at_any_time(asked) if after else asked.meant
    facts = asked.store.facts_in(meant.documents, "next_meeting")
    if after:
        facts = [one for one in facts if (getattr(one.fact, "date", None) or "") >= after]
        first = min((getattr(one.fact, "date", None) or "" for one in facts), default="")
        facts = [one for one in facts if getattr(one.fact, "date", None) == first]
    elif meant.dated is None and facts:
        newest = max(one.document.date or "" for one in facts)
        facts = [one for one in facts if (one.document.date or "") == newest and not _is_past(asked, one)]
    if not facts:
        return
    rated = [(_said_of(asked, one), one) for one in facts]
    best = max(rate for rate, _ in rated)
    chosen = [one for rate, one in rated if rate >= best]
    chosen.sort(key=lambda one: getattr(one.fact, "date", None) or "9999")
    single = len({one.document.id for one in chosen}) == 1
    match = _match(replace(asked, meant=meant), _unsaid(asked), single=single)
    many = asked.understood.wanted == "list"
    shown = chosen[:_SHOWN] if many else chosen[:1]
    when = [_when(asked, one.fact) for one in shown if isinstance(one.fact, NextMeeting)]
    if not all(when):
        return
    key = "next_many" if len(shown) > 1 else "next"
    text = phrase(key, asked.understood.language, when=listed(when, asked.understood.language))
    answer = made(asked, [placed(asked, text, shown[0].document)], shown, match, score(match))
    if answer:
        yield answer


def _is_past(asked: Asked, one: StoredFact) -> bool:
    """Whether the body has met since, so that the meeting that was announced is no longer the next."""
    assert isinstance(one.fact, NextMeeting)
    later = [
        other.date
        for other in (of_the_body(asked) if asked.meant.named else asked.documents)
        if other.date
        and (asked.meant.named or is_same_body(words_of(other.body or ""), words_of(one.document.body or "")))
    ]
    return one.fact.date is not None and any(day >= one.fact.date for day in later)


def _at_any_time(asked: Asked) -> Meant:
    """The documents that are meant where the time is that of the announced meeting, not theirs (*efter den 4 mars*)."""
    timeless = replace(asked.understood, limits=replace(asked.understood.limits, since=None, until=None))
    return meant_documents(timeless, asked.topic, asked.store, asked.documents)


def _said_of(asked: Asked, one: StoredFact) -> float:
    """How much of the question stands in an announcement: it tells the group's next meeting from the board's."""
    assert isinstance(one.fact, NextMeeting)
    text = " ".join([asked.store.text(one), one.fact.body or ""]).replace("-och ", "- och ")
    named = asked.store.words(asked.understood.question).lemmas & asked.store.words(text).lemmas
    return len(named) + coverage(asked.topic, asked.store.words(text))


def _when(asked: Asked, fact: NextMeeting) -> str:
    spoken = asked.understood.language
    said = written_date(fact.date, spoken) if fact.date else ""
    if fact.time and said:
        clock = fact.time.replace(":", ".") if spoken == "sv" else fact.time
        said = phrase("at_time", spoken, when=said, time=clock).rstrip(".")
    place = fact.place or fact.form
    if place:
        key = "at_place" if place[:1].isupper() or spoken == "en" else "in_place"  # i Bystugan, hos Siri
        said = phrase(key, spoken, when=said, where=place).rstrip(".") if said else place
    return said[:1].lower() + said[1:] if spoken == "sv" else said
