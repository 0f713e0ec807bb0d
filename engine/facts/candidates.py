"""The facts that may answer a question, and the documents that it may mean.

A store is good for one state of the archive: it reads facts of a type when they are first asked for.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.records import Section, Span
from engine.hits import Citation
from engine.registers.query import words_of
from engine.registers.rows import Sections
from index.filters import Filter
from index.records import StoredChunk, StoredDocument, StoredFact
from index.schema import fold
from models.registers.records import Meeting, Proof

if TYPE_CHECKING:
    from index.facts import FactReader
    from models.analysis import Analyser

# Facts are sifted by the beginnings of words before their words are analysed (0.2 ms a fact).
_STEM = 5
_MOST = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a text, for matching: the normal forms of its words and the parts of those."""

    lemmas: frozenset[str]
    parts: frozenset[str]

    def __or__(self, other: Words) -> Words:
        return Words(self.lemmas | other.lemmas, self.parts | other.parts)


class FactStore:
    """The facts of an open archive, with what stands around them."""

    def __init__(self, archive: FactReader, analyser: Analyser) -> None:
        self.archive = archive
        self._analyser = analyser
        self._sections = Sections(archive)
        self._facts: dict[str, tuple[StoredFact, ...]] = {}
        self._words: dict[str, Words] = {}
        self._texts: dict[int, str] = {}
        self._folds: dict[int, str] = {}
        self._chunks: dict[str, list[StoredChunk]] = {}

    @cached_property
    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents of the archive."""
        return tuple(self.archive.documents())

    @cached_property
    def person_words(self) -> frozenset[str]:
        """The words of all names in the lists, in lower case."""
        names = (getattr(one.fact, "person", None) for one in self.facts("attendance", "role"))
        return frozenset(word for name in names if name for word in words_of(name))

    @cached_property
    def given_names(self) -> frozenset[str]:
        """The first words of the whole names in the lists, in lower case, that no body or title has."""
        names = (getattr(one.fact, "person", None) or "" for one in self.facts("attendance", "role"))
        given = {name.split()[0].lower() for name in names if " " in name}
        return frozenset(given - {word for one in self.documents for word in words_of(f"{one.title} {one.body or ''}")})

    @cached_property
    def bodies(self) -> tuple[Words, ...]:
        """The words of the names of bodies that have documents."""
        return tuple(self.words(name) for name in sorted({one.body for one in self.documents if one.body}))

    def facts(self, *types: str) -> tuple[StoredFact, ...]:
        """All facts of these types."""
        for one in types:
            if one not in self._facts:
                self._facts[one] = tuple(self.archive.facts((one,)))
        return tuple(fact for one in types for fact in self._facts[one])

    def facts_in(self, documents: Iterable[StoredDocument], *types: str) -> list[StoredFact]:
        """The facts of these types in these documents."""
        kept = {one.id for one in documents}
        return [one for one in self.facts(*types) if one.document.id in kept]

    def words(self, text: str) -> Words:
        """The terms of a text, analysed once."""
        if text not in self._words:
            terms = self._analyser.terms(text, figures=False)
            self._words[text] = Words(frozenset(terms.lemmas), frozenset(terms.parts))
        return self._words[text]

    def sections_of(self, fact: StoredFact) -> list[Section]:
        """The section of a fact's proof and those that it stands in, innermost first."""
        sections = self._sections.of(fact)
        line: list[Section] = []
        at: int | None = fact.fact.proof.section
        while at is not None and at in sections and sections[at] not in line:
            line.append(sections[at])
            at = sections[at].parent
        return line

    def text(self, fact: StoredFact) -> str:
        """The words of a fact: its quotation and the headings above it."""
        if id(fact) not in self._texts:
            self._texts[id(fact)] = "\n".join([fact.quote, *self.headings(fact)])
        return self._texts[id(fact)]

    def headings(self, fact: StoredFact) -> list[str]:
        """The headings above a fact, innermost first."""
        return [one.heading for one in self.sections_of(fact) if one.kind != "head"]

    def about(self, document: StoredDocument) -> str:
        """The words that say which document is meant: title, body, folder and file, where it met."""
        meetings = [one.fact for one in self.facts("meeting") if one.document.id == document.id]
        places = [one.place for one in meetings if isinstance(one, Meeting) and one.place]
        path = re.sub(r"[\W\d_]+", " ", " ".join(document.path.split("/")[-2:]))
        return " \n".join([document.title, document.body or "", path, *places])

    def rarity(self, word: str, types: Sequence[str]) -> float:
        """How rare the beginning of a word is among the facts of these types: 0 in all of them, 1 in none."""
        stem, facts = fold(word)[:_STEM], self.facts(*types)
        held = sum(stem in self._folded(one) for one in facts)
        return math.log((1 + len(facts)) / (1 + held)) / math.log(1 + len(facts)) if facts else 1.0

    def _folded(self, fact: StoredFact) -> str:
        if id(fact) not in self._folds:
            self._folds[id(fact)] = fold(self.text(fact))
        return self._folds[id(fact)]

    def sifted(self, facts: Sequence[StoredFact], words: Sequence[str]) -> list[StoredFact]:
        """Those of ``facts`` that share most beginnings of words with ``words``, rare ones first."""
        stems = {fold(word)[:_STEM] for word in words if len(word) > 2}
        held = [{stem for stem in stems if stem in self._folded(one)} for one in facts]
        common = Counter(stem for one in held for stem in one)
        rated = [sum(math.log(1 + len(facts) / common[stem]) for stem in one) for one in held]
        order = sorted(range(len(facts)), key=lambda i: -rated[i])
        return [facts[i] for i in order[:_MOST] if rated[i] > 0]

    def chunks(self, document: StoredDocument) -> list[StoredChunk]:
        """The chunks of a document, in reading order."""
        if document.id not in self._chunks:
            self._chunks[document.id] = self.archive.chunks(self.archive.chunk_ids([document.id]).tolist())
        return self._chunks[document.id]

    def citation(self, fact: StoredFact, score: float = 1.0) -> Citation | None:
        """The chunk in which a fact's proof begins, with the proof; None where it is not offered."""
        return self.cited(fact.document, fact.fact.proof, score)

    def cited(self, document: StoredDocument, proof: Proof, score: float = 1.0) -> Citation | None:
        """As ``citation``, of a proof in a document."""
        for chunk in self.chunks(document):
            start, end = max(chunk.start, proof.start), min(chunk.end, proof.end)
            if start < end:
                return Citation(chunk, Span(start, end), score)
        return None


def selected(store: FactStore, selection: Filter) -> list[StoredDocument]:
    """The documents that a filter lets through."""
    kept = store.archive.matching(selection)
    return [one for one in store.documents if kept is None or one.id in kept]
