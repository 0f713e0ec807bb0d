"""An account of how a question was understood, in its own language: what ``ask --explain`` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache

from corpus.tables import read_rows
from engine.questions.understanding import Limits, Understood


def account(understood: Understood) -> list[tuple[str, str]]:
    """Labels with what they say, e.g. *Det som efterfrågas*, *en person*; what is not said has no line."""
    language = understood.language
    values = {
        "wanted": _worded("wanted", understood.wanted, language),
        "relation": _worded("relation", understood.relation, language) if understood.relation else "",
        "topic": ", ".join(understood.topic),
        "limits": " · ".join(_limits(understood.limits, language)),
    }
    return [(_worded("label", name, language), text) for name, text in values.items() if text]


def _limits(limits: Limits, language: str) -> Iterator[str]:
    given = {name: value for name, value in asdict(limits).items() if value}
    if "since" in given and given["since"] == given.get("until"):
        given = {"day": given.pop("since"), **given}
        del given["until"]
    for name, value in given.items():
        yield _worded("limit", name, language).format(value)


@cache
def _words() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["kind"], row["value"]): row for row in read_rows("engine.tables", "understood")}


def _worded(kind: str, value: str, language: str) -> str:
    return _words()[kind, value][language]
