"""Whom a question names: people, organisations and bodies, with the words that it names them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows, table

_CAPITAL = r"[A-ZÅÄÖÉ][\w&-]*"
_PHRASE = re.compile(rf"(?<![\w-]){_CAPITAL}(?: (?:(?:von|van|af|de) )?{_CAPITAL})*")
_SHORT_FORM = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,6}(?![\w-])")
_WORD_BEFORE = re.compile(r"([\w-]+) $")
_CITED = re.compile(r"[\"”»“][^\"”»“]*[\"”»“]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name without its genitive, and its place in the question."""

    text: str
    start: int
    end: int


@cache
def limit_pattern(kind: str) -> re.Pattern[str]:
    """What any row of a kind of ``limits.tsv`` matches, as whole words."""
    patterns = "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == kind)
    case = re.NOFLAG if kind in ("organisation", "surname") else re.IGNORECASE
    return re.compile(rf"(?<![\w-])(?:{patterns})(?![\w-])", case)


@cache
def _ends(kind: str) -> re.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == kind)
    return re.compile(rf"(?:{patterns})\Z", re.IGNORECASE)


def is_meeting_word(word: str) -> bool:
    """Whether a word says only that there was a meeting: *mötet*, *protokollet*, *meeting*."""
    return _is_plain_meeting(word) or word in {"mötets", "mötena", "meeting", "meetings", "minutes", "gång", "time"}


# Bodies


@cache
def _body() -> re.Pattern[str]:
    """A body in the definite form, with what stands before: *Granviks byggnadsnämnds arbetsutskott*."""
    ends = "|".join(row["pattern"] for row in table("bodies"))
    joined = r"(?:\w+-,? (?:\w+-,? )?(?:och|&|samt) )?"
    owner = r"(?:[A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*)*s )?"
    return re.compile(
        rf"(?<![\w-])(?:{owner})(?:[\w-]+(?:ska|ala|samma) )?{joined}(?i:[\w-]*(?:{ends}))"
        rf"(?:(?<=s) (?i:\w*(?:{ends})))*(?![\w-])"
    )


@cache
def _no_body() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in read_rows("models.tables", "not_bodies")), re.IGNORECASE)


@cache
def _short_bodies() -> frozenset[str]:
    rows = [row for row in read_rows("models.tables", "short_forms") if row["case"] == "yes"]
    return frozenset(name for row in rows for name in row["short"].split("|"))


@cache
def _english_body() -> re.Pattern[str]:
    ends = "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == "body")
    word = r"(?!(?:of|the|in|at|to|and|did|was)\b)[\wåäöÅÄÖ'-]+ "
    return re.compile(rf"(?i:(?<![\w-])the )((?:{word}){{0,3}}?(?i:{ends}))(?i:'s)?(?![\w-])")


@cache
def _of_meeting() -> re.Pattern[str]:
    """A name in the genitive and a meeting: *Stackens höstmöte*, *lednings- och arbetsgruppens möte*."""
    meeting = "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == "meeting")
    owner = rf"(?:[\w-]+- och )?(?:{_CAPITAL}(?: {_CAPITAL})*|[\w-]+)s"
    return re.compile(rf"(?<![\w-])(?P<owner>{owner}) (?P<between>\w+(?:nde|a) )?(?P<meeting>(?i:{meeting}))(?![\w-])")


@cache
def _kind_of_meeting() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])[A-ZÅÄÖa-zåäö-]{2,}(?:möte|mötet|stämma|stämman|forum|forumet)(?![\w-])")


def body_in(question: str) -> Named | None:
    """The body that a question names: *tekniska nämnden*, *Stackens höstmöte*, *AU*, *the board*."""
    for match in _body().finditer(question):
        last = match[0].split()[-1]
        if not _no_body().fullmatch(last) and _is_definite(match[0]) and not _is_target(question, match.start()):
            meeting = _of_meeting().match(question, match.start())
            if meeting and meeting.end() > match.end() and not _is_plain_meeting(meeting["meeting"]):
                return Named(meeting[0], meeting.start(), meeting.end())
            return Named(without_genitive(match[0]), match.start(), match.end())
    for match in _of_meeting().finditer(question):
        owner = match["owner"]
        if owner[0].isupper() or "- och " in owner or owner.endswith("gruppens"):
            if _is_plain_meeting(match["meeting"]):
                return Named(without_genitive(owner), match.start(), match.end("owner"))
            return Named(match[0], match.start(), match.end())
    if match := _english_body().search(question):
        return Named(match[1].removesuffix("'s"), match.start(1), match.end(1))
    for match in _SHORT_FORM.finditer(question):
        if match[0] in _short_bodies():
            return Named(match[0], match.start(), match.end())
    if match := _kind_of_meeting().search(question):
        return Named(match[0], match.start(), match.end())
    return None


