"""Automatic numbers of Word: *§ 12*, *1.2*, *a)*, which stand in no text but are counted.

Source: ECMA-376 part 1, 17.9 (numbering). A list (``num``) takes its levels from an abstract
list; lists of one abstract list count on together, unless one of them says where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.docx_styles import W, value
from corpus.readers.numerals import shown

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: the number as it is shown, or a bullet."""

    text: str
    bullet: bool = False


@dataclass
class _Abstract:
    levels: dict[int, Any] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, root: Any | None) -> None:
        self._abstracts: dict[str, _Abstract] = {}
        self._of_num: dict[str, tuple[_Abstract, dict[int, Any], dict[int, int]]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        by_style: dict[str, _Abstract] = {}
        links: list[tuple[str, str]] = []
        for element in root.findall(f"{W}abstractNum"):
            number = element.get(f"{W}abstractNumId", "")
            abstract = _Abstract({_level(lvl): lvl for lvl in element.findall(f"{W}lvl")})
            self._abstracts[number] = abstract
            if style := value(element, "styleLink"):
                by_style[style] = abstract
            if style := value(element, "numStyleLink"):
                links.append((number, style))
        for number, style in links:
            self._abstracts[number] = by_style.get(style, self._abstracts[number])
        for num in root.findall(f"{W}num"):
            found = self._abstracts.get(value(num, "abstractNumId") or "")
            if found is None:
                continue
            levels, starts = {}, {}
            for override in num.findall(f"{W}lvlOverride"):
                level = _level(override)
                lvl = override.find(f"{W}lvl")
                if lvl is not None:
                    levels[level] = lvl
                start = value(override, "startOverride")
                if start is not None:
                    starts[level] = _integer(start, 1)
            self._of_num[num.get(f"{W}numId", "")] = (found, levels, starts)

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        abstract, own, _ = self._of_num.get(num_id, (_Abstract(), {}, {}))
        levels = {**abstract.levels, **own}
        return next((n for n, lvl in levels.items() if value(lvl, "pStyle") == style_id), None)

    def next_label(self, num_id: str, level: int) -> Label | None:
        """Count one more paragraph of a list at a level (0 to 8); None where it is no list."""
        found = self._of_num.get(num_id)
        if found is None or not 0 <= level < _LEVELS:
            return None
        abstract, own, starts = found
        levels = {**abstract.levels, **own}
        lvl = levels.get(level)
        if lvl is None:
            return None
        self._count(abstract, levels, starts, num_id, level)
        form = _format(lvl)
        if form == "bullet":
            return Label("-", bullet=True)
        legal = lvl.find(f"{W}isLgl") is not None

        def number(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            other = levels.get(n)
            count = abstract.counters.get(n, _start(other))
            return shown(count, "decimal" if legal and n != level else _format(other))

        return Label(re.sub(r"%([1-9])", number, value(lvl, "lvlText") or "").strip())

    def _count(
        self, abstract: _Abstract, levels: dict[int, Any], starts: dict[int, int], num_id: str, level: int
    ) -> None:
        counters = abstract.counters
        if level in starts and (num_id, level) not in self._started:
            counters[level] = starts[level]
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = _start(levels.get(level))
        self._started.add((num_id, level))
        for below in [n for n in counters if n > level]:
            restart = value(levels.get(below), "lvlRestart")
            if restart is None or _integer(restart, 0) > level:
                del counters[below]


def _level(element: Any) -> int:
    return _integer(element.get(f"{W}ilvl"), 0)


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else otherwise


def _start(lvl: Any | None) -> int:
    return _integer(value(lvl, "start"), 0)


def _format(lvl: Any | None) -> str:
    return value(lvl, "numFmt") or "decimal"
