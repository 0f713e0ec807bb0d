"""What a document says of itself: title, kind, body and date, read from its first lines.

What is not said stays None; a folder's name is never taken for a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from corpus.dates import date_in_name, dates_in
from corpus.headings import plain
from corpus.lines import BULLET, Line
from corpus.records import DocumentKind, Section, Source
from corpus.structure import is_first_point
from corpus.tables import table

_HEAD_LINES = 40
_HEAD_CHARACTERS = 2500
_TITLE_LINES = 8
_BODY_LINES = 12
_MAX_TITLE = 160
_SHORT_LINE = 120
_LABEL = re.compile(
    r"(?:\*\*)?(?:datum(?: och tid)?|tid(?: och plats)?|plats och tid|mötesdatum|sammanträdesdatum|date)\b"
    r"[^\n]{0,80}",
    re.IGNORECASE,
)
_ADOPTED = re.compile(r"\b(?:antagen|antaget|antogs|fastställ\w+|beslutad)\b[^\n.]{0,80}", re.IGNORECASE)
_PLACE = re.compile(
    r"((?:[A-ZÅÄÖ][\w-]+ ){1,2}(?:kommun|KOMMUN|stad|STAD)|Region [A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?)"
    r"(?=\s{2,}|\t|$)"
)
_OF_MINUTES = re.compile(r"mötets? (öppna|avsluta)|val av (justerare|sekreterare|justeringsm)|föregående protokoll")
_UNTIL = re.compile(r"\s*(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?)\s*(?:den\s+)?")
_FROM = re.compile(r"\d(?: [a-zåäö]+)?\s*(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?)\s*(?:den\s+)?\Z")
_GAP = re.compile(r"\s{3,}|\t")
_KIND_ONLY = re.compile(
    r"(?:[\w-]*protokoll\w*|minnesanteckningar|mötesanteckningar|sammanträdesanteckningar|anteckningar|sammanfattning|slutrapport|rapport)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:protokoll|anteckningar)\w*\s+(?:fört\s+|förda\s+)?(?:från|vid|för|av)\s+(?:(?:ordinarie|extra|konstituerande)\s+)?"
    r"(?:(?:möte|sammanträde|styrelsemöte|dialogmöte|årsmöte)\s+(?:med|i|för|hos)\s+)?([^\n,.:;]{4,120})",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\s+(?:(?:ordinarie|extra|konstituerande|allmänna)\s+)*(?:vår|höst|års|stor|styrelse|medlems|förenings)?"
    r"(?:(?:möte|stämma|sammanträde)|(?:board|annual|general)\s+meeting)\b.*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:avslutar|avslutade|öppnar|öppnade)\s+((?:[A-ZÅÄÖ][\w-]+(?:s|ens|ets)\s+)?[\w-]+)\b(?=[^\n]{0,40}[.\n])"
)


_NO_NAME = re.compile(
    r"\d| / |\b(?:du|som|är|härmed|kallas|har|ska|vi|besluta[rt]|beslutade|godkänner)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Description:
    """Title, kind, body and date (ISO) of a document."""

    title: str
    kind: DocumentKind
    body: str | None
    date: str | None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["kind"]) for row in table("kinds"))


@cache
def _body_word() -> re.Pattern[str]:
    """A word that names a body, also where text recognition lost its diacritics."""
    endings = "|".join(row["pattern"] for row in table("bodies"))
    for letter, seen_as in (("ö", "[öoé6]"), ("å", "[åa&]"), ("ä", "[äa]")):
        endings = endings.replace(letter, seen_as)
    return re.compile(rf"\b[\w-]*(?:{endings})\b", re.IGNORECASE)


def describe(source: Source, name: str, lines: Sequence[Line], sections: Sequence[Section]) -> Description:
    """Read title, kind, body and date from the first lines, the metadata and the file name.

    ``lines`` are the lines that are not marked.
    """
    live = [line for line in lines if line.text][: 2 * _HEAD_LINES]
    head = [_bare(line) for line in live[:_HEAD_LINES]]
    head = [text for text in head if any(c.isalnum() for c in text)]
    before = [line for line in live if len(sections) < 2 or line.start < sections[1].start]
    metadata = dict(source.metadata)
    body = _body(head, metadata) or _closing_body(source.text)
    intro = [_bare(line) for line in before]
    points = tuple(s.heading.casefold() for s in sections if s.heading and (s.number or is_first_point(s.heading)))
    title = _title([text for text in head if not text.casefold().endswith(points)], intro, metadata)
    kind = _kind(title or "", head, name, sections)
    if kind not in ("minutes", "notes"):
        # The dates in the running text of a plan or a report are not its own, but for its adoption.
        adopted = [m[0] for m in map(_ADOPTED.search, head[:_BODY_LINES]) if m]
        intro = [*adopted, *(text for text in intro if len(text) <= _SHORT_LINE)]
    return Description(
        title=title or _made_up_title(kind, body, name),
        kind=kind,
        body=body,
        date=_date("\n".join(head)[:_HEAD_CHARACTERS], title or "", intro, metadata, name),
    )


def _bare(line: Line) -> str:
    """The text of a line without markup and list signs around it, as far as a head can reach."""
    text = line.text[:_HEAD_CHARACTERS].lstrip("#").strip("@*% \t")
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def _names_kind(text: str) -> bool:
    return any(pattern.search(text) for pattern, _ in _kinds())


def _title(head: Sequence[str], before: Sequence[str], metadata: dict[str, str]) -> str | None:
    """The title in the metadata, or the first line that names a kind, or the first line of all.

    A kind alone on its line (*PROTOKOLL*) takes the line below too, or else the very first line.
    ``before`` are the lines above the first section: the heading of one (*Ekonomi*) is no title.
    """
    for key in ("title", "titel", "rubrik"):
        if len(metadata.get(key, "")) >= 5:
            return _shortened(metadata[key])
    usable = [_column(text) for text in head if any(c.isalpha() for c in text)]
    for k, text in enumerate(usable[:_TITLE_LINES]):
        if len(text) > _MAX_TITLE or text.endswith((":", ".")) or not _names_kind(text):
            continue
        words = [_cased(plain(text))]
        below = plain(usable[k + 1]) if k + 1 < len(usable) else ""
        named = below and len(below) <= _MAX_TITLE and ":" not in below and not below.endswith(".")
        named = named and not _LABEL.match(below)
        if named and _KIND_ONLY.fullmatch(words[0]):
            words.append(_cased(below))
        elif _KIND_ONLY.fullmatch(words[0]):
            words += [_cased(first) for first in map(plain, usable[:1]) if k and first]
        joiner = " " if len(words) > 1 and words[1][0].islower() else ", "
        return _shortened(joiner.join(words))
    first = next((plain(t) for t in before if len(plain(t)) > 3 and any(c.isalpha() for c in t)), "")
    return _shortened(_cased(first)) if first else None


def _shortened(title: str) -> str:
    """A title on one line and of bounded length, cut between words."""
    title = " ".join(title.split())
    return title if len(title) <= _MAX_TITLE else title[: _MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _column(text: str) -> str:
    """Of a page head with two columns, *GRANVIK KOMMUN      PROTOKOLL*, the one that names a kind."""
    cells = [cell for cell in _GAP.split(text) if _names_kind(cell)]
    return cells[0] if cells else text


def _cased(text: str) -> str:
    return text.capitalize() if text.isupper() and len(text) > 4 else text


def _made_up_title(kind: DocumentKind, body: str | None, name: str) -> str:
    if body and kind in ("minutes", "notes"):
        return f"{'Protokoll' if kind == 'minutes' else 'Minnesanteckningar'}, {body}"
    return PurePath(name).stem


def _kind(title: str, head: Sequence[str], name: str, sections: Sequence[Section]) -> DocumentKind:
    for text in (title, re.sub(r"[-_]+", " ", PurePath(name).stem), *head[:_TITLE_LINES]):
        for pattern, kind in _kinds():
            if pattern.search(text):
                return kind  # type: ignore[return-value]
    headings = " ".join(s.heading.casefold() for s in sections)
    return "minutes" if _OF_MINUTES.search(headings) else "other"


def _body(head: Sequence[str], metadata: dict[str, str]) -> str | None:
    place = next((m[1] for text in head[:_BODY_LINES] for m in [_PLACE.match(text)] if m), None)
    name = _of(head) or _body_line(head) or _pair(head) or _below_kind(head)
    if name is None:
        return None
    place = _cased_place(place) if place else None
    return name if not place or place.casefold() in name.casefold() else f"{name}, {place}"


def _of(head: Sequence[str]) -> str | None:
    """*Protokoll från möte med X*, *Protokoll fört vid Xs årsmöte*, *Xs vårmöte 2031*."""
    match = _OF.search("\n".join(head[:_BODY_LINES]))
    name = match[1] if match else next((t for t in head[:2] if _MEETING.search(t)), "")
    without = _MEETING.sub("", name).strip()
    if without != name.strip():
        without = re.sub(r"(?<=[^s])s$", "", without)
    elif not match:
        return None
    without = re.sub(r"\s+(?:den\s+)?\d{1,2}\s.*$|\s+\d{4}.*$", "", without).strip(" -–")
    return without if _is_name(without) else None


def _body_line(head: Sequence[str]) -> str | None:
    """A line that names a body and little more."""
    for text in head[:_BODY_LINES]:
        if ":" in text or "\t" in text or len(text) > 140 or text.rstrip().endswith("."):
            continue
        name = _GAP.split(text)[0]
        match = _body_word().search(name)
        if not match or name.isupper():
            continue
        if _names_kind(name[: match.start()]):
            name = name[match.start() :]
        name = re.sub(r"^(?:om|vi i)\s+", "", plain(name), flags=re.IGNORECASE)
        name = re.sub(r"[,(]?\s*(?:\d{1,2} \w+ )?\d{4}.*$", "", name)
        name = re.sub(r"\s+\b\w*protokoll\b.*$", "", name, flags=re.IGNORECASE)
        name = re.sub(r"\s+[-–]\s+.*$", "", name).strip(" -–,")
        if len(name) > 4 and _body_word().search(name) and _is_name(name):
            return name
    return None


def _is_name(name: str) -> bool:
    """Whether a phrase can be a body's name: short, no digits, and not a clause or a kind of meeting."""
    words = name.split()
    return (
        3 < len(name) <= 90
        and len(words) <= 9
        and not _NO_NAME.search(name)
        and not re.fullmatch(r"konstituerande|ordinarie|.*\b(?:kort|extra)", name, re.IGNORECASE)
        and not (len(words) == 1 and name[0].islower())
        and not _names_kind(name)
    )


