"""How well facts and documents fit the topic and the limits of a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.tables import read_rows
from engine.facts.candidates import FactStore, Words
from engine.questions.understanding import Limits, Understood
from engine.registers.followup import is_same_body
from engine.registers.query import words_of
from index.filters import first_day, last_day
from index.records import StoredDocument
from models.swedish import stopwords, without_genitive, words

if TYPE_CHECKING:
    from models.embedding import Embedder
    from models.swedish import SwedishAnalyser

EMBEDDED = 5  # facts whose meaning is compared, 15 to 20 ms each
_LONGEST_EMBEDDED = 400  # characters
_PART = 0.7  # what a word counts of which only parts are shared (*skolväg* of *skolvägar i centrum*)
_NAME_WEIGHT = 1.5  # a name or a figure of the question that is not there says more than a word
_COMMON_WEIGHT = 0.3  # of a word that stands in every fact
_NEAR = 0.999  # documents whose words fit so nearly as well are as good


@dataclass(frozen=True, slots=True)
class Topic:
    """A word of the question: its terms, how much it tells, and terms of other words that mean the same.

    ``name``: whether it is written as a name or stands in the name of a body.
    """

    word: str
    lemma: str
    parts: frozenset[str]
    weight: float
    others: frozenset[str] = frozenset()
    name: bool = False

    def found_in(self, text: Words) -> float:
        """How far the word stands in a text, 0 to 1."""
        if self.lemma in text.lemmas or self.word in text.lemmas or self.others & text.lemmas:
            return 1.0
        if self.others & text.parts:
            return _PART
        if self.lemma in text.parts or (self.parts and self.parts & text.lemmas):
            return _PART
        return _PART if self.parts and self.parts <= text.parts else 0.0


@dataclass(frozen=True, slots=True)
class FactMatch:
    """What speaks for a fact as an answer.

    ``coverage``: the share of the question's topic that stands in the fact, its headings or what its
    document is called; ``own``: the same without the words that the document explains. ``meaning``:
    the cosine of question and fact, None where it was not compared. ``dated``: whether the document is of
    the time that is named, None where none is. ``single``: whether the question means one document.
    ``held``: whether the fact holds what is asked for. ``named``: whether the names that say which document is
    meant, and the years that the matter is called by, stand in the fact or in what its document is called.
    """

    relation: str
    coverage: float
    own: float
    meaning: float | None
    dated: bool | None
    single: bool
    held: bool = True
    named: bool = True


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents that a question means, as good as each other.

    ``explained``: the words of the question that say which document is meant. ``named``: whether a body, a
    title or a place was.
    """

    documents: tuple[StoredDocument, ...]
    explained: frozenset[str]
    dated: bool | None
    named: bool

    @property
    def single(self) -> bool:
        """Whether it is one document."""
        return len(self.documents) == 1

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the documents."""
        return frozenset(one.id for one in self.documents)


def topic_of(understood: Understood, store: FactStore, analyser: SwedishAnalyser, types: Sequence[str]) -> list[Topic]:
    """The words of the topic and of the body, each with its weight: rare ones among facts of ``types`` tell more."""
    limits = understood.limits
    written = " ".join(filter(None, [*understood.topic, limits.body, limits.person, limits.organisation]))
    found: dict[str, Topic] = {}
    for word in re.findall(r"[^\W_]+(?:[-'’:./@][^\W_]+)*", written):
        if understood.language == "en":
            word = re.sub(r"['’]s?$", "", word)
        lower = words(word)
        if not lower or lower[0] in stopwords() or lower[0] in _common():
            continue
        terms = analyser.word(lower[0])
        telling = _NAME_WEIGHT if word[0].isupper() or word[0].isdigit() else 1.0
        weight = telling * (_COMMON_WEIGHT + (1 - _COMMON_WEIGHT) * store.rarity(lower[0], types))
        others = _swedish(lower[0]) if understood.language == "en" else ()
        same = frozenset(analyser.word(other).lemma for other in (*others, without_genitive(lower[0]))) - {terms.lemma}
        name = word[0].isupper() or word in (limits.body or "").split()
        parts = frozenset(terms.parts) - _common_parts()
        found.setdefault(terms.lemma, Topic(lower[0], terms.lemma, parts, weight, same, name))
    return list(found.values())


@cache
def _common() -> frozenset[str]:
    """Words that tell no two facts apart."""
    return frozenset(row["word"] for row in read_rows("engine.tables", "no_topic_words") if row["kind"] == "always")


@cache
def _common_parts() -> frozenset[str]:
    """Parts of words that any minutes have: an *årsmöte* is no *möte* of another kind."""
    return frozenset(row["word"] for row in read_rows("engine.tables", "no_topic_words") if row["kind"] == "part")


@cache
def head_words() -> frozenset[str]:
    """Words for meetings that their minutes need not have: *styrelsemöte*."""
    return frozenset(row["word"] for row in read_rows("engine.tables", "no_topic_words") if row["kind"] == "head")


def _swedish(word: str) -> tuple[str, ...]:
    return _translations().get(word, ())


@cache
def _translations() -> dict[str, tuple[str, ...]]:
    return {row["english"]: tuple(row["swedish"].split("|")) for row in read_rows("engine.tables", "english_topics")}


def meant_documents(
    understood: Understood, topic: Sequence[Topic], store: FactStore, documents: Sequence[StoredDocument]
) -> Meant:
    """Which of ``documents`` a question means, by its time and by the words that name them."""
    within = [one for one in documents if in_time(one.date, understood.limits)]
    timed = understood.limits.since is not None or understood.limits.until is not None
    dated = bool(within) if timed else None
    pool = within or list(documents)
    about = {one.id: store.words(store.about(one)) for one in pool}
    scores: dict[str, float] = {}
    counts = Counter(topic_word.lemma for topic_word in topic for one in pool if topic_word.found_in(about[one.id]))
    for one in pool:
        scores[one.id] = sum(
            word.found_in(about[one.id]) * word.weight * math.log(1 + len(pool) / counts[word.lemma])
            for word in topic
            if counts[word.lemma]
        )
    best = max(scores.values(), default=0.0)
    chosen = [one for one in pool if scores[one.id] >= best * _NEAR]
    explained = frozenset(w.lemma for w in topic if chosen and best > 0 and w.found_in(about[chosen[0].id]))
    if understood.limits.latest and chosen:
        chosen = _newest(chosen, pool, store)
    return Meant(tuple(chosen), explained, dated, best > 0)


def _newest(chosen: Sequence[StoredDocument], pool: Sequence[StoredDocument], store: FactStore) -> list[StoredDocument]:
    """The newest minutes of the bodies of the chosen documents; their newest document where none are minutes."""
    bodies = [words_of(one.body) for one in chosen if one.body]
    same = [
        one for one in pool if one in chosen or any(is_same_body(words_of(one.body or ""), body) for body in bodies)
    ]
    met = {one.document.id for one in store.facts("meeting")}
    kept = [one for one in same if one.id in met] or same
    newest = max(one.date or "" for one in kept)
    return [one for one in kept if (one.date or "") == newest]


def in_time(day: str | None, limits: Limits) -> bool:
    """Whether a document of this day is of the time that a question names; True where it names none."""
    if limits.since is None and limits.until is None:
        return True
    if day is None:
        return False
    first = first_day(limits.since) if limits.since else "0000"
    last = last_day(limits.until) if limits.until else "9999"
    return last_day(day) >= first and first_day(day) <= last


def coverage(topic: Sequence[Topic], text: Words) -> float:
    """The share of the topic that stands in a text, by weight; 1 for a topic without words."""
    whole = sum(word.weight for word in topic)
    return sum(word.weight * word.found_in(text) for word in topic) / whole if whole else 1.0


class Meaning:
    """Cosines of a question and texts; vectors of texts are kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, object] = {}

    def cosines(self, question: str, texts: Sequence[str]) -> list[float]:
        """The cosine of each text to the question."""
        cut = [text[:_LONGEST_EMBEDDED] for text in texts]
        new = [text for text in dict.fromkeys(cut) if text not in self._kept]
        if new:
            self._kept.update(zip(new, self._embedder.embed_passages(new), strict=True))
        asked = self._embedder.embed_query(question)
        return [float(self._kept[text] @ asked) for text in cut]  # type: ignore[operator]


# What each piece of evidence adds to the score of a fact, and what a doubt leaves of it.
_OWN, _COVERAGE, _MEANING = 0.5, 0.3, 0.2
_OTHER_TIME, _SEVERAL, _NOT_HELD, _NOT_NAMED = 0.4, 0.7, 0.4, 0.6
_LEAST_COSINE, _MOST_COSINE = 0.80, 0.92


def score(match: FactMatch) -> float:
    """How well a fact answers, in [0, 1]."""
    meaning = match.own
    if match.meaning is not None:
        meaning = min(1.0, max(0.0, (match.meaning - _LEAST_COSINE) / (_MOST_COSINE - _LEAST_COSINE)))
    found = _OWN * match.own + _COVERAGE * match.coverage + _MEANING * meaning
    found *= _OTHER_TIME if match.dated is False else 1.0
    found *= 1.0 if match.single else _SEVERAL
    found *= 1.0 if match.named else _NOT_NAMED
    return found * (1.0 if match.held else _NOT_HELD)
