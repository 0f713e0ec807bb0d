"""Of which documents a follow-up is asked: the one cited before, its neighbour, or those of another day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.chat.bodies import body_named, is_same_body
from engine.chat.leanings import asks
from engine.chat.telling import named, told, way
from engine.chat.times import is_year, month_in
from engine.hits import Language
from engine.questions.understanding import Limits, understand
from index.filters import Filter
from index.schema import fold
from models.swedish import normal_form

if TYPE_CHECKING:
    from index.archive import Archive
    from index.records import StoredDocument

_NAME = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w-]{2,}")
_PLACE = re.compile(r"(?:i|hos|från|på|in|at|of) [A-ZÅÄÖ]")


class Documents:
    """Chooses documents around the one that was cited before, and tells what it chose.

    ``selection``: the documents of the whole conversation, which a choice can only narrow.
    """

    def __init__(self, archive: Archive, selection: Filter, document: StoredDocument, spoken: Language) -> None:
        self.archive = archive
        self.selection = selection
        self.document = document
        self.spoken = spoken
        self.told: list[str] = []

    def chosen(self, rest: str, limits: Limits, *, same: bool) -> Filter:
        """Those that a follow-up is asked of, by its words and limits; ``same``: it says that it means the same."""
        if self._names_another_body(rest) or _PLACE.match(rest):
            return self.selection
        month = month_in(rest)
        next_of_all = limits.next and not same  # unlike *när är nästa möte då?*
        if limits.since or limits.until or limits.latest or next_of_all or month or is_year(rest):
            return self._of_another_day(limits, month)
        if not same and self._names_strangers(rest):
            return self.selection
        return self._of(self.document)

    def neighbour(self, later: bool) -> Filter | None:
        """The minutes of the same body before or after; None, told, where they are not there."""
        held = [one for one in self._of_same_body() if one.date and one.kind in ("minutes", "notes")]
        others = [one for one in held if self.document.date and _is_on_side(one, self.document, later)]
        if not others:
            self.told.append(told("unread", self.spoken, way(later, self.spoken)))
            return None
        return self._of((min if later else max)(others, key=lambda one: one.date or ""))

    def _names_another_body(self, rest: str) -> bool:
        """Whether it does; *styrelsen* is that of the document, where no other body of the archive is called so."""
        body = body_named(rest, self.archive, self.selection)
        if body is None or is_same_body(body.text, self.document.body or ""):
            return False
        others = {one.body for one in self.archive.documents(self.selection) if one.body}
        return " " in body.text or body.text[0].isupper() or any(is_same_body(body.text, one) for one in others)

    def _names_strangers(self, rest: str) -> bool:
        """Whether a follow-up has names, or is the name of something, of which nothing stands in the document."""
        question = asks(rest)
        names = _NAME.findall(rest if question else f" {rest}")
        thing = not question and self.spoken == "sv"  # an English word need not stand in Swedish minutes
        words = names or ([] if not thing else [normal_form(word.lower()) for word in understand(rest).topic])
        text = fold(self.archive.text(self.document.id)) if words else ""
        return bool(words) and not any(fold(word) in text for word in words)

    def _of(self, document: StoredDocument) -> Filter:
        self.told.append(told("document", self.spoken, named(document, self.spoken)))
        return replace(self.selection, documents=(document.id,))

    def _of_another_day(self, limits: Limits, month: tuple[str, int] | None) -> Filter:
        """The documents of the same body at the time that is named."""
        body = self.document.body
        if body is None:
            return self.selection
        of_body = self._of_same_body()
        if limits.since or limits.until or month is None:
            self.told.append(told("body", self.spoken, body))
            ids = tuple(one.id for one in of_body)
            return replace(self.selection, documents=ids, since=limits.since, until=limits.until)
        name, number = month
        dated = [one for one in of_body if (one.date or "")[5:7] == f"{number:02}"]
        if not dated:
            self.told.append(told("month", self.spoken, name, body))
            return replace(self.selection, documents=tuple(one.id for one in of_body))
        year = (self.document.date or "")[:4]
        chosen = [one for one in dated if (one.date or "").startswith(year)] or [
            max(dated, key=lambda one: one.date or "")
        ]
        self.told.append(told("document", self.spoken, ", ".join(named(one, self.spoken) for one in chosen)))
        return replace(self.selection, documents=tuple(one.id for one in chosen))

    def _of_same_body(self) -> list[StoredDocument]:
        body = self.document.body
        every = self.archive.documents(self.selection) if body else []
        return [one for one in every if is_same_body(body or "", one.body or "")]


def _is_on_side(one: StoredDocument, other: StoredDocument, later: bool) -> bool:
    first, second = one.date or "", other.date or ""
    return first > second if later else first < second
