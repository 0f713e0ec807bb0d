"""Question files: questions with what is known of their answers, one JSON object a line.

The fields are ``id``, ``doc`` (part of the document's path), ``lang``, ``kind`` (``unanswerable``
where the right answer is silence), ``question``, ``must_contain`` (a list of groups; of each group
one string must occur in the answer), ``evidence`` (the words that prove it) and ``difficulty``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from pathlib import Path

from corpus.errors import UnreadableError

UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what is known of its answer."""

    id: str
    doc: str
    lang: str
    kind: str
    question: str
    must_contain: tuple[tuple[str, ...], ...]
    evidence: str
    difficulty: str

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return self.kind != UNANSWERABLE

    @property
    def fingerprint(self) -> str:
        """Names the question with all that is known of its answer: another one is another question."""
        return hashlib.sha256(json.dumps(astuple(self), ensure_ascii=False).encode()).hexdigest()[:16]


def read_questions(file: Path) -> list[Question]:
    """Read a question file.

    Raises UnreadableError with the number of the first line that is not as described above, or that
    has the ``id`` of a line before it.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"Frågefilen {file} kan inte läsas. Ange en fil i UTF-8 med ett JSON-objekt per rad."
        ) from error
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            one = _question(line, file, number)
            if one.id in questions:
                raise UnreadableError(f'{file}, rad {number}: en rad före har samma "id": {one.id}. Ge den ett annat.')
            questions[one.id] = one
    if not questions:
        raise UnreadableError(f"Frågefilen {file} är tom. Skriv ett JSON-objekt per rad.")
    return list(questions.values())


def _question(line: str, file: Path, number: int) -> Question:
    try:
        row = json.loads(line)
        return Question(
            id=str(row.get("id", number)),
            doc=str(row.get("doc", "")),
            lang=str(row.get("lang", "sv")),
            kind=str(row.get("kind", "statement")),
            question=str(row["question"]),
            must_contain=tuple(tuple(map(str, group)) for group in row.get("must_contain", [])),
            evidence=str(row.get("evidence", "")),
            difficulty=str(row.get("difficulty", "lexical")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f'{file}, rad {number}: inte ett JSON-objekt med fältet "question".') from error
