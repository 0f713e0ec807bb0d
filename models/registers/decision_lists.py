"""What belongs to a decision beyond its sentence: the list below it, and the line that a page break cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Paragraph
from models.registers.decision_wordings import find_wordings, form
from models.registers.minutes import Minutes, Sentence
from models.registers.plain_text import flat, plain

_FENCE = "```"
_DEFINES = re.compile(r"^:[ \t]", re.MULTILINE)  # Kassör, and on the line below it ":   Siri Ek"


def last_end(minutes: Minutes, paragraph: Paragraph) -> int:
    """Where the last sentence of a paragraph ends."""
    return max((one.end for one in minutes.of_paragraph(paragraph)), default=paragraph.end)


def with_its_list(minutes: Minutes, paragraph: Paragraph, sentence: Sentence) -> Sentence:
    """A sentence with the list that stands in its own paragraph.

    That is all that follows a colon, and below *följande* an indented or fenced block and the lines
    that begin with a day, however the splitter took them.
    """
    end = last_end(minutes, paragraph)
    if sentence.end >= end:
        return sentence
    said, rest = minutes.words(sentence), minutes.text[sentence.end : end]
    if re.search(r"(:|\batt)[\s*_]*$", said):
        return replace(sentence, end=end)
    if not form("following").search(flat(said)):
        return sentence
    if re.match(rf"[ \t]*\n\s*(?:\n {{4}}|\t|{_FENCE})", rest):
        return replace(sentence, end=end)
    days = re.match(rf"(?:[ \t]*\n{form('day_line').pattern}[^\n]*)+", rest, re.IGNORECASE)
    return replace(sentence, end=sentence.end + days.end()) if days else sentence


def list_below(minutes: Minutes, texts: Sequence[Paragraph], at: int, before: str = "") -> list[Paragraph]:
    """The list that begins with the paragraph ``at``: items, terms with what they are, an indented or fenced block.

    ``before`` is the text of the paragraph before it, whose fence may still be open.
    """
    found: list[Paragraph] = []
    fenced = before.count(_FENCE) % 2 == 1
    for paragraph in texts[at:]:
        words = minutes.words(paragraph)
        line = minutes.text.rfind("\n", 0, paragraph.start) + 1
        indented = minutes.text.startswith(("    ", "\t"), line)
        if not (fenced or paragraph.kind == "item" or _FENCE in words or indented or _DEFINES.search(words)):
            break
        fenced ^= words.count(_FENCE) % 2 == 1
        found.append(paragraph)
    return found


def list_text(minutes: Minutes, paragraph: Paragraph | Sentence) -> str:
    """What stands in a list as running words: *Kassör: Siri Ek*."""
    return re.sub(r"\s+:\s", ": ", plain(minutes.words(paragraph)))


def continuation(minutes: Minutes, texts: Sequence[Paragraph], at: int, sentence: Sentence) -> Paragraph | None:
    """The paragraph ``at`` where it goes on with a sentence that a blank line or a page break cut; else None.

    The sentence has no end mark, and what follows begins with a small letter or a figure and decides nothing itself.
    """
    if at >= len(texts) or texts[at].kind != "text" or sentence.end < last_end(minutes, texts[at - 1]):
        return None
    if texts[at - 1].kind not in ("text", "item") or not re.search(r"[\w)]\s*$", minutes.words(sentence)):
        return None
    words = flat(minutes.words(texts[at]))
    if not form("goes_on").match(words) or form("item").match(words) or find_wordings(words, minutes.day):
        return None
    return texts[at]
