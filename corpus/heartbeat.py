"""A sign of life from a reader that works long: a scanned page takes seconds, a document minutes.

Whoever runs readers under a time limit listens; a reader calls ``beat`` after each page.
"""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def beat() -> None:
    """Tell every listener that the reader is alive and has come a step further."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Call ``listener`` at every beat from now on."""
    _listeners.append(listener)
