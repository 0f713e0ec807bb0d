"""Invented minutes that were written by hand, with questions as people ask them: ``written``.

A line holds ``context`` (what the index puts above a passage), ``passage`` and ``questions``, each
``{"q": question, "a": words of the passage}`` or ``"a": null`` where the passage only looks as if
it answered. Every name in them is invented. ``written/*.jsonl`` are passages of many bodies, of which one in ten is
held back to measure; ``written/meetings/*.jsonl`` and ``written/more/*.jsonl`` are series, each a body at several
meetings (``series``), of which one series in ten is.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.dates import find_dates
from models.swedish import words
from models.training.reader.examples import Example

FOLDER = Path(__file__).with_name("written")
MEETINGS, MORE = FOLDER / "meetings", FOLDER / "more"
HELD_EVERY, HELD = 10, 7  # of the passages or series, in the order of the files
BARE = 0.15  # share of the examples without what stands above the passage
OTHERS = 3  # passages that a question is also asked of, one a view
SIBLINGS = 0.7  # share of the questions with a figure or a month that are also asked of another meeting, a view


@dataclass(frozen=True, slots=True)
class Written:
    """One passage with its questions; ``questions`` holds each with its answer's range or None.

    ``series``: the body whose meetings it is one of, or nothing.
    """

    context: str
    passage: str
    questions: tuple[tuple[str, tuple[int, int] | None], ...]
    series: str = ""

    def examples(self) -> Iterator[Example]:
        """One a question."""
        for question, answer in self.questions:
            yield Example(question, self.passage, answer, self.context)


def written(*, held_back: bool) -> list[Written]:
    """The passages of many bodies that are held back, or the others.

    Raises:
        ValueError: an answer does not stand in its passage.
    """
    found = _read(FOLDER)
    return [one for number, one in enumerate(found) if (number % HELD_EVERY == HELD) is held_back]


def meetings(folder: Path, *, held_back: bool) -> list[Written]:
    """The passages of the series in ``folder`` that are held back, or the others. Raises as ``written``."""
    found = _read(folder)
    names = list(dict.fromkeys(one.series for one in found))
    kept = {name for number, name in enumerate(names) if (number % HELD_EVERY == HELD) is held_back}
    return [one for one in found if one.series in kept]


def _read(folder: Path) -> list[Written]:
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [_written(line) for line in lines if line.strip()]


def _written(line: str) -> Written:
    row = json.loads(line)
    passage: str = row["passage"]
    questions = tuple((one["q"], _range(passage, one["a"])) for one in row["questions"])
    return Written(row["context"], passage, questions, row.get("series", ""))


def _range(passage: str, answer: str | None) -> tuple[int, int] | None:
    if answer is None:
        return None
    start = passage.index(answer)
    return start, start + len(answer)


def views(draw: random.Random, passages: Sequence[Written], others: dict[str, tuple[int, ...]]) -> Iterator[Example]:
    """Every question once, some without what stands above; a question that names something also of another passage.

    ``others``: of ``neighbours``.
    """
    for one in passages:
        for example in one.examples():
            yield replace(example, context="") if draw.random() < BARE else example
            near = others.get(example.question, ())
            if near and draw.random() < 1 / OTHERS:
                elsewhere = passages[draw.choice(near)]
                yield Example(example.question, elsewhere.passage, None, elsewhere.context)


def neighbours(passages: Sequence[Written]) -> dict[str, tuple[int, ...]]:
    """For each answered question that names something, the other passages that share most of its words.

    Without a name or a number another passage might rightly answer it, and so might one of the same series.
    """
    from rank_bm25 import BM25Okapi

    ranking = BM25Okapi([words(f"{one.context} {one.passage}") for one in passages])
    found: dict[str, tuple[int, ...]] = {}
    for number, one in enumerate(passages):
        for question, answer in one.questions:
            if answer is not None and re.search(r"(?<!^)\b[A-ZÅÄÖ0-9]", question):
                scores = ranking.get_scores(words(question))
                order = [int(i) for i in scores.argsort()[::-1] if i != number and not _same(passages[i], one)]
                found[question] = tuple(order[:OTHERS])
    return found


def _same(passage: Written, one: Written) -> bool:
    return bool(one.series) and passage.series == one.series


def at_other_meetings(draw: random.Random, passages: Sequence[Written]) -> Iterator[Example]:
    """Questions that name a time, asked of another meeting of the same body: no answer stands there."""
    series: dict[str, list[Written]] = {}
    for one in passages:
        series.setdefault(one.series, []).append(one)
    for one in passages:
        for question, answer in one.questions:
            if answer is not None and names_time(question) and draw.random() < SIBLINGS:
                other = draw.choice([same for same in series[one.series] if same is not one])
                yield Example(question, other.passage, None, other.context)


def names_time(question: str) -> bool:
    """Whether a question says of which meeting or year it asks."""
    return bool(find_dates(question)) or re.search(r"\d", question) is not None
