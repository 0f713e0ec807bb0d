"""Training texts as minutes write them: templates filled with invented names, and damaged copies."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from corpus.tables import read_rows
from models.training.names import Names
from models.training.sources import Labelled

_SLOT = re.compile(r"\{([A-Z]+)\}")
_LABEL = {"PER": "PER", "FIRST": "PER", "ORG": "ORG", "LOC": "LOC", "STREET": "LOC"}
_BARE = str.maketrans("åäöÅÄÖé", "aaoAAOe")


def filled(template: str, names: Names) -> Labelled:
    """A template with a name in each slot."""
    text, found, at = "", list[tuple[int, int, str]](), 0
    for match in _SLOT.finditer(template):
        text += template[at : match.start()]
        start = len(text)
        text += names.filler(match[1])()
        if match[1] in _LABEL:
            found.append((start, len(text), _LABEL[match[1]]))
        at = match.end()
    return Labelled(text + template[at:], tuple(found))


def joined(parts: Sequence[Labelled], sign: str) -> Labelled:
    """Texts after each other, with ``sign`` between them."""
    text, names = "", list[tuple[int, int, str]]()
    for part in parts:
        text += sign if text else ""
        names += [(start + len(text), end + len(text), label) for start, end, label in part.names]
        text += part.text
    return Labelled(text, tuple(names))


def minutes_texts(draw: random.Random, names: Names, count: int) -> Iterator[Labelled]:
    """Paragraphs of minutes: lists of lines of one or several forms, prose, headings with prose."""
    by_kind: dict[str, list[str]] = {}
    for row in read_rows("models.training", "templates"):
        by_kind.setdefault(row["kind"], []).append(row["template"])
    for _ in range(count):
        roll = draw.random()
        if roll < 0.25:  # a list: the same form again and again, under a heading or not
            form = draw.choice(by_kind["line"])
            lines = [filled(form, names) for _ in range(draw.randint(1, 7))]
            if draw.random() < 0.4:
                lines.insert(0, filled(draw.choice(by_kind["head"]), names))
            yield joined(lines, "\n")
        elif roll < 0.45:  # lines of mixed forms
            forms = draw.choices(by_kind["line"] + by_kind["head"] + by_kind["list"], k=draw.randint(1, 5))
            yield joined([filled(form, names) for form in forms], "\n")
        elif roll < 0.75:  # points of a list and headings that look like names and are none
            forms = draw.choices(by_kind["list"] + by_kind["head"], k=draw.randint(1, 5))
            text = joined([filled(form, names) for form in forms], "\n")
            yield Labelled(text.text.translate(_BARE), text.names) if draw.random() < 0.08 else text
        else:
            forms = draw.choices(by_kind["text"], k=draw.randint(1, 4))
            yield joined([filled(form, names) for form in forms], " " if draw.random() < 0.8 else "\n")


def damaged(draw: random.Random, text: Labelled) -> Labelled:
    """The text with names or everything in another case, or without the marks of å ä ö; same offsets."""
    roll = draw.random()
    if roll < 0.3:
        return _renamed(text, str.upper)
    if roll < 0.55:
        return _renamed(text, str.lower)
    changed = text.text.upper() if roll < 0.65 else text.text.translate(_BARE)
    return Labelled(changed, text.names) if len(changed) == len(text.text) else text


def _renamed(text: Labelled, change: Callable[[str], str]) -> Labelled:
    signs = text.text
    for start, end, _ in text.names:
        new = change(signs[start:end])
        if len(new) == end - start:
            signs = signs[:start] + new + signs[end:]
    return Labelled(signs, text.names)
