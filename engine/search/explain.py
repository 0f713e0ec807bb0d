"""Why a hit was found: which words of the query met which words of the text, and with what scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from corpus.dates import iso_day
from corpus.personal_numbers import mask_personal_numbers
from engine.hits import Hit, Results
from engine.questions.wording import content_words, figures_in
from engine.search.query import parse
from engine.search.signs import weights
from index.conditions import (
    MAYBE_TRUNCATED,
    All,
    AnyOf,
    Condition,
    InDocuments,
    InSection,
    Phrase,
    Truncated,
    word_regex,
)
from index.context import naming, vectors_name
from index.schema import fold
from models.analysis import WordTerms
from models.related import related
from models.swedish import words

if TYPE_CHECKING:
    from engine.search.searcher import Searcher

How = Literal[
    "word",
    "inflection",
    "compound",
    "repaired",
    "context",
    "related",
    "figure",
    "phrase",
    "truncation",
    "selection",
    "meaning",
    "sign",
]
# More words than these of one truncation say no more.
_SHOWN = 3


class WordAnalyser(Protocol):
    """What is needed of an analyser here: what it makes of one word."""

    def word(self, word: str) -> WordTerms:
        """What the analysis makes of one lower-case word."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: ``asked`` stands in the query, ``found`` in the text; ``text`` says it in Swedish.

    Of a sign (``engine/search/signs.py``) ``found`` is the name.
    """

    how: How
    asked: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit was found. ``lexical``, ``dense`` and ``fused`` are its scores, from 0 to 1.

    ``cosine`` is that of the embeddings of the query and the chunk; None where there is none.
    ``reading``: the probability of an answer there, None where the hit was not read.
    """

    reasons: tuple[Reason, ...]
    lexical: float
    dense: float
    fused: float
    cosine: float | None
    reading: float | None = None

    @property
    def reasons_line(self) -> str:
        """The reasons on one line."""
        return " · ".join(one.text for one in self.reasons) or "inga ord gemensamma"

    @property
    def scores_line(self) -> str:
        """The scores on one line."""
        read = "" if self.reading is None else f", läsning {self.reading:.2f}"
        return f"{self.fused:.2f} (ord {self.lexical:.2f}, betydelse {self.dense:.2f}{read})"


def explain(results: Results, searcher: Searcher, analyser: WordAnalyser) -> list[Explanation]:
    """Why each hit of ``results`` was found, in their order."""
    query = parse(results.query)
    cosines = _cosines(results, searcher)
    return [
        _explanation(hit, tuple(reasons(query.words, query.condition, hit, analyser)), cosines.get(hit.chunk.id))
        for hit in results.hits
    ]


def reasons(wanted: str, condition: Condition | None, hit: Hit, analyser: WordAnalyser) -> Iterator[Reason]:
    """Each of the wanted words with its nearest reason, if it has one, then what was demanded."""
    there = words(hit.chunk.search_text)
    here = [analyser.word(word) for word in dict.fromkeys(there)]
    around = list(dict.fromkeys(words("\n".join(_around(hit)))))
    context = [analyser.word(word) for word in around]
    demanded = () if condition is None else tuple(_leaves(condition))
    covered = {word for one in demanded if isinstance(one, (Phrase, Truncated)) for word in words(_written(one))}
    figures = list(_of_figures(wanted, hit))
    covered |= {word for written, _ in figures_in(wanted) for word in words(written)}
    for word in dict.fromkeys(content_words(wanted)):
        if word not in covered:
            yield from _of_word(analyser.word(word), here, context, analyser)
    yield from figures
    for one in demanded:
        yield from _of_condition(one, there, hit)


def _explanation(hit: Hit, found: tuple[Reason, ...], cosine: float | None) -> Explanation:
    if cosine is not None:
        found = (*found, Reason("meaning", "", "", f"betydelse {cosine:.2f}"))
    for one in hit.signs:
        found = (*found, Reason("sign", "", one.name, f"{weights()[one.name].text} {one.added:+.2f}"))
    masked = tuple(Reason(one.how, *map(mask_personal_numbers, (one.asked, one.found, one.text))) for one in found)
    return Explanation(masked, hit.lexical, hit.dense, hit.score, cosine, hit.reading)


def _cosines(results: Results, searcher: Searcher) -> dict[int, float]:
    """The cosine of the query and each hit, by chunk, where both have an embedding."""
    if not results.words or not results.hits or searcher.indexes.dense is None:
        return {}
    ids = [hit.chunk.id for hit in results.hits]
    chunks, vectors = searcher.archive.vectors_of(ids, vectors_name(searcher.embedder.fingerprint))
    if not len(chunks):
        return {}
    cosines = vectors.astype("float32") @ searcher.embedder.embed_query(results.words)
    return {int(chunk): float(cosine) for chunk, cosine in zip(chunks, cosines, strict=True)}


