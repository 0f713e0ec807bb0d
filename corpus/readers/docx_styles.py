"""Styles of a Word document: what a paragraph inherits (heading level, list, spacing, hidden text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TITLE = 0  # the level of the document's title, above heading 1
_MAX_CHAIN = 30  # styles based on each other; a loop ends here
_BODY_LEVEL = 9  # the outline level of running text
# Word stores the names of its own styles in English in every language; converters translate them.
_HEADING_NAME = re.compile(r"(?:heading|rubrik|überschrift|titre|otsikko|overskrift) ?([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "rubrik", "titel")
_OFF = ("0", "false", "off", "none")


def value(element: Any | None, tag: str) -> str | None:
    """The ``w:val`` of a child of ``element``; None where there is none."""
    child = element.find(f"{W}{tag}") if element is not None else None
    found = child.get(f"{W}val") if child is not None else None
    return None if found is None else str(found)


def is_on(element: Any) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is on: it is, unless it says otherwise."""
    return element.get(f"{W}val", "1") not in _OFF


class Styles:
    """The styles of one document by their ids; ``root`` is its ``w:styles`` or None."""

    def __init__(self, root: Any | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._by_id = {style.get(f"{W}styleId"): style for style in found}
        self._default = next(
            (s for s in found if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true")), None
        )
        self._hidden: dict[tuple[str | None, bool], bool | None] = {}
        self._document = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr") if root is not None else None

    def of(self, paragraph: Any) -> str | None:
        """The id of a paragraph's style; None for the default one."""
        return value(paragraph.find(f"{W}pPr"), "pStyle")

    def chain(self, style_id: str | None, default: bool = True) -> Iterator[Any]:
        """A style and those that it is based on, nearest first."""
        style = self._by_id.get(style_id)
        if style is None and default:
            style = self._default
        for _ in range(_MAX_CHAIN):
            if style is None:
                return
            yield style
            style = self._by_id.get(value(style, "basedOn"))

    def names(self, paragraph: Any) -> list[str]:
        """The names of a paragraph's style and its bases, nearest first."""
        return [value(style, "name") or "" for style in self.chain(self.of(paragraph))]

    def property(self, paragraph: Any, tag: str) -> tuple[Any, str | None] | None:
        """A paragraph property from the paragraph or the nearest style, with the id of that style."""
        direct = paragraph.find(f"{W}pPr/{W}{tag}")
        if direct is not None:
            return direct, None
        for style in self.chain(self.of(paragraph)):
            found = style.find(f"{W}pPr/{W}{tag}")
            if found is not None:
                return found, style.get(f"{W}styleId")
        return None

    def heading_level(self, paragraph: Any) -> int | None:
        """1 to 9 for a heading, ``TITLE`` for the title, None for other text."""
        names = self.names(paragraph)
        if names and names[0].casefold() in _TITLE_NAMES:
            return TITLE
        outline = self.property(paragraph, "outlineLvl")
        if outline is not None:
            level = outline[0].get(f"{W}val", "")
            if re.fullmatch(r"\d", level):
                return int(level) + 1 if int(level) < _BODY_LEVEL else None
        named = next((m for m in map(_HEADING_NAME.fullmatch, names) if m), None)
        return int(named[1]) if named else None

    def is_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of the table of contents."""
        names = self.names(paragraph)
        return bool(names) and re.match(r"(toc|innehåll) ?(\d|heading)", names[0], re.IGNORECASE) is not None

    def spacing(self, paragraph: Any, side: str) -> int:
        """The space ``before`` or ``after`` a paragraph in twentieths of a point."""
        levels = [paragraph.find(f"{W}pPr/{W}spacing")]
        levels += [style.find(f"{W}pPr/{W}spacing") for style in self.chain(self.of(paragraph))]
        levels.append(self._document.find(f"{W}spacing") if self._document is not None else None)
        for spacing in levels:
            text = spacing.get(f"{W}{side}") if spacing is not None else None
            if text is not None and re.fullmatch(r"\d{1,6}", text):
                return int(text)
        return 0

    def contextual(self, paragraph: Any) -> bool:
        """Whether the space between this paragraph and others of its style is left out."""
        found = self.property(paragraph, "contextualSpacing")
        return found is not None and is_on(found[0])

    def hides(self, run: Any, style_id: str | None) -> bool:
        """Whether a run in a paragraph of a style is hidden, by itself or by its styles."""
        properties = run.find(f"{W}rPr")
        vanish = properties.find(f"{W}vanish") if properties is not None else None
        if vanish is not None:
            return is_on(vanish)
        own = self._style_hides(value(properties, "rStyle"), default=False)
        return bool(self._style_hides(style_id, default=True) if own is None else own)

    def _style_hides(self, style_id: str | None, default: bool) -> bool | None:
        """What a style says of hidden text; None where it says nothing."""
        key = (style_id, default)
        if key not in self._hidden:
            found = (style.find(f"{W}rPr/{W}vanish") for style in self.chain(style_id, default))
            self._hidden[key] = next((is_on(vanish) for vanish in found if vanish is not None), None)
        return self._hidden[key]
