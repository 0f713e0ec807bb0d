"""Errors that a user can mend. The command line prints their text and uses their exit code."""

from __future__ import annotations


class KlubbatError(Exception):
    """Base of every error that is shown to the user; the text says what to do.

    ``exit_code``: 2 wrong usage, 3 unreadable data, 4 a model is missing.
    """

    exit_code = 3


class UsageError(KlubbatError):
    """The command was given something that it cannot use."""

    exit_code = 2


class UnreadableError(KlubbatError):
    """A file or an archive cannot be read.

    ``tool`` names what has to be installed before it can (``ocr``, ``office``), if that is why.
    """

    exit_code = 3

    def __init__(self, message: str, tool: str | None = None) -> None:
        super().__init__(message)
        self.tool = tool


class ModelMissingError(KlubbatError):
    """A model that was asked for is not on this machine."""

    exit_code = 4
