"""The account of files: what came of each, so that a folder can be compared with the archive.

The documents in a container (a mail, a ZIP archive) have the path of the container and their own
name inside it, joined by a slash; the container itself has one account.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from index.reader import storable
from index.records import StoredFile
from index.writer import ArchiveWriter

_FILE = "SELECT path, sha256, size, modified, reading, outcome, reason, wants FROM files"


class ArchiveFiles(ArchiveWriter):
    """The account of files in the archive."""

    def file(self, path: str) -> StoredFile | None:
        """What came of the file at this path; None where none was ever read there."""
        rows = self._rows(f"{_FILE} WHERE path = ?", storable(path))
        return StoredFile(*rows[0]) if rows else None

    def files(self, below: str | None = None) -> list[StoredFile]:
        """The account of every file, or of those in the folder ``below``, by path."""
        condition, values = _within(below) if below is not None else ("1", ())
        return [StoredFile(*row) for row in self._rows(f"{_FILE} WHERE {condition} ORDER BY path", *values)]

    def document_paths(self, below: str) -> list[tuple[str, str]]:
        """The path and SHA-256 of every document in the folder ``below``, as often as it has paths."""
        condition, values = _within(below)
        return [
            (str(path), str(sha256))
            for path, sha256 in self._rows(
                f"SELECT path, sha256 FROM paths JOIN documents ON id = document WHERE {condition} ORDER BY path",
                *values,
            )
        ]

    def paths_of(self, file: str) -> list[str]:
        """The paths of the documents that the archive has from a file: its own, and those inside it."""
        return [str(path) for path in self._paths_of(storable(file))]

    def note_file(self, file: StoredFile, paths: Collection[str] = ()) -> None:
        """Keep what came of a file, once its documents are stored at ``paths``.

        A document that an earlier version of the file held, at its path or inside it, loses that
        path, and goes if it has no other.
        """
        path = storable(file.path)
        kept = {storable(one) for one in paths}
        with self._transaction():
            for one in self._paths_of(path):
                if one not in kept:
                    self._forget(one)
            self._note(path, file)

    def touch_file(self, file: StoredFile) -> None:
        """Keep a new size and time of change of a file whose content is the same."""
        with self._transaction():
            self._note(storable(file.path), file)

    def copy_file(self, file: StoredFile, source: str) -> int:
        """Record that ``file`` holds what the file at ``source`` held: its documents get a path more.

        Returns how many documents that were. Nothing is read and nothing embedded.
        """
        path, source = storable(file.path), storable(source)
        with self._transaction():
            before = self._paths_of(path)
            copied = self._rows(
                f"SELECT path, document FROM paths WHERE path = ? OR {_within(source)[0]} ORDER BY path",
                source,
                *_within(source)[1],
            )
            new = {path + old[len(source) :]: document for old, document in copied}
            for one in before:
                if one not in new:
                    self._forget(one)
            for one, document in new.items():
                self._execute("INSERT OR REPLACE INTO paths (path, document) VALUES (?, ?)", one, document)
            self._note(path, file)
        return len(new)

    def forget_file(self, path: str) -> int:
        """Forget a file and the paths of its documents; returns how many documents are gone."""
        path = storable(path)
        with self._transaction():
            gone = sum(self._forget(one) for one in self._paths_of(path))
            self._execute("DELETE FROM files WHERE path = ?", path)
        return gone

    def _paths_of(self, path: str) -> list[Any]:
        condition, values = _within(path)
        return self._ids(f"SELECT path FROM paths WHERE path = ? OR {condition}", path, *values)

    def _note(self, path: str, file: StoredFile) -> None:
        self._execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(path, file.sha256, file.size, file.modified, file.reading, file.outcome),
            *(None if file.reason is None else storable(file.reason), file.wants),
        )


def _within(folder: str) -> tuple[str, tuple[str, str]]:
    """Paths below a folder as an SQL condition: from ``folder/`` up to what follows a slash."""
    root = folder.rstrip("/")
    return "(path >= ? AND path < ?)", (f"{root}/", f"{root}0")
