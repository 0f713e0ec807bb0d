"""Answers about meetings: who led and wrote them, when and where they were, and when the next is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.facts.bodies import of_the_body, placed
from engine.facts.matching import Meant, coverage, meant_documents, score
from engine.facts.meeting_match import match_of, unsaid
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import listed, phrase, written_date
from engine.questions.offices import MEETING_OFFICES
from engine.questions.parts import part_of
from engine.registers.followup import is_same_body
from engine.registers.query import is_named, words_of
from index.records import StoredFact
from models.registers.names import role_of
from models.registers.records import Meeting, NextMeeting, Role

_DOCUMENTS = 3  # of several that may be meant, so many are asked
_SHOWN = 12  # coming meetings in one answer


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
    match = match_of(asked, unsaid(asked), single=asked.meant.single)
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
    match = match_of(asked, unsaid(asked, person), single=asked.meant.single)
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
    match = match_of(replace(asked, meant=meant), unsaid(asked), single=single)
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
