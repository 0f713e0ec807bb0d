"""The tantivy query of a search: terms that rank, and conditions that choose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from index.conditions import (
    MAYBE_TRUNCATED,
    All,
    AnyOf,
    Condition,
    InDocuments,
    InSection,
    Not,
    Phrase,
    Truncated,
    Word,
    word_regex,
)
from index.reader import ArchiveReader
from models.analysis import Analyser, Terms
from models.related import related

_LIKE = 6  # letters of a word beside which one that differs in a letter is taken for it


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """How much a match counts in each field; a field with weight 0 is not looked in.

    ``parts`` also weighs the meeting of a compound's part in the question with a whole word.
    ``context`` is what the chunk stands under: title, body, date, section number and headings.
    ``related`` weighs, in each field, a word that the table ``related`` puts beside the question's.

    A word counts where it weighs most; what it weighs in its other fields counts ``again`` as a share
    (a disjunction of maxima, with 1 their sum).
    """

    lemmas: float = 1.0
    parts: float = 0.2
    exact: float = 0.25
    context: float = 0.7
    # Measured on questions in everyday words over the samples: 0.3 finds more, the other questions
    # stay where they were (docs/figures.md).
    related: float = 0.3
    again: float = 1.0


DEFAULT_WEIGHTS = FieldWeights()


class QueryBuilder:
    """Makes tantivy queries for one schema. Nothing in a text is query syntax of tantivy's."""

    def __init__(self, schema: Any, archive: ArchiveReader, analyser: Analyser) -> None:
        self._schema = schema
        self._archive = archive
        self._analyser = analyser

    def ranked(
        self, text: str, documents: frozenset[str] | None, condition: Condition | None, weights: FieldWeights
    ) -> Any:
        """Chunks with any word of ``text`` that may be found; None where nothing could match.

        With a condition the words only rank: every chunk that it lets through matches.
        """
        from tantivy import Occur, Query

        optional = self._optional(text, weights)
        chosen = self._chosen(documents, condition)
        if not optional and condition is None:
            return None
        if not chosen:
            return Query.boolean_query(optional)
        clauses = [(Occur.Must, query) for query in chosen]
        if optional:
            clauses.append((Occur.Must if condition is None else Occur.Should, Query.boolean_query(optional)))
        return Query.boolean_query(clauses)

    def chosen(self, documents: frozenset[str] | None, condition: Condition) -> Any:
        """Every chunk that the condition lets through in these documents, all with the score 0."""
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Must, query) for query in self._chosen(documents, condition)])

    def like(self, word: str, document: str | None = None) -> Any:
        """Chunks that have a word, or one that differs from it in a letter, in their text or above it."""
        from tantivy import Occur, Query

        terms = self._analyser.terms(word)
        queries = [self._term(field, lemma) for lemma in terms.lemmas for field in ("lemmas", "parts", "context")]
        queries += [
            Query.fuzzy_term_query(self._schema, field, one)
            for field in ("exact", "context")
            for one in (*terms.exact, *terms.lemmas)
            if len(one) >= _LIKE
        ]
        found = self._some(queries)
        if document is None:
            return found
        return Query.boolean_query([(Occur.Must, found), (Occur.Must, self._set("document", [document]))])

    def _chosen(self, documents: frozenset[str] | None, condition: Condition | None) -> list[Any]:
        from tantivy import Query

        # Sets and regular expressions score 1 for every match: held at 0, they choose and do not rank.
        chosen = [] if condition is None else [self._holds(condition, True)]
        if documents is not None:
            chosen.append(self._set("document", sorted(documents)))
        return [Query.const_score_query(query, 0.0) for query in chosen]

    def _optional(self, text: str, weights: FieldWeights) -> list[tuple[Any, Any]]:
        from tantivy import Occur, Query

        terms = self._analyser.terms(text)
        beside = self._related(terms) if weights.related > 0 else ()
        wanted: dict[tuple[str, str], float] = {}
        for field, words, weight in (
            ("lemmas", terms.lemmas, weights.lemmas),
            ("lemmas", terms.parts, weights.parts),
            ("parts", (*terms.lemmas, *terms.parts), weights.parts),
            ("exact", terms.exact, weights.exact),
            ("context", terms.lemmas, weights.context),
            ("lemmas", beside, weights.related * weights.lemmas),
            ("parts", beside, weights.related * weights.parts),
            ("context", beside, weights.related * weights.context),
        ):
            for word in words if weight > 0 else ():
                wanted[field, word] = max(weight, wanted.get((field, word), 0.0))
        by_word: dict[str, list[Any]] = {}
        for (field, word), weight in wanted.items():
            by_word.setdefault(word, []).append(Query.boost_query(self._term(field, word), weight))
        return [(Occur.Should, Query.disjunction_max_query(queries, weights.again)) for queries in by_word.values()]

    def _related(self, terms: Terms) -> tuple[str, ...]:
        words = [word for one in dict.fromkeys((*terms.exact, *terms.lemmas)) for word in related(one)]
        return self._analyser.terms(" ".join(words)).lemmas if words else ()

    def _holds(self, condition: Condition, positive: bool) -> Any:
        """The query of a condition; ``positive`` is false under an odd number of negations."""
        from tantivy import Occur, Query

        match condition:
            case Word(text):
                fields = ("lemmas", "context", "parts") if positive else ("lemmas", "context")
                lemmas = self._analyser.terms(text).lemmas
                return self._every([self._some([self._term(field, one) for field in fields]) for one in lemmas])
            case Phrase(text):
                return self._phrase(text)
            case Truncated():
                return Query.regex_query(self._schema, "exact", condition.regex)
            case InDocuments(selection):
                documents = self._archive.matching(selection)
                return Query.all_query() if documents is None else self._set("document", sorted(documents))
            case InSection(number):
                return self._set("chunk", self._archive.chunks_in_section(number))
            case All(conditions):
                return self._every([self._holds(one, positive) for one in conditions])
            case AnyOf(conditions):
                return self._some([self._holds(one, positive) for one in conditions])
            case Not(inner):
                # A query of nothing but what must not match would match nothing.
                every = (Occur.Must, Query.all_query())
                return Query.boolean_query([every, (Occur.MustNot, self._holds(inner, not positive))])

    def _phrase(self, text: str) -> Any:
        from tantivy import Query

        patterns: list[str] = []
        for piece in MAYBE_TRUNCATED.findall(text):
            if "*" in piece:
                patterns.append(word_regex(piece))
            else:
                patterns += map(re.escape, self._analyser.terms(piece).exact)
        if not patterns:
            return Query.empty_query()
        if len(patterns) == 1:  # tantivy panics on a phrase of one word
            return Query.regex_query(self._schema, "exact", patterns[0])
        if "*" in text:
            return Query.regex_phrase_query(self._schema, "exact", patterns)
        return Query.phrase_query(self._schema, "exact", list(self._analyser.terms(text).exact))

    def _term(self, field: str, word: str) -> Any:
        from tantivy import Query

        return Query.term_query(self._schema, field, word, "freq")

    def _set(self, field: str, values: Sequence[str] | Sequence[int]) -> Any:
        from tantivy import Query

        return Query.term_set_query(self._schema, field, list(values)) if values else Query.empty_query()

    def _every(self, queries: Iterable[Any]) -> Any:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Must, query) for query in queries])

    def _some(self, queries: Iterable[Any]) -> Any:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Should, query) for query in queries])
