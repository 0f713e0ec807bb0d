"""Commissions in lists and columns: under *Actionpoints*, in a column *Ansvar*, after *Ansvarig:*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.headings import plain
from corpus.records import Paragraph
from models.registers.action_text import cleaned, is_done, rows, tells_done
from models.registers.assignees import Named, is_word, names_nobody, parties_in, party_pattern
from models.registers.minutes import Minutes
from models.registers.plans import find_plans, find_tags, starts_with_verb
from models.registers.records import Proof
from models.registers.wordings import Found, find_wordings

_ENTRY = re.compile(r"^[ \t]*(?:[-–—•*]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_CELLS = re.compile(r"[ \t]*\|[ \t]*|\t+|[ \t]{3,}")
_TELLS = re.compile(r"\b(?:är|har|var|hade|blev|finns)\b")
_ENDS = " .;,:–—-|"


@dataclass(frozen=True, slots=True)
class Entry:
    """A commission of a list: as in a sentence, with its proof and what is read for its deadline."""

    found: Found
    text: str
    proof: Proof


@cache
def _of(where: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("action_lists") if row["where"] == where), re.IGNORECASE)


def is_list(minutes: Minutes, ordinal: int) -> bool:
    """Whether a section is a list of things to do, by its heading."""
    return any(_of(one).fullmatch(_heading(minutes, ordinal)) for one in ("heading", "weak_heading"))


def _heading(minutes: Minutes, ordinal: int) -> str:
    return plain(minutes.section(ordinal).heading).strip(" :!")


def listed(minutes: Minutes, paragraph: Paragraph, named: Named, is_due: Callable[[str], bool]) -> Iterator[Entry]:
    """The commissions of a paragraph under the heading of a list; those that are done are left out."""
    raw = minutes.words(paragraph)
    starts = [m.start() for m in _ENTRY.finditer(raw)]
    bullets = (bool(starts) or paragraph.kind == "item") and bool(
        _of("heading").fullmatch(_heading(minutes, paragraph.section))
    )
    starts = sorted({0, *starts})
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        text = cleaned(re.sub(r"<?https?://\S+", "", raw[start:end]))
        if not text or is_done(text.rstrip(" .)")):
            continue
        at = paragraph.start + start + len(raw[start:end]) - len(raw[start:end].lstrip())
        proof = Proof(paragraph.section, paragraph.number, at, paragraph.start + start + len(raw[start:end].rstrip()))
        for found in _entry(text, named, is_due, bullets):
            yield Entry(found, text, proof)


def _entry(text: str, named: Named, is_due: Callable[[str], bool], bullets: bool) -> Iterator[Found]:
    wordings = find_wordings(text)
    if wordings:
        yield from wordings
        return
    beside = _beside(text, named)
    if beside is not None:
        yield beside
        return
    found = find_plans(text, named, is_due, in_list=True) or find_tags(text, named)
    if found:
        yield from found
    elif bullets and len(text.split()) > 1 and not text.endswith("?"):
        yield _found(text, None)


def _found(task: str, who: str | None) -> Found:
    return Found("lista", "explicit", "present", "any", who, None, None, task.strip(_ENDS), 0, 0, len(task))


def _beside(text: str, named: Named) -> Found | None:
    """An entry with the names before or after it: *Boka lokal (Eva)*, *Boka lokal - Eva*, *Eva: Boka lokal*."""
    party = party_pattern()
    before = re.match(rf"(?P<who>{party})(?: -| –|:) (?P<task>.+)", text)
    if before and all(named.is_known(one) or is_word(one) for one in parties_in(before["who"])):
        return _found(before["task"], before["who"])
    for pattern in (rf"\((?P<who>{party})\)+\.?$", rf"\s[-–—] ?\(?(?P<who>{party})\)?(?: i första hand)?[.?]?$"):
        after = re.search(pattern, text)
        if after and not names_nobody(after["who"]):
            return _found(text[: after.start()], after["who"])
    return None


def labelled(text: str) -> Found | None:
    """*Städdag den 3 maj. Ansvarig: Eva*: who is named after a label; the task is what stands before it, or nothing."""
    match = re.search(rf"(?:^|[\s(])(?i:{_of('label').pattern}) ?: ?(?P<who>{party_pattern()})[).]*$", text)
    if match is None or names_nobody(match["who"]):
        return None
    return _found(text[: match.start()], match["who"])


def in_columns(minutes: Minutes, named: Named, is_due: Callable[[str], bool]) -> Iterator[Entry]:
    """The commissions of tables with a column for whoever does it, in the order of the rows.

    With a column for the task or the date beside it every row is one. Where the minutes themselves
    stand in such a table, a row counts when it is put as a task or has a coming date.
    """
    heads: list[str] = []
    for paragraph in minutes.paragraphs:
        if paragraph.kind not in ("row", "item", "text"):
            continue
        raw = minutes.words(paragraph)
        position = 0
        lines = raw.splitlines(keepends=True)
        each = all(_last_party(line, named) for line in lines)
        for line in lines:
            start, position = position, position + len(line)
            cells = _cells(line)
            if _is_head(cells):
                heads = cells
                each = True
                continue
            if not heads or set(line.strip()) <= set("|-: +"):
                continue
            if _is_plan(heads):
                yield from _row(line, heads, _proof(paragraph, start, line))
            elif each and _last_party(line, named):
                yield from _task_row(line, named, is_due, _proof(paragraph, start, line))
        if heads and not _is_plan(heads) and not each and len(lines) > 0:
            yield from _task_row(raw, named, is_due, _proof(paragraph, 0, raw))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]


def _is_head(cells: list[str]) -> bool:
    return 1 < len(cells) < 8 and any(map(_of("who_column").fullmatch, map(cleaned, cells)))


def _is_plan(heads: list[str]) -> bool:
    """A table of actions, not minutes in two columns: it has a column for the task or the date."""
    names = [cleaned(cell) for cell in heads]
    if any(map(_of("agenda_column").fullmatch, names)):
        return False
    return any(map(_of("task_column").fullmatch, names)) or any(map(_of("date_column").fullmatch, names))


def _proof(paragraph: Paragraph, start: int, line: str) -> Proof:
    begin = paragraph.start + start + len(line) - len(line.lstrip())
    return Proof(paragraph.section, paragraph.number, begin, paragraph.start + start + len(line.rstrip()))


def _row(line: str, heads: list[str], proof: Proof) -> Iterator[Entry]:
    cells = [cleaned(cell) for cell in _cells(line)]
    names = [cleaned(cell) for cell in heads]
    if len(cells) != len(names):
        return
    columns = {where: next((i for i, name in enumerate(names) if _of(where).fullmatch(name)), None)
               for where in ("task_column", "who_column", "date_column")}  # fmt: skip
    who = cells[columns["who_column"] or 0]
    task_at = columns["task_column"]
    if task_at is None:
        rest = [i for i in range(len(cells)) if i not in columns.values()]
        task_at = max(rest, key=lambda i: len(cells[i]), default=None)
    if task_at is None or len(cells[task_at].split()) < 2 or is_done(" ".join(cells)):
        return
    due = columns["date_column"]
    text = f"{cells[task_at]} senast {cells[due]}" if due is not None and cells[due] else cells[task_at]
    yield Entry(_found(cells[task_at], who or None), text, proof)


def _last_party(line: str, named: Named) -> str | None:
    """The party in the last cell of a line: *Container beställs | Erik*."""
    cells = _cells(line)
    if len(cells) < 2 or not cells[-1] or "|" not in line:
        return None
    found = re.fullmatch(party_pattern(), cells[-1].strip(" ."))
    return found[0] if found and all(map(named.is_known, parties_in(found[0]))) else None


def _task_row(raw: str, named: Named, is_due: Callable[[str], bool], proof: Proof) -> Iterator[Entry]:
    cells = [line.rstrip() for line in raw.splitlines() if _last_party(line, named)]
    if len(cells) != 1:
        return
    who = _last_party(cells[0], named)
    cell = cells[0][cells[0].rindex("|") :]
    text = cleaned(raw.replace(cell, " ", 1))
    if who is None or find_plans(text, named, is_due) or find_wordings(text):
        return
    sentences = re.split(r"(?<=[.!])\s+(?=[A-ZÅÄÖ])", text)
    tasks = [one for one in sentences if _is_task(one, is_due)]
    if tasks and not any(map(tells_done, sentences)):
        yield Entry(_found(" ".join(tasks), who), " ".join(tasks), proof)


def _is_task(sentence: str, is_due: Callable[[str], bool]) -> bool:
    parts = re.split(r"\s[—–-]\s|:\s", re.sub(r"^(?:[A-Z]\)|\d+[.)]|[a-z]\))\s*", "", sentence))
    if any(map(starts_with_verb, parts)):
        return True
    return is_due(re.sub(r"(?<!\S)(?=\d)", "den ", sentence)) and not _TELLS.search(sentence)
