"""The writer's lock: one writer at a time, released by the system even after a crash."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from corpus.errors import KlubbatError, UnreadableError

POLL_SECONDS = 0.05


class ArchiveBusyError(KlubbatError):
    """Another process writes to the archive."""

    exit_code = 3


class WriterLock:
    """An exclusive ``flock`` on a file that also names the process holding it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def acquire(self, wait_seconds: float = 0.0) -> None:
        """Take the lock, waiting at most ``wait_seconds``.

        Raises ArchiveBusyError while another holds it, UnreadableError where the folder of the
        file cannot be written.
        """
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise UnreadableError(
                f"Det går inte att skriva i {self._file.parent} ({error.strerror}). Kontrollera mappens rättigheter."
            ) from error
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
                    os.close(descriptor)
                    raise ArchiveBusyError(
                        f"Arkivet i {self._file.parent} ändras just nu av en annan process"
                        f"{f' (pid {holder})' if holder else ''}. "
                        "Vänta tills den är klar och försök igen."
                    ) from None
                time.sleep(POLL_SECONDS)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; the file stays, for removing it would race with the next writer."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None
