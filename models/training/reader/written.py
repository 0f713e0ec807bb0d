"""Invented minutes that were written by hand, with questions as people ask them: ``written/*.jsonl``.

A line holds ``context`` (what the index puts above a passage), ``passage`` and ``questions``, each
``{"q": question, "a": words of the passage}`` or ``"a": null`` where the passage only looks as if
it answered. Every name in them is invented. One passage in ten is held back to measure.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.swedish import words
from models.training.reader.examples import Example

FOLDER = Path(__file__).with_name("written")
HELD_EVERY, HELD = 10, 7  # of the passages, in the order of the files
BARE = 0.15  # share of the examples without what stands above the passage
OTHERS = 3  # passages that a question is also asked of, one a view


@dataclass(frozen=True, slots=True)
class Written:
    """One passage with its questions; ``questions`` holds each with its answer's range or None."""

    context: str
    passage: str
    questions: tuple[tuple[str, tuple[int, int] | None], ...]

    def examples(self) -> Iterator[Example]:
        """One a question."""
        for question, answer in self.questions:
            yield Example(question, self.passage, answer, self.context)


def written(*, held_back: bool) -> list[Written]:
    """The passages that are held back, or the others.

    Raises:
        ValueError: an answer does not stand in its passage.
    """
    lines = [line for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    found = [_written(line) for line in lines if line.strip()]
    return [one for number, one in enumerate(found) if (number % HELD_EVERY == HELD) is held_back]


def _written(line: str) -> Written:
    row = json.loads(line)
    passage: str = row["passage"]
    return Written(row["context"], passage, tuple((one["q"], _range(passage, one["a"])) for one in row["questions"]))


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

    Without a name or a number another passage might rightly answer it.
    """
    from rank_bm25 import BM25Okapi

    ranking = BM25Okapi([words(f"{one.context} {one.passage}") for one in passages])
    found: dict[str, tuple[int, ...]] = {}
    for number, one in enumerate(passages):
        for question, answer in one.questions:
            if answer is not None and re.search(r"(?<!^)\b[A-ZÅÄÖ0-9]", question):
                scores = ranking.get_scores(words(question))
                order = [int(i) for i in scores.argsort()[::-1] if i != number]
                found[question] = tuple(order[:OTHERS])
    return found