def _pair(head: Sequence[str]) -> str | None:
    """*Styrelsemöte - Föreningen X*."""
    for text in head[:3]:
        pair = re.split(r"\s[-–|]\s", plain(text))
        if len(pair) != 2 or not _names_kind(pair[0]) or any(c.isdigit() for c in pair[1]):
            continue
        if pair[1][:1].isupper():
            return pair[1].strip()
    return None


def _below_kind(head: Sequence[str]) -> str | None:
    """*Mötesprotokoll Klubben X*, or the line below a lone *Mötesprotokoll*."""
    for k, text in enumerate(head[:3]):
        match = re.match(r"(?:mötes|styrelse|årsmötes)?protokoll\b[\s,–-]*(.*)$", plain(text), re.IGNORECASE)
        if not match:
            continue
        name = match[1].strip() or (plain(head[k + 1]) if k + 1 < len(head) else "")
        if not 3 < len(name) <= 60 or re.search(r"\d|:", name) or _names_kind(name):
            continue
        if name[0].isupper():
            return name
    return None


def _closing_body(text: str) -> str | None:
    """The body that the last lines say was closed: *Ordföranden avslutar Regionens vattenråd*."""
    for match in _CLOSING.finditer(text[-3000:]):
        if _body_word().fullmatch(match[1].split()[-1]):
            return match[1]
    return None


