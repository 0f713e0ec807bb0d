"""From files to documents for the archive, with an account kept of every file.

A file is read in a process of its own (:mod:`corpus.isolation`). Its account is written after its
documents are stored, so that after a crash it is read again rather than lost.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePath

from corpus.chunks import CHUNKER_VERSION
from corpus.documents import READING_KEY, document_from_source
from corpus.errors import KlubbatError, UnreadableError
from corpus.files import Found, read_file
from corpus.isolation import IsolatedReader, ParserKilledError
from corpus.parts import Part
from corpus.readers import READERS_VERSION
from corpus.records import Document
from corpus.tables import digest
from corpus.tools import lacking_tool, tool_is_here
from engine.intake.reports import ACCOUNT_OUTCOMES, Intake
from index.archive import Archive
from index.ingest import Ingested
from index.reader import storable
from index.records import StoredFile
from models.sentences import SENTENCES_VERSION, split_sentences

# A file changed this shortly before it was read may change again without its time telling.
_UNSETTLED_SECONDS = 2.0


@cache
def reading_version() -> str:
    """Names the code and the tables that turn a file into chunks; another one reads files anew."""
    tables = digest("corpus.tables"), digest("models.tables", "abbreviations")
    return "/".join((READERS_VERSION, CHUNKER_VERSION, SENTENCES_VERSION, *tables))


def modified_of(path: Path) -> tuple[int, int]:
    """Size in bytes and time of change in nanoseconds (-1 where that is too fresh to be trusted)."""
    stat = path.stat()
    fresh = abs(time.time() - stat.st_mtime) < _UNSETTLED_SECONDS
    return stat.st_size, -1 if fresh else stat.st_mtime_ns


def is_settled(file: StoredFile | None, sha256: str) -> bool:
    """Whether a file was read with this content, by this version, as well as the machine can."""
    return file is not None and file.sha256 == sha256 and is_read_as_now(file)


def is_read_as_now(file: StoredFile) -> bool:
    """Whether this version, with the tools of this machine, would read the file as it was read."""
    return file.reading == reading_version() and not (file.wants and tool_is_here(file.wants))


@dataclass
class _Account:
    """A file whose documents are on their way into the archive."""

    file: StoredFile
    paths: set[str]
    waiting: set[str]


class Gatherer:
    """Reads files for ``index.ingest.ingest`` and keeps their accounts.

    ``note`` is told what became of each file or document; ``again`` reads files that were
    refused or quarantined before.
    """

    def __init__(
        self, archive: Archive, reader: IsolatedReader, note: Callable[[Intake], None], *, again: bool = False
    ) -> None:
        self._archive = archive
        self._reader = reader
        self._note = note
        self._again = again
        self._accounts: dict[str, _Account] = {}
        self._remarks: dict[str, str | None] = {}

    def documents(self, found: Sequence[Found]) -> Iterator[tuple[str, Document]]:
        """The documents of files that are new or changed, each with its path, one file at a time."""
        for one in found:
            path = storable(str(one.path))
            try:
                if one.reason is not None:
                    raise UnreadableError(one.reason)
                size, modified = modified_of(one.path)
                data = read_file(one.path)
            except (KlubbatError, OSError) as error:
                self._note(Intake(path, "left_out", reason=_words(error)))
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            before = self._archive.file(path)
            if before and is_settled(before, sha256) and not (self._again and before.outcome != "read"):
                self._unchanged(before, size, modified)
                continue
            file = StoredFile(path, sha256, size, modified, reading_version(), "read")
            yield from self._read(file, data)

    def stored(self, one: Ingested) -> None:
        """Called when a document is in the archive."""
        remark = self._remarks.pop(one.path, None)
        outcome = one.outcome if one.chunks or not remark else "needs_ocr"
        reason = "; ".join(filter(None, (remark, one.fault))) or None
        self._note(Intake(one.path, outcome, one.document, one.chunks, reason))
        account = self._accounts.pop(one.path, None)
        if account is not None:
            account.waiting.discard(one.path)
            if not account.waiting:
                self._archive.note_file(account.file, account.paths)

    def _unchanged(self, file: StoredFile, size: int, modified: int) -> None:
        if (file.size, file.modified) != (size, modified):
            self._archive.touch_file(replace(file, size=size, modified=modified))
        self._note(Intake(file.path, ACCOUNT_OUTCOMES[file.outcome], reason=file.reason))

    def _read(self, file: StoredFile, data: bytes) -> Iterator[tuple[str, Document]]:
        name = PurePath(file.path).name
        try:
            parts = self._reader.read(data, name)
            documents = list(self._structured(file, parts))
        except ParserKilledError as error:
            self._close(replace(file, outcome="quarantined", reason=str(error)))
            return
        except UnreadableError as error:
            self._close(replace(file, outcome="refused", reason=str(error), wants=error.tool))
            return
        except MemoryError:
            self._close(replace(file, outcome="refused", reason="filen ryms inte i minnet; dela upp den"))
            return
        except Exception as error:
            # A fault in our own code must not cost the other files of the folder.
            reason = f"oväntat fel vid läsningen ({type(error).__name__}: {error}); anmäl det gärna"
            self._close(replace(file, outcome="refused", reason=reason))
            return
        paths = {path for path, _ in documents}
        wants = next(filter(None, (lacking_tool(part.source) for part in parts if part.source)), None)
        account = _Account(replace(file, wants=wants), paths, set(paths))
        if not paths:
            self._archive.note_file(account.file)
        for path, document in documents:
            self._accounts[path] = account
            self._remarks[path] = _remark(document)
            yield path, document

    def _structured(self, file: StoredFile, parts: Sequence[Part]) -> Iterator[tuple[str, Document]]:
        for part in parts:
            path = f"{file.path}/{part.name}" if part.name else file.path
            if part.source is None:
                self._note(Intake(path, "left_out", reason=part.reason))
                continue
            document = document_from_source(part.source, PurePath(path).name, part.sha256, split_sentences)
            # What was read without a tool differs from what will be read with it.
            reading = "/".join(filter(None, (reading_version(), lacking_tool(part.source))))
            yield path, replace(document, metadata=(*document.metadata, (READING_KEY, reading)))

    def _close(self, file: StoredFile) -> None:
        """Keep the account of a file that gave nothing; what it gave before stays.

        A file may be read while it is being written, and the next version may be whole again.
        """
        kept = self._archive.paths_of(file.path)
        if kept:
            file = replace(file, reason=f"{file.reason}; den tidigare versionen finns kvar i arkivet")
        self._archive.note_file(file, kept)
        self._note(Intake(file.path, ACCOUNT_OUTCOMES[file.outcome], reason=file.reason))


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"filen kan inte öppnas ({error.strerror or error})"
    return str(error)


def _remark(document: Document) -> str | None:
    """What the user should know of a reading that is not whole."""
    without = document.pages_without_text
    if not without:
        return None
    if without >= len(document.pages):
        return "behöver OCR: sidorna är bilder utan text; installera Tesseract med svenska (se docs/formats.md)"
    return f"{without} {'sida' if without == 1 else 'sidor'} saknar text och är inte sökbara; installera Tesseract"
