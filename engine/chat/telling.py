"""The sentences that say what a follow-up took over from the question before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.personal_numbers import mask_personal_numbers
from engine.hits import Language

if TYPE_CHECKING:
    from corpus.records import DocumentKind
    from index.records import StoredDocument

_TOLD: dict[str, dict[Language, str]] = {
    "document": {"sv": "Jag utgår från {}.", "en": "I take this to be about {}."},
    "body": {"sv": "Jag söker hos {}.", "en": "I look at {}."},
    "question": {"sv": "Jag frågar: {}", "en": "I ask: {}"},
    "topic": {"sv": "Jag tar med från frågan före: {}.", "en": "I keep from the question before: {}."},
    "answer": {"sv": "Jag tar med från svaret före: {}.", "en": "I keep from the answer before: {}."},
    "person": {"sv": "Jag utgår från att *{}* är {}.", "en": "I take *{}* to be {}."},
    "month": {"sv": "Jag hittar ingen handling från {} hos {}.", "en": "I find no document of {} by {}."},
    "unread": {
        "sv": "Arkivet har inget protokoll från mötet {}.",
        "en": "The archive has no minutes of the meeting {}.",
    },
    "wider": {
        "sv": "Det framgår inte av {}. Så här står det i andra handlingar:",
        "en": "That is not in {}. This is what other documents say:",
    },
}
_WAYS: dict[bool, dict[Language, str]] = {
    False: {"sv": "före", "en": "before"},
    True: {"sv": "efter", "en": "after"},
}
_DOCUMENTS: dict[DocumentKind, dict[Language, str]] = {
    "minutes": {"sv": "protokollet", "en": "the minutes of"},
    "notes": {"sv": "minnesanteckningarna", "en": "the notes of"},
    "plan": {"sv": "planen", "en": "the plan of"},
    "report": {"sv": "rapporten", "en": "the report of"},
    "other": {"sv": "handlingen", "en": "the document of"},
}


def told(what: str, spoken: Language, *words: str) -> str:
    """A sentence of what was taken over, beginning with a capital and without personal numbers."""
    text = mask_personal_numbers(_TOLD[what][spoken].format(*words))
    return text[:1].upper() + text[1:]


def named(document: StoredDocument, spoken: Language) -> str:
    """A document in running text: *protokollet 2031-03-12, Tekniska nämnden*."""
    word = _DOCUMENTS[document.kind][spoken]
    owner = document.body or document.title
    return f"{word} {document.date}, {owner}" if document.date else f"{word} {owner}"


def way(later: bool, spoken: Language) -> str:
    """Which of two neighbours of a meeting: *före*, *efter*."""
    return _WAYS[later][spoken]
