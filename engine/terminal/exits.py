"""How a command ends: exit codes, and one line on standard error for whatever went wrong."""

from __future__ import annotations

import os
import sys

from corpus.errors import KlubbatError

FOUND, NOTHING, WRONG_USAGE, UNREADABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130


def failure(error: Exception) -> int:
    """Say what went wrong and return the exit code; a fault of our own goes on with KLUBBAT_DEBUG."""
    if isinstance(error, KlubbatError):
        print(f"Fel: {error}", file=sys.stderr)
        return error.exit_code
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        print(f"Fel: {place}{error.strerror or error}. Kontrollera sökvägen och rättigheterna.", file=sys.stderr)
        return UNREADABLE
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    if not hasattr(error, "format_message"):
        if os.environ.get("KLUBBAT_DEBUG"):
            raise error
        print(
            f"Fel: något oväntat hände i Klubbat ({type(error).__name__}: {error}). Arkivet är oskadat. "
            "Sätt KLUBBAT_DEBUG=1 för detaljer att bifoga en felanmälan.",
            file=sys.stderr,
        )
        return INTERNAL
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
        return WRONG_USAGE
    from engine.terminal.usage import usage_message

    print(f"Fel: {usage_message(error)}\nHjälp: klubbat --help", file=sys.stderr)
    return WRONG_USAGE


def let_go_of_closed_pipe() -> None:
    """Where nobody reads our output any more (``| head``), Python shall not complain at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123  (a name of the system, not a path)
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