def _around(hit: Hit) -> list[str]:
    """What a chunk stands under, as the lexical index knows it."""
    document, chunk = hit.chunk.document, hit.chunk
    return list(naming(document.title, document.body, document.date, chunk.section.number, *chunk.section_path))


def _of_word(
    asked: WordTerms, here: Sequence[WordTerms], context: Sequence[WordTerms], analyser: WordAnalyser
) -> Iterator[Reason]:
    """The nearest reason for one word of the query; none where nothing in or around the chunk meets it."""
    word = asked.word
    beside = {analyser.word(other).lemma for key in (word, asked.lemma) for other in related(key)}
    whole, parts = "+".join(asked.parts), set(asked.parts)

    def reason(one: WordTerms, how: How) -> Reason | None:
        found = one.word
        if how == "word" and found == word:
            return Reason(how, word, found, f"ord {word}")
        if how == "inflection" and one.lemma == asked.lemma:
            return Reason(how, word, found, f"böjning {word} → {found}")
        if how == "repaired" and one.repaired in (asked.lemma, word):
            return Reason(how, word, found, f"rättad läsning {found} → {word}")
        if how == "compound" and word[0].isdigit():
            return None  # the year of a date is no part of a compound
        if how == "compound" and asked.lemma in one.parts:
            return Reason(how, word, found, f"träff via sammansättning {'+'.join(one.parts)} ({found})")
        if how == "compound" and (one.lemma in parts or parts & set(one.parts)):
            return Reason(how, word, found, f"träff via sammansättning {whole} → {found}")
        if how == "related" and one.lemma in beside:
            return Reason(how, word, found, f"närliggande ord {word} → {found}")
        return None

    hows: tuple[How, ...] = ("word", "inflection", "repaired", "compound")
    for how in hows:
        found = next(filter(None, (reason(one, how) for one in here)), None)
        if found is not None:
            yield found
            return
    for one in context:
        if one.lemma == asked.lemma:
            yield Reason("context", word, one.word, f"i sammanhanget: {one.word}")
            return
    yield from list(filter(None, (reason(one, "related") for one in (*here, *context))))[:1]


def _of_figures(wanted: str, hit: Hit) -> Iterator[Reason]:
    """Dates, times, amounts and reference numbers of the query that the chunk holds, in whatever spelling."""
    there = figures_in(hit.chunk.search_text, iso_day(hit.chunk.document.date))
    for written, terms in figures_in(wanted):
        read = next((other for other, known in there if terms & known), None)
        if read is not None:
            text = f"uppgift {written}" if written == read else f"samma uppgift {written} → {read}"
            yield Reason("figure", written, read, text)


def _leaves(condition: Condition) -> Iterator[Condition]:
    """The parts of a condition that speak for a chunk, without what is negated."""
    if isinstance(condition, (All, AnyOf)):
        for one in condition.conditions:
            yield from _leaves(one)
    else:
        yield condition


def _written(condition: Phrase | Truncated) -> str:
    return condition.text if isinstance(condition, Phrase) else condition.pattern


def _of_condition(condition: Condition, there: Sequence[str], hit: Hit) -> Iterator[Reason]:
    if isinstance(condition, (Phrase, Truncated)):
        asked = _written(condition)
        patterns = [re.compile(word_regex(piece)) for piece in MAYBE_TRUNCATED.findall(asked)]
        runs = {
            " ".join(there[at : at + len(patterns)]): None
            for at in range(len(there) - len(patterns) + 1)
            if all(one.fullmatch(word) for one, word in zip(patterns, there[at:], strict=False))
        }
        found = ", ".join(list(runs)[:_SHOWN])
        if found and isinstance(condition, Phrase):
            yield Reason("phrase", asked, found, f"fras ”{found}”")
        elif found:
            yield Reason("truncation", asked, found, f"trunkering {asked} → {found}")
    elif isinstance(condition, InDocuments):
        document, selection = hit.chunk.document, condition.selection
        if selection.body is not None and document.body and fold(selection.body) in fold(document.body):
            yield Reason("selection", selection.body, document.body, f"urval organ {document.body}")
        elif selection.body is None and document.date:
            asked = f"{selection.since or ''}..{selection.until or ''}"
            yield Reason("selection", asked, document.date, f"urval datum {document.date}")
    elif isinstance(condition, InSection):
        yield Reason("selection", condition.number, condition.number, f"urval paragraf {condition.number}")
