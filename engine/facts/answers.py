"""Answers from the registers: candidates by the relation that a question asks through, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.facts import holders, presence, tasks
from engine.facts.assignments import assignments
from engine.facts.attendance import attendance, organisations
from engine.facts.bodies import of_the_body
from engine.facts.candidates import FactStore, selected
from engine.facts.conflicts import doubted
from engine.facts.denials import denial
from engine.facts.elections import elections
from engine.facts.elsewhere import Elsewhere
from engine.facts.full_names import in_full
from engine.facts.matching import Meaning, Meant, Topic, meant_documents, topic_of
from engine.facts.meetings import head, next_meeting
from engine.facts.questions import cleared
from engine.facts.records import Asked, FactAnswer
from engine.facts.text import other_names
from engine.facts.topics import amounts, decisions, roles, statements
from engine.hits import Citation
from engine.questions.offices import offices_of
from engine.questions.parts import part_of
from engine.questions.understanding import Relation, Understood
from index.filters import Filter
from index.records import LastChange

if TYPE_CHECKING:
    from index.facts import FactReader
    from models.embedding import Embedder
    from models.swedish import SwedishAnalyser

Finder = Callable[[Asked], Iterator[FactAnswer]]
_FINDERS: dict[Relation, tuple[Finder, ...]] = {
    "assigned": (assignments,),
    "undertaken": (assignments,),
    "deadline": (assignments,),
    "decided": (decisions,),
    "elected": (elections,),
    "role": (roles,),
    "attended": (attendance,),
    "absent": (attendance,),
    "said": (statements,),
    "reported": (statements,),
    "next_meeting": (next_meeting,),
    "meeting": (head,),
    "cost": (amounts,),
}
# The types of fact among which the words of a topic are rare or common.
_TYPES: dict[Relation, tuple[str, ...]] = {
    "assigned": ("action",),
    "undertaken": ("action",),
    "deadline": ("action",),
    "decided": ("decision",),
    "elected": ("decision", "role"),
    "role": ("role",),
    "attended": ("attendance",),
    "absent": ("attendance",),
    "said": ("statement",),
    "reported": ("statement",),
    "next_meeting": ("next_meeting",),
    "meeting": ("meeting",),
    "cost": ("amount",),
}
_OF_NEXT = ("date", "time", "place", "list", "yes_no")


class FactAnswerer:
    """Answers questions from the facts of an open archive."""

    def __init__(self, archive: FactReader, analyser: SwedishAnalyser, embedder: Embedder) -> None:
        self._archive = archive
        self._analyser = analyser
        self._meaning = Meaning(embedder)
        self._store: FactStore | None = None
        self._change: LastChange | None = None
        self._placed = lru_cache(1)(self._place)  # denials and answers ask of one question

    def answer(self, understood: Understood, selection: Filter = Filter.everything) -> list[FactAnswer]:
        """The answers that the registers of the selected documents give, best first; empty where they know none."""
        asked = self._asked(understood, selection)
        if asked is None:
            return []
        found = list(self._found(asked))
        meant = asked.meant.ids if asked.meant.named else frozenset()
        return doubted(sorted(found, key=lambda one: -one.score), asked.understood, meant)

    def denied(self, understood: Understood, selection: Filter = Filter.everything) -> FactAnswer | None:
        """What the registers say was not so of what is asked, at the one meeting that the question names."""
        asked = self._asked(understood, selection)
        return denial(asked) if asked is not None else None

    def _asked(self, understood: Understood, selection: Filter) -> Asked | None:
        """The question with where its answer may stand; None for one that no register answers."""
        return self._placed(understood, selection, self._current())

    def _place(self, understood: Understood, selection: Filter, store: FactStore) -> Asked | None:
        understood = cleared(understood, store)
        if understood.relation is None or understood.wanted in ("reason", "purpose", "definition"):
            return None
        documents = selected(store, selection)
        topic = topic_of(understood, store, self._analyser, _TYPES[understood.relation])
        meant = meant_documents(understood, _naming(topic), store, documents)
        return Asked(understood, tuple(topic), meant, tuple(documents), store, self._meaning)

    def in_full(
        self, understood: Understood, text: str, citations: tuple[Citation, ...]
    ) -> tuple[str, tuple[Citation, ...]]:
        """The answer of a passage with the whole names of those whom it calls by a part of theirs, and their proof."""
        return in_full(understood, text, citations, self._current())

    def names_organisation(self, understood: Understood, text: str) -> bool:
        """Whether a text has a name that neither the question nor a person has: a company's or an authority's.

        *Granviks kommun* is one where the question says *Granvik* only.
        """
        from models.pipeline.gazetteers import organisation_pattern

        question = understood.question
        named = any(found[0] not in question for found in organisation_pattern().finditer(text))
        return named or bool(other_names(text, question, self._current().person_words))

    def meant(self, understood: Understood, selection: Filter = Filter.everything) -> Meant:
        """The selected documents of the time that a question names, of those the ones that its words name best."""
        store = self._current()
        topic = topic_of(understood, store, self._analyser, ())
        return meant_documents(understood, _naming(topic), store, selected(store, selection))

    def elsewhere(self, understood: Understood, names: Sequence[str], has: Callable[[str, str], bool]) -> Elsewhere:
        """What tells passages of another body, other years or without the ``names`` that the question says."""
        store = self._current()
        return Elsewhere.than(understood, topic_of(understood, store, self._analyser, ()), names, store, has)

    def newest(self, understood: Understood, selection: Filter = Filter.everything) -> tuple[str, ...]:
        """The newest documents of the body, for a question on its next meeting from now; else none."""
        limits = understood.limits
        if understood.relation != "next_meeting" or limits.since is not None or limits.until is not None:
            return ()
        asked = self._asked(understood, selection)
        documents = of_the_body(asked) if asked is not None else []
        return tuple(one.id for one in documents if one.date == documents[0].date)

    def _found(self, asked: Asked) -> Iterator[FactAnswer]:
        """The answers of the finders for the relation; of a question about today what is known of today, if it is."""
        relation = asked.understood.relation
        how = presence.how_asked(asked) if relation == "attended" else None
        if how is not None:
            yield from presence.in_part(asked, how)
            return
        found: list[FactAnswer] = []
        if relation == "role" and holders.is_asked_of_today(asked):
            yield from list(holders.holders(asked)) or self._of_newest(asked)
            return
        elif relation == "assigned" and tasks.is_asked_of_today(asked):
            found = list(tasks.tasks_of_today(asked))
        yield from found or (one for finder in self._finders(asked.understood) for one in finder(asked))

    def _of_newest(self, asked: Asked) -> Iterator[FactAnswer]:
        """Who had an office in the newest documents of the body, where nothing tells who has it today."""
        documents = of_the_body(asked)  # minutes of a part of the body say nothing of the whole
        answers = (one for finder in self._finders(asked.understood) for one in finder(asked)) if documents else ()
        for one in answers:
            document = one.citations[0].chunk.document
            if not document.date or not holders.is_long_ago(document, documents[0]):
                yield one

    def _finders(self, understood: Understood) -> tuple[Finder, ...]:
        assert understood.relation is not None
        part = part_of(understood.question)
        if understood.relation == "role" and part in ("chair", "secretary", "adjusters"):
            return (head,)
        if understood.relation == "next_meeting" and understood.wanted not in _OF_NEXT:
            return (assignments,)
        if understood.relation == "reported" and understood.wanted in ("date", "time"):
            return (assignments,)
        if understood.relation == "role" and understood.wanted in ("organisation", "body"):
            return (lambda asked: organisations(asked, asked.understood.limits.person or ""),)
        return _FINDERS[understood.relation]

    def _current(self) -> FactStore:
        """The store of the archive as it is now."""
        change = self._archive.last_change()
        if self._store is None or change != self._change:
            self._store, self._change = FactStore(self._archive, self._analyser), change
        return self._store


def _naming(topic: Sequence[Topic]) -> list[Topic]:
    """The words that may say which minutes are meant: no office does."""
    return [word for word in topic if not offices_of(word.word)]
