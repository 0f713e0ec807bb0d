"""The question sets the reader learns from, as they lie in a data folder, and what is held back.

SweQUAD (CC BY 4.0): questions on texts of Swedish authorities. SQuAD_v2_sv (Apache-2.0, texts CC
BY-SA): machine-translated, half of its questions unanswerable. One article in nine is held back to
measure. The paragraphs that XQuAD-sv also has are left out, since rankings are measured on them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HELD_EVERY, HELD = 9, 4  # of the articles, in the order of the file


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a whole text; ``answers`` are character ranges, none where it is unanswerable there."""

    question: str
    text: str
    answers: tuple[tuple[int, int], ...]


def swequad(file: Path) -> Iterator[Asked]:
    """The questions of a SweQUAD file with every right answer."""
    for row in json.loads(file.read_text(encoding="utf-8"))["data"]:
        right = {(c["start"], c["end"]) for c in row["choices"] if c["type"] == "Correct answer"}
        text = row["context"]
        answers = tuple(sorted(_trimmed(text, start, end) for start, end in right if text[start:end].strip()))
        if answers:
            yield Asked(row["question"], text, answers)


def squad(file: Path, *, held_back: bool, without: frozenset[str] = frozenset()) -> Iterator[Asked]:
    """SQuAD_v2_sv: the articles that are held back, or the others.

    Paragraphs with a question whose id is in ``without`` are left out.
    """
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        articles = json.load(opened)["data"]
    for number, article in enumerate(articles):
        if (number % HELD_EVERY == HELD) is not held_back:
            continue
        for paragraph in article["paragraphs"]:
            if without.isdisjoint(row["id"] for row in paragraph["qas"]):
                yield from _paragraph(paragraph)


def _paragraph(paragraph: dict[str, Any]) -> Iterator[Asked]:
    text = paragraph["context"]
    for row in paragraph["qas"]:
        right = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]}
        answers = tuple(sorted(_trimmed(text, start, end) for start, end in right if text[start:end].strip()))
        if answers or row["is_impossible"]:
            yield Asked(row["question"], text, answers)


def xquad_ids(file: Path) -> frozenset[str]:
    """The ids of XQuAD's questions, which are those of SQuAD."""
    articles = json.loads(file.read_text(encoding="utf-8"))["data"]
    return frozenset(row["id"] for a in articles for p in a["paragraphs"] for row in p["qas"])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
