"""Reading facts out of documents for the archive: a fault in it costs the facts, never the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Document
from index.archive import Archive
from index.records import Extraction
from models.registers.records import Fact

Extractor = Callable[[Document], Extraction]


@dataclass(frozen=True, slots=True)
class Filled:
    """How many facts of a document were read anew, and what stopped the extractors, if anything did."""

    path: str
    facts: int
    fault: str | None


def extract_facts(document: Document) -> Extraction:
    """The facts of a document by the extractors of ``models/registers``. Heavy: never while a question waits."""
    from models.registers.reading import facts_of
    from models.registers.version import facts_version

    version = facts_version()
    try:
        facts = facts_of(document)
        _check(facts, document)
    except Exception as error:
        reason = f"uppgifterna till registren gick inte att läsa ut ({type(error).__name__}: {error}); anmäl det gärna"
        return Extraction(version, fault=reason)
    return Extraction(version, facts)


def fill_facts(
    archive: Archive,
    extract: Extractor,
    version: str | None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Filled]:
    """Read the facts that another version read, or none did, from the stored texts (None: all facts).

    Stored document by document: after an interruption the next call goes on where this one
    stopped. ``progress`` is called with documents done so far and in all.
    """
    waiting = archive.facts_missing(version)
    done: list[Filled] = []
    for number, name in enumerate(waiting, 1):
        stored = archive.find(name)
        if stored is None:
            continue
        document = archive.structured(stored)
        facts = extract(document)
        archive.store_facts(document, facts)
        done.append(Filled(stored.path, len(facts.facts), facts.fault))
        if progress is not None:
            progress(number, len(waiting))
    return done


def _check(facts: Sequence[Fact], document: Document) -> None:
    """Raise ValueError for a fact whose proof is not in the document."""
    sections = {one.ordinal for one in document.sections}
    for one in facts:
        proof = one.proof
        if not 0 <= proof.start < proof.end <= len(document.text) or proof.section not in sections:
            raise ValueError(f"{type(one).__name__} utan belägg i texten: {proof}")
