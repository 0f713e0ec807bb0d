"""Answers about a matter: who is to do it, what was decided, who said it, what it costs, when it is due."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from corpus.tables import read_rows
from engine.facts.bodies import placed
from engine.facts.matching import FactMatch, score
from engine.facts.rating import rated_facts
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import cut, listed, phrase, sentence, written_date
from engine.questions.names import is_meeting_word, limit_pattern
from engine.questions.offices import holds_office, offices_of
from engine.questions.turns import says
from engine.registers.query import is_named, named_in
from index.records import StoredFact
from index.schema import fold
from models.registers.records import Action, Amount, Decision, Fact, Party, Role, Statement
from models.swedish import normal_form, stopwords, words

_SHORT = 250  # characters of a quotation that is an answer as it stands
_STEM = 5  # letters that tell that two words are forms of one
_EQUAL = 0.02  # decisions of one section whose scores lie so close belong together
_OF_ONE_MATTER = 0.15  # decisions whose scores lie so close may be of one matter
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
        answer = made(asked, [*texts, *([] if by_date else [own_words(asked, one)])], proofs, match, score(match))
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
    text = assigned(asked, action) or own_words(asked, one)
    when = written_date(action.deadline, spoken)
    if _meeting_of_deadline(asked, one):
        yield phrase("deadline_meeting", spoken, text=text, when=when)
        yield phrase("next", spoken, when=when)
    else:
        yield phrase("deadline", spoken, text=text, when=when)
    yield phrase("deadline", spoken, text=own_words(asked, one), when=when)
    yield sentence(when)


def _meeting_of_deadline(asked: Asked, one: StoredFact) -> list[StoredFact]:
    """The announced meeting that a deadline such as *till nästa möte* means."""
    action = one.fact
    assert isinstance(action, Action)
    if not action.deadline or not says("to_meeting", action.deadline_text or ""):
        return []
    facts = asked.store.facts_in([one.document], "next_meeting")
    return [row for row in facts if getattr(row.fact, "date", None) == action.deadline][:1]


# Decisions and roles.


def decisions(asked: Asked) -> Iterator[FactAnswer]:
    """What was decided on a matter, or whether something was approved."""
    yes_no = asked.understood.wanted == "yes_no" or begins_with_verb(asked.understood.question)
    supposed = None if yes_no else supposed_kinds(asked.understood.question)

    def held(fact: Fact) -> bool:
        return isinstance(fact, Decision) and (supposed is None or fact.kind in supposed[0])

    rated = [
        pair for pair in rated_facts(asked, asked.store.facts("decision"), held) if not _is_proposal(asked, pair[0])
    ]
    if asked.meant.dated is None and says("outcome", asked.understood.question):
        rated = _latest(rated)
    if not yes_no:
        yield from _together(asked, rated)
    for one, match in rated:
        decision = one.fact
        assert isinstance(decision, Decision)
        text = _said(decision)
        if yes_no:
            word = _outcome(decision, asked.understood.question)
            if word is None:
                continue
            text = phrase(word, asked.understood.language, text=text)
        answer = made(asked, [with_section(asked, one, text), text], [one], match, score(match))
        if answer:
            yield answer


def _latest(rated: Sequence[tuple[StoredFact, FactMatch]]) -> list[tuple[StoredFact, FactMatch]]:
    """Of the decisions on a matter those of the newest document, which tell what became of it; none that put it off."""
    best = max((score(match) for _, match in rated), default=0.0)
    near = [(one, match) for one, match in rated if score(match) >= best - _OF_ONE_MATTER]
    newest = max((one.document.date or "" for one, _ in near), default="")
    kept = [(one, match) for one, match in near if (one.document.date or "") == newest]
    return [] if any(getattr(one.fact, "kind", "") in ("table", "refer_back") for one, _ in kept[:1]) else kept


def _together(asked: Asked, rated: Sequence[tuple[StoredFact, FactMatch]]) -> Iterator[FactAnswer]:
    """The decisions of one section that fit equally well, as one answer in the order of the document."""
    if not rated:
        return
    best, match = rated[0]
    near = [one for one, other in rated if score(other) >= score(match) - _EQUAL]
    facts = [one for one in near if _section_of(one) == _section_of(best)]
    if len(facts) > 1:
        facts.sort(key=lambda one: one.fact.proof.start)
        text = " ".join(_said(one.fact) for one in facts if isinstance(one.fact, Decision))
        answer = made(asked, [with_section(asked, best, text)], facts, match, score(match))
        if answer:
            yield answer


def _said(decision: Decision) -> str:
    """The words of a decision, without a heading that they repeat (*Dagordning: Dagordningen godkändes*)."""
    heading, colon, rest = decision.text.partition(": ")
    stems = [fold(word)[:_STEM] for word in re.findall(r"\w{4,}", heading)]
    repeated = bool(colon and stems) and all(stem in fold(rest) for stem in stems)
    return sentence(rest if repeated else decision.text)


def _section_of(one: StoredFact) -> tuple[str, int]:
    return one.document.id, one.fact.proof.section


def _is_proposal(asked: Asked, one: StoredFact) -> bool:
    """Whether what stands there was only proposed."""
    return any(says("proposal", section.heading) for section in asked.store.sections_of(one))


def _outcome(decision: Decision, question: str) -> str | None:
    """*yes* or *no* by the kind of decision and what the question supposes; None where it tells neither."""
    supposed = supposed_kinds(question)
    denied = says("negation", decision.text)
    if supposed is None:
        return (
            "no" if denied or decision.kind == "reject" else "yes" if decision.kind in ("decide", "approve") else None
        )
    if decision.kind in supposed[0]:
        return "no" if denied else "yes"
    return "no" if decision.kind in supposed[1] else None


def begins_with_verb(question: str) -> bool:
    """Whether a question begins with the verb of a decision, and so asks whether it was taken."""
    return any(pattern.match(question) for pattern, _, _ in _suppositions())


def supposed_kinds(question: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The kinds of decisions that make a question true, and those that make it false; None where it names none."""
    found = next((kinds for pattern, *kinds in _suppositions() if pattern.search(question)), None)
    return (found[0], found[1]) if found else None


