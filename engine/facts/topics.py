"""Answers about a matter: what was decided, who has which role, who said it, what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from corpus.tables import read_rows
from engine.facts.bodies import placed
from engine.facts.matching import FactMatch, score
from engine.facts.rating import rated_facts
from engine.facts.records import Asked, FactAnswer, made
from engine.facts.text import listed, own_words, phrase, sentence
from engine.questions.names import is_meeting_word, limit_pattern
from engine.questions.offices import holds_office, offices_of
from engine.questions.turns import says
from engine.registers.query import named_in
from index.records import StoredFact
from index.schema import fold
from models.registers.records import Amount, Decision, Fact, Role, Statement
from models.swedish import stopwords, words

_STEM = 5  # letters that tell that two words are forms of one
_EQUAL = 0.02  # decisions of one section whose scores lie so close belong together
_OF_ONE_MATTER = 0.15  # decisions whose scores lie so close may be of one matter


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
        answer = made(asked, [said, own_words(one.quote)], same, match, score(match))
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
        answer = made(asked, [own_words(one.quote), sentence(whole)], [one], match, score(match))
        if answer and fact.written in answer.text:
            yield answer
