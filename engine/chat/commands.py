"""What can be written in a conversation beside questions, from ``engine/tables/chat_commands.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from engine.hits import Language


@dataclass(frozen=True, slots=True)
class Command:
    """A command, what it is about, and the language it is given in; None for that of the conversation."""

    name: str
    about: str
    language: Language | None


@cache
def _rows() -> tuple[tuple[re.Pattern[str], str, Language | None], ...]:
    rows = read_rows("engine.tables", "chat_commands")
    languages: dict[str, Language | None] = {"sv": "sv", "en": "en", "any": None}
    return tuple((re.compile(r["pattern"], re.IGNORECASE), r["command"], languages[r["language"]]) for r in rows)


def command_in(line: str) -> Command | None:
    """The command that a line is; None for a question."""
    for pattern, name, spoken in _rows():
        match = pattern.fullmatch(line.rstrip(" .!")) or pattern.fullmatch(line)
        if match:
            return Command(name, match.groupdict().get("what") or "", spoken)
    return None
