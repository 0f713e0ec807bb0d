"""Whether correctly spelled questions find their paragraph in damaged texts.

Run: ``python -m benchmarks.repair --seed``. Of the seed text that lost its å, ä and ö, in an archive of its
own and among the five seed texts; and of the samples and the other seed texts, as they are and with their
letters damaged as text recognition damages them.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import QUESTIONS, SCAN, SOURCES, archive_of
from engine.contracts import results_object
from engine.evaluation import Question, holds_evidence, read_questions
from engine.intake.adding import add_paths
from engine.service import Service
from models.repair import is_damaged

LIMIT = 10  # hits looked at
FIRST = 3  # hits that count as found
# How often English text recognition reads each, roughly: docs/decisions/0015-damaged-text.md.
READ_AS = {"å": "aaaaadé&", "ä": "aaaaadé&", "ö": "oooooddé6", "Å": "A", "Ä": "A", "Ö": "OOO0"}


def damaged(text: str) -> str:
    """``text`` with every å, ä and ö misread, a word always in the same way."""
    return re.sub(r"\w+", lambda match: _misread(match[0]), text)


def _misread(word: str) -> str:
    chance = random.Random(word)
    return "".join(chance.choice(READ_AS.get(letter, letter)) for letter in word)


def ranks(archive: Path, asked: Sequence[Question]) -> list[int | None]:
    """The rank of the first hit that holds the evidence of each question, None where it is not among the first."""
    found = []
    with Service.open(archive) as service:
        for one in asked:
            results = service.searcher.search(one.question, LIMIT)
            hits = results_object(results, service.places, service.analyser)["hits"]
            found.append(next((rank for rank, hit in enumerate(hits, 1) if holds_evidence(hit, one)), None))
    return found


def _print(label: str, asked: Sequence[Question], found: Sequence[int | None], *, each: bool) -> None:
    first = sum(rank is not None and rank <= FIRST for rank in found)
    mean = sum(1 / rank for rank in found if rank) / len(found)
    places = ", ".join(f"{one.id} {rank or '-'}" for one, rank in zip(asked, found, strict=True)) if each else ""
    print(f"{label}: {first} of {len(asked)} in the first {FIRST} hits, mrr@{LIMIT} {mean:.3f} {places}".rstrip())


def seed() -> None:
    """The damaged seed text."""
    asked = [one for one in read_questions(QUESTIONS["seeds"]) if one.answerable and SCAN.startswith(one.doc)]
    for archive in ("scan", "seeds"):
        _print(f"damaged seed text, archive {archive}", asked, ranks(archive_of(archive), asked), each=True)


def copies(name: str) -> None:
    """The plain texts of a set, clean and damaged; those that are damaged already are left out."""
    files = [file for file in sorted(SOURCES[name][0].iterdir()) if file.suffix in (".md", ".txt")]
    files = [file for file in files if not is_damaged(file.read_text(encoding="utf-8"))]
    asked = [one for one in read_questions(QUESTIONS[name]) if one.answerable]
    asked = [one for one in asked if any(one.doc in file.name for file in files)]
    for way in ("clean", "damaged"):
        with tempfile.TemporaryDirectory() as folder:
            texts = Path(folder) / "texts"
            texts.mkdir()
            for file in files:
                text = file.read_text(encoding="utf-8")
                (texts / file.name).write_text(damaged(text) if way == "damaged" else text, encoding="utf-8")
            add_paths(Path(folder) / "archive", [texts])
            wanted = asked if way == "clean" else [replace(one, evidence=damaged(one.evidence)) for one in asked]
            _print(f"{name}, {way}", asked, ranks(Path(folder) / "archive", wanted), each=False)


def main() -> None:
    """Print every measure."""
    if SOURCES["scan"][0].exists():
        seed()
    else:
        print("skipped, the seed texts are not in ../shared/corpus/seeds")
    for name in ("samples", "seeds"):
        if SOURCES[name][0].exists():
            copies(name)
