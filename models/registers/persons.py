"""The persons that a document knows in full, and when two spellings are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.registers.minutes import Minutes
from models.registers.names import first_names, is_organisation, is_person, is_title, names_in, titles
from models.registers.records import Attendance, Meeting, Role

_LISTED, _NAMED = "i närvarolistan", "i protokollet"
_ALIKE_FROM = 5  # letters of a surname in which one letter may be misread
_MAX_ROW = 200
_ALIAS = re.compile(r"\*? ?[‹<(]([a-zåäö][\w-]{1,15})[›>)]")
_PRESIDED = re.compile(r"\bordf\w*\.? §§? ?(\d+)(?: ?[-–] ?(\d+))?")


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the document. ``at``: where the name first stands; ``listed``: in the list of attendance.

    ``titles`` are the roles and titles that the document gives the person, as written, each with the place.
    ``aliases`` stand in brackets after the name: *Ada Ek (adek)*. ``presided``: the §§ that the person chaired,
    where the list divides them.
    """

    name: str
    organisation: str | None
    at: int
    listed: bool
    titles: tuple[tuple[str, int], ...] = ()
    aliases: tuple[str, ...] = ()
    presided: tuple[int, int] | None = None

    @property
    def where(self) -> str:
        """Where the name is known from, in Swedish."""
        return _LISTED if self.listed else _NAMED

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name in small letters."""
        return tuple(folded(self.name).split())


def folded(name: str) -> str:
    """A name without signs and capitals."""
    return re.sub(r"[^\w\s-]", " ", name).casefold().strip()


def known_persons(
    minutes: Minutes, meeting: Meeting | None, attendance: Iterable[Attendance], roles: Iterable[Role]
) -> tuple[Known, ...]:
    """Those in the list of attendance, then those whom head, roles and text name in full, each once."""
    found: list[Known] = []
    for row in attendance:
        if row.person and not is_title(row.person):
            said = tuple(_titles_in_row(minutes, row))
            words = minutes.words(row.proof)
            after = words[words.find(row.person) + len(row.person) :] if row.person in words else ""
            alias, part = _ALIAS.match(after), _PRESIDED.search(after.split("\n")[0]) if said else None
            presided = (int(part[1]), int(part[2] or part[1])) if part else None
            aliases = (alias[1],) if alias else ()
            found.append(Known(row.person, row.organisation, row.proof.start, True, said, aliases, presided))
    for role in roles:
        said = ((role.role, role.proof.start),) if role.role else ()
        _add(found, Known(role.person, role.organisation, role.proof.start, False, said))
    if meeting is not None:
        for name in (meeting.chair, meeting.secretary, *meeting.adjusters):
            if name:
                _add(found, Known(name, None, meeting.proof.start, False))
    for one in _in_text(minutes):
        _add(found, one)
    return tuple(found)


def _titles_in_row(minutes: Minutes, row: Attendance) -> Iterator[tuple[str, int]]:
    """The titles in the row of a person, if the row is that person's own."""
    words = minutes.words(row.proof)
    if row.capacity:
        yield row.capacity, row.proof.start
    if row.person is None or len(words) > _MAX_ROW or words.count(",") > 4:
        return
    at = words.find(row.person)
    if at < 0 or any(is_person(p.strip()) for p in re.split(r"[,\n\t|]", words[at + len(row.person) :])):
        return
    rest = words[at + len(row.person) :]
    for match in titles().finditer(re.sub(r"\s*\n\s*", " ", rest)):
        yield match[0], row.proof.start


def _in_text(minutes: Minutes) -> Iterator[Known]:
    """The full names in the sentences, with the title before and the organisation after them."""
    for sentence in minutes.sentences:
        words = minutes.words(sentence)
        spans = {(start, end) for start, end in names_in(words)}
        for entity in sentence.entities:
            if entity.kind == "person" and _is_full(minutes.words(entity)):
                spans.add((entity.start - sentence.start, entity.end - sentence.start))
        for start, end in sorted(spans):
            if not _is_full(words[start:end]):
                continue
            before = words[max(0, start - 40) : start]
            title = next((m[0] for m in titles().finditer(before) if not before[m.end() :].strip()), None)
            after = re.match(r"\*?(?: \(([A-ZÅÄÖ]{1,4})\)|, \*?([^,.;:()*]{3,60}))", words[end:])
            organisation = after[1] if after else None
            if after and after[2] and is_organisation(after[2]) and re.match(r"[A-ZÅÄÖ]", after[2]):
                organisation = re.split(r" (?:som|har|är|inleder|informera|beskriv|berätta)\w* ?", after[2])[0].strip()
            said = ((title, sentence.start + start),) if title else ()
            alias = _ALIAS.match(words, end)
            aliases = (alias[1],) if alias else ()
            yield Known(words[start:end], organisation, sentence.start + start, False, said, aliases)


def _is_full(name: str) -> bool:
    """First name and surname: no *Kjell B*."""
    words = name.split()
    return len(words) > 1 and len(words[-1].rstrip(".")) > 1


def _add(found: list[Known], one: Known) -> None:
    """Add a person, or what is said of one who is known."""
    same = [n for n, other in enumerate(found) if same_person(other.name, one.name)]
    if not same:
        found.append(one)
    elif len(same) == 1:
        old = found[same[0]]
        found[same[0]] = replace(
            old,
            organisation=old.organisation or one.organisation,
            titles=(*old.titles, *one.titles),
            aliases=tuple(dict.fromkeys((*old.aliases, *one.aliases))),
        )


def same_person(one: str, other: str) -> bool:
    """Whether two names in full are one person: a name left out, a letter misread, a genitive."""
    a, b = folded(one).split(), folded(other).split()
    if not a or not b or (len(a) > 1) != (len(b) > 1):
        return a == b
    if a[0] != b[0] and not _alike(a[0], b[0]):
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return _alike(a[-1], b[-1]) and (len(a) == len(b) or a[0] == b[0])


def _alike(one: str, other: str) -> bool:
    """The same word, but for one letter of a long one, or a genitive s."""
    if one == other or one == f"{other}s" or other == f"{one}s":
        return True
    if min(len(one), len(other)) < _ALIKE_FROM or abs(len(one) - len(other)) > 1 or _both_given(one, other):
        return False
    shared = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one[shared + 1 :] in (other[shared + 1 :], other[shared:]) or one[shared:] == other[shared + 1 :]


def _both_given(one: str, other: str) -> bool:
    """Two first names that are both common are two names: *Karin* and *Karina*."""
    return one.title() in first_names() and other.title() in first_names()
