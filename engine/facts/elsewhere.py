"""Near misses: passages of another body, or of other years, than a question names, however well their words fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.tables import read_rows, table
from engine.facts.candidates import FactStore, Words
from engine.facts.matching import Topic
from engine.hits import Hit
from engine.questions.turns import turn
from engine.questions.understanding import Understood
from index.records import StoredChunk, StoredDocument

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Minutes tell of the year before and of the year to come without always naming it.
_NEAR = 1


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a question names that a passage may not contradict.

    ``bodies``: words that it writes as names and that stand in the names of bodies of the archive. ``names``: all
    its names that the archive knows; ``has`` tells whether one stands in a document. ``years``: those that it names.
    ``matter``: those that it calls a matter by (*budgeten för 2031*).
    """

    bodies: tuple[Topic, ...]
    names: tuple[str, ...]
    has: Callable[[str, str], bool]
    years: frozenset[int]
    matter: frozenset[str]
    store: FactStore

    @classmethod
    def than(
        cls, understood: Understood, topic: Sequence[Topic], names: Sequence[str], store: FactStore,
        has: Callable[[str, str], bool],
    ) -> Elsewhere:  # fmt: skip
        """Elsewhere than the question says."""
        written = set(re.findall(r"(?<!^)\b[A-ZÅÄÖ][\w-]*", understood.question))
        proper = {word.lower() for word in written if not _of_any_body().fullmatch(word)}
        named = tuple(word for word in topic if word.word in proper and any(_says(word, body) for body in store.bodies))
        question = understood.question
        return cls(
            named,
            tuple(names),
            lru_cache(has),
            frozenset(map(int, _YEAR.findall(question))),
            _years_of_matters(question),
            store,
        )

    def holds(self, hit: Hit) -> bool:
        """Whether the passage is of another body or of other years, or its document has not the names."""
        chunk = hit.chunk
        if self._of_other_years(chunk) or self._on_other_years(chunk) or self._of_another_body(chunk):
            return True
        return self._without_names(chunk.document)

    def _of_another_body(self, chunk: StoredChunk) -> bool:
        if not self.bodies:
            return False
        about = self.store.about(chunk.document)
        missing = [word for word in self.bodies if not word.found_in(self.store.words(about))]
        if not missing:
            return False
        here = self.store.words("\n".join([about, chunk.search_text, *chunk.section_path]))
        missing = [word for word in missing if not word.found_in(here)]
        return any(not any(_says(word, body) for body in self._same(chunk.document)) for word in missing)

    def _without_names(self, document: StoredDocument) -> bool:
        missing = [name for name in self.names if not self.has(name, document.id)]
        called = [self.store.words(self.store.about(document)), *self._same(document)] if missing else []
        return any(not any(self.store.words(name).lemmas & one.lemmas for one in called) for name in missing)

    def _same(self, document: StoredDocument) -> list[Words]:
        """The names of bodies that may be the document's.

        *Tekniska nämnden* may be that of the municipality which other minutes of a *tekniska nämnden* name.
        """
        mine = self.store.words(document.body or "").lemmas
        return [body for body in self.store.bodies if mine and mine <= body.lemmas]

    def _of_other_years(self, chunk: StoredChunk) -> bool:
        day = chunk.document.date
        if not self.years or day is None:
            return False
        text = "\n".join([chunk.document.title, chunk.search_text, *chunk.section_path])
        return not any(abs(int(day[:4]) - year) <= _NEAR or str(year) in text for year in self.years)

    def _on_other_years(self, chunk: StoredChunk) -> bool:
        """Whether it calls its matters by years, and not by the one that is asked for."""
        if not self.matter:
            return False
        told = _years_of_matters("\n".join([*chunk.section_path, chunk.search_text]))
        return bool(told) and told.isdisjoint(self.matter)


def _years_of_matters(text: str) -> frozenset[str]:
    return frozenset(found["year"] for found in turn("matter_year").finditer(text))


def _says(word: Topic, body: Words) -> bool:
    return word.lemma in body.lemmas or word.word in body.lemmas or bool(word.others & body.lemmas)


@cache
def _of_any_body() -> re.Pattern[str]:
    """Words that any body may have in its name: *Föreningen*, *Region*."""
    ends = "|".join(row["pattern"] for row in table("bodies"))
    words = "|".join(row["word"] for row in read_rows("engine.tables", "no_topic_words") if row["kind"] == "body")
    return re.compile(rf"(?i)[\w-]*(?:{ends})s?|{words}")
