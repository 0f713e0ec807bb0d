"""Both indexes of an archive, opened together and caught up where that is possible."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import UnreadableError
from index.archive import Archive
from index.context import vectors_name
from index.dense import DenseIndex
from index.lexical import LexicalIndex
from models.analysis import Analyser
from models.embedding import Embedder


class Indexes:
    """The lexical index, and the dense one where there is an embedding model."""

    def __init__(
        self, archive: Archive, lexical: LexicalIndex, dense: DenseIndex | None, *, private: bool = False
    ) -> None:
        self.archive = archive
        self.lexical = lexical
        self.dense = dense
        self._private = private
        self._resources = ExitStack()

    @classmethod
    def open(cls, archive: Archive, analyser: Analyser, embedder: Embedder | None) -> Self:
        """Open the indexes of ``archive`` and bring them up to date.

        That needs the writer's lock: while another process holds it, the indexes answer with
        what they have, and the archive passes over chunks that are gone. Where the folder cannot
        be written (read-only media), a copy in a temporary folder is used, removed by ``close``.
        """
        resources = ExitStack()
        folder = archive.folder
        private = not os.access(folder, os.W_OK)
        if private:
            temporary = resources.enter_context(tempfile.TemporaryDirectory(prefix="klubbat-"))
            for name in ("lexical", "dense"):
                if (folder / name).is_dir():
                    shutil.copytree(folder / name, Path(temporary) / name)
            folder = Path(temporary)
        try:
            lexical = LexicalIndex(folder / "lexical", archive, analyser)
            dense = None
            if embedder is not None:
                dense = DenseIndex(folder / "dense", archive, vectors_name(embedder.fingerprint), embedder.dimension)
            indexes = cls(archive, lexical, dense, private=private)
            indexes.catch_up()
        except BaseException:
            resources.close()
            raise
        indexes._resources = resources
        return indexes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary copies, if there are any. The archive stays open."""
        self._resources.close()

    def is_current(self) -> bool:
        """Whether both indexes hold the archive's last change. Cheap enough for every question."""
        return all(index.is_current() for index in self._all())

    def catch_up(self) -> bool:
        """Take in what has changed; False where another writer stands in the way.

        Raises UnreadableError where the files cannot be written, as on a full disk.
        """
        if self.is_current():
            return True
        try:
            if self._private:
                for index in self._all():
                    index.catch_up()
                return True
            with self.archive.exclusive() as held:
                for index in self._all():
                    if held:
                        index.catch_up()
                    else:  # perhaps the writer has brought it up to date already
                        index.load()
        except OSError as error:
            raise UnreadableError(
                f"Sökindexet i {self.archive.folder} gick inte att skriva ({error.strerror or error}). "
                "Kontrollera att disken har plats."
            ) from error
        return held or self.is_current()

    def rebuild(self) -> None:
        """Build both indexes anew; raises ArchiveBusyError while another process writes."""
        if self._private:
            for index in self._all():
                index.rebuild()
            return
        with self.archive.exclusive(demand=True):
            for index in self._all():
                index.rebuild()

    def _all(self) -> list[LexicalIndex | DenseIndex]:
        return [self.lexical] if self.dense is None else [self.lexical, self.dense]
