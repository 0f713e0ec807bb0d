"""When and where a meeting was: labels of the head, its sentences, the points that open and close it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from corpus.headings import is_point
from corpus.tables import read_rows
from models.dates import find_dates
from models.registers.lines import Line, turns, unmarked
from models.registers.minutes import Minutes, Sentence
from models.registers.offices import label_of
from models.times import find_times

_CLOCK = re.compile(r"(?<![\d.:/-])([01]?\d|2[0-3])[.:]([0-5]\d)(?::[0-5]\d)?(?!\d|/|-\d|[.:]\d)")
_BARE_CLOCK = re.compile(
    r"(?:[a-z]\.)?\W*(?:till\s+)?(?:kl\w*\.?\s*)?([01]?\d|2[0-3])[.:]([0-5]\d)(?::[0-5]\d)?(?:-?ish)?\W*", re.IGNORECASE
)
_THE_MEETING = re.compile(r"\b(?:\w*möte(?:t|ts)?|sammanträdet|\w*stämman?|dagen|sittningen)\b", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"[,\s]*\b((?:i|på|hos|vid|via)\s[^.\n]*(?:\n[^.\n]+)?)", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:protokoll\w*|anteckningar|kalla[sd]|möte\w*)\b", re.IGNORECASE)
_CLOCK_WORD = re.compile(r"\b(?:kl\.?|klockan|mellan|från|tid:?)\s*$", re.IGNORECASE)
_OTHER_THAN_PLACE = re.compile(r"^\W+|[\s,;:–-]+$")
_PREPOSITION = re.compile(r"^(?:i|på)\s+(?=\S)", re.IGNORECASE)  # *hos Asta Gren* keeps its own
_CELLS = re.compile(r"\s{2,}|\t+")
_COLUMN = re.compile(r"\w{4}:\s")
_OF_ADJUSTING = re.compile(r"[^:]{0,40}\bjuster", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b(?:\s+den)?", re.IGNORECASE)
_MAX_TURN = 60  # characters: *Mötet avslutas 20.15*


@cache
def _labels() -> re.Pattern[str]:
    rows = list(read_rows("models.registers.tables", "head_labels"))
    groups = []
    for field in ("other", "both", "when", "where"):
        words = "|".join(re.sub(r"\((?!\?)", "(?:", row["pattern"]) for row in rows if row["field"] == field)
        groups.append(rf"(?P<{field}>{words})")
    free = rf"(?:{'|'.join(groups)})(?:\s*:\s*|\s{{2,}}|\t+|\s*$)"
    return re.compile(rf"(?:{free}|(?P<tied>{groups[1].replace('<both>', '<tied_both>')})\s)", re.IGNORECASE)


def labelled_values(head: Sequence[Line]) -> Iterator[tuple[str, str, Line]]:
    """Field, value and line of the labels in the head; a value goes on in the line below if it has to."""
    for k, line in enumerate(head):
        match = _labels().match(line.text)
        if not match or _OF_ADJUSTING.match(line.text):
            continue
        field = "both" if match["tied"] else next(f for f in ("other", "both", "when", "where") if match[f])
        if field == "other":
            continue
        value = line.text[match.end() :].strip()
        below = head[k + 1] if k + 1 < len(head) else None
        if below and not _labels().match(below.text) and not label_of(below.text):
            lacking = not value or (field == "both" and not find_times(value) and find_times(below.text))
            if lacking and len(below.text) <= 120:
                value = f"{value}  {below.text}".strip()
        yield field, value, line


def turning_sentences(minutes: Minutes, turn: str) -> list[tuple[Sentence, str]]:
    """The sentences that open or close the meeting, without markup; headings are among them."""
    found = []
    words = turns(turn)
    middle = len(minutes.text) // 2
    for sentence in minutes.sentences:
        text = unmarked(minutes.words(sentence))
        said = words.search(text) is not None
        under = _is_turn(minutes.section(sentence.section).heading, words)
        here = (sentence.start < middle) == (turn == "opening")
        tells = said and here and _THE_MEETING.search(text) is not None
        if tells or (under and (said or _BARE_CLOCK.fullmatch(text))):
            found.append((sentence, text))
    return found if turn == "opening" else found[::-1]


def _is_turn(heading: str, words: re.Pattern[str]) -> bool:
    """Whether a heading is that of the point that opens or closes the meeting."""
    match = words.search(heading)
    if not match or len(heading) > _MAX_TURN:
        return False
    return is_point(heading) or _THE_MEETING.search(heading) is not None or match.start() == 0


def _clock(text: str) -> str | None:
    """The first time of day of a sentence that tells when something happened."""
    times = find_times(text)
    if times:
        return times[0].start_time
    match = _CLOCK.search(text)
    return f"{int(match[1]):02}:{match[2]}" if match else None


def find_hours(
    minutes: Minutes, values: Sequence[tuple[str, str, Line]], head: Sequence[Line], notes: list[str]
) -> tuple[str | None, str | None]:
    """When the meeting began and ended: as the points say, else as the head does."""
    called: str | None = None
    until: str | None = None
    for field, value, _ in values:
        times = find_times(value) if field != "where" else []
        if not times and field == "when" and _CLOCK.search(value):
            called = called or _clock(value)
        if times and not called:
            called, until = times[0].start_time, times[0].end_time
    for text in _leads(minutes, head):
        times = find_times(text)
        if times and not called:
            called, until = times[0].start_time, times[0].end_time
    opened = next(filter(None, (_clock(text) for _, text in turning_sentences(minutes, "opening"))), None)
    closed = next(filter(None, (_clock(text) for _, text in turning_sentences(minutes, "closing"))), None)
    if opened and called and opened != called:
        notes.append(f"Mötet öppnades {opened}; i huvudet står {called}.")
    if closed and until and closed != until:
        notes.append(f"Mötet avslutades {closed}; i huvudet står {until}.")
    return opened or called, closed or until


def _leads(minutes: Minutes, head: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of the head that tell of the meeting (*Protokoll fört vid vårmötet den 7 mars i Ladan*)."""
    seen = {(line.section, line.paragraph) for line in head}
    for one in minutes.paragraphs:
        text = unmarked(minutes.words(one))
        if (one.section, one.number) in seen and _LEAD.search(text) and find_dates(text, minutes.day):
            yield text


