"""The entities of minutes: what every part of the pipeline found, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from models.pipeline.tokenizer import readable, text_of, windows
from models.registers.minutes import Entity, EntityKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_UNUSED = ("klubbat_sentences", "tagger")  # no entity comes from these
_BATCH = 128  # paragraphs that go through the network together
_GROUPS = ("dates", "amounts", "references", "bodies", "roles", "organisations")
_KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
# Of two that stand over each other the higher wins, then the longer.
_RANK: dict[EntityKind, int] = {
    "date": 3, "amount": 3, "reference": 3, "person": 2, "organisation": 1, "body": 1, "role": 1, "place": 0,
}  # fmt: skip


def find_entities(text: str) -> tuple[Entity, ...]:
    """The entities of a text in reading order, none over another; offsets are those of ``text``.

    *Ordförande Eva Ek (M) informerar kommunstyrelsen den 3 maj.* has a role, a person, a body and a date.
    """
    return next(find_all_entities([text]))


def find_all_entities(texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
    """The entities of each text, in order. Many short texts together go much faster than one by one."""
    from models.pipeline.language import load_pipeline

    whole = list(texts)
    pieces = [(i, start, end) for i, text in enumerate(whole) for start, end in windows(text)]
    parts = [readable(whole[i][start:end]) for i, start, end in pieces]
    found: list[list[Entity]] = [[] for _ in whole]
    docs = load_pipeline().pipe(parts, batch_size=_BATCH, disable=_UNUSED)
    for (i, start, _), doc in zip(pieces, docs, strict=True):
        found[i] += (Entity(one.kind, one.start + start, one.end + start) for one in entities_of(doc))
    yield from map(tuple, found)


def entities_of(doc: Doc) -> tuple[Entity, ...]:
    """The entities of a document of the pipeline, in reading order, none over another."""
    candidates = [entity for span in doc.ents for entity in _entity(span, _KINDS.get(span.label_))]
    for name in _GROUPS:
        candidates += (entity for span in doc.spans[name] for entity in _entity(span, span.label_))
    candidates.sort(key=lambda one: (-_RANK[one.kind], one.start - one.end, one.start))
    taken = bytearray(len(text_of(doc)))
    kept = []
    for one in candidates:
        if 1 not in taken[one.start : one.end]:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def _entity(span: Span, kind: EntityKind | None) -> Iterator[Entity]:
    if kind is not None:
        at = 1 if kind == "person" and span.text[0] == "@" else 0  # @Sixten is one word to the tokenizer
        yield Entity(kind, span.start_char + at, span.end_char)
