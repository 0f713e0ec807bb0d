"""The argument parser's help and errors in Swedish; the parser itself has English words only."""

from __future__ import annotations

import re
from typing import Any

# Applied in order to a help page; widths of columns stay, for the page is laid out already.
_HELP = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        (r"^Usage:", "Användning:"),
        (r"\[OPTIONS\]", "[VAL]"),
        (r"\bCOMMAND \[ARGS\]\.\.\.", "KOMMANDO …"),
        (r"^Arguments:$", "Argument:"),
        (r"^Options:$", "Val:"),
        (r"^Commands:$", "Kommandon:"),
        (r"Show this\s+message and\s+exit\.", "Visa den här hjälpen."),
        (r"\[env\s+var:", "[miljövariabel:"),
        (r"\[default:", "[förval:"),
        (r"\brequired\]", "krävs]"),
        (r" <\w+( range|\[\w+\])?>", ""),
    )
)
_ERRORS = {
    "NoSuchOption": "Det finns inget val {name}.",
    "NoSuchCommand": "Det finns inget kommando {name}.",
    "MissingParameter": "Något saknas: {name}.",
    "BadParameter": "Fel värde för {name}{range}.",
    "BadOptionUsage": "Valet {name} kan inte användas så.",
}
_NEEDS_VALUE = "Valet {name} behöver ett värde."
_UNKNOWN_COMMAND = re.compile(r"No such command '(.+)'\.")
_EXTRA_WORDS = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)")


def swedish_help(page: str) -> str:
    """A help page with the parser's own words in Swedish."""
    for pattern, words in _HELP:
        page = pattern.sub(lambda m, words=words: words or " " * len(m[0]), page)  # type: ignore[misc]
    return "\n".join(line.rstrip() for line in page.split("\n"))


def usage_message(error: Any) -> str:
    """The text of a usage error of the parser, in Swedish where its kind is known."""
    kind, said = type(error).__name__, str(error.format_message())
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    parameter = getattr(error, "param", None)
    if name is None and parameter is not None:
        options = [one for one in parameter.opts if one.startswith("--")]
        name = options[0] if options else (parameter.metavar or parameter.name)
    unknown, extra = _UNKNOWN_COMMAND.search(said), _EXTRA_WORDS.search(said)
    if unknown:
        return _ERRORS["NoSuchCommand"].format(name=unknown[1])
    if extra:
        return f"Ord för mycket: {extra[1]}. Skriv en fråga med flera ord inom citattecken."
    if kind == "BadOptionUsage" and "requires" in said:
        return _NEEDS_VALUE.format(name=name)
    if kind in _ERRORS and name:
        return _ERRORS[kind].format(name=name, range=_range(parameter))
    return said


def _range(parameter: Any) -> str:
    """The whole numbers that a parameter takes, where it takes such."""
    holder = parameter if hasattr(parameter, "min") else getattr(parameter, "type", None)
    lowest, highest = getattr(holder, "min", None), getattr(holder, "max", None)
    if lowest is None or highest is None:
        return ""
    return f". Ange ett heltal från {lowest} till {highest}"
