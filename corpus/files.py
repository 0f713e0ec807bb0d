"""Files to read: what a path stands for, and the bytes of a file within bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableError, UsageError
from corpus.readers import can_read, endings

# No minutes come near it; a larger file is a film, a disk image or a mistake.
MAX_FILE_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file below a path that was given; ``reason`` says why it is left out, if it is.

    A folder is found only where it cannot be looked into, and always with its reason.
    """

    path: Path
    reason: str | None = None


def find_files(paths: Sequence[Path], without: Path) -> list[Found]:
    """The files at ``paths``, folders searched through, in a fixed order, each once.

    Hidden files and the archive's own folder ``without`` are passed over. A file that was named
    itself is never passed over.

    Raises:
        UsageError: a path does not exist.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        names = ", ".join(str(path) for path in missing)
        raise UsageError(f"Hittar inte {names}. Kontrollera sökvägen.")
    found: dict[Path, Found] = {}
    for path in paths:
        below = _below(path.resolve(), without.resolve()) if path.is_dir() else [_found(path.resolve())]
        for one in below:
            found.setdefault(one.path, one)
    return list(found.values())


def _below(folder: Path, without: Path) -> Iterator[Found]:
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(place)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and here / f != without)
        for name in sorted(files):
            if not name.startswith(".") and here != without:
                yield _found(here / name)
    for error in closed:
        yield Found(Path(error.filename), f"mappen kan inte läsas ({error.strerror})")


def _found(file: Path) -> Found:
    return Found(file, _reason(file))


def _reason(file: Path) -> str | None:
    if not file.is_file():
        return "är ingen vanlig fil"
    if not can_read(file.name):
        return f"formatet läses inte (Klubbat läser {' '.join(endings())})"
    return None


def read_file(file: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableError: it is too large, or the system does not give it.
    """
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableError(
                f"filen är för stor ({size // 1_000_000} MB; gränsen är {MAX_FILE_BYTES // 1_000_000} MB); dela upp den"
            )
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"filen kan inte öppnas ({error.strerror or error})") from error
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError("filen är för stor; dela upp den")
    return data
