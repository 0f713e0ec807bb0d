"""Who gets a commission: names, roles and bodies as they stand in the text, and whom they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from models.registers.action_text import rows
from models.registers.minutes import Minutes
from models.registers.records import Party

_CAPITAL = r"[A-ZÅÄÖÉÜ](?:[\wÅÄÖåäöéüèá’'&-]|\.(?=[a-z]))*"
_NAME = (
    rf"(?:[A-ZÅÄÖ]\w+- och {_CAPITAL}|{_CAPITAL})(?: (?:(?:av|von|de|af|van) )?{_CAPITAL}){{0,4}}"
    r"(?: (?:kommun|kommune|län|stad)\b)?(?: \([A-ZÅÄÖ][^()]{0,40}\))?(?: m\. ?fl\.)?"
)
_JOINT = re.compile(r"(?:,| och| eller| samt| tillsammans med|/)\s*(?=[\wÅÄÖåäö@])")
_HALF = re.compile(r"\w- och$")
_PART = r"[A-ZÅÄÖ][a-zåäöéüèá]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_RUN = re.compile(rf"(?<![\w-]){_PART}(?:[ \u00a0](?:(?:av|von|de|af|van) )?{_PART})+(?![\w-])")
_NEAR_BEFORE, _NEAR_AFTER = 500, 200  # characters around the start of a sentence, its own first words among them
_NAME_WORDS = (2, 3)  # words of a name; a longer run of capitalised words is something else
_INSIDE = re.compile(r"[a-zåäö,] ([A-ZÅÄÖ][a-zåäöéü]+)\b")
_LISTED = re.compile(r"^\W*(?:närvarande|deltagare|deltog|kallade|frånvarande|beslutande|medverkande)\b[^\n:]{0,30}:",
                     re.IGNORECASE)  # fmt: skip


class Resolver(Protocol):
    """Tells whom a name, a role or initials mean."""

    def resolve(self, written: str, at: int | None = None) -> Party:
        """The party that stands at character ``at`` of the document."""
        ...


@cache
def _word_pattern() -> str:
    return "|".join(f"(?:{row['pattern']})" for row in rows("assignee_words") if row["kind"] not in ("before", "short"))


@cache
def _before_pattern() -> str:
    return "|".join(row["pattern"] for row in rows("assignee_words") if row["kind"] == "before")


@cache
def party_pattern() -> str:
    """A regular expression for one or several parties: *Eva Ek och kassören*, *nämnden för Kultur & Fritid*."""
    words = rf"(?<![\w-])(?i:{_word_pattern()})(?![\w-])"
    tail = rf"(?: (?:för|i|på|från|inom|vid) (?:{_CAPITAL})(?:(?: och| &|,)? {_CAPITAL}){{0,3}})?(?: {_NAME})?"
    before = rf"(?:[\wåäö]+- och )?(?:(?i:[\wåäö]+s) )?(?:(?i:{_before_pattern()}) ){{0,2}}"
    unit = rf"{before}{words}{tail}|@?{_NAME}"
    return rf"(?<![\w@-])(?:{unit})(?:(?:,| och| eller(?: dess)?| samt| tillsammans med|,? & ?|/) ?(?:{unit})){{0,7}}"


@cache
def _not_pattern() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("not_assignees")), re.IGNORECASE)


@cache
def _of_kind(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("assignee_words") if row["kind"] == kind), re.IGNORECASE)


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_before_pattern()}) ){{0,2}}(?:{_word_pattern()})(?: .*)?",
                      re.IGNORECASE)  # fmt: skip


def parties_in(written: str) -> Iterator[str]:
    """The single parties of *Eva Ek, Bo och kassören*, as written."""
    start = 0
    for joint in _JOINT.finditer(written):
        if _HALF.search(written[: joint.end()].rstrip()):
            continue
        if written[start : joint.start()].strip(" @"):
            yield written[start : joint.start()].strip(" @")
        start = joint.end()
    if written[start:].strip(" @"):
        yield written[start:].strip(" @")


def names_nobody(written: str) -> bool:
    """Whether a word with a capital letter is none that can do anything: *Mötet*, *Ingen*, *Därefter*."""
    first = next(iter(written.split()), "")
    return not first or _not_pattern().fullmatch(first) is not None


def is_role(written: str) -> bool:
    """Whether the words are a role: *kassören*, *vice ordförande*."""
    return _of_kind("role").fullmatch(_bare(written)) is not None


def is_word(written: str) -> bool:
    """Whether the words name a role, a body or a group."""
    return _any_word().fullmatch(_bare(written)) is not None


def is_one_of_many(written: str) -> bool:
    """Whether the words are a group of persons or a body that is most often another: *alla*, *kommunen*."""
    return any(_of_kind(kind).fullmatch(_bare(written)) for kind in ("group", "authority"))


def _bare(written: str) -> str:
    """*nämndens ordförande*, *mark- och exploateringschefen* without what stands before the word itself."""
    return re.sub(r"^(?:\w+- och )?(?:\w+s (?=\w))?", "", written)


@dataclass(frozen=True)
class Named:
    """Those whom a document names: ``full`` names, their ``first`` and ``last`` names, ``listed`` participants.

    ``proper``: the words with a capital letter inside a sentence.
    """

    full: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    proper: frozenset[str]
    listed: frozenset[str]

    def is_person(self, written: str) -> bool:
        """Whether the words are a person of the document: *Eva*, *Eva Ek*, *Eva E*, initials."""
        bare = re.sub(r" \(.*", "", written.strip(" @"))
        if bare in self.full or bare in self.first:
            return True
        words = bare.split()
        if len(words) == 1 and re.fullmatch(r"[A-ZÅÄÖ]{2,3}", bare):
            return any("".join(part[0] for part in name.split()) == bare for name in self.full)
        return len(words) > 1 and words[0] in self.first and (words[-1] in self.last or len(words[-1].strip(".")) == 1)

    def person_at_end(self, written: str) -> str:
        """The person at the end of a run of capitalised words that is none: of *Anlita Byggfirman Eva*, *Eva*."""
        first = next(parties_in(written), "")
        words = first.split()
        if len(words) < 2 or self.is_person(first) or is_word(first):
            return written
        cuts = [len(first) - len(" ".join(words[i:])) for i in range(1, len(words))]
        return next((written[cut:] for cut in cuts if self.is_person(first[cut:])), written)

    def is_known(self, written: str) -> bool:
        """Whether the words are a person, a role or a participant."""
        return self.is_person(written) or written in self.listed or is_role(written)


def named_in(minutes: Minutes) -> Named:
    """The persons of a document: its entities, its pairs of capitalised words, its lists of participants."""
    full = {minutes.words(e) for s in minutes.sentences for e in s.entities if e.kind == "person"}
    full = {one for one in full if len(one.split()) <= max(_NAME_WORDS)}
    for match in _RUN.finditer(minutes.text):
        words = match[0].split()
        if names_nobody(match[0]) or is_role(words[0]):
            words = words[1:]
        if (
            sum(word[0].isupper() for word in words) in _NAME_WORDS
            and not names_nobody(words[0])
            and not any(map(is_word, words))
        ):
            full.add(" ".join(words))
    listed: set[str] = set()
    for paragraph in minutes.paragraphs:
        for line in minutes.words(paragraph).splitlines():
            if found := _LISTED.match(line):
                listed.update(part.strip(" .()") for part in parties_in(line[found.end() :]))
    listed = {one for one in listed if one[:1].isupper() and len(one.split()) < 5}
    first = {name.split()[0] for name in full} | {one for one in listed if one.isalpha() and not one.isupper()}
    last = {name.split()[-1] for name in full}
    proper = {m[1] for m in _INSIDE.finditer(minutes.text)}
    return Named(frozenset(full), frozenset(first), frozenset(last), frozenset(proper), frozenset(listed))


def assignees_of(written: str, people: Resolver, minutes: Minutes, at: int) -> tuple[Party, ...]:
    """The parties that are written, each resolved; a short body (*delegationen*) by its long form before it."""
    return tuple(_resolved(one, people, minutes, at) for one in parties_in(written))


def _resolved(written: str, people: Resolver, minutes: Minutes, at: int) -> Party:
    party = people.resolve(written, at)
    if party.name != written or not _of_kind("short").fullmatch(written) or written[0].isupper():
        return party
    near = minutes.text[max(0, at - _NEAR_BEFORE) : at + _NEAR_AFTER]
    longer = {m[0] for m in re.finditer(rf"\b[A-ZÅÄÖ]\w+{re.escape(written)}\b", near)}
    if len(longer) == 1:
        name = longer.pop()
        return Party(written, name, reason=f"det enda organ strax före som slutar på {written}")
    return party
