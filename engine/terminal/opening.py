"""What every command opens: the archive's folder, a service over it, the console."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from engine.service import Service


def archive_folder(given: Path | None) -> Path:
    """The archive's folder: as given, or its place among the user's data."""
    if given is not None:
        return given
    from platformdirs import user_data_dir

    return Path(user_data_dir("klubbat")) / "arkiv"


def terminal_console() -> Console:
    """A console for tables and answers; 160 columns where there is no terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = 160  # a file or a pipe has no width: room for a table's columns
    return console


def open_service(archive: Path | None) -> Service:
    """The service over an archive, once what the user should know of it is said."""
    from engine.service import Service

    service = Service.open(archive_folder(archive))
    for warning in service.warnings():
        print(f"Obs: {warning}", file=sys.stderr)
    return service
