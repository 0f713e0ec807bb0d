"""Documents by the body that they are of, newest first: what an archive says of today, and of which body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.facts.records import Asked
from engine.facts.text import phrase, written_date
from engine.hits import Language
from engine.registers.followup import is_same_body
from engine.registers.query import words_of
from index.records import StoredDocument
from models.registers.records import Meeting


def of_the_body(asked: Asked) -> list[StoredDocument]:
    """The dated documents of the bodies that the question names, newest first; of all where it names none."""
    found = list(asked.documents)
    if asked.meant.named:
        bodies = [words_of(one.body) for one in asked.meant.documents if one.body]
        found = [
            one for one in asked.documents
            if one.id in asked.meant.ids or (one.body and any(is_same_body(words_of(one.body), body) for body in bodies))
        ]  # fmt: skip
    return sorted((one for one in found if one.date), key=lambda one: one.date or "", reverse=True)


def grouped(documents: Iterable[StoredDocument]) -> list[list[StoredDocument]]:
    """Documents by their body, in the order of the first of each; those without a body go with none."""
    groups: list[list[StoredDocument]] = []
    for one in documents:
        words = words_of(one.body or "")
        group = next((row for row in groups if words and _is_of(words, row)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _is_of(words: frozenset[str], group: Sequence[StoredDocument]) -> bool:
    return any(one.body and is_same_body(words, words_of(one.body)) for one in group)


def meetings_among(asked: Asked, documents: Iterable[StoredDocument]) -> list[StoredDocument]:
    """Those of the documents that are minutes of a meeting."""
    met = {one.document.id for one in asked.store.facts("meeting") if isinstance(one.fact, Meeting)}
    return [one for one in documents if one.id in met]


def source_of(document: StoredDocument, spoken: Language) -> str:
    """Which minutes say it: *Byalaget, protokollet den 5 oktober 2031*."""
    when = written_date(document.date or "", spoken)
    return phrase(f"source_{document.kind}", spoken, body=document.body or document.title, when=when).rstrip(".")
