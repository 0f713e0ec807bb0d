"""What became of files that were added or synchronised, for people and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.records import FileOutcome

Outcome = Literal[
    "added", "replaced", "unchanged", "path_added", "moved", "removed", "needs_ocr", "left_out", "quarantined"
]

# Of one file and of several, in the order in which they are told.
OUTCOME_WORDS: Mapping[Outcome, tuple[str, str]] = {
    "added": ("tillagd", "tillagda"),
    "replaced": ("ersatt med ny version", "ersatta med ny version"),
    "moved": ("flyttad", "flyttade"),
    "removed": ("borttagen", "borttagna"),
    "path_added": ("fanns redan under annat namn", "fanns redan under annat namn"),
    "unchanged": ("oförändrad", "oförändrade"),
    "needs_ocr": ("behöver OCR", "behöver OCR"),
    "left_out": ("utelämnad", "utelämnade"),
    "quarantined": ("i karantän", "i karantän"),
}
# What a file that need not be read again is reported as, by what came of it before.
ACCOUNT_OUTCOMES: Mapping[FileOutcome, Outcome] = {
    "read": "unchanged",
    "refused": "left_out",
    "quarantined": "quarantined",
}
_NOT_READ: frozenset[Outcome] = frozenset({"needs_ocr", "left_out", "quarantined"})


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file, or of one document in a container.

    ``reason`` says why it was left out, or what to know of it; ``moved_from`` where it was before.
    """

    path: str
    outcome: Outcome
    document: str | None = None
    chunks: int = 0
    reason: str | None = None
    moved_from: str | None = None

    @property
    def readable(self) -> bool:
        """Whether there is text of it in the archive (or was, until it was removed)."""
        return self.outcome not in _NOT_READ


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in order."""

    files: tuple[Intake, ...]

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return Counter(one.outcome for one in self.files)[outcome]

    @property
    def left_out(self) -> tuple[Intake, ...]:
        """The files of which there is no text in the archive."""
        return tuple(one for one in self.files if not one.readable)

    @property
    def changes(self) -> tuple[Intake, ...]:
        """The files that changed the archive."""
        return tuple(one for one in self.files if one.readable and one.outcome != "unchanged")

    def summary(self) -> str:
        """The counts in words, as in *3 filer: 2 tillagda, 1 utelämnade*."""
        counts = Counter(one.outcome for one in self.files)
        parts = [f"{n} {words[n > 1]}" for outcome, words in OUTCOME_WORDS.items() if (n := counts[outcome])]
        return f"{len(self.files)} {'fil' if len(self.files) == 1 else 'filer'}: {', '.join(parts)}."

    def rows(self) -> list[dict[str, Any]]:
        """One plain object a file."""
        return [asdict(one) for one in self.files]


@dataclass(frozen=True, slots=True)
class FactReport:
    """What came of reading facts anew; ``faults`` pairs paths with why their facts could not be read."""

    documents: int
    facts: int
    faults: tuple[tuple[str, str], ...]

    def summary(self) -> str:
        """As in *Registren är lästa på nytt: 120 uppgifter ur 3 handlingar.*."""
        facts = f"{self.facts} {'uppgift' if self.facts == 1 else 'uppgifter'}"
        documents = f"{self.documents} {'handling' if self.documents == 1 else 'handlingar'}"
        return f"Registren är lästa på nytt: {facts} ur {documents}."
