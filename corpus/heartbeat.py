"""A sign of life from a reader that works long: a scanned page takes seconds, a document minutes.

Whoever runs readers under a time limit listens; a reader calls ``beat`` after each page, and
before each member of a container, with its name.
"""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[str | None], None]] = []


def beat(begins: str | None = None) -> None:
    """Tell every listener that the reader is alive and, if so, which member it ``begins`` with."""
    for listener in _listeners:
        listener(begins)


def listen(listener: Callable[[str | None], None]) -> None:
    """Call ``listener`` at every beat from now on, with the member that begins or None."""
    _listeners.append(listener)
