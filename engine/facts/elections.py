"""Answers about elections: who was elected to what, and who only led or wrote the meeting that elected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.facts.matching import FactMatch, score
from engine.facts.meetings import head
from engine.facts.rating import rated_facts
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import cut, own_words, phrase, sentence
from engine.facts.topics import roles, with_section
from engine.questions.offices import MEETING_OFFICES, holds_office, offices_of, question_says
from engine.questions.parts import part_of
from engine.registers.query import is_named
from index.records import StoredDocument, StoredFact
from models.registers.records import Decision, Fact, Meeting, Role

_DOCUMENTS = 3  # of several that a question may mean, so many are looked at: that they differ is enough to know
_ELECTED = ("chair", "secretary")  # offices of a meeting that its body has too


def elections(asked: Asked) -> Iterator[FactAnswer]:
    """Who was elected to something."""
    part = part_of(asked.understood.question)
    if part in _ELECTED and asked.understood.wanted in ("person", "list", "yes_no"):
        yield from _elected_head(asked, part)
        return
    if part == "adjusters":
        yield from head(asked)
        return
    question = asked.understood.question
    offices = offices_of(question)

    def held(fact: Fact) -> bool:
        if isinstance(fact, Role):
            return not offices or holds_office(fact.role or "", offices)
        return isinstance(fact, Decision) and fact.kind == "elect" and (not offices or holds_office(fact.text, offices))

    facts = [
        one for one in asked.store.facts("decision", "role")
        if isinstance(one.fact, Role) or (isinstance(one.fact, Decision) and one.fact.kind == "elect")
    ]  # fmt: skip
    for one, match in rated_facts(asked, facts, held):
        if isinstance(one.fact, Decision):
            texts = [sentence(cut(one.fact.text)), own_words(one.quote)]
            answer = made(asked, texts if offices else texts[::-1], [one], match, score(match))
            if answer:
                yield answer
    yield from roles(asked)


def _elected_head(asked: Asked, part: str) -> Iterator[FactAnswer]:
    """The chair or secretary that a meeting elected: of the association, of the meeting itself, or both.

    *Vem valdes till ordförande på årsmötet?* means the one who was elected for the year. Where somebody else led the
    meeting, the answer says who that was, since the question may mean it too.
    """
    of_meeting = list(head(asked))
    if question_says("meeting", asked.understood.question):
        yield from of_meeting
        return
    for document in asked.meant.documents[:_DOCUMENTS]:
        one = election_of(asked, document, part)
        if one is None:
            yield from (answer for answer in of_meeting if answer.citations[0].chunk.document.id == document.id)
        else:
            yield from _elected(asked, one, part, max((answer.score for answer in of_meeting), default=None))


def election_of(asked: Asked, document: StoredDocument, part: str) -> StoredFact | None:
    """The decision of a meeting to elect somebody else than the one who led or wrote it."""
    led = _of_head(asked, document, part)
    for one in asked.store.facts_in([document], "decision"):
        of_office = isinstance(one.fact, Decision) and one.fact.kind == "elect" and holds_office(
            one.fact.text, frozenset({MEETING_OFFICES[part]}), for_meeting=False
        )  # fmt: skip
        if of_office and not (led and _names(one, led)):
            return one
    return None


def _elected(asked: Asked, one: StoredFact, part: str, known: float | None) -> Iterator[FactAnswer]:
    """The answer of an election, with who led or wrote the meeting itself where the question may mean that too."""
    assert isinstance(one.fact, Decision)
    question, spoken = asked.understood.question, asked.understood.language
    led = _of_head(asked, one.document, part)
    match = FactMatch("elected", 1.0, 1.0, None, asked.meant.dated, asked.meant.single)
    text = with_section(asked, one, sentence(cut(one.fact.text)))
    person = asked.understood.limits.person
    if asked.understood.wanted == "yes_no" and person and not (led and is_named(person, led)):
        text = phrase("yes" if is_named(person, one.fact.text) else "no", spoken, text=text)
    both = (
        f"{text} {phrase(f'of_meeting_{part}', spoken, who=led)}" if led and not question_says("body", question) else ""
    )
    proofs = [one, *(asked.store.facts_in([one.document], "meeting") if both else [])]
    answer = made(asked, [both, text], proofs, match, score(match) if known is None else known)
    if answer:
        yield answer


def _of_head(asked: Asked, document: StoredDocument, part: str) -> str | None:
    """Who the head of a meeting's minutes says led or wrote it."""
    facts = asked.store.facts_in([document], "meeting")
    names = [getattr(one.fact, part) for one in facts if isinstance(one.fact, Meeting)]
    return next((str(name) for name in names if name), None)


def _names(one: StoredFact, name: str) -> bool:
    """Whether a decision elects someone by this name, or by the given name alone."""
    assert isinstance(one.fact, Decision)
    given = re.compile(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)(?! [A-ZÅÄÖÉ])")
    return is_named(name, one.fact.text) or given.search(one.fact.text) is not None
