"""Who held the offices of a meeting, source by source: chair, secretary, adjusters.

The sources are the elections (*Asta Gren valdes till sekreterare*), the labels of the head
(*Justerare: Bo Ek*), the signatures (*Vid protokollet … Justeras*) and the text (*Ordförande Siv Berg
öppnade mötet*). ``models/registers/heads.py`` reconciles them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.tables import read_rows
from models.registers.affiliations import find_affiliations
from models.registers.full_names import alike, find_names, is_nickname, people_of
from models.registers.lines import Line, head_lines, roster, signing_lines, unmarked
from models.registers.minutes import Minutes
from models.registers.records import Proof

Office = Literal["chair", "secretary", "adjuster"]
Source = Literal["election", "label", "signature", "text"]

_CELLS = re.compile(r"\s{2,}|\t+|\s*\|\s*")
_JOINTLY = re.compile(r"\b(?:jämte|tillsammans med|utöver|förutom)\s+(?:\w+\s+)?$", re.IGNORECASE)
_NEAR = 60  # characters between *valdes till* and the office, with *att jämte ordföranden*
_VICE = re.compile(r"\b(?:vice|v\.?|ers\w*|2:e|1:e|förste|andre)\s*$", re.IGNORECASE)
_HEADING = re.compile(r"\bval av\b", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"^(?:och|samt|att:?|att-sats:?|med)\s+", re.IGNORECASE)
_MAX_PEOPLE = 80  # characters of a line that names people and nothing else
_NUMBERED = re.compile(r"^(?:[a-zåäö]|\d{1,2})[.)]\s+")
_STROKES = re.compile(r"(?:\s+\W*\w{0,2}\W*)+$")  # what the pen was read as: *Ordförande fe*
NEW_OFFICE = re.compile(r"(?:,|\boch|\bsamt)\s+(?=till\s)")  # *… valdes Asta och till sekreterare valdes Bo*
# Elections to offices of the meeting stand first; later a board elects its chair, too.
_FIRST_POINTS = 1 / 3
_OF_THIS_MEETING = re.compile(
    r"\b(?:\w*mötes|stämmo|sammanträdes)(?:ordf|s?sek|s?sk)"
    r"|\b(?:för|vid) (?:dagens )?\w*(?:mötet|stämman|sammanträdet)\b",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\.{4,}|_{4,}")  # the line to sign on
_OF_MEETING = re.compile(r"^\s+(?:för|vid)\s+(?:dagens\s+)?\w*(?:möte|sammanträde|stämma)\w*(?=\s*:)", re.IGNORECASE)
_ABSENT = re.compile(r"\W*(?:frånvarande|(?:ej|icke) närvarande|förhinder|anmält förhinder)", re.IGNORECASE)
_PRESENT = re.compile(r"\W*(?:närvarande|beslutande|övriga|deltagare)", re.IGNORECASE)
_FAR = re.compile(r"[.;]\s|\n\n")


@dataclass(frozen=True, slots=True)
class Holder:
    """What one source says of an office: the people as written there."""

    office: Office
    names: tuple[str, ...]
    source: Source
    proof: Proof


@cache
def _office_words() -> re.Pattern[str]:
    rows = list(read_rows("models.registers.tables", "office_words"))
    groups = []
    for office in ("chair", "secretary", "adjuster"):
        words = "|".join(re.sub(r"\((?!\?)", "(?:", row["pattern"]) for row in rows if row["office"] == office)
        groups.append(rf"(?P<{office}>{words})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])", re.IGNORECASE)


def office_at(text: str) -> tuple[Office, int, int] | None:
    """The first office of a meeting that a text names, with its characters; *vice ordförande* is none."""
    for match in _office_words().finditer(text):
        before = text[: match.start()]
        office = _office_of(match)
        if office == "adjuster" or not (_JOINTLY.search(before) or _VICE.search(before)):
            return office, match.start(), match.end()
    return None


def _office_of(match: re.Match[str]) -> Office:
    for office in ("chair", "secretary"):
        if match[office]:
            return office
    return "adjuster"


@cache
def election_words(order: str) -> re.Pattern[str]:
    """The words of an election with the person before (*after*) or after (*before*) them."""
    rows = read_rows("models.registers.tables", "election_words")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["order"] == order), re.IGNORECASE)


@cache
def _elected_alone() -> re.Pattern[str]:
    """*valdes.* as all that follows a name."""
    return re.compile(
        r"\s*(?:föreslås och |föreslogs och |blev |blir )?(?:om)?(?:val|väl|utse|utså|anta)\w*\s*\.?$", re.IGNORECASE
    )


def find_holders(minutes: Minutes, closed: int | None) -> list[Holder]:
    """What every source says, in reading order within each source; ``closed``: see ``signing_lines``."""
    return [*_elected(minutes), *_labelled(minutes), *_signed(minutes, closed), *_in_text(minutes)]


def _elected(minutes: Minutes) -> Iterator[Holder]:
    """Elections to offices of the meeting: in sentences, and under a heading *Val av justerare*."""
    for sentence in minutes.sentences:
        text = _NUMBERED.sub("", unmarked(minutes.words(sentence)))
        heading = minutes.section(sentence.section).heading
        headed = office_at(heading) if _HEADING.search(heading) or office_at(heading) else None
        held = list(_of_sentence(text, headed[0] if headed else None))
        if not held and headed and text != unmarked(heading):
            whole = _elected_alone().sub("", text)
            short = whole != text or is_nickname(whole)
            names = people_of(whole, nicknames=short) if len(whole) <= _MAX_PEOPLE else []
            if names and len(" ".join(names)) >= len(whole) * 0.6:
                held = [(headed[0], names)]
        late = sentence.start > len(minutes.text) * _FIRST_POINTS
        of_meeting = _OF_THIS_MEETING.search(f"{heading} {text}") is not None
        for office, names in held:
            if office == "adjuster" or of_meeting or not late:
                yield Holder(office, tuple(names), "election", sentence.proof)


def _chosen(words: str) -> str:
    """Who is elected, without where they are elected into: *Bo Ek i styrelsen* → *Bo Ek*."""
    name = next(iter(find_names(words)), None)
    into = election_words("into").match(words, name.end) if name else None
    return words[: into.start()] if into and not words[into.end() :].strip() else words


def _of_sentence(text: str, headed: Office | None) -> Iterator[tuple[Office, list[str]]]:
    named = False
    for clause in NEW_OFFICE.split(text):
        match = election_words("named").search(clause)
        found = office_at(match[0]) if match else None
        if match and found:
            names = people_of(clause[match.end() :]) or [one.text for one in find_names(clause[match.end() :])]
            named = True
            if names:
                yield found[0], names
    if named:
        return
    past = 0
    for match in election_words("after").finditer(text):
        found = office_at(text[match.end() : match.end() + _NEAR])
        if not found or _FAR.search(text[match.end() : match.end() + found[1]]):
            continue
        names = people_of(_FIRST_WORDS.sub("", text[past : match.start()].strip(" ,.")), nicknames=True)
        past = match.end() + found[2]
        if names:
            yield found[0], names
    if past:
        return
    for match in election_words("before").finditer(text):
        end = re.search(r"\s(?:till|som|att)\s", text[match.end() :])
        found = office_at(text[match.end() + end.end() :][:_NEAR]) if end else None
        if end and found and found[1] < _NEAR // 2:
            names = people_of(_chosen(text[match.end() : match.end() + end.start()]), nicknames=True)
            if names:
                yield found[0], names
                past = 1
        elif headed and not end:  # *Mötet föreslog och valde kaj.*
            names = people_of(text[match.end() :], nicknames=True)
            if names and sum(map(len, names)) >= len(text[match.end() :]) * 0.6:
                yield headed, names
                past = 1
    if headed and not past:  # *Att: Lukas är justerare*
        is_one = re.search(r"\s(?:är|blir|föreslås)\s", text)
        found = office_at(text[is_one.end() :]) if is_one else None
        if is_one and found:
            names = people_of(_FIRST_WORDS.sub("", text[: is_one.start()]), nicknames=False)
            if names:
                yield found[0], names


def label_of(text: str) -> tuple[Office, str] | None:
    """The office that a line begins with, and what follows it: *Sekreterare: Asta*, *Justeras   Bo Ek*."""
    match = _office_words().match(text)
    rest = _OF_MEETING.sub("", text[match.end() :]) if match else ""
    if not match or (text[0].islower() and not rest.startswith(":")):
        return None
    value = rest.lstrip(" \t:.,/|").strip()
    if rest.strip(" \t:.") and not re.match(r"\s*[:,]|\s{2,}|\t", rest) and not people_of(_CELLS.split(value)[0]):
        return None
    return _office_of(match), _CELLS.split(value)[0] if value else ""


def _labelled(minutes: Minutes) -> Iterator[Holder]:
    """*Sekreterare: Asta Gren* and *Asta Gren (S), Ordförande* in the head."""
    lines = head_lines(minutes)
    absent = False
    for k, line in enumerate(lines):
        for office, value in filter(None, (label_of(line.text), label_of(line.text.partition("/")[2].strip()))):
            names = people_of(value)
            empty = not names and (not value or _DOTTED.search(line.text))
            if empty and k + 1 < len(lines) and not label_of(lines[k + 1].text):
                names = people_of(lines[k + 1].text) if len(lines[k + 1].text) <= _MAX_PEOPLE else []
            if names:
                yield Holder(office, tuple(names), "label", line.proof)
        absent = _ABSENT.match(line.text) is not None or (absent and not _PRESENT.match(line.text))
        if not absent:
            yield from _held_in_list(line)


def _held_in_list(line: Line) -> Iterator[Holder]:
    """*Asta Gren (S), Ordförande*, *Bo Ek (sekr)* or, in columns, *Asta Gren | Ordförande*."""
    cells = _CELLS.split(line.text)
    found = [_name_and_office(cell) or _name_and_office(f"{cell}, {beside}")
             for cell, beside in zip(cells, [*cells[1:], ""], strict=True)]  # fmt: skip
    held = [one for one in found if one]
    if not held:
        for one in find_affiliations(_CELLS.sub(" | ", line.text)):
            office = office_at(one.role) if one.role else None
            if office and office[1:] == (0, len(one.role or "")):
                held.append((office[0], one.name))
    for office_name, name in held:
        if office_name != "adjuster":
            yield Holder(office_name, (name,), "text", line.proof)


def _name_and_office(text: str) -> tuple[Office, str] | None:
    """*Asta Gren, mötessekreterare*; *Asta Gren (S), Ordförande*."""
    name, comma, rest = text.rpartition(",")
    found = office_at(rest) if comma else None
    if not found or rest[: found[1]].strip() or rest[found[2] :].strip(" .:"):
        return None
    names = people_of(name.rpartition(":")[2], nicknames=True)
    return (found[0], names[0]) if len(names) == 1 else None


def _signed(minutes: Minutes, closed: int | None) -> Iterator[Holder]:
    """The signatures: a label above or beside the name, or the office below or after it."""
    lines = signing_lines(minutes, closed)
    known = roster(minutes)
    pending: list[Office] = []
    skip = labelled = -1
    for k, line in enumerate(lines):
        if k == skip:
            continue
        cells = [cell.strip() for cell in _CELLS.split(line.text) if any(map(str.isalpha, cell))]
        labels, names = [], []
        for cell in cells:
            both = _name_and_office(cell)
            label = (
                (label_of(cell) or label_of(_STROKES.sub("", cell))) if len(cell) <= _MAX_PEOPLE and not both else None
            )
            if both:
                yield Holder(both[0], (both[1],), "signature", line.proof)
            elif label and label[1] and people_of(label[1]):
                yield Holder(label[0], tuple(people_of(label[1])), "signature", line.proof)
            elif label:
                labels.append(label[0])
            else:
                names += _alone(cell, known)
        if labels:
            pending, labelled = labels, k
        if not names:
            continue
        below = lines[k + 1] if k + 1 < len(lines) else None
        under = _labels_of(below.text) if below and _beside(line, below) else []
        if len(under) == len(names):
            skip = k + 1
            offices = under
            if labelled == k - 1 and len(pending) == len(names) > 1:  # *Justeras* above, *Ordförande* below a name
                for office, name in zip(pending, names, strict=True):
                    yield Holder(office, (name,), "signature", line.proof)
        else:
            offices = [*pending, *pending[-1:] * len(names)]
        for office, name in zip(offices, names, strict=False):
            yield Holder(office, (name,), "signature", line.proof)
        if pending[-1:] != ["adjuster"]:
            pending = []


def _alone(cell: str, known: Sequence[str]) -> list[str]:
    """The name that is most of a cell: the rest may be what a stamp or a stroke was read as.

    A cell that is almost one of the known names is that name, damaged (*Asta GrenH*).
    """
    if len(cell) > _MAX_PEOPLE:
        return []
    close = [name for name in known if alike(cell, name)]
    if len(close) == 1:
        return [cell] if _is_full_name(cell) else close
    names = [one.text for one in find_names(cell)]
    return names if len(names) == 1 and len(names[0]) >= len(cell.strip(" .,:'’()")) * 0.6 else []


def _is_full_name(cell: str) -> bool:
    return [one.text for one in find_names(cell)] == [cell]


def _labels_of(text: str) -> list[Office]:
    labels = [label_of(cell.strip()) for cell in _CELLS.split(text)]
    return [one[0] for one in labels if one and not one[1]]


def _beside(line: Line, below: Line) -> bool:
    return (line.section, line.paragraph) == (below.section, below.paragraph)


def _in_text(minutes: Minutes) -> Iterator[Holder]:
    """*Ordförande Asta Gren hälsade …* at the beginning of a sentence; never *vice ordförande*."""
    for sentence in minutes.sentences:
        text = unmarked(minutes.words(sentence))
        match = _office_words().match(text)
        if not match or not match["chair"]:
            continue
        name = next(iter(find_names(text)), None)
        if name and not text[match.end() : name.start].strip(" ,"):
            yield Holder("chair", (name.text,), "text", sentence.proof)


def chairs_of(holders: Sequence[Holder], office: Office, source: Source) -> list[Holder]:
    """Those of one office in one source."""
    return [one for one in holders if (one.office, one.source) == (office, source)]
