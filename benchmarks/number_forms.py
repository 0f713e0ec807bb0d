"""F1 of dates, times, amounts and references on a table of real forms and traps, and their speed.

    python -m benchmarks.number_forms [--misses] [--held-back]

Every row of ``tests/models/data/number-forms.tsv`` is read for all four kinds, so an amount found in a
row about dates counts as wrong. Every fourth row of it was held back while the rules were written and is
reported apart; the further tables were written before the rules were run on them. ``--misses``
lists what differs, of the held-back rows only with ``--held-back``.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from models.amounts import find_amounts
from models.dates import find_dates
from models.references import find_references
from models.times import find_times

DATA = Path(__file__).parents[1] / "tests" / "models" / "data"
TABLE, OF_MINUTES, FURTHER = "number-forms.tsv", "number-forms-minutes.tsv", "number-forms-further.tsv"
KINDS = {"d": "dates", "t": "times", "a": "amounts", "r": "references"}


def rows(name: str = TABLE) -> Iterator[tuple[bool, str, date | None, list[str]]]:
    """Held back, text, day of the meeting, what must be found. In another table than ``TABLE`` every row is."""
    lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    for i, line in enumerate(lines):
        text, meeting, found = line.split("\t")
        day = None if meeting == "-" else date.fromisoformat(meeting)
        yield name != TABLE or i % 4 == 3, text, day, [] if found == "-" else found.split("; ")


def found_in(text: str, meeting: date | None) -> list[str]:
    """What the modules find, written as in the table."""
    out = []
    for d in find_dates(text, meeting):
        span = d.start_date if d.start_date == d.end_date else f"{d.start_date}..{d.end_date}"
        out.append(f"d {span}" + ("" if d.precision == "day" else f" {d.precision}"))
    for t in find_times(text):
        out.append(
            f"t {t.start_time}"
            + (f"-{t.end_time}" if t.end_time else "")
            + (f"/{t.later_time}" if t.later_time else "")
        )
    for a in find_amounts(text):
        out.append(f"a {a.value:f}" + ("" if a.value == a.high else f"..{a.high:f}") + f" {a.unit}")
    return out + [f"r {r.value}" for r in find_references(text)]


def normal(item: str) -> str:
    """499.50 and 499.5 are one amount."""
    kind, _, rest = item.partition(" ")
    number, _, unit = rest.partition(" ")
    return (
        f"a {number.rstrip('0').rstrip('.') if '.' in number and '..' not in number else number} {unit}"
        if kind == "a"
        else item
    )


def scores(held_back: bool, misses: bool = False, name: str = TABLE) -> dict[str, tuple[int, int, int]]:
    """Kind → right, found, wanted, over the rows that were or were not held back."""
    right, got, wanted = Counter[str](), Counter[str](), Counter[str]()
    for held, text, meeting, expected in rows(name):
        if held is not held_back:
            continue
        want, have = Counter(map(normal, expected)), Counter(map(normal, found_in(text, meeting)))
        if misses and want != have:
            print(f"{text}\n    wanted {sorted((want - have).elements())}, found {sorted((have - want).elements())}")
        for counter, items in ((right, want & have), (got, have), (wanted, want)):
            counter.update(item[0] for item in items.elements())
    return {kind: (right[kind], got[kind], wanted[kind]) for kind in KINDS}


def f1(right: int, got: int, wanted: int) -> float:
    """The harmonic mean of precision and recall; 1 where nothing was wanted or found."""
    return 2 * right / (got + wanted) if got + wanted else 1.0


def main() -> None:
    """Print F1 of each kind and over all, and characters a second."""
    for title, held, name in (
        ("built on", False, TABLE),
        ("held back", True, TABLE),
        ("of minutes", True, OF_MINUTES),
        ("further", True, FURTHER),
    ):
        listed = "--misses" in sys.argv and (name != TABLE or not held or "--held-back" in sys.argv)
        table = scores(held, listed, name)
        print(title)
        for kind, counts in table.items():
            print(
                f"  {KINDS[kind]:<11}F1 {f1(*counts):.3f}  (right {counts[0]}, found {counts[1]}, wanted {counts[2]})"
            )
        print(f"  all        F1 {f1(*map(sum, zip(*table.values(), strict=True))):.3f}")
    text = "\n".join(text for _, text, _, _ in rows()) * 5
    meeting = date(2018, 10, 5)
    finders: dict[str, Callable[[], object]] = {
        "dates": lambda: find_dates(text, meeting),
        "times": lambda: find_times(text),
        "amounts": lambda: find_amounts(text),
        "references": lambda: find_references(text + " "),  # another text: the last one is remembered
    }
    for name, find in finders.items():
        begin = time.perf_counter()
        find()
        print(f"{name:<11}{len(text) / (time.perf_counter() - begin) / 1e6:.2f} million characters a second")


if __name__ == "__main__":
    main()
