"""Following a folder: whenever something in it changes, the archive is brought up to date."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

# A scanner or a mail client writes a file in several steps: wait until it has been quiet so long.
QUIET_SECONDS = 1.5
# Network drives tell nothing of their changes: look by oneself at least so often.
LOOK_SECONDS = 300.0
LONGEST_UNREST = 40  # quiet periods waited for, so that a folder that is never quiet is taken in too


def changes_in(root: Path, without: Path) -> Iterator[None]:
    """Yield at once, then whenever something in ``root`` may have changed, until interrupted.

    What happens in ``without`` (the archive, where it lies inside the folder) is no change.
    """
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    own = without.resolve()
    changed = threading.Event()

    class Noting(FileSystemEventHandler):
        """Takes note of everything that alters a file; our own reading does not."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            path = Path(os.fsdecode(event.src_path))
            if event.event_type not in ("opened", "closed_no_write") and not path.is_relative_to(own):
                changed.set()

    observer = Observer()
    observer.schedule(Noting(), str(root.resolve()), recursive=True)
    observer.start()
    try:
        yield
        while True:
            changed.wait(LOOK_SECONDS)
            changed.clear()
            for _ in range(LONGEST_UNREST):
                if not changed.wait(QUIET_SECONDS):
                    break
                changed.clear()
            yield
    finally:
        observer.stop()
        observer.join()
