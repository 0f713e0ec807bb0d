"""The context of a chunk: where it stands, put in front of its words before they are embedded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.records import Section
from models.repair import mended

# Part of what names a set of vectors: change it when other words are embedded for a chunk.
PASSAGE_VERSION = "3"
# What ends the title of a text that has none: its first sentence, cut off (``corpus.description``).
CUT = "…"


class Described(Protocol):
    """What is known of a whole document; a Document, a StoredDocument and a Passage have it."""

    @property
    def title(self) -> str:
        """The title; empty where the document has none."""
        ...

    @property
    def body(self) -> str | None:
        """The meeting body, as the document names it."""
        ...

    @property
    def date(self) -> str | None:
        """ISO date."""
        ...


class Worded(Protocol):
    """Something with words to be found by; a Chunk, a StoredChunk and a Passage have it."""

    @property
    def search_text(self) -> str:
        """The words, without marked ranges."""
        ...


def section_path(sections: Sequence[Section], ordinal: int) -> tuple[str, ...]:
    """The headings from the outermost section to section ``ordinal``; empty ones are left out."""
    by_ordinal = {section.ordinal: section for section in sections}
    headings: list[str] = []
    seen: set[int] = set()
    following: int | None = ordinal
    while following is not None and following not in seen and following in by_ordinal:
        seen.add(following)
        section = by_ordinal[following]
        if section.heading.strip():
            headings.append(" ".join(section.heading.split()))
        following = section.parent
    return tuple(reversed(headings))


def naming(*parts: str | None, beside: Sequence[str] = ()) -> tuple[str, ...]:
    """The parts that name something, each once, without those in ``beside``.

    The head of a document is headed by the document's title, and a text without a title by its own
    first sentence, cut off with *…*: said twice, such words would outweigh what the text says.
    """
    return tuple(dict.fromkeys(part for part in parts if part and not part.endswith(CUT) and part not in beside))


def vectors_name(fingerprint: str) -> str:
    """What the archive calls the vectors that an embedder of this fingerprint made of passage texts."""
    return f"{fingerprint}|passage-{PASSAGE_VERSION}"


def context_of(document: Described, section_path: Sequence[str]) -> str:
    """``"body, date. heading, heading"``; empty where nothing names the place."""
    meeting = ", ".join(naming(document.body or document.title, document.date))
    return ". ".join(part for part in (meeting, ", ".join(naming(*section_path, beside=(meeting,)))) if part)


def passage_text(document: Described, section_path: Sequence[str], chunk: Worded, *, damaged: bool = False) -> str:
    r"""What is embedded for a chunk: ``"body, date. heading, heading\nwords"``.

    Parts that are missing are left out; the title stands in for a missing body. Why: a paragraph
    such as "Styrelsen beslutar enligt förslaget" says nothing of its matter by itself. The words of
    a ``damaged`` document are mended: the model knows those of the language only.
    """
    context = context_of(document, section_path)
    text = f"{context}\n{chunk.search_text}" if context else chunk.search_text
    return mended(text) if damaged else text
