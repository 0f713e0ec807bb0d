"""The meeting that minutes are of: body, date, hours, place and who led, wrote and adjusted.

Every field is looked for in the head, in the points that open and close the meeting and in the
signatures. Where they disagree the surest source is kept, and the meeting's ``notes`` say what
the others have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from models.dates import find_dates
from models.registers.full_names import alike, find_names, full_name, joined, nicknames_in, same_name
from models.registers.lines import Line, head_lines, names_of, roster
from models.registers.minutes import Minutes
from models.registers.occasions import (
    find_day,
    find_hours,
    find_place,
    labelled_values,
    note_other_days,
    turning_sentences,
)
from models.registers.offices import Holder, Office, Source, chairs_of, find_holders
from models.registers.records import Meeting, Proof

_SURE: dict[Office, tuple[Source, ...]] = {
    "chair": ("election", "label", "text", "signature"),
    "secretary": ("election", "label", "signature", "text"),
    "adjuster": ("election", "label", "signature", "text"),
}
_KIND = re.compile(
    r"(?:(?:extra|ordinarie|konstituerande|digitalt)\s+)*[\w-]*(?:protokoll|möte|stämma|anteckningar)\w*"
    r"(?:\s+(?:för|med|från|i|av|vid))?[\s:,–-]+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s\(?(?:19|20)\d\d\b")
_SHORTEST_NAME = 4  # letters
_OFFICES = {"chair": "Ordföranden", "secretary": "Sekreteraren", "adjuster": "Justeraren"}


def find_meeting(minutes: Minutes) -> Meeting | None:
    """The meeting of minutes or notes; None for plans, reports and other documents."""
    if minutes.kind not in ("minutes", "notes") or not minutes.paragraphs:
        return None
    head = head_lines(minutes)
    values = list(labelled_values(head))
    notes: list[str] = []
    start, end = find_hours(minutes, values, head, notes)
    holders = find_evidence(minutes)
    known = roster(minutes)
    called = nicknames_in(minutes.text)
    people = {office: _reconciled(minutes, office, holders, known, called, notes) for office in _SURE}
    day = find_day(minutes, values, head)
    note_other_days(day, values, notes)
    return Meeting(
        body=minutes.body or _body_of(minutes.title),
        title=minutes.title,
        date=day,
        start=start,
        end=end,
        place=find_place(minutes, values, head),
        chair=next(iter(people["chair"]), None),
        secretary=next(iter(people["secretary"]), None),
        adjusters=people["adjuster"],
        notes=tuple(dict.fromkeys(notes)),
        proof=_proof(minutes, values, head),
    )


def _body_of(title: str) -> str | None:
    """The name that a title has after its kind: *Årsmöte Granviks kanotklubb 2031-05-04*."""
    kind = _KIND.match(title)
    rest = title[kind.end() :] if kind else ""
    first = next(iter(find_dates(rest)), None)
    name = _YEAR.split(rest[: first.start] if first else rest)[0].strip(" ,:–-*")
    return name if len(name) >= _SHORTEST_NAME and name[0].isupper() and not any(map(str.isdigit, name)) else None


def find_evidence(minutes: Minutes) -> list[Holder]:
    """What each source says of the offices of the meeting, the surest source of each office first."""
    closing = turning_sentences(minutes, "closing")
    found = [*find_holders(minutes, closing[0][0].end if closing else None), *_turning(minutes)]
    return sorted(found, key=lambda one: _SURE[one.office].index(one.source))


def _turning(minutes: Minutes) -> Iterator[Holder]:
    """Who opened or closed the meeting, as its chair."""
    for turn in ("opening", "closing"):
        for sentence, text in turning_sentences(minutes, turn):
            names = [one.text for one in find_names(text)]
            if len(names) == 1:
                yield Holder("chair", (names[0],), "text", sentence.proof)


def _reconciled(
    minutes: Minutes,
    office: Office,
    holders: Sequence[Holder],
    known: Sequence[str],
    called: Mapping[str, str],
    notes: list[str],
) -> tuple[str, ...]:
    """The people of an office by its surest source, their names in full, with notes on what disagrees."""
    of_office = [one for one in holders if one.office == office]
    chosen: list[str] = []
    for source in _SURE[office]:
        found = chairs_of(holders, office, source)
        if found:
            names = [name for one in found for name in one.names]
            chosen = list(dict.fromkeys(names)) if office == "adjuster" else names[:1]
            break
    written = [name for one in of_office for name in one.names]
    signed = list(dict.fromkeys(name for one in of_office if one.source == "signature" for name in one.names))
    people = []
    for name in (called.get(one, one) for one in chosen):
        full = full_name(name, known)
        if full == name and name not in known:
            full = full_name(name, [one for one in written if " " in one])
        if " " not in full:
            full = full_name(full, names_of(minutes))
        people.append(full)
    _add_signed(office, people, [full_name(name, known) for name in signed], notes)
    people = list(dict.fromkeys(people))
    for one in of_office:
        for name in one.names:
            alike_to = next((full for full in people if _spelt_otherwise(name, full)), None)
            if alike_to:
                notes.append(f"{_OFFICES[office]} skrivs {alike_to} och, {_where(minutes, one)}, {name}.")
        named = [called.get(name, name) for name in one.names]
        others = [name for name in named if not any(same_name(name, full) for full in people)]
        if others and one.source in ("label", "signature") and people:
            notes.append(f"{_OFFICES[office]}: {joined(people)}; {_where(minutes, one)} står {joined(others)}.")
    return tuple(people)


def _add_signed(office: Office, people: list[str], signed: Sequence[str], notes: list[str]) -> None:
    """A nickname of an election (*kaj*) is the one who signed where only one signature is left for it."""
    short = [name for name in people if " " not in name]
    left = [name for name in signed if " " in name and not any(same_name(name, one) for one in people)]
    if len(short) == 1 and len(left) == 1 and len(signed) == len(people):
        people[people.index(short[0])] = left[0]
        notes.append(f"{_OFFICES[office]} kallas {short[0]}; i underskriften står {left[0]}.")


def _spelt_otherwise(name: str, full: str) -> bool:
    return name != full and " " in name and len(name.split()) == len(full.split()) and alike(name, full)


def _where(minutes: Minutes, one: Holder) -> str:
    if one.source == "signature":
        return "i underskriften"
    number = minutes.section(one.proof.section).number
    return f"i {number}" if number and number.startswith("§") else "i huvudet" if one.source == "label" else "i texten"


def _proof(minutes: Minutes, values: Sequence[tuple[str, str, Line]], head: Sequence[Line]) -> Proof:
    """The paragraph with the date and the hours, else the first of all."""
    first = minutes.paragraphs[0]
    place = next(((line.section, line.paragraph) for field, _, line in values if field != "where"), None)
    for one in minutes.paragraphs:
        if (one.section, one.number) == place:
            first = one
            break
    return Proof(first.section, first.number, first.start, first.end)
