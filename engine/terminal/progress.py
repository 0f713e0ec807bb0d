"""A progress bar for people; scripts see nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


class ProgressBar:
    """A progress bar on standard error, where that is a terminal; else nothing."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, int], None]:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            task = self._bar.add_task(self._label, total=None)
            return lambda step, total: self._bar.update(task, advance=step, total=total)
        return lambda step, total: None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def counted(advance: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """``advance``, which takes steps, for work that tells how much is done so far."""
    done = 0

    def forward(so_far: int, total: int) -> None:
        nonlocal done
        advance(so_far - done, total)
        done = so_far

    return forward
