"""Documents by the body that they are of, newest first: what an archive says of today, and of which body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.facts.records import Asked
from engine.facts.text import phrase, written_date
from engine.hits import Language
from engine.questions.turns import says, turn
from engine.registers.followup import is_same_body
from engine.registers.query import words_of
from index.records import StoredDocument
from models.registers.records import Meeting


def of_the_body(asked: Asked) -> list[StoredDocument]:
    """The dated documents of the bodies that the question names, newest first; of all where it names none."""
    found = list(asked.documents)
    if asked.meant.named:
        bodies = [words_of(one.body or "") for one in asked.meant.documents]
        found = [
            one
            for one in asked.documents
            if (one.id in asked.meant.ids or any(is_same_body(words_of(one.body or ""), body) for body in bodies))
            and not _is_part_only(asked, one)
        ]
    return sorted((one for one in found if one.date), key=lambda one: one.date or "", reverse=True)


def _is_part_only(asked: Asked, document: StoredDocument) -> bool:
    """Whether a document is of a part of the body that the question names: its *arbetsutskott* is not the *nämnd*."""
    part = turn("within_body").search(document.body or "")
    if part is None:
        return False
    said = asked.store.words(asked.understood.question)
    return not asked.store.words(part["part"]).lemmas & (said.lemmas | said.parts)


def grouped(documents: Iterable[StoredDocument]) -> list[list[StoredDocument]]:
    """Documents by their body, in the order of the first of each; one without a body is alone."""
    groups: list[list[StoredDocument]] = []
    for one in documents:
        words = _words_of_body(one)
        group = next((row for row in groups if words and _is_of(words, row)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _is_of(words: frozenset[str], group: Sequence[StoredDocument]) -> bool:
    return any(is_same_body(words, _words_of_body(one)) for one in group)


def _words_of_body(document: StoredDocument) -> frozenset[str]:
    """The words of a body's name, without those of a meeting that stand in it (*Årsmöte 2031, Byalaget*)."""
    found = words_of(document.body or "")
    return frozenset(word for word in found if not (word.isdigit() or says("annual", word) or says("meeting", word)))


def meetings_among(asked: Asked, documents: Iterable[StoredDocument]) -> list[StoredDocument]:
    """Those of the documents that are minutes of a meeting."""
    met = {one.document.id for one in asked.store.facts("meeting") if isinstance(one.fact, Meeting)}
    return [one for one in documents if one.id in met]


def newest_first(asked: Asked) -> list[StoredDocument]:
    """The documents that may be meant: of a question that names no time the newest first."""
    if asked.meant.dated is not None:
        return list(asked.meant.documents)
    return sorted(asked.meant.documents, key=lambda one: one.date or "", reverse=True)


def placed(asked: Asked, text: str, document: StoredDocument) -> str:
    """A text with its source, where the question says neither when nor where, or means the newest minutes."""
    understood = asked.understood
    newest = understood.limits.latest or (understood.relation == "role" and says("now", understood.question))
    if not document.date or asked.meant.dated is not None or (asked.meant.named and not newest):
        return text
    spoken = asked.understood.language
    return phrase("sourced", spoken, text=text.rstrip("."), source=source_of(document, spoken))


def source_of(document: StoredDocument, spoken: Language) -> str:
    """Which minutes say it: *Byalaget, protokollet den 5 oktober 2031*."""
    when = written_date(document.date or "", spoken)
    return phrase(f"source_{document.kind}", spoken, body=document.body or document.title, when=when).rstrip(".")