def _cased_place(text: str) -> str:
    *name, last = text.split()
    words = [word.capitalize() if word.isupper() else word for word in name]
    return " ".join([*words, last.lower() if last.isupper() else last])


def _date(head: str, title: str, intro: Sequence[str], metadata: dict[str, str], name: str) -> str | None:
    """The day of the meeting: by label, in the title, above the first section, metadata, file name."""
    for label in _LABEL.finditer(head):
        for found in dates_in(head[label.start() : label.end() + 40]):
            return found.iso
    for text in (title, "\n".join(intro)[:_HEAD_CHARACTERS]):
        for iso in _single_dates(text):
            return iso
    for key in ("datum", "date", "mötesdatum"):
        for found in dates_in(metadata.get(key, "")):
            return found.iso
    return date_in_name(PurePath(name).stem)


def _single_dates(text: str) -> Iterator[str]:
    """Dates that are no end of a period: not *från 1 januari till den 31 december 2031*."""
    dates = list(dates_in(text))
    for k, found in enumerate(dates):
        until = dates[k + 1].start if k + 1 < len(dates) else found.end
        opens = until > found.end and _UNTIL.fullmatch(text, found.end, until)
        if not opens and not _FROM.search(text, max(0, found.start - 40), found.start):
            yield found.iso
