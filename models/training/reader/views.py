"""One question, many views: windows of the text around the answer, headings in front, damage.

What the reader meets later is not a clean paragraph: a chunk may start anywhere, stands under
headings, comes from a scan without å, ä and ö, in capitals, or as rows of a list.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from models.training.reader.examples import Example
from models.training.reader.sources import Asked

WINDOW = (180, 900)  # characters
DAMAGED = 0.14  # share of the examples
_BARE = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")


def around(draw: random.Random, one: Asked) -> Example:
    """A window of the text with one of the answers, or any window where there is none."""
    answer = draw.choice(one.answers) if one.answers else None
    length = draw.randint(*WINDOW)
    start, end = window(draw, one.text, answer, length)
    placed = None if answer is None else (answer[0] - start, answer[1] - start)
    return Example(one.question, one.text[start:end], placed)


def window(draw: random.Random, text: str, answer: tuple[int, int] | None, length: int) -> tuple[int, int]:
    """A character range of about ``length`` that holds ``answer``, from the start of a sentence where one is near."""
    if len(text) <= length:
        return 0, len(text)
    first, last = answer or (draw.randrange(len(text)),) * 2
    lowest, highest = max(0, last - length), min(first, len(text) - length)
    start = draw.randint(min(lowest, highest), highest) if highest > 0 else 0
    near = [m.end() for m in re.finditer(r"[.!?]\s+|\n+", text[:first]) if m.end() >= start]
    word = re.compile(r"\s").search(text, start, first) if start else None
    start = near[0] if near and near[0] < start + 120 else (word.end() if word else start)
    end = max(last, min(len(text), start + length))
    stop = re.compile(r"\s").search(text, end)
    return start, stop.start() if stop else len(text)


def elsewhere(draw: random.Random, one: Asked) -> Example | None:
    """A window of the same text without the answer's words: None where there is hardly such a one."""
    spans = sorted(one.answers)
    gaps = [(a, b) for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(one.text)], strict=True)]
    wide = [(a, b) for a, b in gaps if b - a > WINDOW[0]]
    if not wide:
        return None
    a, b = draw.choice(wide)
    start, end = window(draw, one.text[a:b], None, draw.randint(*WINDOW))
    passage = one.text[a:b][start:end]
    if any(one.text[s:e].casefold() in passage.casefold() for s, e in spans):
        return None
    return Example(one.question, passage, None)


def damaged(draw: random.Random, example: Example) -> Example:
    """The same example in another dress, ranges kept: no å ä ö, capitals, rows, or a question in lower case."""
    roll = draw.random()
    if roll < 0.3:
        return replace(example, passage=example.passage.translate(_BARE), context=example.context.translate(_BARE))
    if roll < 0.45:
        return replace(example, question=example.question.translate(_BARE))
    if roll < 0.6:
        upper = example.passage.upper()
        return replace(example, passage=upper) if len(upper) == len(example.passage) else example
    if roll < 0.8:
        return replace(example, passage=re.sub(r"(?<=[.!?]) (?=\S)", "\n", example.passage))
    return replace(example, question=example.question.rstrip("? ").lower())
