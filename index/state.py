"""What a derived index says of itself: which files are live, and the last change they hold.

Written last, and atomically: until then the files before it are the live ones, so that a crash
at any instant leaves an index that is either the old one or the new one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from index.records import LastChange

STATE_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class IndexState:
    """``data``: name of the live file or folder. ``fingerprint``: what it was built with.

    ``seq`` and ``token`` name the last change held. ``built`` is the number of chunks at the last
    complete build, ``removed`` how many chunks went since.
    """

    fingerprint: str
    seq: int
    token: str
    data: str
    built: int = 0
    removed: int = 0

    @property
    def last(self) -> LastChange:
        """The last change that the index holds."""
        return LastChange(self.seq, self.token)


def read_state(folder: Path) -> IndexState | None:
    """The state of the index in ``folder``; None where there is none that can be read."""
    try:
        state = IndexState(**json.loads((folder / STATE_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    plain = isinstance(state.seq, int) and isinstance(state.data, str) and Path(state.data).name == state.data
    return state if plain else None


def write_state(folder: Path, state: IndexState) -> None:
    """Put ``state`` in place atomically and durably."""
    temporary = folder / f"{STATE_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / STATE_FILE)
    sync(folder)


def sync(path: Path) -> None:
    """Flush a file or the entries of a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
