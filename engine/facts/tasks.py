"""Tasks as they are today: what somebody has left to do, and which commissions are not reported as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from engine.facts.assignments import assigned
from engine.facts.bodies import of_the_body, source_of
from engine.facts.matching import FactMatch
from engine.facts.meeting_match import said_in
from engine.facts.records import CITATIONS, Asked, FactAnswer, made
from engine.facts.text import phrase, written_date
from engine.questions.turns import says
from engine.registers.followup import follow_up
from engine.registers.query import is_named
from index.records import StoredFact
from index.schema import fold
from models.registers.persons import same_person
from models.registers.records import Action

_STATES = ("open", "done", "overdue")
_TASK_WORDS = frozenset({"uppdrag", "uppgift", "åtagande", "punkt", "task", "action", "assignment", "item"})


def is_asked_of_today(asked: Asked) -> bool:
    """Whether a question asks what became of tasks, or what somebody has to do, at no certain time."""
    limits = asked.understood.limits
    if limits.since is not None or limits.until is not None or limits.latest or limits.section is not None:
        return False
    if asked.understood.wanted not in ("task", "list", "statement", "count", "yes_no"):
        return False
    question = asked.understood.question
    return (_state(question) is not None or (limits.person is not None and says("to_do", question))) and not _rest(
        asked
    )


def tasks_of_today(asked: Asked) -> Iterator[FactAnswer]:
    """The tasks of the person that is asked for, from the newest minutes; or the newest of all."""
    documents = {one.id: one for one in of_the_body(asked)}
    facts = [one for one in asked.store.facts("action") if one.document.id in documents and _is_somebodys(one)]
    person = asked.understood.limits.person
    if person:
        facts = _of_one(person, facts)
    state = _state(asked.understood.question) or "open"
    states = follow_up(asked.store.archive, facts, date.today())
    chosen = [one for one, told in zip(facts, states, strict=True) if (told["done"] is not None if state == "done"
              else told[state])]  # fmt: skip
    chosen = _once(sorted(chosen, key=lambda one: one.document.date or "", reverse=True))
    if not chosen:
        return
    if person and state == "open":
        yield from _of_person(asked, chosen)
    else:
        yield from _of_all(asked, chosen, f"{state}_tasks")


def _state(question: str) -> str | None:
    return next((state for state in _STATES if says(state, question)), None)


def _rest(asked: Asked) -> bool:
    """Whether the question asks for tasks on a certain matter."""
    said = said_in(asked, *_STATES, "to_do")
    names = asked.store.words(asked.understood.limits.person or "").lemmas
    return any(
        word.lemma not in said | names | asked.meant.explained and word.lemma not in _TASK_WORDS for word in asked.topic
    )


def _is_somebodys(one: StoredFact) -> bool:
    return isinstance(one.fact, Action) and bool(one.fact.assignees) and one.fact.strength == "explicit"


def _of_one(person: str, facts: Sequence[StoredFact]) -> list[StoredFact]:
    """The tasks of the one person of this name; none where several have it."""
    found: list[StoredFact] = []
    names: list[str] = []
    for one in facts:
        assert isinstance(one.fact, Action)
        held = [party.name for party in one.fact.assignees if not party.others and is_named(person, party.name)]
        if held:
            found.append(one)
            names += [name for name in held if not any(same_person(name, other) for other in names)]
    return found if len(names) == 1 else []


def _once(facts: Sequence[StoredFact]) -> list[StoredFact]:
    """The facts without those that repeat the words of another one."""
    found: dict[str, StoredFact] = {}
    for one in facts:
        assert isinstance(one.fact, Action)
        found.setdefault(" ".join(re.findall(r"\w+", fold(one.fact.task))), one)
    return list(found.values())


def _of_person(asked: Asked, facts: Sequence[StoredFact]) -> Iterator[FactAnswer]:
    """What the newest minutes give somebody to do, and how much older ones do."""
    spoken, document = asked.understood.language, facts[0].document
    newest = [one for one in facts if one.document.id == document.id]
    first = newest[0].fact
    assert isinstance(first, Action)
    name = next(party.name for party in first.assignees if is_named(asked.understood.limits.person or "", party.name))
    texts = [one.fact.task.rstrip(" .") for one in newest if isinstance(one.fact, Action)]
    text = assigned(asked, first) if len(texts) == 1 else phrase("tasks", spoken, who=name, task="; ".join(texts))
    told = phrase("sourced", spoken, text=text.rstrip("."), source=source_of(document, spoken))
    left = str(len(facts) - len(newest))
    whole = [phrase("older", spoken, text=told, count=left)] if left != "0" else []
    answer = made(asked, [*whole, told], newest, _match(asked), 1.0, (left,))
    if answer:
        yield answer


def _of_all(asked: Asked, facts: Sequence[StoredFact], key: str) -> Iterator[FactAnswer]:
    """How many tasks there are, and the newest."""
    spoken, count = asked.understood.language, str(len(facts))
    for most in range(min(CITATIONS, len(facts)), 0, -1):
        shown = facts[:most]
        form = key if most < len(facts) else f"{key}_all"
        texts = [phrase(form, spoken, count=count, tasks="; ".join(_dated(asked, one, full=full) for one in shown))
                 for full in (True, False)]  # fmt: skip
        answer = made(asked, texts, shown, _match(asked), 1.0, (count,))
        if answer:
            yield answer
            return


def _dated(asked: Asked, one: StoredFact, *, full: bool) -> str:
    """A task with whose it is and since when; without ``full`` those are called as the text there calls them."""
    assert isinstance(one.fact, Action)
    spoken = asked.understood.language
    who = ", ".join(party.name if full else party.written for party in one.fact.assignees)
    return f"{who}: {one.fact.task.rstrip(' .')} ({written_date(one.document.date or '', spoken)})"


def _match(asked: Asked) -> FactMatch:
    return FactMatch(asked.understood.relation or "", 1.0, 1.0, None, None, True)
