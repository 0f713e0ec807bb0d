"""Amounts of money and shares: *4,85 mkr*, *14 950:-*, *3–4 mnkr*, *SEK 500*, *2,5 %*.

An amount is a number with a unit; the units stand in ``models/tables/units.tsv``, numbers in words
in ``number_words.tsv``. Values are exact (``Decimal``), in whole units: *320 tkr* is 320000 SEK.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.tables import read_rows


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount at characters ``start`` to ``end``, of ``unit`` (SEK, EUR, …, percent).

    ``high`` is the upper end of a range (*3–4 mnkr*), else equal to ``value``.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal
    unit: str


_SPACE = r"[ \u00a0\u202f\u2009]"
_GROUPED = (
    r"\d{1,3}(?:,\d{3}(?!\d)){1,4}(?=\.\d\d(?!\d))|\d{1,3}(?:,\d{3}(?!\d)){2,4}"
    rf"|\d{{1,3}}(?:(?:{_SPACE}|\.|')\d{{3}}(?!\d)){{1,5}}"
)
_FIGURES = rf"(?:{_GROUPED}|\d{{1,15}})(?:[.,:]\d{{1,4}})?"
_GAP = r"[\s\u00a0\u202f\u2009]{0,2}"
_DASH = rf"{_GAP}[-–—]{_GAP}"
_MILLION = Decimal(1_000_000)
_TENS = range(20, 100, 10)
_MOST_JOINED_WORDS = 7  # tvåhundratrettiofemtusenfyrahundra


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    """Name of a group in the pattern → unit and factor."""
    rows = read_rows("models.tables", "units")
    return {f"u{i}": (row["unit"], Decimal(row["factor"])) for i, row in enumerate(rows)}


@cache
def _words() -> dict[str, Decimal]:
    return {row["word"]: Decimal(row["value"]) for row in read_rows("models.tables", "number_words")}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = list(read_rows("models.tables", "units"))
    # Longest first is not enough with patterns: the bar after the unit settles it (kr is not in krav).
    units = "|".join(f"(?P<u{i}>{row['pattern']})" for i, row in enumerate(rows))
    words = "|".join(sorted(map(re.escape, _words()), key=len, reverse=True))
    spelled = rf"(?:{words}){{1,{_MOST_JOINED_WORDS}}}"
    number = rf"{_FIGURES}|(?<!\w)(?:{spelled} och (?:en|ett) halv|{spelled})(?!\w)"
    joined = rf"{_DASH}|\s(?:till|to)\s"
    after = re.compile(
        rf"(?:(?<![\w.,:/])(?P<minus>[-−–])|(?<![\w:/])(?<!\d[.,]))"
        rf"(?:(?:(?P<between>mellan|between)\s)?(?P<low>{number})(?:{joined}|(?(between)\s(?:och|and)\s|(?!))))?"
        rf"(?P<value>{number}){_GAP}(?:{units})(?![\wåäö€$])",
        re.IGNORECASE,
    )
    plain = "|".join(f"(?P<u{i}>{row['pattern']})" for i, row in enumerate(rows) if _is_prefix(row))
    before = re.compile(
        rf"(?<![\w$€£])(?:{plain}){_GAP}(?:(?P<low>{_FIGURES}){_DASH})?(?P<value>{_FIGURES})(?![\d%]|[.,:]\d|-\d)",
        re.IGNORECASE,
    )
    return after, before


def _is_prefix(row: dict[str, str]) -> bool:
    """Currencies of whole units may stand before the number (*SEK 500*)."""
    return row["factor"] == "1" and row["unit"].isupper() and not row["pattern"].startswith(":")


def find_amounts(text: str) -> list[FoundAmount]:
    """The amounts of a text in reading order.

    *4,85 mkr* → 4850000 SEK; *1.200 kr* → 1200 SEK; *25 öre* → 0.25 SEK; *3 till 4 mkr* → 3000000 to
    4000000 SEK; *12 procent* → 12 percent. A number without a unit is no amount.
    """
    after, before = _patterns()
    found: list[FoundAmount] = []
    taken = bytearray(len(text))
    for pattern in (after, before):
        for match in pattern.finditer(text):
            one = _amount(text, match)
            if one and 1 not in taken[one.start : one.end]:
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _amount(text: str, match: re.Match[str]) -> FoundAmount | None:
    groups = match.groupdict()
    name = next(name for name, part in groups.items() if part is not None and name in _units())
    if pattern_is_prefix(match) and groups[name].lower() in ("kr", "krona", "kronor", "euro", "dollar"):
        return None
    unit, factor = _units()[name]
    if groups["value"][0].isalpha() and groups[name][0].isupper():
        return None  # Tre Kronor is a team
    highest, lowest = _value(groups["value"], factor), _value(groups["low"] or groups["value"], factor)
    if highest is None or lowest is None:
        return None
    high = highest * factor
    start, low = match.start(), high
    if groups["low"]:
        low = lowest * factor
        if low > high:  # 2018-4 %: no range, the number before belongs to something else
            start, low = match.start("value"), high
    elif groups.get("minus") and (
        groups["minus"] == "−" or text[max(0, start - 80) : start].rpartition("\n")[2].strip()
    ):
        low = high = -high  # at the start of a line a hyphen is a bullet
    return FoundAmount(start, match.end(), low.normalize() + 0, high.normalize() + 0, unit)


def pattern_is_prefix(match: re.Match[str]) -> bool:
    """Whether the unit stands before the number."""
    return match.re is _patterns()[1]


def _value(written: str, factor: Decimal) -> Decimal | None:
    """The number as it is written: a comma is decimal, a point with three digits after it is not.

    None where the signs or words make no number (*1.200.50*, *tretre*).
    """
    if written[0].isalpha():
        return _spelled(written.lower())
    digits = re.sub(r"[\s\u00a0\u202f\u2009']", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+", digits) or (
        re.fullmatch(r"\d{1,3},\d{3}", digits) and factor < _MILLION
    ):
        digits = digits.replace(",", "")  # SEK 1,200.50 in English
    digits = digits.replace(",", ".").replace(":", ".")
    return Decimal(digits) if digits.count(".") < 2 else None


def _spelled(written: str) -> Decimal | None:
    """*tvåhundrafemtio* → 250, *tre och en halv* → 3.5; None where the words make no number."""
    words = _words()
    whole, half, _ = written.partition(" och e")  # och en halv, och ett halvt
    if half:
        value = _spelled(whole)
        return None if value is None else value + words["halv"]
    if whole in words:
        return words[whole]
    for name in ("tusen", "hundra"):
        before, found, after = whole.partition(name)
        if found:
            times, rest = _spelled(before) if before else Decimal(1), _spelled(after) if after else Decimal(0)
            if times is None or rest is None or max(times, rest) >= words[name]:
                return None
            return times * words[name] + rest
    tens = next((word for word in words if whole.startswith(word) and words[word] in _TENS), "")
    ones = words.get(whole.removeprefix(tens)) if tens else None
    return words[tens] + ones if ones is not None and 1 <= ones <= 9 else None