def find_place(minutes: Minutes, values: Sequence[tuple[str, str, Line]], head: Sequence[Line]) -> str | None:
    """The place by its label, else the one that a sentence of the head names after the time."""
    for wanted in ("where", "both", "when"):
        for field, value, _ in values:
            place = _without_when(value, minutes.day) if field == wanted else ""
            if _COLUMN.search(place):
                continue  # the columns of a scanned page were mixed: *Närvarande: Hos Asta Gren*
            if place and (wanted != "when" or place[:4].casefold().startswith(("i ", "på ", "hos ", "vid "))):
                return _PREPOSITION.sub("", place)
    for text in _leads(minutes, head):
        last = max((end for _, end in _when(text, minutes.day)), default=0)
        match = _PLACE_AFTER.match(text, last)
        if match:
            return _PREPOSITION.sub("", " ".join(match[1].split()).strip(" ,"))
    return None


def _when(text: str, day: date | None) -> list[tuple[int, int]]:
    """The characters of the dates and times."""
    dates = [(one.start, one.end) for one in find_dates(text, day)]
    return dates + [(one.start, one.end) for one in find_times(text)]


def _without_when(value: str, day: date | None) -> str:
    """What a value says besides dates and times: *Biblioteket  Klockan 09.00–10.00* → *Biblioteket*."""
    for start, end in sorted(_when(value, day), reverse=True):
        before = _CLOCK_WORD.sub("", value[:start])
        value = f"{before}  {value[end:]}"
    value = _WEEKDAY.sub("", value)
    cells = [_OTHER_THAN_PLACE.sub("", cell) for cell in _CELLS.split(value)]
    return next((cell for cell in cells if sum(map(str.isalpha, cell)) > 2), "")


def find_day(minutes: Minutes, values: Sequence[tuple[str, str, Line]], head: Sequence[Line]) -> str | None:
    """The day of the meeting: that of the document, unless the head has it only as the day of adjusting."""
    own = minutes.day.isoformat() if minutes.day else None
    labelled = [day for field, value, _ in values if field != "where" for day in _days(value)]
    adjusted = [day for line in head if _OF_ADJUSTING.match(line.text) for day in _days(line.text)]
    if own in labelled or own not in adjusted:
        return own
    others = [day for line in head if not _OF_ADJUSTING.match(line.text) for day in _days(line.text)]
    return next(iter([*labelled, *others]), own)


def _days(text: str) -> list[str]:
    """The days of a text that have their year."""
    return [one.start_date for one in find_dates(text) if one.precision == "day"]


def note_other_days(day: str | None, values: Sequence[tuple[str, str, Line]], notes: list[str]) -> None:
    """Add a note for each label of the head with another day than ``day``."""
    for field, value, _ in values:
        found = [one for one in find_dates(value) if one.precision == "day"] if field != "where" else []
        if found and day and found[0].start_date != day:
            notes.append(f"Mötesdagen är {day}; i huvudet står även {found[0].start_date}.")
