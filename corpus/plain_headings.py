"""Headings without number or markup: parts of a point, the usual points, short lines above text."""

from __future__ import annotations

import re

from corpus.headings import (
    APPENDIX,
    MAX_LINE,
    MAX_PLAIN_HEADING,
    PART,
    PLAIN,
    Heading,
    first_cell,
    is_label,
    is_part,
    is_point,
    plain,
)
from corpus.lines import BULLET
from corpus.neighbours import Neighbours

_BOLD = re.compile(r"(\*\*|__)([^*_]{2,100})\1:?$")
_APPENDIX = re.compile(
    r"(?:bilaga|appendix)[ \t]+(?:\d{1,3}|[A-Z])\b(?:[ \t]?[-–:.,][ \t]?|[ \t]+|$).{0,80}", re.IGNORECASE
)
_COLUMN = re.compile(r"\S {3,}\S")
_UNFINISHED = re.compile(r"\b(?:att|av|den|det|en|ett|för|från|i|med|och|om|på|samt|som|till|vid|är)$|[.!?] ")
_MAX_WORDS = 10


def appendix_heading(around: Neighbours, i: int) -> Heading | None:
    """*Bilaga 2 Budget* at the top of a page."""
    text = plain(around.lines[i].text[:MAX_LINE])
    if around.opens_page(i) and _APPENDIX.fullmatch(text) and not text.endswith("."):
        return Heading(i, i, None, text, APPENDIX)
    return None


def part_heading(around: Neighbours, i: int) -> Heading | None:
    """*Beslut*, *Närvarande:*; with a colon above a list it is the beginning of the list's text too."""
    line = around.lines[i]
    if line.bullet or not is_part(line.text):
        return None
    leads = line.text.endswith(":") and around.next(i) is not None
    return Heading(i, i - 1 if leads else i, None, plain(line.text).rstrip(": "), PART)


def bold_heading(around: Neighbours, i: int) -> Heading | None:
    """A line that is bold and nothing else, also as the bullet above its text."""
    line = around.lines[i]
    bullet = BULLET.match(line.text) if not line.text.startswith("**") else None
    text = line.text[bullet.end() :] if bullet else line.text
    bold = _BOLD.match(text)
    if not bold or (re.search(r"\d{4}", text) and not bullet) or not around.blank_before(i):
        return None
    words = plain(bold[2]).rstrip(":")
    if is_part(words) or is_label(words):
        return Heading(i, i, None, words, PART)
    if bullet and (not around.blank_after(i) or around.text(i, 1)[:1] == line.text[0]):
        return None
    return Heading(i, i, None, words, PLAIN)


def usual_point(around: Neighbours, i: int) -> Heading | None:
    """What a point of minutes is usually called, alone on its line and not in a list of such points."""
    line = around.lines[i]
    text = first_cell(line.text)
    if line.bullet or not is_point(text) or not text[0].isupper() or text[-1] == ".":
        return None
    if text != line.text and any(c.isdigit() for c in line.text[len(text) :]):  # a row of a table
        return None
    above = [is_point(around.text(i, step)) for step in (-1, -2)]
    below = [is_point(around.text(i, step)) for step in (1, 2)]
    if all(above) or all(below) or (above[0] and below[0]):
        return None
    return Heading(i, i, None, plain(text).rstrip(": "), PLAIN)


def plain_heading(around: Neighbours, i: int) -> Heading | None:
    """A short line alone that names what stands below: a longer line, or a list."""
    line = around.lines[i]
    if len(line.text) > MAX_LINE:
        return None
    text = plain(line.text)
    if line.bullet or line.row or len(text) > MAX_PLAIN_HEADING or len(text) < 3:
        return None
    if not text[0].isupper() or text[-1] in ".,;!:" or len(text.split()) > _MAX_WORDS or ": " in text:
        return None
    if _UNFINISHED.search(text):
        return None
    if is_label(text) or _COLUMN.search(line.text) or not (around.blank_before(i) or _after_page(around, i)):
        return None
    j = around.next(i)
    if j is None:
        return None
    below = around.lines[j]
    lists = below.bullet and (below.text[0] not in "0123456789")
    words = below.text[:MAX_LINE].split()
    long = len(" ".join(words)) > max(60, len(text))
    phrase = any(word[0].islower() for word in text.split())  # *Val av ombud*, not *Eva Ek*
    prose = long or (below.text[-1] in ".!?" and len(words) > (2 if phrase else 4))
    if not lists and not prose:
        return None
    if j - i == 1 and not lists and (len(text) >= 50 or below.text[0].islower()):
        return None
    return Heading(i, i, None, text, PLAIN)


def _after_page(around: Neighbours, i: int) -> bool:
    """Directly below the end of a sentence with a blank below: a heading that opened a page."""
    above = around.adjacent(i, -1)
    return above is not None and above.text[-1] in ".!?" and around.blank_after(i)
