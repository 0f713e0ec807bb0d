"""The questions of a command: the one on the command line, or those of a batch file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableError, UsageError


def asked_questions(question: str | None, batch: Path | None, what: str) -> list[dict[str, Any]]:
    """The one question, or those of a batch file, all read before the first is answered."""
    if question is not None and batch is not None:
        raise UsageError(f"{what} och --batch kan inte användas tillsammans. Välj en av dem.")
    if question is None and batch is None:
        raise UsageError(f"{what} saknas. Skriv den inom citattecken, eller ange en fil med --batch.")
    if batch is None:
        text = " ".join((question or "").split())
        if not any(c.isalnum() for c in text):
            raise UsageError(f'{what} är tom. Skriv minst ett ord, t.ex. klubbat ask "Vem valdes till sekreterare?"')
        return [{"id": "", "question": text}]
    name = "standard in" if str(batch) == "-" else str(batch)
    try:
        data = sys.stdin.buffer.read() if str(batch) == "-" else batch.read_bytes()
        lines = data.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"Kan inte läsa {name}. Ange en fil i UTF-8 med ett JSON-objekt per rad.") from error
    rows = [_row(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UnreadableError(f"Det finns inga frågor i {name}. Skriv ett JSON-objekt per rad.")
    return rows


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        asked = row.get("question", row.get("query"))
        if isinstance(asked, str) and any(c.isalnum() for c in asked):
            return {"id": row.get("id", str(number)), "question": asked}
    except (ValueError, AttributeError, RecursionError):
        pass
    raise UnreadableError(
        f'Rad {number} i frågefilen är inte ett JSON-objekt med en fråga: {{"id": "1", "question": "…"}}'
    )
