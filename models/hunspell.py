"""The Swedish dictionary of hunspell: words with flags, and the forms that its suffix rules make.

The package ``hunspell-sv`` brings two files, read here as hunspell(5) describes them. Flags are
single characters. Entries without flags are mostly names and forms from elsewhere: left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PACKAGE = "hunspell-sv"
BEGIN, MIDDLE, END = "X", "U", "Y"
ONLY_INSIDE = "Z"
_HIDDEN = frozenset("%!")  # forbidden words, and words that hunspell does not suggest
_RULE_CELLS = 5


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a dictionary word, with the flags that hold for the form."""

    form: str
    base: str
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    strip: str
    add: str
    fits: re.Pattern[str]
    flags: frozenset[str]


def dictionary_version() -> str:
    """The version of the installed dictionary. Raises ``PackageNotFoundError`` without it."""
    return metadata.version(PACKAGE)


def read_forms(common: Container[str]) -> Iterator[Form]:
    """The flagged lower-case words of letters that are ``common``, and the forms that their suffix rules make.

    Words that only occur inside compounds come always.

    Raises:
        PackageNotFoundError: ``hunspell-sv`` is not installed.
        OSError: its files cannot be read.
    """
    rules = _read_rules(_file("sv_SE.aff"))
    for line in _file("sv_SE.dic").read_text(encoding="utf-8").splitlines()[1:]:
        base, _, marks = line.split("\t")[0].partition("/")
        flags = frozenset(marks)
        if not flags or flags & _HIDDEN or not base.isalpha() or not base.islower():
            continue
        if base not in common and ONLY_INSIDE not in flags:
            continue
        yield Form(base, base, flags)
        for mark in marks:
            for rule in rules.get(mark, ()):
                if rule.fits.search(base):
                    yield from _forms_by(rule, base, flags, rules)


def _forms_by(rule: _Rule, base: str, flags: frozenset[str], rules: dict[str, list[_Rule]]) -> Iterator[Form]:
    """The form that a rule makes, and those that the flags of the rule make of it."""
    form = base[: len(base) - len(rule.strip)] + rule.add
    inside = rule.flags & {BEGIN, MIDDLE}
    yield Form(form, base, rule.flags if inside else (flags & {END}) | rule.flags)
    for mark in rule.flags:
        for further in rules.get(mark, ()):
            if not further.flags & {BEGIN, MIDDLE} and further.fits.search(form):
                yield Form(form[: len(form) - len(further.strip)] + further.add, base, flags & {END})


def _file(name: str) -> Path:
    for file in metadata.files(PACKAGE) or ():
        if file.name == name:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{PACKAGE} has no {name}")


def _read_rules(path: Path) -> dict[str, list[_Rule]]:
    rules: dict[str, list[_Rule]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) < _RULE_CELLS or cells[0] != "SFX":
            continue
        add, _, marks = cells[3].partition("/")
        strip = "" if cells[2] == "0" else cells[2]
        rule = _Rule(strip, "" if add == "0" else add, re.compile(f"(?:{cells[4]})$"), frozenset(marks))
        rules.setdefault(cells[1], []).append(rule)
    return rules
