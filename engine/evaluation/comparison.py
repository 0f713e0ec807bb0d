"""Comparison of two runs over the same questions: what became better or worse, and whether by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.errors import UnreadableError
from engine.evaluation.measures import GRADED, LOWER_IS_BETTER, columns
from engine.evaluation.runs import Asked, Run
from engine.evaluation.significance import mcnemar, sign_flips

SIGNIFICANT = 0.05
Test = Literal["mcnemar", "sign_flips"]
Verdict = Literal["better", "worse", "uncertain", "same"]
_NAMED = 5  # questions named in an error


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure before and now. ``questions``: how many it concerns; ``better`` and ``worse`` of them moved.

    ``p``: how likely a difference at least as large is by chance alone. ``verdict`` is ``uncertain``
    where that is ``SIGNIFICANT`` or more, ``same`` where no question moved.
    """

    measure: str
    before: float
    now: float
    difference: float
    questions: int
    better: int
    worse: int
    p: float
    test: Test
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A question with a measure that changed. ``measures``: name to (before, now), only those that did.

    ``direction``: ``better`` or ``worse`` where all measures agree, else ``mixed``.
    """

    id: str
    question: str
    direction: Literal["better", "worse", "mixed"]
    measures: dict[str, tuple[float, float]]
    answer_before: str | None
    answer_now: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every measure of two runs, and the questions that changed, in the order of the question file."""

    before: Run
    measures: tuple[Compared, ...]
    changed: tuple[Change, ...]

    def object(self) -> dict[str, Any]:
        """The comparison as a JSON object."""
        run = {key: getattr(self.before, key) for key in ("version", "saved_at", "documents", "model", "limit")}
        return {
            "before": run,
            "measures": [asdict(one) for one in self.measures],
            "changed": [asdict(one) for one in self.changed],
        }


def check_comparable(before: Run, fingerprints: dict[str, str], limit: int) -> None:
    """Refuse a saved run of other questions, or of another number of hits: UnreadableError.

    ``fingerprints``: those of the questions that are to be asked, by id.
    """
    known = {one.id: one.fingerprint for one in before.questions}
    for words, ids in (
        ("saknas i den sparade körningen", fingerprints.keys() - known.keys()),
        ("finns bara i den sparade körningen", known.keys() - fingerprints.keys()),
        ("har ändrats", {key for key in known.keys() & fingerprints.keys() if known[key] != fingerprints[key]}),
    ):
        if ids:
            named = ", ".join(sorted(ids)[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
            raise UnreadableError(
                f"Körningarna gäller inte samma frågor: {len(ids)} {words} ({named}). "
                "Jämför med en körning av samma frågefil, eller mät om med --save."
            )
    if before.limit != limit:
        raise UnreadableError(
            f"Den sparade körningen mätte {before.limit} träffar, den här {limit}. Ange --limit {before.limit}."
        )


def compare(before: Run, now: Run) -> Comparison:
    """Compare two runs of the same questions; UnreadableError where they are not."""
    check_comparable(before, {one.id: one.fingerprint for one in now.questions}, now.limit)
    earlier = {one.id: one for one in before.questions}
    pairs = [(earlier[one.id], one) for one in now.questions]
    return Comparison(before, tuple(_measures(pairs)), tuple(_changes(pairs)))


def _measures(pairs: list[tuple[Asked, Asked]]) -> Iterator[Compared]:
    # A measure of a later version that an earlier run lacks cannot be compared.
    shared = [(a, b, [name for name in b.measures if name in a.measures]) for a, b in pairs]
    names = {name for _, _, both in shared for name in both}
    before = columns(((b, {name: a.measures[name] for name in both}) for a, b, both in shared), names)
    now = columns(((b, {name: b.measures[name] for name in both}) for _, b, both in shared), names)
    return (_compared(name, before[name], now[name]) for name in now)


def _compared(name: str, before: list[float], now: list[float]) -> Compared:
    measure = name.partition(":")[0]
    sign = -1 if measure in LOWER_IS_BETTER else 1
    differences = [b - a for a, b in zip(before, now, strict=True)]
    better = sum(sign * one > 0 for one in differences)
    worse = sum(sign * one < 0 for one in differences)
    graded = measure in GRADED
    p = sign_flips(differences) if graded else mcnemar(better, worse)
    mean = sum(differences) / len(differences)
    verdict: Verdict = "same" if not better and not worse else "uncertain"
    if p < SIGNIFICANT:
        verdict = "better" if sign * mean > 0 else "worse"
    return Compared(
        measure=name,
        before=round(sum(before) / len(before), 4),
        now=round(sum(now) / len(now), 4),
        difference=round(mean, 4),
        questions=len(differences),
        better=better,
        worse=worse,
        p=round(p, 4),
        test="sign_flips" if graded else "mcnemar",
        verdict=verdict,
    )


def _changes(pairs: list[tuple[Asked, Asked]]) -> Iterator[Change]:
    for a, b in pairs:
        moved = {
            name: (a.measures[name], value)
            for name, value in b.measures.items()
            if name in a.measures and a.measures[name] != value
        }
        if moved:
            ways = {(now > was) != (name in LOWER_IS_BETTER) for name, (was, now) in moved.items()}
            yield Change(
                b.id,
                b.question,
                "mixed" if len(ways) > 1 else "better" if True in ways else "worse",
                moved,
                a.answer,
                b.answer,
            )
