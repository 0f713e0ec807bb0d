"""Who has an office today: the holder whom the newest minutes of a body give, with the body and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.facts.bodies import grouped, of_the_body, source_of
from engine.facts.denials import is_denied
from engine.facts.elections import election_of
from engine.facts.matching import FactMatch
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import cut, listed, phrase, sentence
from engine.questions.offices import MEETING_OFFICES, holds_office, offices_in, offices_of, question_says
from engine.questions.parts import part_of
from engine.questions.turns import says
from index.filters import last_day
from index.records import StoredDocument, StoredFact
from models.registers.persons import same_person
from models.registers.records import Attendance, Decision, Role

_BODIES = 3  # of so many bodies the holders are told together
_SHORT_ROLE = 4  # words: a longer role says more than the office
_HEADS = {"ordförande": "chair", "sekreterare": "secretary"}
_BESIDE = 30  # characters beside an office that may say whose it was or is
_LONG_AGO = 550  # days before the newest document of a body: such a holder is not one of today


@dataclass(frozen=True, slots=True)
class _Held:
    """What one document says of an office: a text, and what proves it; no text where it leaves nobody in it.

    ``sure``: it is the office of the body, not that of the one meeting.
    """

    document: StoredDocument
    text: str
    facts: tuple[StoredFact, ...]
    sure: bool = True


def is_asked_of_today(asked: Asked) -> bool:
    """Whether a question asks who has an office now, in a body or without a word on where."""
    understood, limits = asked.understood, asked.understood.limits
    timeless = limits.since is None and limits.until is None and not limits.latest and limits.section is None
    if not timeless or limits.person or understood.wanted not in ("person", "list"):
        return False
    question = understood.question
    if not says("now", question) or question_says("meeting", question) or len(_offices(question)) != 1:
        return False
    offices = {lemma for office in offices_in(question) for lemma in asked.store.words(office).lemmas}
    return all(word.lemma in asked.meant.explained or word.lemma in offices or offices_in(word.word)
               for word in asked.topic)  # fmt: skip


def holders(asked: Asked) -> Iterator[FactAnswer]:
    """The holder of today, of each body that may be meant where they are few."""
    office = next(iter(_offices(asked.understood.question)))
    documents = of_the_body(asked)
    groups = _groups(asked, documents)
    since = documents[:1] if asked.meant.named else []
    found = [held for group in groups if (held := _newest(asked, group, since or group, office)) is not None]
    found.sort(key=lambda one: one.document.date or "", reverse=True)
    spoken = asked.understood.language
    found = list({one.text: one for one in reversed(found)}.values())[::-1]  # a body and its group may have one chair
    if not found or (asked.meant.named and len(found) > _BODIES):
        return
    match = FactMatch("role", 1.0, 1.0, None, None, True)
    told = [phrase("sourced", spoken, text=one.text.rstrip("."), source=source_of(one.document, spoken))
            for one in found]  # fmt: skip
    if len(found) <= _BODIES:
        facts = [fact for one in found for fact in one.facts]
        answer = made(asked, [" ".join(told)], facts, match, 1.0)
        if answer:
            yield answer
            return
    answer = made(asked, told[:1], found[0].facts, match, 1.0)
    if answer and not asked.meant.named:
        yield answer


def _offices(question: str) -> frozenset[str]:
    part = "chair" if says("leads", question) else part_of(question)
    return offices_of(question) or frozenset({MEETING_OFFICES[part]} if part in ("chair", "secretary") else ())


def _groups(asked: Asked, documents: Sequence[StoredDocument]) -> list[list[StoredDocument]]:
    """The documents by their body; those that tell none are of the one that is named, or of nobody known."""
    groups = grouped(one for one in documents if one.body)
    lost = [one for one in documents if not one.body] if asked.meant.named else []
    if len(groups) == 1 and lost:
        return [sorted([*groups[0], *lost], key=lambda one: one.date or "", reverse=True)]
    return groups or ([lost] if lost else [])


def is_long_ago(one: StoredDocument, newest: StoredDocument) -> bool:
    """Whether a document is too old to tell of today, beside the newest of its body."""
    return _days_between(one, newest) > _LONG_AGO


def _newest(
    asked: Asked, documents: Sequence[StoredDocument], newest: Sequence[StoredDocument], office: str
) -> _Held | None:
    """What the newest of the documents that tells of an office says; None where nobody has it, or it is long ago.

    Who led or wrote one meeting has the office where older minutes give it to the same person.
    """
    newer: _Held | None = None
    for document in documents:
        if is_long_ago(document, newest[0]):
            return None
        facts = asked.store.facts_in([document], "decision", "attendance", "role")
        held = _elected(asked, document, facts, office) or _listed(asked, document, facts, office)
        if held is not None:
            if not held.text:
                return None
            if held.sure:
                return held if newer is None else newer if newer.text == held.text else None
            newer = newer or held
            continue
        if any(isinstance(one.fact, Decision) and is_denied(one.fact) and office in offices_in(one.fact.text)
               for one in facts):  # fmt: skip
            return None
    return None


def _elected(asked: Asked, document: StoredDocument, facts: Sequence[StoredFact], office: str) -> _Held | None:
    """The election of the chair or the secretary of a body, at a meeting that elects them."""
    part = _HEADS.get(office)
    if part is None or not _is_annual(document):
        return None
    one = election_of(asked, document, part)
    if one is None or one not in facts or not isinstance(one.fact, Decision) or not _elects_to(one.fact.text, office):
        return None
    return _Held(document, sentence(cut(one.fact.text)), (one,))


def _elects_to(text: str, office: str) -> bool:
    """Whether a decision elects to the office; *valde ordförande Bo Ek till firmatecknare* does not."""
    offices = [name for part in re.split(r"(?i)\btill\b", text)[1:] for name in offices_in(part)]
    return not offices or office in offices


def _is_annual(document: StoredDocument) -> bool:
    return says("annual", " ".join([document.title, document.body or ""]))


def _listed(asked: Asked, document: StoredDocument, facts: Sequence[StoredFact], office: str) -> _Held | None:
    """Those to whom the lists of a document, else its roles, give an office."""
    wanted = frozenset({office})
    rows = [one for one in facts if isinstance(one.fact, Attendance) and one.fact.person
            and holds_office(one.fact.capacity or "", wanted)]  # fmt: skip
    rows = rows or [
        one for one in facts
        if isinstance(one.fact, Role) and holds_office(one.fact.role or "", wanted, for_meeting=False)
        and (office not in _HEADS or _is_of_body(asked, one, wanted)) and not _had_it_before(asked, one)
    ]  # fmt: skip
    people: dict[str, StoredFact] = {}
    for one in rows:
        name = getattr(one.fact, "person", "")
        if not any(same_person(name, other) for other in people):
            people[name] = one
    if office in _HEADS and len(people) > 1:  # the one who was there, and the one who was elected
        people = _elected_of(facts, people, wanted)
        if not people:
            return _Held(document, "", ())
    if not people or (office in _HEADS and _is_deputy(facts, *people)):
        return None
    roles = {name: _role(one, office) for name, one in people.items()}
    spoken = asked.understood.language
    by_role = {role: [name for name in people if roles[name] == role] for role in roles.values()}
    text = " ".join(
        phrase("holders" if len(names) > 1 else "role", spoken, who=listed(names, spoken), role=role)
        for role, names in by_role.items()
    )
    sure = office not in _HEADS or not (_is_annual(document) or _is_for_the_meeting(facts, people))
    return _Held(document, text, tuple(people.values()), sure)


def _is_for_the_meeting(facts: Sequence[StoredFact], people: dict[str, StoredFact]) -> bool:
    """Whether somebody has an office by an election that tells no term, and so may be that of the meeting alone."""
    decisions = [one.fact for one in facts if isinstance(one.fact, Decision) and one.fact.kind == "elect"]
    return any(
        not says("term", one.text) and one.proof.start <= held.fact.proof.start < one.proof.end
        for held in people.values() for one in decisions
    )  # fmt: skip


def _elected_of(
    facts: Sequence[StoredFact], people: dict[str, StoredFact], wanted: frozenset[str]
) -> dict[str, StoredFact]:
    """The one of several holders whom a decision of the same minutes elects; nobody where it does not tell one."""
    texts = [one.fact.text for one in facts if isinstance(one.fact, Decision) and one.fact.kind == "elect"
             and holds_office(one.fact.text, wanted, for_meeting=False)]  # fmt: skip
    chosen = {name: one for name, one in people.items() if any(name in text for text in texts)}
    return chosen if len(chosen) == 1 else {}


def _is_of_body(asked: Asked, one: StoredFact, wanted: frozenset[str]) -> bool:
    """Whether the text gives the office itself, not that of the meeting (*Mötesordförande*)."""
    return holds_office(_around(asked, one), wanted, for_meeting=False)


def _is_deputy(facts: Sequence[StoredFact], name: str) -> bool:
    """Whether someone who led or wrote the meeting has another office, which says that it was only that once."""
    said = [
        getattr(one.fact, "capacity", None) or getattr(one.fact, "role", None) or ""
        for one in facts
        if isinstance(one.fact, Attendance | Role) and one.fact.person and same_person(one.fact.person, name)
    ]
    return any(office.startswith("vice ") or office == "ersättare" for text in said
               for office in offices_in(text))  # fmt: skip


def _had_it_before(asked: Asked, one: StoredFact) -> bool:
    """Whether a role is told as that of somebody who had it before (*avgående*, *dåvarande*)."""
    assert isinstance(one.fact, Role)
    if says("past_holder", one.fact.role or ""):
        return True
    whole = _around(asked, one)
    found = re.search(re.escape(one.fact.role or ""), whole, re.IGNORECASE)
    return found is not None and says("past_holder", whole[max(0, found.start() - _BESIDE) : found.start()])


def _around(asked: Asked, one: StoredFact) -> str:
    """The words that prove a fact, with some of those beside them."""
    proof = one.fact.proof
    for chunk in asked.store.chunks(one.document):
        if chunk.start <= proof.start < chunk.end:
            start = max(0, proof.start - chunk.start - _BESIDE)
            return chunk.text[start : proof.end - chunk.start + _BESIDE]
    return one.quote


def _days_between(one: StoredDocument, other: StoredDocument) -> int:
    days = [date.fromisoformat(last_day(document.date or "")) for document in (one, other)]
    return abs((days[1] - days[0]).days)


def _role(one: StoredFact, office: str) -> str:
    """The office as the document words it (*2:e vice ordförande*), where it says no more than that."""
    written = (getattr(one.fact, "capacity", None) or getattr(one.fact, "role", None) or "").strip()
    short = offices_in(written) == [office] and len(written.split()) <= _SHORT_ROLE and "," not in written
    more = written.lower() in (f"{office}n", f"{office}en") or says("term", written)
    return written if short and not more else office
