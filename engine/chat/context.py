"""Follow-up questions: what a question leaves unsaid is taken from the question and answer before.

The wordings stand in ``engine/tables/follow_up.tsv``. What was taken over is always told, so that a
wrong guess is seen and can be put right by asking in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.personal_numbers import mask_personal_numbers
from corpus.tables import read_rows, table
from engine.hits import Answer, Language
from engine.questions.understanding import Limits, understand
from engine.questions.wording import content_words, language
from engine.registers.query import words_of
from index.filters import Filter

if TYPE_CHECKING:
    from corpus.records import DocumentKind
    from index.archive import Archive
    from index.records import StoredDocument

_FRAGMENT = 4  # words that are hardly a question by themselves
_PLACE = re.compile(r"(?:i|hos|från|på|in|at|of) [A-ZÅÄÖ]")
_NAME = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w-]{2,}")
_PEOPLE = ("meeting", "attendance", "role", "action", "statement")
_TOLD: dict[str, dict[Language, str]] = {
    "document": {"sv": "Jag utgår från {}.", "en": "I take this to be about {}."},
    "body": {"sv": "Jag söker hos {}.", "en": "I look at {}."},
    "question": {"sv": "Jag frågar: {}", "en": "I ask: {}"},
    "topic": {"sv": "Jag tar med från frågan före: {}.", "en": "I keep from the question before: {}."},
    "person": {"sv": "Jag utgår från att {} är {}.", "en": "I take {} to be {}."},
    "month": {"sv": "Jag hittar ingen handling från {} hos {}.", "en": "I find no document of {} by {}."},
    "unread": {
        "sv": "Arkivet har inget protokoll från mötet {}.",
        "en": "The archive has no minutes of the meeting {}.",
    },
    "wider": {
        "sv": "Det framgår inte av {}. Så här står det i andra handlingar:",
        "en": "{} does not say. This is what other documents say:",
    },
}
_WAYS: dict[str, dict[Language, str]] = {
    "earlier": {"sv": "före", "en": "before"},
    "later": {"sv": "efter", "en": "after"},
}
_DOCUMENTS: dict[DocumentKind, dict[Language, str]] = {
    "minutes": {"sv": "protokollet", "en": "the minutes of"},
    "notes": {"sv": "minnesanteckningarna", "en": "the notes of"},
    "plan": {"sv": "planen", "en": "the plan of"},
    "report": {"sv": "rapporten", "en": "the report of"},
    "other": {"sv": "handlingen", "en": "the document of"},
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked of the archive, and what came of it."""

    question: str
    answer: Answer

    @property
    def document(self) -> StoredDocument | None:
        """The document that was cited first."""
        return self.answer.citations[0].chunk.document if self.answer.citations else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands by itself, where to ask it, and what was taken over, told in its language.

    ``question`` is empty where the meeting that is meant is not there, and ``told`` says so. ``more``:
    further places for the question before are asked for. ``wider``: what to say where only the other
    documents answer; empty where they are not meant.
    """

    question: str
    selection: Filter
    told: tuple[str, ...] = ()
    more: bool = False
    wider: str = ""


def resolve(line: str, before: Turn | None, archive: Archive, selection: Filter = Filter.everything) -> Resolved:
    """``line`` with what it leaves unsaid taken from the turn ``before``; as it is where it stands by itself.

    ``selection``: the documents of the whole conversation, which a follow-up can only narrow.
    """
    takes = _takes(line)
    if before is None or not takes:
        return Resolved(line, selection)
    if "more" in takes:
        return Resolved(before.question, selection, more=True)
    return _FollowUp(line, takes, before, archive, selection).resolved()


class _FollowUp:
    """One follow-up while it is completed."""

    def __init__(
        self, line: str, takes: dict[str, re.Match[str]], before: Turn, archive: Archive, selection: Filter
    ) -> None:
        self.line = line
        self.takes = takes
        self.before = before
        self.archive = archive
        self.selection = selection
        self.language = language(line) if len(line.split()) > 1 else before.answer.language
        self.told: list[str] = []
        self.rest = line  # without the words that only lean on the question before
        self.limits = understand(line).limits

    def resolved(self) -> Resolved:
        line = self.line
        if "person" in self.takes:
            line = self._with_person(line)
        for name in ("start", "document"):
            if name in self.takes:
                line = self.takes[name].re.sub(" ", line)
        line = self.rest = " ".join(line.split()).rstrip(" ?.!")
        selection = self._selection()
        if selection is None:
            return Resolved("", self.selection, tuple(self.told))
        if _asks_nothing(line, self.limits, self.takes):
            # *på mötet före* is told by the document, *på mötet i mars* belongs to the question.
            line = self._asked_again("" if self.takes.keys() & {"earlier", "later"} else line)
        elif "start" in self.takes and _is_fragment(line):
            line = self._asked_again(line) if _PLACE.match(line) else self._asked_of(line)
        elif "topic" in self.takes or not _own_words(line, self.takes):
            line = self._with_topic(line)
        question = line[:1].upper() + line[1:].rstrip(" ?") + "?"
        return Resolved(question, selection, tuple(self.told), wider=self._wider(selection))

    def _wider(self, selection: Filter) -> str:
        """What to say where the other documents answer; nothing where a meeting was named."""
        document = self.before.document
        meant = self.takes.keys() & {"document", "earlier", "later"} or selection.documents == self.selection.documents
        if document is None or meant or selection.documents != (document.id,):
            return ""
        text = _TOLD["wider"][self.language].format(_named(document, self.language))
        return mask_personal_numbers(text[:1].upper() + text[1:])

    def _tell(self, what: str, *words: str) -> None:
        self.told.append(mask_personal_numbers(_TOLD[what][self.language].format(*words)))

    def _selection(self) -> Filter | None:
        """The documents: the one cited before, its neighbour, or those of its body where another day is named.

        None where that neighbour is not there.
        """
        document = self.before.document
        if document is None or self.limits.body or _PLACE.match(self.rest):
            return self.selection
        for way in ("earlier", "later"):
            if way in self.takes:
                other = self._neighbour(document, way == "later")
                if other is None:
                    self._tell("unread", _WAYS[way][self.language])
                    return None
                return self._of(other)
        month = _month(self.line)
        if self.limits.since or self.limits.until or self.limits.latest or self.limits.next or month:
            return self._of_another_day(document, month)
        if "document" not in self.takes and self._names_strangers(document):
            return self.selection
        return self._of(document)

    def _names_strangers(self, document: StoredDocument) -> bool:
        """Whether a follow-up has names of which none stands in the document."""
        names = _NAME.findall(self.rest)
        text = self.archive.text(document.id) if names else ""
        return bool(names) and not any(_stands(name, text) for name in names)

    def _of(self, document: StoredDocument) -> Filter:
        self._tell("document", _named(document, self.language))
        return replace(self.selection, documents=(document.id,))

    def _of_another_day(self, document: StoredDocument, month: tuple[str, int] | None) -> Filter:
        """The documents of the same body at the time that is named."""
        if document.body is None:
            return self.selection
        of_body = replace(self.selection, body=document.body)
        if self.limits.since or self.limits.until or month is None:
            self._tell("body", document.body)
            return replace(of_body, since=self.limits.since, until=self.limits.until)
        name, number = month
        dated = [one for one in self.archive.documents(of_body) if (one.date or "")[5:7] == f"{number:02}"]
        if not dated:
            self._tell("month", name, document.body)
            return of_body
        year = (document.date or "")[:4]
        chosen = [one for one in dated if (one.date or "").startswith(year)] or [
            max(dated, key=lambda one: one.date or "")
        ]
        self._tell("document", ", ".join(_named(one, self.language) for one in chosen))
        return replace(self.selection, documents=tuple(one.id for one in chosen))

    def _neighbour(self, document: StoredDocument, later: bool) -> StoredDocument | None:
        """The minutes of the same body before or after those of a document."""
        if not document.body or not document.date:
            return None
        day = document.date
        body = words_of(document.body)
        others = [
            one
            for one in self.archive.documents(self.selection)
            if one.date
            and one.kind in ("minutes", "notes")
            and (one.date > day if later else one.date < day)
            and _is_same(body, words_of(one.body or ""))
        ]
        if not others:
            return None
        return (min if later else max)(others, key=lambda one: one.date or "")

    def _asked_again(self, new: str) -> str:
        """The question before, with the time, body or person of the follow-up in the place of its own."""
        kept = _without_limits(self.before.question).rstrip(" ?.!")
        earlier = understand(self.before.question).limits
        for name in ("person", "body", "organisation"):
            was, now = getattr(earlier, name), getattr(self.limits, name)
            if was and now and was in kept:
                kept, new = kept.replace(was, now, 1), ""
        if self.limits.section:
            kept = re.sub(r"(?:\b(?:i|under|in) )?§+\s*\d+\w?", "", kept).strip()
        return self._told_question(f"{kept} {new.rstrip(' ?.!')}")

    def _asked_of(self, topic: str) -> str:
        """The question before about another matter: *Vad beslutades om taxan?*, *och lokalen?*."""
        kept = _without_limits(self.before.question).rstrip(" ?.!")
        matter = [word for word in understand(kept).topic if word.islower() and word.isalpha()]
        for number, word in enumerate(reversed(matter)):
            kept = re.sub(rf"\b{re.escape(word)}\b", "" if number else topic, kept, count=1)
        return self._told_question(kept if matter else f"{kept} {topic}")

    def _told_question(self, question: str) -> str:
        question = " ".join(question.split()) + "?"
        self._tell("question", question)
        return question

    def _with_topic(self, line: str) -> str:
        asked = understand(self.before.question)
        words = [word for word in asked.topic if len(word) > 2]  # *se* of *se över* is no topic
        topic = " ".join(words or content_words(_without_limits(self.before.question)))
        self._tell("topic", topic)
        return f"{line}: {topic}"

    def _with_person(self, line: str) -> str:
        name = _person_of(self.before, self.archive)
        if name is None:
            return line
        match = self.takes["person"]
        self._tell("person", f"*{match[0].lower()}*", name)
        genitive = match[0].lower() in ("hans", "hennes", "his")
        return match.re.sub(name + ("s" if genitive and not name.endswith("s") else ""), line, count=1)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two bodies' names may be one's, the shorter inside the longer: *Ladan* and *Föreningen Ladan*."""
    return bool(other) and (one <= other or other <= one)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "follow_up")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["takes"]) for row in rows)


