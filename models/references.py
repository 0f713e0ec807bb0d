"""References in minutes: reference numbers of cases (diarienummer), sections, laws and printed series.

Each has one normal form, so that different spellings of one number meet: upper case, a hyphen
between the parts, no zeros in front of a serial number. *KS 2019/73*, *KS2019/73* and *dnr
KS-2019-00073* are all ``KS-2019-73``. The words that announce a reference, the laws and the series
(SOU, prop.) stand in ``models/tables/references.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from corpus.tables import read_rows


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference: characters ``start`` to ``end``, its kind and its normal form.

    ``kind`` is "case" (diarienummer), "section" (§ of minutes), "law" or "series" (SOU, prop.).
    """

    start: int
    end: int
    kind: str
    value: str


_YEAR = r"(?:19|20)\d\d"
# KS 2019/73, BN-2016-00046, N2016/06374/RTS, BUN/2019:12, BUN-BUN-2019-12. Letters and year make it certain.
_LETTERED = re.compile(
    rf"(?<![\w/.-])(?:[A-ZÅÄÖ]{{1,6}}[ -]?){{1,2}}[ /-]?{_YEAR}[/:-]\d{{1,6}}"
    r"(?:[-/](?:\d{1,5}|[A-ZÅÄÖ][A-Za-zåäö]{0,5}))?(?![\w/]|-\d)"
)
# 2023/123-108, 2019/06374: a year and a serial too long for a second year or a month.
_BARE = re.compile(rf"(?<![\w/:.-]){_YEAR}/(?:\d{{1,5}}-\d{{1,4}}|(?!(?:19|20)\d\d\b)\d{{3,5}})(?![\w/:]|-\d)")
_AFTER_CUE = (
    r"\s{0,2}[:.]?\s{0,3}(?P<case>(?:[A-ZÅÄÖ]{1,6}[ ./-]?){0,2}"
    r"\d{1,10}(?:\.\d{1,6}){1,4}(?:[ -]\d{1,6})?"
    r"|(?:[A-ZÅÄÖ]{1,6}[ /-]{0,2}){0,2}\d{1,10}(?:[/:-][\dA-ZÅÄÖ]{1,10}){1,4})(?!\w)"
)
_NUMBER = r"\d{1,4}(?:\s?[a-h](?![\wåäö]))?"
_SECTION = re.compile(
    r"(?:(?<![\w-])(?P<body>(?-i:[A-ZÅÄÖ]{2,6}|K[sf])) )?(?P<sign>§{1,2}|(?<!\w)paragraf(?:en|erna)?(?!\w))\s{0,2}"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s?[-–—]\s?|, ?| och | samt )(?:§ ?)?{_NUMBER}(?![\d/]|[.,:]\d|\s?§)){{0,12}})"
    r"(?:/(?P<year>\d{2,4}))?(?!\d|:\d)",
    re.IGNORECASE,
)
_LAW_SECTION = rf"(?P<section>{_NUMBER})(?:\s?[-–]\s?{_NUMBER})?\s?§§?"
_CHAPTER = rf"(?P<chapter>\d{{1,2}})(?:\s?[a-z])?\s?kap\.?,?\s{{0,2}}(?:{_LAW_SECTION})?"
_LAW_PLACE = re.compile(rf"(?<![\w/.,-])(?:{_CHAPTER}|{_LAW_SECTION.replace('section', 'lone')})", re.IGNORECASE)
_STATUTE = re.compile(r"\((1[6-9]\d\d|20\d\d):(\d{1,4})\)")
_PART_OF_SECTION = r"(?:\s(?:första|andra|tredje|fjärde|1|2|3|4)\s(?:stycket|st\.?|punkten|p\.?)){0,2}"


@cache
def _rows(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in read_rows("models.tables", "references") if row["kind"] == kind)


@cache
def _cue() -> re.Pattern[str]:
    words = "|".join(row["pattern"] for row in _rows("cue"))
    return re.compile(rf"(?<!\w)(?:{words})" + _AFTER_CUE, re.IGNORECASE)


@cache
def _series() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over all printed series, and the name of the series for each of its groups."""
    rows = _rows("series")
    names = "|".join(f"(?P<series{i}>{row['pattern']})" for i, row in enumerate(rows))
    number = r"\s?(?P<number>\d{4}(?:/\d{2,4})?:(?:[A-ZÅÄÖ][A-Za-zåäö]{0,4})?\d{1,4})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{names}){number}"), {f"series{i}": row["value"] for i, row in enumerate(rows)}


@cache
def _laws() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over all names of laws, and the number of the law for each of its groups."""
    rows = _rows("law")
    names = "|".join(f"(?P<law{i}>{row['pattern']})" for i, row in enumerate(rows))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])"), {f"law{i}": row["value"] for i, row in enumerate(rows)}


def find_references(text: str) -> list[FoundReference]:
    """The references of a text in reading order, none inside another.

    *KS § 12/2020* → ``KS-§12-2020``; *§§ 3 och 5* → ``§3`` and ``§5``; *§ 94–106* → ``§94-106``;
    *6 kap. 5 § kommunallagen* → ``SFS-2017-725-KAP6-§5``; *prop. 2016/17:180* → ``PROP-2016-17-180``.
    """
    return list(_references(text))


