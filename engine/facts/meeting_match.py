"""How well a question about a meeting as a whole fits the documents that it means."""

from __future__ import annotations

from collections.abc import Sequence

from engine.facts.matching import FactMatch, Topic, coverage, head_words
from engine.facts.records import Asked
from engine.questions.parts import said_of_parts
from engine.questions.turns import turn


def match_of(asked: Asked, topic: Sequence[Topic], *, single: bool, held: bool = True) -> FactMatch:
    """How well the one document, or the first of several, fits a question about a meeting."""
    store = asked.store
    text = store.words(store.about(asked.meant.documents[0])) if asked.meant.documents else store.words("")
    share = coverage([word for word in topic if word.word not in head_words() or word.found_in(text)], text)
    relation = asked.understood.relation or ""
    return FactMatch(relation, share, share, None, asked.meant.dated, single, held)


def unsaid(asked: Asked, *said: str | None) -> list[Topic]:
    """The topic without the words of names and organisations that an answer takes up, and those of its form."""
    lemmas = {lemma for text in said if text for lemma in asked.store.words(text).lemmas}
    form = {lemma for said in said_of_parts(asked.understood.question) for lemma in asked.store.words(said).lemmas}
    return [word for word in asked.topic if word.lemma not in lemmas and word.lemma not in form]


def said_in(asked: Asked, *kinds: str) -> frozenset[str]:
    """The words of the question's turns of these kinds, which say no matter."""
    question = asked.understood.question
    turns = (found[0] for kind in kinds for found in turn(kind).finditer(question))
    return frozenset(lemma for said in turns for lemma in asked.store.words(said).lemmas)