@cache
def _suppositions() -> tuple[tuple[re.Pattern[str], frozenset[str], frozenset[str]], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), frozenset(row["yes"].split("|")), frozenset(row["no"].split("|")))
        for row in read_rows("engine.tables", "decision_questions")
    )


def with_section(asked: Asked, one: StoredFact, text: str) -> str:
    """A text with the § that a fact stands in, where it has one."""
    number = next((section.number for section in asked.store.sections_of(one) if section.number), None)
    if not number or not number.startswith("§"):
        return text
    return phrase("with_section", asked.understood.language, text=text.rstrip("."), section=number)


def roles(asked: Asked) -> Iterator[FactAnswer]:
    """Who has a role, and which role someone has."""
    person, spoken = asked.understood.limits.person, asked.understood.language
    facts = [one for one in asked.store.facts("role") if isinstance(one.fact, Role) and one.fact.role]
    if person:
        facts = [one for one in facts if named_in(one.fact, person)]
    offices = frozenset() if person else offices_of(asked.understood.question)

    def held(fact: Fact) -> bool:
        return isinstance(fact, Role) and (not offices or holds_office(fact.role or "", offices))

    rated = rated_facts(asked, facts, held, _role_text(asked))
    grouped: dict[tuple[str, str], list[tuple[StoredFact, FactMatch]]] = {}
    for one, match in rated:
        assert isinstance(one.fact, Role)
        grouped.setdefault((one.document.id, fold(one.fact.role or "")), []).append((one, match))
    for rows in grouped.values():
        best = max(score(match) for _, match in rows)
        chosen = [(one, match) for one, match in rows if score(match) >= best - 0.01]
        fact, match = chosen[0][0].fact, chosen[0][1]
        assert isinstance(fact, Role)
        who = listed([getattr(one.fact, "person", "") for one, _ in chosen], spoken)
        key = "role_of" if fact.organisation and len(chosen) == 1 else "role"
        text = phrase(key, spoken, who=who, role=fact.role or "", organisation=fact.organisation or "")
        texts = [placed(asked, text, chosen[0][0].document), text]
        answer = made(asked, texts, [one for one, _ in chosen], match, score(match))
        if answer:
            yield answer


def _role_text(asked: Asked) -> Callable[[StoredFact], str]:
    """A role is matched by its own words: its quotation may be a line of many roles."""

    def text(one: StoredFact) -> str:
        assert isinstance(one.fact, Role)
        return " ".join(filter(None, [one.fact.person, one.fact.role, one.fact.organisation]))

    return text


# What was said, and what things cost.


def statements(asked: Asked) -> Iterator[FactAnswer]:
    """Who said what."""
    person = asked.understood.limits.person
    facts = [one for one in asked.store.facts("statement") if not person or named_in(one.fact, person)]
    rated = rated_facts(asked, facts, lambda fact: isinstance(fact, Statement))
    for one, match in rated:
        fact = one.fact
        assert isinstance(fact, Statement)
        if not _is_telling(fact.content):
            continue
        same = [row for row in facts if row.document.id == one.document.id and isinstance(row.fact, Statement)
                and (row.fact.verb, row.fact.content) == (fact.verb, fact.content)]  # fmt: skip
        who = listed(
            [row.fact.person.name for row in same if isinstance(row.fact, Statement)], asked.understood.language
        )
        said = sentence(f"{who} {fact.verb} {fact.content}")
        answer = made(asked, [said, own_words(asked, one)], same, match, score(match))
        if answer:
            yield answer


def _is_telling(content: str) -> bool:
    """Whether words say more than when: *(lovar) till nästa möte* does not."""
    return any(
        word not in stopwords() and not is_meeting_word(word) and not limit_pattern("small").fullmatch(word)
        and not says("when", word)
        for word in words(content)
    )  # fmt: skip


def amounts(asked: Asked) -> Iterator[FactAnswer]:
    """What something costs."""
    facts = asked.store.facts("amount")
    if says("spent", asked.understood.question):  # what it was thought to cost is no answer
        facts = tuple(one for one in facts if says("cost_told", one.quote) and not says("estimate", one.quote))
    for one, match in rated_facts(asked, facts, lambda fact: isinstance(fact, Amount)):
        fact = one.fact
        assert isinstance(fact, Amount)
        purpose = fact.purpose or ""
        whole = purpose if fact.written in purpose else f"{purpose}: {fact.written}"
        answer = made(asked, [own_words(asked, one), sentence(whole)], [one], match, score(match))
        if answer and fact.written in answer.text:
            yield answer


def own_words(asked: Asked, one: StoredFact) -> str:
    """The fact as it stands in its document."""
    text = sentence(cut(re.sub(r"[*_`#|>]+", " ", one.quote)))
    return text if len(text) <= _SHORT or len(one.quote) <= _SHORT else ""