def _takes(line: str) -> dict[str, re.Match[str]]:
    """What a line takes over, each with the words that say so."""
    found: dict[str, re.Match[str]] = {}
    for pattern, takes in _patterns():
        match = pattern.search(line)
        if match:
            found.setdefault(takes, match)
    return found


def _own_words(line: str, takes: dict[str, re.Match[str]]) -> list[str]:
    """The words of a line that name a matter, without those that only lean on the question before."""
    for name, match in takes.items():
        if name != "person":
            line = match.re.sub(" ", line)
    asked = understand(line) if any(c.isalnum() for c in line) else None
    if asked is None:
        return []
    return [*asked.topic, *filter(None, (asked.relation, asked.limits.person))]


def _asks_nothing(line: str, limits: Limits, takes: Mapping[str, re.Match[str]]) -> bool:
    """Whether a line only names another meeting, time, §, body or person: *på mötet i mars*, *§ 7*, *Stefan*."""
    if not any(c.isalnum() for c in line):
        return bool(takes.keys() & {"earlier", "later"})
    named = (limits.since, limits.until, limits.section, limits.body, limits.organisation, limits.person)
    if not any(named) and _month(line) is None and not takes.keys() & {"earlier", "later"}:
        return False
    asked = understand(line)
    gone = " ".join(value for value in named if value).lower()
    left = [word for word in asked.topic if word.lower() not in gone and word.lower() not in _months()]
    for name in ("earlier", "later"):
        if name in takes:
            left = [word for word in left if word.lower() not in takes[name][0].lower()]
    return asked.wanted == "statement" and asked.relation is None and not left