def _is_plain_meeting(word: str) -> bool:
    return re.fullmatch(r"(?i)möte|mötet|sammanträde|sammanträdet|träff|protokoll|protokollet", word) is not None


def _is_definite(phrase: str) -> bool:
    return phrase[0].isupper() or re.search(r"(?i)(?:en|ens|et|ets|n|ns|na|nas|fullmäktiges?)$", phrase) is not None


def _is_target(question: str, start: int) -> bool:
    """Whether something is sent or given to the body, which then is the matter: *skickas till nämnden*."""
    before = _WORD_BEFORE.search(question[:start])
    return before is not None and before[1].lower() in {"till", "åt"}


# People


def person_in(question: str, taken: list[tuple[int, int]], wants_person: bool) -> Named | None:
    """The person that a question names, by name or, where it does not ask who that is, by role."""
    from models.registers.names import first_names, is_organisation, is_title

    for match in _PHRASE.finditer(question):
        if _overlaps(match.span(), taken):
            continue
        start, words = match.start(), match[0].split(" ")
        while words and (start == 0 or is_title(words[0])):  # the capital of the first word says nothing
            if start == 0 and len(words) > 1 and words[0] in first_names():
                break
            if start == 0 and words[0] in first_names() and len(words) == 1:
                break
            start += len(words[0]) + 1
            words = words[1:]
        if not words or is_organisation(" ".join(words)):
            continue
        first = words[0]
        known = first in first_names() or (first.endswith("s") and first[:-1] in first_names())
        surname = len(words) > 1 and _ends("surname").search(words[-1]) is not None
        if known or surname:
            end = start + len(" ".join(words))
            return Named(_person(words, question, start, end), start, end)
    if not wants_person and (role := limit_pattern("role").search(question)):
        return Named(role[0].removeprefix("the "), role.start(), role.end())
    return None


def _person(words: list[str], question: str, start: int, end: int) -> str:
    """The name without its genitive, where it stands in one."""
    from models.registers.names import first_names

    last, name = words[-1], " ".join(words)
    if question[end:].startswith(("'s", "’s")):
        return name
    if not last.endswith("s") or (len(words) == 1 and last in first_names() and last[:-1] not in first_names()):
        return name
    before = _WORD_BEFORE.search(question[:start])
    subject = before is not None and limit_pattern("subject").fullmatch(before[1]) is not None
    followed = re.match(r" [a-zåäö]", question[end:]) is not None
    return name[:-1] if followed and not subject else name


# Organisations


@cache
def _from() -> re.Pattern[str]:
    words = "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == "organisation")
    name = rf"{_CAPITAL}(?: (?:{_CAPITAL}|kommun(?:en)?|län|stad|landsting|och (?={_CAPITAL})))*"
    return re.compile(rf"(?<![\w-])(?i:{words}) (?:the )?(?P<name>{name})")


def organisation_in(question: str, taken: list[tuple[int, int]]) -> Named | None:
    """The organisation that someone is *from*, or the first that a question names by its form."""
    from models.pipeline.gazetteers import organisation_pattern
    from models.registers.names import begins_no_name

    for pattern in (_from(), organisation_pattern()):
        for match in pattern.finditer(question):
            start, end = match.span("name" if pattern is _from() else 0)
            name = question[start:end]
            if start and not _overlaps((start, end), taken) and not begins_no_name(name.split()[0]):
                return Named(without_genitive(name), start, end)
    return None


def without_genitive(name: str) -> str:
    """*styrelsens* → *styrelsen*, *Granviks* → *Granvik*; names of one syllable keep their s."""
    if name.endswith(("'s", "’s")):
        return name[:-2]
    return name[:-1] if re.search(r"[^\Ws]{3,}s$", name) and not name.endswith("ss") else name


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
