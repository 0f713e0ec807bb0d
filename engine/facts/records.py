"""Answers from the registers, and what a finder of them is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.facts.candidates import FactStore
from engine.facts.matching import FactMatch, Meaning, Meant, Topic
from engine.facts.text import MAX_ANSWER, unsupported
from engine.hits import Citation
from engine.questions.understanding import Understood
from index.records import StoredDocument, StoredFact
from models.swedish import words

# An answer from the registers with this score or more is given before those of passages. Of the gold
# questions it answers 39, all rightly; docs/figures.md.
FACT_BAR = 0.7
CITATIONS = 3
# A passage with so many times as many words of an answer as the proof of its fact is the better proof.
_MORE = 2


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """An answer from a register, in the language of the question, at most 400 characters.

    The first of ``citations`` proves it. ``score`` is in [0, 1]; ``match`` says what it rests on; ``register``
    is the type of fact. ``counted``: numbers in ``text`` that count what is cited.
    """

    text: str
    citations: tuple[Citation, ...]
    score: float
    match: FactMatch
    register: str
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is known of it: the topic, the documents that it means, and where to look."""

    understood: Understood
    topic: tuple[Topic, ...]
    meant: Meant
    documents: tuple[StoredDocument, ...]
    store: FactStore
    meaning: Meaning


def made(
    asked: Asked, texts: Sequence[str], facts: Sequence[StoredFact], match: FactMatch, score: float,
    counted: Iterable[str] = (),
) -> FactAnswer | None:  # fmt: skip
    """The first of ``texts`` that is short enough and that citations of ``facts`` hold; None if none is.

    Where the proofs of the facts do not hold all of it (an end of a meeting that stands on the last page), passages
    of the same document that hold the rest are cited too.
    """
    found: dict[int, Citation] = {}
    for fact in facts:
        citation = asked.store.citation(fact, score)
        if citation is not None:
            found.setdefault(citation.chunk.id, citation)
    if not found:
        return None
    first = tuple(found.values())
    for text in texts:
        if not text or len(text) > MAX_ANSWER:
            continue
        cited = _proved(asked.store, text, first, tuple(counted))
        if cited:
            return FactAnswer(text, cited, score, match, facts[0].type, tuple(counted))
    return None


def _proved(
    store: FactStore, text: str, citations: tuple[Citation, ...], counted: tuple[str, ...]
) -> tuple[Citation, ...]:
    """The citations that hold ``text``; empty where none do."""
    cited = list(citations[:CITATIONS])
    lacking = unsupported(text, cited, counted)
    if not lacking and citations:
        return tuple(cited)
    document = citations[0].chunk.document
    for chunk in store.chunks(document):
        if any(one.chunk.id == chunk.id for one in cited):
            continue
        more = next((one for one in citations if one.chunk.id == chunk.id), None) or whole(chunk, citations[0].score)
        left = unsupported(text, [*cited, more], counted)
        if len(left) < len(lacking):
            cited = [more, *cited] if _shared(text, more) > _MORE * _shared(text, cited[0]) else [*cited, more]
            lacking = left
        if not lacking:
            break
    if lacking:
        return ()
    while len(cited) > 1 and not unsupported(text, cited[:-1], counted):
        cited.pop()
    return tuple(cited) if len(cited) <= CITATIONS else ()


def _shared(text: str, citation: Citation) -> int:
    """How many words of ``text`` a cited chunk has: the proof of a task is where it was given, not a list of names."""
    return len(set(words(text)) & set(words(citation.chunk.search_text)))


def whole(chunk: object, score: float) -> Citation:
    """A citation of a whole chunk."""
    from corpus.records import Span
    from index.records import StoredChunk

    assert isinstance(chunk, StoredChunk)
    return Citation(chunk, Span(chunk.start, chunk.end), score)
