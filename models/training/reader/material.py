"""What one epoch shows: every question in new views, look-alikes, and invented minutes.

Four stages: a broad one, one that is mostly minutes, with questions in other words than theirs, and two of meetings
that look like each other.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.training.names import Names
from models.training.reader import sources
from models.training.reader.examples import Example
from models.training.reader.minutes import minutes_examples
from models.training.reader.negatives import look_alikes
from models.training.reader.sources import Asked
from models.training.reader.views import DAMAGED, around, damaged, elsewhere
from models.training.reader.written import (
    MEETINGS,
    MORE,
    Written,
    at_other_meetings,
    meetings,
    neighbours,
    views,
    written,
)

SEED = 17
SWEQUAD_VIEWS = 4
MINUTES = 8000  # examples an epoch
TITLED = 0.3  # share of the SweQUAD windows that keep the text's first line above them
SQUAD_LOOK_ALIKES = 0.35  # share of the answerable questions that are also asked of another passage
# The second stage: so many views of what was written by hand, one of SweQUAD; of SQuAD so many
# questions; so many put together from tables.
CLOSE_VIEWS, CLOSE_SQUAD, CLOSE_MINUTES = 2, 2500, 1500
# The third stage: so many views of the meetings; of SQuAD so many questions; so many put together from tables.
MEETINGS_VIEWS, MEETINGS_SQUAD, MEETINGS_MINUTES = 2, 1500, 800
# The fourth stage: one view of all meetings, those of the third again.
MORE_SQUAD, MORE_MINUTES = 1000, 500
MEASURED_SEED = 4711  # of the minutes that measure


@dataclass(frozen=True, slots=True)
class Material:
    """The questions to learn from, with their look-alikes in the same order."""

    swequad: tuple[Asked, ...]
    squad: tuple[Asked, ...]
    near: dict[str, tuple[str, ...]]
    names: Names
    written: tuple[Written, ...]
    others: dict[str, tuple[int, ...]]
    meetings: tuple[Written, ...]
    near_meetings: dict[str, tuple[int, ...]]
    more: tuple[Written, ...]
    near_more: dict[str, tuple[int, ...]]

    def broad(self, number: int) -> list[Example]:
        """All examples of one epoch of the first stage in random order; the same for the same number."""
        draw = random.Random(f"{SEED}-{number}")
        found: list[Example] = []
        for one in self.swequad:
            views = [self._titled(draw, one, around(draw, one)) for _ in range(SWEQUAD_VIEWS)]
            other = elsewhere(draw, one)
            found += [*views, *([other] if other else []), *self._look_alike(draw, one)]
        for one in self.squad:
            found.append(around(draw, one))
            if one.answers and draw.random() < SQUAD_LOOK_ALIKES:
                found += self._look_alike(draw, one)
        found += minutes_examples(draw, self.names, MINUTES)
        return _mixed(draw, found)

    def close(self, number: int) -> list[Example]:
        """All examples of one epoch of the second stage."""
        draw = random.Random(f"{SEED}-close-{number}")
        found = [one for _ in range(CLOSE_VIEWS) for one in views(draw, self.written, self.others)]
        found += self._texts(draw)
        for one in draw.sample(self.squad, CLOSE_SQUAD):
            found.append(around(draw, one))
            if one.answers and draw.random() < SQUAD_LOOK_ALIKES:
                found += self._look_alike(draw, one)
        found += minutes_examples(draw, self.names, CLOSE_MINUTES)
        return _mixed(draw, found)

    def alike(self, number: int) -> list[Example]:
        """All examples of one epoch of the third stage."""
        draw = random.Random(f"{SEED}-alike-{number}")
        found = list(views(draw, self.written, self.others))
        for _ in range(MEETINGS_VIEWS):
            found += views(draw, self.meetings, self.near_meetings)
            found += at_other_meetings(draw, self.meetings)
        return _mixed(draw, found + self._beside(draw, MEETINGS_SQUAD, MEETINGS_MINUTES))

    def more_alike(self, number: int) -> list[Example]:
        """All examples of one epoch of the fourth stage."""
        draw = random.Random(f"{SEED}-more-{number}")
        found: list[Example] = []
        for passages, near in ((self.meetings, self.near_meetings), (self.more, self.near_more)):
            found += views(draw, passages, near)
            found += at_other_meetings(draw, passages)
        return _mixed(draw, found + self._beside(draw, MORE_SQUAD, MORE_MINUTES))

    def _texts(self, draw: random.Random) -> list[Example]:
        """One view of every SweQUAD question, half of them also over a look-alike."""
        found: list[Example] = []
        for one in self.swequad:
            found.append(self._titled(draw, one, around(draw, one)))
            found += self._look_alike(draw, one) if draw.random() < 0.5 else []
        return found

    def _beside(self, draw: random.Random, squad: int, minutes: int) -> list[Example]:
        """What is shown beside meetings: texts, so many questions of SQuAD, so many put together from tables."""
        found = self._texts(draw)
        found += [around(draw, one) for one in draw.sample(self.squad, squad)]
        return [*found, *minutes_examples(draw, self.names, minutes)]

    def _look_alike(self, draw: random.Random, one: Asked) -> list[Example]:
        near = self.near.get(one.question, ())
        return [Example(one.question, draw.choice(near), None)] if near else []

    def _titled(self, draw: random.Random, one: Asked, example: Example) -> Example:
        title = one.text.strip().partition("\n")[0].strip()
        if draw.random() < TITLED and len(title) < 80 and not example.passage.startswith(title):
            return replace(example, context=title)
        return example


def _mixed(draw: random.Random, found: list[Example]) -> list[Example]:
    found = [damaged(draw, one) if draw.random() < DAMAGED else one for one in found]
    draw.shuffle(found)
    return found


def prepare(data: Path, folder: Path) -> Material:
    """Reads the question sets under ``data``; look-alikes are kept in ``folder``, as they take minutes."""
    qa = data / "qa"
    kept_out = sources.xquad_ids(qa / "xquad.sv.json")
    swequad = tuple(sources.swequad(qa / "swequad-training.json"))
    squad = tuple(sources.squad(qa / "squad_dev_v2_sv.json.gz", held_back=False, without=kept_out))
    kept = folder / "look-alikes.json"
    if not kept.exists():
        asked = [one for one in (*swequad, *squad) if one.answers]
        found = {one.question: near for one, near in zip(asked, look_alikes(asked), strict=True)}
        kept.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    near = {question: tuple(found) for question, found in json.loads(kept.read_text(encoding="utf-8")).items()}
    passages = tuple(written(held_back=False))
    first, more = (tuple(meetings(folder, held_back=False)) for folder in (MEETINGS, MORE))
    return Material(
        swequad, squad, near, invented_names(),
        passages, neighbours(passages), first, neighbours(first), more, neighbours(more),
    )  # fmt: skip


def invented_names() -> Names:
    """Names, places and organisations that nothing real is taken for."""
    return Names(random.Random(SEED), (), ("Hushållningssällskapet", "Företagarna"), ("Frågan diskuterades en stund",))


def measured_written() -> Sequence[Example]:
    """The questions of the written passages that training does not show."""
    return [example for one in written(held_back=True) for example in one.examples()]


def measured_meetings() -> Sequence[Example]:
    """The questions of the series that training does not show, each with a time also asked of another meeting."""
    passages = [one for folder in (MEETINGS, MORE) for one in meetings(folder, held_back=True)]
    asked = [example for one in passages for example in one.examples()]
    return [*asked, *at_other_meetings(random.Random(MEASURED_SEED), passages)]


def measured_minutes(count: int) -> Sequence[Example]:
    """Invented minutes that training does not show."""
    draw = random.Random(MEASURED_SEED)
    return list(minutes_examples(draw, invented_names(), count))
