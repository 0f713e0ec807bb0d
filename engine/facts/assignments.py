"""Answers about tasks: who is to do what, and by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from corpus.tables import read_rows
from engine.facts.matching import FactMatch, score
from engine.facts.rating import rated_facts
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import listed, own_words, phrase, sentence, written_date
from engine.questions.turns import says
from engine.registers.query import is_named
from index.records import StoredFact
from index.schema import fold
from models.registers.records import Action, Fact, Party
from models.swedish import normal_form

_LISTED = 6  # tasks in one answer


def assignments(asked: Asked) -> Iterator[FactAnswer]:
    """Who is to do something, what someone is to do, and by when."""
    limits, wanted = asked.understood.limits, asked.understood.wanted
    by_date = wanted in ("date", "time")
    facts = asked.store.facts("action")
    if limits.person:
        facts = tuple(one for one in facts if isinstance(one.fact, Action) and _is_of(limits.person, one.fact))
    rated = rated_facts(asked, facts, _held_assignment(asked), _action_text(asked))
    if limits.person and wanted in ("task", "list", "statement") and not by_date:
        yield from _tasks(asked, rated)
    for one, match in rated:
        assert isinstance(one.fact, Action)
        if wanted in ("person", "list", "organisation") and _is_said(one.fact, asked.understood.question):
            continue
        texts = list(_dated_texts(asked, one)) if by_date else [assigned(asked, one.fact)]
        if by_date and not texts:
            continue
        proofs = [one, *_meeting_of_deadline(asked, one)] if by_date else [one, *_full_names(asked, one)]
        answer = made(asked, [*texts, *([] if by_date else [own_words(one.quote)])], proofs, match, score(match))
        if answer:
            yield answer


def _held_assignment(asked: Asked) -> Callable[[Fact], bool]:
    wanted, question = asked.understood.wanted, asked.understood.question
    if wanted in ("date", "time"):
        return lambda fact: isinstance(fact, Action) and bool(fact.deadline or fact.deadline_text)
    if wanted == "task" and not asked.understood.limits.person and not says("passive", question):
        # *Vad skulle nämnden göra?* is not answered by what somebody else is to do.
        return lambda fact: isinstance(fact, Action) and _is_asked_of(asked, fact)
    return lambda fact: isinstance(fact, Action) and bool(fact.assignees)


def _is_asked_of(asked: Asked, action: Action) -> bool:
    """Whether the question names one who has the task."""
    said = asked.store.words(asked.understood.question).lemmas
    names = [*(one.name for one in action.assignees), *(one.written for one in action.assignees)]
    return any(asked.store.words(name).lemmas & said for name in names)


def _action_text(asked: Asked) -> Callable[[StoredFact], str]:
    """A task is matched by its own words and by whom it is for, in full: its quotation may hold several tasks."""
    store = asked.store
    proofs = Counter((one.document.id, one.fact.proof.start, one.fact.proof.end) for one in store.facts("action"))

    def text(one: StoredFact) -> str:
        assert isinstance(one.fact, Action)
        proof = one.fact.proof
        parties = [
            part for party in one.fact.assignees for part in (party.written, party.name, party.organisation or "")
        ]
        shared = proofs[one.document.id, proof.start, proof.end] > 1
        said = "\n".join([one.fact.deadline_text or "", *store.headings(one)]) if shared else store.text(one)
        return "\n".join([one.fact.task, *parties, said])

    return text


def _is_said(action: Action, question: str) -> bool:
    """Whether the question names all who have the task itself: *Vem tog över efter Bo Ek?* is not answered by Bo Ek."""
    said = fold(question)
    return bool(action.assignees) and all(fold(one.name) in said for one in action.assignees)


def _is_of(person: str, action: Action) -> bool:
    """Whether someone has the task, or gave it."""
    names = [name for one in action.assignees for name in (one.name, *one.others)]
    return any(is_named(person, name) for name in (*names, action.given_by or ""))


def _tasks(asked: Asked, rated: Sequence[tuple[StoredFact, FactMatch]]) -> Iterator[FactAnswer]:
    """What someone was asked to do at the meeting that is meant: all of it in one answer."""
    meant = {one.id for one in asked.meant.documents}
    here = [(one, match) for one, match in rated if one.document.id in meant]
    facts = [one for one, _ in here[:_LISTED]]
    if len(facts) < 2 or not asked.meant.single:
        return
    tasks = [one.fact.task for one in facts if isinstance(one.fact, Action)]
    first = facts[0].fact
    assert isinstance(first, Action)
    text = phrase("told", asked.understood.language, who=_who(first.assignees, asked), task="; ".join(tasks))
    match = here[0][1]
    answer = made(asked, [text], facts, match, score(match))
    if answer:
        yield answer


def assigned(asked: Asked, action: Action) -> str:
    """Who is to do what, as in *Siri Al, Byalaget, fick i uppdrag att ta fram en plan*."""
    who, spoken = _who(action.assignees, asked), asked.understood.language
    if not who:
        return ""
    task = action.task.rstrip(" .")
    return phrase(_form(task), spoken, who=who, task=task)


def _form(task: str) -> str:
    """Which sentence a task makes: *att ta fram*, *kontaktar banken*, or words of another kind."""
    first = fold(re.split(r"\W", task.strip(), maxsplit=1)[0])
    if task[:1].isupper():
        return "told"
    present = (first + "r", first[:-1] + "er")  # kontakta, kontaktar; skriva, skriver
    if first in _infinitives() or (first.endswith("a") and normal_form(first) in map(normal_form, present)):
        return "assigned"
    return "does" if first.endswith(("r", "s")) and len(first) > 2 else "told"


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("engine.tables", "infinitives"))


def _who(parties: Sequence[Party], asked: Asked) -> str:
    spoken = asked.understood.language
    names = [f"{one.name}, {one.organisation}," if one.organisation and len(parties) == 1 else one.name
             for one in parties]  # fmt: skip
    return listed(names, spoken)


def _full_names(asked: Asked, one: StoredFact) -> list[StoredFact]:
    """Where the document gives the whole name of someone who is called *Stefan* in the fact."""
    assert isinstance(one.fact, Action)
    names = [party.name for party in one.fact.assignees if party.reason or party.organisation]
    if not names:
        return []
    rows = asked.store.facts_in([one.document], "attendance", "role")
    found = [row for name in names for row in rows if fold(getattr(row.fact, "person", None) or "") == fold(name)]
    return found[:2]


def _dated_texts(asked: Asked, one: StoredFact) -> Iterator[str]:
    """By when: the day that the task names, or that of the next meeting where the task says so."""
    action, spoken = one.fact, asked.understood.language
    assert isinstance(action, Action)
    if not action.deadline:
        return
    text = assigned(asked, action) or own_words(one.quote)
    when = written_date(action.deadline, spoken)
    if _meeting_of_deadline(asked, one):
        yield phrase("deadline_meeting", spoken, text=text, when=when)
        yield phrase("next", spoken, when=when)
    else:
        yield phrase("deadline", spoken, text=text, when=when)
    yield phrase("deadline", spoken, text=own_words(one.quote), when=when)
    yield sentence(when)


def _meeting_of_deadline(asked: Asked, one: StoredFact) -> list[StoredFact]:
    """The announced meeting that a deadline such as *till nästa möte* means."""
    action = one.fact
    assert isinstance(action, Action)
    if not action.deadline or not says("to_meeting", action.deadline_text or ""):
        return []
    facts = asked.store.facts_in([one.document], "next_meeting")
    return [row for row in facts if getattr(row.fact, "date", None) == action.deadline][:1]