def _is_fragment(line: str) -> bool:
    """Whether a line is no question but the name of something: *lokalen*, *i Granvik*."""
    asked = understand(line) if any(c.isalnum() for c in line) else None
    short = len(line.split()) <= _FRAGMENT
    return asked is not None and short and asked.wanted == "statement" and asked.relation is None


def _without_limits(question: str) -> str:
    """A question without the phrases that say when or at which meeting: *på mötet den 12 mars 2031*."""
    from corpus.dates import dates_in

    for found in reversed(list(dates_in(question))):
        question = question[: found.start] + question[found.end :]
    months = "|".join(_months())
    question = re.sub(rf"(?i)\b(?:i|in|den|the|on)?\s*(?:{months})\b(?:\s+\d{{4}}\b)?", " ", question)
    meeting = r"(?:mötet|möte|sammanträdet|sammanträde|meeting)"
    question = re.sub(
        rf"(?i)\b(?:på|vid|under|at|in)\s+(?:the\s+)?{meeting}\s*(?:den|on|i)?\s*(?=[?.!]*$)", " ", question
    )
    question = re.sub(r"(?i)\s+(?:den|on|i|the)\s*(?=[?.!]*$)", " ", question)
    return " ".join(question.split())


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in table("months") if len(row["name"]) > 2}


def _month(line: str) -> tuple[str, int] | None:
    """A month that is named, where the date in numbers is not."""
    for word in re.findall(r"\w+", line.lower()):
        if word in _months() and word != "may":  # an English verb too
            return word, _months()[word]
    return None


def _person_of(before: Turn, archive: Archive) -> str | None:
    """The full name of the person in the answer before, else in its question or its quotation."""
    from engine.registers.people import mentions_in

    document = before.document
    if document is None:
        return None
    selection = Filter(documents=(document.id,))
    names = list(dict.fromkeys(m.name for fact in archive.facts(_PEOPLE, selection) for m in mentions_in(fact)))
    quote = before.answer.citations[0].quote
    for text in (before.answer.text or "", before.question, quote):
        placed = [(text.find(part), name) for name in names for part in (name, name.split()[0]) if _stands(part, text)]
        if placed:
            return min(placed)[1]
    return None


def _stands(words: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None


def _named(document: StoredDocument, spoken: Language) -> str:
    """A document in running text: *protokollet 2031-03-12, Tekniska nämnden*."""
    word = _DOCUMENTS[document.kind][spoken]
    owner = document.body or document.title
    return f"{word} {document.date}, {owner}" if document.date else f"{word} {owner}"
