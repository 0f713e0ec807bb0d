"""Roles and affiliations: who is what, and where, as the minutes say.

From the offices of the meeting, from what stands beside names, from lists (*Ordförande: Asta Gren*)
and from the list of those present. Of one person each role stands once; a bare affiliation only
where nothing more is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.headings import plain
from models.registers.affiliations import MEMBERS, find_affiliations, indefinite, role_in
from models.registers.elections import elected_by_list, elected_in
from models.registers.full_names import find_names, full_name, nicknames_in, people_of, same_name
from models.registers.heads import find_evidence
from models.registers.lines import Line, head_lines, lines_of, unmarked
from models.registers.minutes import Minutes
from models.registers.offices import Office
from models.registers.records import Attendance, Meeting, Role

_GAP = re.compile(r"[ ]{2,}|\t+|\n(?=\s*[-•*])")
_SHORT_LINE = 60  # characters: a line that ends before this ends what it says, unless by a comma
_LABEL = re.compile(r"^\W*([^:()]{3,40}?)\s*(?::|\(|\s[-–]\s)\s*([^()]+?)\)?\s*$")
_BRACKETED_ROLE = re.compile(r"\(([^()]{3,40})\)")
_AND = re.compile(r",|\boch\b|\bsamt\b")
_ADJUSTER = re.compile(r"\b((?:protokoll|mötes)?s?juster(?:ingsm[aä]n|ingsperson(?:er)?|are))\b", re.IGNORECASE)


def find_roles(minutes: Minutes, meeting: Meeting | None, attendance: Sequence[Attendance]) -> list[Role]:
    """The roles in reading order, those of the meeting's offices first.

    ``attendance`` gives organisations and the posts of those who were there; it may be empty. That someone on the list
    comes from somewhere is told by it alone.
    """
    known = [one.person for one in attendance if one.person and " " in one.person]
    where = {one.person: one.organisation for one in attendance if one.person and one.organisation}
    found = [*_offices(minutes, meeting), *_posts(attendance)]
    found += [replace(one, person=full_name(one.person, known)) for one in _said(minutes)]
    lines = head_lines(minutes)
    listed = {(one.section, one.paragraph) for one in lines} if len(lines) < len(list(lines_of(minutes))) else set()
    return [one for one in _merged(found, where) if one.role or (one.proof.section, one.proof.paragraph) not in listed]


def _offices(minutes: Minutes, meeting: Meeting | None) -> Iterator[Role]:
    """Chair, secretary and adjusters, each with the sentence that says so."""
    if meeting is None:
        return
    evidence = find_evidence(minutes)
    called = nicknames_in(minutes.text)
    adjuster = _ADJUSTER.search(minutes.text)
    word = adjuster[1].casefold().replace("män", "man").removesuffix("er") if adjuster else "justerare"
    held: list[tuple[Office, str, str | None]] = [
        ("chair", "ordförande", meeting.chair),
        ("secretary", "sekreterare", meeting.secretary),
        *(("adjuster", word, one) for one in meeting.adjusters),
    ]
    for office, role, person in held:
        if person:
            saying = [one for one in evidence if one.office == office]
            naming = [one for one in saying if any(same_name(called.get(name, name), person) for name in one.names)]
            yield Role(person, role, None, next((one.proof for one in [*naming, *saying]), meeting.proof))


def _posts(attendance: Sequence[Attendance]) -> Iterator[Role]:
    for one in attendance:
        if one.person and one.capacity and role_in(one.capacity) and not MEMBERS.fullmatch(one.capacity):
            yield Role(one.person, indefinite(one.capacity), one.organisation, one.proof)


def _said(minutes: Minutes) -> Iterator[Role]:
    for sentence in minutes.sentences:
        text = _run(unmarked_lines(minutes.words(sentence)))
        for one in find_affiliations(text):
            yield Role(one.name, one.role, one.organisation, sentence.proof)
        for name, role in elected_in(text):
            yield Role(name, role, None, sentence.proof)
    for name, role, line in elected_by_list(minutes, nicknames_in(minutes.text)):
        yield Role(name, role, None, line.proof)
    for line in lines_of(minutes):
        for name, role in _listed(line):
            yield Role(name, role, None, line.proof)


def unmarked_lines(text: str) -> str:
    """A text without markup, its lines kept."""
    return "\n".join(unmarked(line) for line in text.split("\n"))


def _run(text: str) -> str:
    """Lines of running text joined, columns and short lines set apart by a bar."""
    lines = text.split("\n")
    joined = ""
    for line in lines:
        runs_on = len(line) >= _SHORT_LINE and not _GAP.search(line.strip())
        joined += line.rstrip() + (" " if runs_on or line.rstrip().endswith(",") else " | ")
    return _GAP.sub(" | ", joined.rstrip(" |"))


def _listed(line: Line) -> Iterator[tuple[str, str]]:
    """*Ordförande: Asta Gren*, *Kassör (Bo Ek)*, *Siv Berg - 2031 (Vice ordförande)*."""
    text = plain(line.text)
    label = _LABEL.match(text)
    role = role_in(label[1]) if label else None
    if label and role and len(role) == len(label[1].strip()) and not MEMBERS.fullmatch(role):
        names = people_of(label[2])
        if names and all(" " in name for name in names):
            yield from ((name, indefinite(role)) for name in names)
            return
    bracket = _BRACKETED_ROLE.search(text)
    people = list(find_names(text))
    role = role_in(bracket[1].strip()) if bracket else None
    if not bracket or not role or len(people) != 1 or len(role) != len(bracket[1].strip()):
        return
    if not _AND.search(text, people[0].end, bracket.start()):
        yield people[0].text, indefinite(role)


def _merged(found: Sequence[Role], where: Mapping[str, str]) -> list[Role]:
    """Each role of a person once, with the organisation that any of the places gives it."""
    said = {one.person: one.organisation for one in reversed(found) if one.organisation}
    kept: list[Role] = []
    for one in found:
        same = next((old for old in kept if _same_person(old.person, one.person) and _same_role(old, one)), None)
        organisation = one.organisation or (where.get(one.person) or said.get(one.person))
        if same is None:
            kept.append(replace(one, organisation=organisation))
    with_role = {one.person for one in kept if one.role}
    return [one for one in kept if one.role or one.person not in with_role]


def _same_person(person: str, other: str) -> bool:
    """The same writing, or *gren* where *Asta Gren* holds the role already."""
    return person == other or (" " not in other and same_name(person, other))


def _same_role(old: Role, new: Role) -> bool:
    """The same role, or the same with more or less of what it is for; *mötesordförande* is *ordförande*."""
    if not old.role or not new.role:
        return old.role == new.role
    first, second = old.role.casefold(), new.role.casefold()
    if _ADJUSTER.match(first) and _ADJUSTER.match(second):
        return True
    one, other = first.split()[0], second.split()[0]
    return one == other if " " in first + second else one.endswith(other) or other.endswith(one)