@lru_cache(maxsize=4)  # dates are read beside references of the same text
def _references(text: str) -> tuple[FoundReference, ...]:
    found: list[FoundReference] = []
    taken = bytearray(len(text))
    sources = (_cases, _printed, _law_places, _sections) if any(map(str.isdigit, text)) else (_law_places,)
    for source in sources:
        for one in source(text):
            if 1 not in taken[one.start : one.end] or (one.kind == "section" and _shares_sign(found, one)):
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _shares_sign(found: list[FoundReference], one: FoundReference) -> bool:
    """*§§ 3 och 5* gives two references with the same place."""
    return bool(found) and found[-1].kind == "section" and (found[-1].start, found[-1].end) == (one.start, one.end)


def normal_number(number: str) -> str:
    """The normal form of a case number: *KS2019/00073* → ``KS-2019-73``."""
    parts = re.findall(r"[A-ZÅÄÖ]+|\d+", number.upper())
    after_year = False
    for i, part in enumerate(parts):
        if after_year and part.isdigit():
            parts[i] = part.lstrip("0") or "0"
        after_year = after_year or re.fullmatch(_YEAR, part) is not None
    return "-".join(parts)


def _cases(text: str) -> Iterator[FoundReference]:
    for match in _cue().finditer(text):
        if not _is_day(match["case"]):
            yield FoundReference(match.start("case"), match.end("case"), "case", normal_number(match["case"]))
    for pattern in (_LETTERED, _BARE):
        for match in pattern.finditer(text):
            if not _is_day(match[0]) and not match[0].startswith(("SOU", "SFS", "DS")):
                yield FoundReference(match.start(), match.end(), "case", normal_number(match[0]))


def _is_day(number: str) -> bool:
    """Whether the digits are a day of the calendar: *KS 2031-10-05* is a meeting, not a case."""
    match = re.search(rf"({_YEAR})-(\d\d)-(\d\d)$", number)
    try:
        return match is not None and bool(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return False


def _printed(text: str) -> Iterator[FoundReference]:
    pattern, names = _series()
    for match in pattern.finditer(text):
        name = next(names[group] for group, part in match.groupdict().items() if part is not None and group in names)
        number = re.sub(r"[/:]", "-", match["number"]).upper()
        yield FoundReference(match.start(), match.end(), "law" if name == "SFS" else "series", f"{name}-{number}")


def _law_places(text: str) -> Iterator[FoundReference]:
    """Laws, by name or number, with the chapter and section before or after them."""
    names, numbers = _laws()
    laws: dict[int, tuple[int, str]] = {}  # start → end and SFS number
    for match in names.finditer(text):
        statute = _STATUTE.match(text, match.end() + 1)
        number = f"{statute[1]}-{statute[2]}" if statute else numbers[match.lastgroup or ""]
        laws[match.start()] = (statute.end() if statute else match.end(), f"SFS-{number}")
    covered = {end for end, _ in laws.values()}
    for match in _STATUTE.finditer(text):
        if match.end() not in covered:
            laws[match.start()] = (match.end(), f"SFS-{match[1]}-{match[2]}")
    ends = {end: start for start, (end, _) in laws.items()}
    used: set[int] = set()
    for match in _LAW_PLACE.finditer(text):
        place = _place(match)
        gap = re.compile(rf"{_PART_OF_SECTION}\s(?:i\s|av\s)?").match(text, match.end())
        after = gap.end() if gap else -1
        before = match.start() - 1
        if after in laws:
            used.add(after)
            yield FoundReference(match.start(), laws[after][0], "law", f"{laws[after][1]}-{place}")
        elif before in ends and match["chapter"]:
            used.add(ends[before])
            yield FoundReference(ends[before], match.end(), "law", f"{laws[ends[before]][1]}-{place}")
        elif match["chapter"] and match["section"]:
            yield FoundReference(match.start(), match.end(), "law", place)
        elif match["lone"]:
            yield FoundReference(match.start(), match.end(), "section", place)
    for start, (end, value) in laws.items():
        if start not in used and end - start > 2:  # KL, TF, RF alone are more often something else
            yield FoundReference(start, end, "law", value)


def _place(match: re.Match[str]) -> str:
    section = match["section"] or match["lone"]
    parts = [f"KAP{match['chapter']}"] if match["chapter"] else []
    return "-".join([*parts, *([f"§{_tight(section)}"] if section else [])])


def _tight(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


def _sections(text: str) -> Iterator[FoundReference]:
    for match in _SECTION.finditer(text):
        body = f"{match['body'].upper()}-" if match["body"] else ""
        start = match.start() if body else match.start("sign")
        year = f"-{match['year']}" if match["year"] else ""
        for piece in re.split(r", ?| och | samt ", match["numbers"]):
            number = "-".join(_tight(one) for one in re.split(r"\s?[-–—]\s?", piece.replace("§", "").strip()))
            yield FoundReference(start, match.end(), "section", f"{body}§{number}{year}")
