"""Swedish words: seams of compounds, forms that meet, words a second, seconds from a cold start.

    python -m benchmarks.swedish_words [--errors]

The seams and pairs are those of ``tests/models/data``, marked by eye before the code saw them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.corpora import ROOT

DATA = ROOT / "tests" / "models" / "data"
_COLD = "import time; from models.swedish import SwedishAnalyser; s = time.perf_counter(); SwedishAnalyser().terms(%r)"
_COLD += "; print(time.perf_counter() - s)"
_SENTENCE = "Vad beslutade kommunstyrelsen om barnomsorgsavgifterna?"


def lines(name: str) -> Iterator[list[str]]:
    """The rows of a table of ``DATA`` without its header."""
    text = (DATA / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    yield from rows[1:]


def seam_places(marked: str) -> set[int]:
    """*barn|omsorgs|avgift* → {4, 11}."""
    pieces = marked.split("|")
    return {len("".join(pieces[:count])) for count in range(1, len(pieces))}


def seams(name: str = "seams.tsv") -> tuple[dict[str, Any], list[str]]:
    """Precision and recall of seams, share of simple words split; and the words that differ."""
    from models.compounds import smallest_parts

    right = found = wanted = simple = broken = exact = 0
    differ = []
    for (marked,) in lines(name):
        gold = seam_places(marked)
        ours = {part.start for part in smallest_parts(marked.replace("|", ""))[1:]}
        right, found, wanted = right + len(gold & ours), found + len(ours), wanted + len(gold)
        exact += gold == ours and bool(gold)
        simple += not gold
        broken += not gold and bool(ours)
        if gold != ours:
            differ.append(f"{marked} {sorted(ours)}")
    figures = {"precision": round(right / found, 3), "recall": round(right / wanted, 3), "exact_compounds": exact}
    return {**figures, "simple_split": broken, "simple_words": simple}, differ


def simple_words() -> tuple[dict[str, int], list[str]]:
    """Simple words of minutes, and those that are split."""
    from models.compounds import split

    every = [word for (word,) in lines("simple.tsv")]
    broken = ["|".join(split(word)) for word in every if split(word)]
    return {"words": len(every), "split": len(broken)}, broken


def pairs() -> tuple[dict[str, float], list[str]]:
    """Share of forms that meet and of look-alikes that meet; and the pairs that are wrong."""
    from models.swedish import normal_form

    count = {"yes": 0, "no": 0}
    met = {"yes": 0, "no": 0}
    wrong = []
    for one, other, meet in lines("pairs.tsv"):
        together = normal_form(one) == normal_form(other)
        count[meet] += 1
        met[meet] += together
        if together != (meet == "yes"):
            wrong.append(f"{one} {other} {normal_form(one)} {normal_form(other)}")
    shares = {"forms_that_meet": met["yes"] / count["yes"], "look_alikes_that_meet": met["no"] / count["no"]}
    return {**{name: round(share, 3) for name, share in shares.items()}, **count}, wrong


def speed() -> dict[str, float]:
    """Words a second through the analyser when they are known, and seconds of the first text."""
    from models.swedish import SwedishAnalyser

    analyser = SwedishAnalyser()
    text = " ".join(marked.replace("|", "") for (marked,) in lines("seams.tsv"))
    analyser.terms(text)
    start = time.perf_counter()
    rounds = 100
    for _ in range(rounds):
        analyser.terms(text)
    seconds = time.perf_counter() - start
    command = [sys.executable, "-c", _COLD % _SENTENCE]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(5)]
    return {
        "words_a_second": round(rounds * len(text.split()) / seconds),
        "cold_seconds": round(sorted(float(one.stdout) for one in runs)[2], 3),
    }


def second_seams() -> tuple[dict[str, Any], list[str]]:
    """As ``seams``, on words drawn and marked when the code was finished."""
    return seams("seams_second.tsv")


def seams_of_minutes() -> tuple[dict[str, Any], list[str]]:
    """As ``seams``, on words of minutes, marked before the splitter was run on them."""
    return seams("seams_minutes.tsv")


def main(errors: bool) -> None:
    for measured in (seams, second_seams, seams_of_minutes, simple_words, pairs):
        figures, wrong = measured()
        print(json.dumps({"benchmark": measured.__name__, **figures}))
        for line in wrong if errors else ():
            print("   ", line)
    print(json.dumps({"benchmark": "speed", "load_average": round(os.getloadavg()[0], 1), **speed()}))


if __name__ == "__main__":
    main("--errors" in sys.argv[1:])
