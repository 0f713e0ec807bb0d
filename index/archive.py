"""The archive: the store of record. What is not in it does not exist.

A folder with ``klubbat.sqlite`` (everything), ``writer.lock``, and ``lexical/`` and ``dense/``
(indexes that can be deleted at any time and are then built again from the database).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import KlubbatError, UnreadableError
from index.files import ArchiveFiles
from index.lock import ArchiveBusyError, WriterLock
from index.schema import MIGRATIONS, connect, not_an_archive, schema_version

__all__ = ["DATABASE", "Archive", "ArchiveBusyError"]

DATABASE = "klubbat.sqlite"
_OWN_NAMES = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "writer.lock", "lexical", "dense"})


class Archive(ArchiveFiles):
    """An open archive. Use it as a context manager; one writer at a time, any number of readers."""

    @classmethod
    def open(cls, folder: Path, *, write: bool = False, create: bool = False, wait_seconds: float = 0.0) -> Self:
        """Open the archive in ``folder``; with ``write``, waiting for the lock if need be.

        ``create`` (with ``write``) makes the folder and an empty archive where there is none.
        Raises UnreadableError where there is no archive or none that can be used, and
        ArchiveBusyError while another process writes.
        """
        file = folder / DATABASE
        _check_folder(folder, create=write and create)
        lock = WriterLock(folder / "writer.lock")
        if not write:
            connection = connect(file, write=False, create=False)
            if schema_version(connection) == len(MIGRATIONS):
                return cls(folder, connection, lock)
            connection.close()  # written by an older version: bring it up to date, then read it
            with cls.open(folder, write=True, wait_seconds=wait_seconds):
                pass
            return cls(folder, connect(file, write=False, create=False), lock)
        lock.acquire(wait_seconds)
        try:
            return cls(folder, connect(file, write=True, create=create), lock)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and give the lock back. Closing twice does nothing."""
        if self._lock.held:
            # Leave no removed text in the log file; where a reader is in the way, the next writer does it.
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        self._lock.release()

    @contextmanager
    def exclusive(self, *, demand: bool = False) -> Iterator[bool]:
        """Hold the writer's lock where that is possible at once; yields whether it is held.

        With ``demand`` ArchiveBusyError or UnreadableError is raised where it is not.
        """
        if self._lock.held:
            yield True
            return
        lock = WriterLock(self.folder / "writer.lock")
        try:
            lock.acquire()
        except KlubbatError:
            if demand:
                raise
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def _check_folder(folder: Path, create: bool) -> None:
    """Raise UnreadableError unless ``folder`` is, or with ``create`` may become, an archive."""
    if folder.exists() and not folder.is_dir():
        raise UnreadableError(f"{folder} är en fil. Ange mappen där arkivet finns.")
    if (folder / DATABASE).is_dir():
        raise not_an_archive(folder / DATABASE, "det är en mapp")
    if (folder / DATABASE).exists():
        return
    if not create:
        raise UnreadableError(f"Det finns inget arkiv i {folder}. Lägg till handlingar med: klubbat add MAPP")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = sorted(one.name for one in folder.iterdir() if one.name not in _OWN_NAMES)
    except OSError as error:
        raise UnreadableError(f"Mappen {folder} går inte att använda ({error.strerror}).") from error
    if strangers:
        raise UnreadableError(
            f"{folder} innehåller redan annat ({', '.join(strangers[:3])}) och är inget arkiv. "
            "Välj en tom mapp eller en som inte finns."
        )
