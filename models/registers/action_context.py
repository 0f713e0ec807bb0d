"""What stands around a commission: whether its item tells that it is done, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.headings import plain
from models.registers.action_text import Statement, cleaned, rows
from models.registers.assignees import Named, party_pattern
from models.registers.minutes import Minutes
from models.registers.plans import present_of_plans
from models.registers.records import Proof

_STEM = 5  # letters that *inbetalning* and *betalat* share
_LATER = 3  # sentences after a commission that tell whether it is done
_CASED = ("answer", "bare", "sentence")  # rows in which a capital letter tells a name or a new sentence
_LABEL = 120  # characters of a line that is a label, not a sentence
_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[-–—•*]|\d{1,2}[.)]|[a-zA-Z]\))[ \t]+")
_LETTERED = re.compile(r"^\W*(?:[a-zA-Z]|\d{1,2})\)\s+(?P<label>.+)")
_TIME = re.compile(r"\s+\d{1,2}[.:]\d{2}$")


@cache
def _patterns(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["reason"], re.compile(row["pattern"], 0 if row["reason"] in _CASED else re.IGNORECASE))
                 for row in rows("action_traps") if row["where"] == where)  # fmt: skip


def later_in_item(every: Sequence[Statement], i: int) -> Iterator[str]:
    """The sentences after one in its paragraph, at most three."""
    proof = every[i].proof
    for later in every[i + 1 : i + 1 + _LATER]:
        if (later.proof.section, later.proof.paragraph) != (proof.section, proof.paragraph):
            return
        yield later.text.split("|")[0].strip()


def finished_by(task: str, who: str, following: Sequence[str]) -> str | None:
    """The words after a commission that tell that it is done; None where none do, or it is told to go on.

    *Informationsbrev uppsatt*, *Möte har hållits* tell it by themselves; *Bo har ringt*, *de har
    betalat* where they are about the same ones or the same thing; prices answer a task about an offer.
    """
    if any(pattern.search(one) for one in following for _, pattern in _patterns("open")):
        return None
    for one in following:
        for reason, pattern in _patterns("later"):
            if not (match := pattern.search(one)):
                continue
            if reason == "price" and not re.search(r"förslag|kostnad|offert|pris", task, re.IGNORECASE):
                continue
            if reason == "same" and not _about_same(match[0], task, who):
                continue
            return one
    return None


def _about_same(told: str, task: str, who: str) -> bool:
    names = [word for word in re.findall(r"\w+", who) if word[0].isupper()]
    if any(re.search(rf"\b{name}\b", told) for name in names):
        return True
    return any(word[:_STEM].lower() in task.lower() for word in re.findall(r"\w+", told) if len(word) > _STEM)


def next_step(told: str) -> str | None:
    """The task that is left after what is done: *De har betalat, stämmer av med banken*."""
    match = re.search(rf",\s+(?P<task>(?:{present_of_plans()})\b[^;?|]+)$", told)
    return match["task"].strip(" .") if match else None


def cut_task(task: str) -> tuple[str, str]:
    """A task without the comment after a dash or the sentence after *osv.*, and what was cut off."""
    for reason, pattern in _patterns("comment"):
        if match := pattern.search(task):
            at = match.end() if reason == "sentence" else match.start()
            return task[:at].strip(" .,"), task[at:].strip(" .-–—")
    return task, ""


def is_answered(task: str) -> bool:
    """Whether the task goes on with its answer: *kollar med Bo, Bo har inga nycklar*."""
    return any(pattern.search(task) for _, pattern in _patterns("answer"))


def is_bare(task: str) -> bool:
    """Whether a task cannot be read alone: a verb without an object, or one that is only *det* or a name."""
    return any(pattern.search(task) for _, pattern in _patterns("bare"))


def about(minutes: Minutes, proof: Proof, named: Named) -> str | None:
    """What a bare task is about: the cell beside it, the bullet above it, the label of its item, its heading."""
    paragraph = next((one for one in minutes.paragraphs
                      if (one.section, one.number) == (proof.section, proof.paragraph)), None)  # fmt: skip
    if paragraph is not None:
        raw = minutes.text[paragraph.start : proof.start]
        for found in (_cell(raw, minutes.text[proof.start : proof.end]), _parent(minutes, paragraph.start, proof)):
            if found:
                return found
    label = _label_above(minutes, proof, named) or _needed_before(minutes, proof)
    return label or _heading(minutes, proof.section)


def _cell(before: str, own: str) -> str | None:
    """The last sentence of the cell on the left of *| Bo beställer*."""
    if not (own.lstrip().startswith("|") or before.rstrip().endswith("|")):
        return None
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", cleaned(before.rstrip(" |\n").split("|")[-1]))
    return sentences[-1].strip(" .:,") or None


def _needed_before(minutes: Minutes, proof: Proof) -> str | None:
    """The sentence right before, where it says what is needed: *En ny lampa vore bra.* before *Bo fixar det.*."""
    own = (proof.section, proof.paragraph)
    before = [one for one in minutes.sentences if (one.section, one.paragraph) == own and one.end <= proof.start]
    words = cleaned(minutes.words(before[-1])).strip(" .!") if before else ""
    return words if any(pattern.search(words) for _, pattern in _patterns("need")) else None


def _parent(minutes: Minutes, start: int, proof: Proof) -> str | None:
    """The bullet that the line of the task stands under."""
    lines = minutes.text[start : proof.end].split("\n")
    own = minutes.text[start : proof.start].count("\n")
    mine = _BULLET.match(lines[own])
    if mine is None:
        return None
    for line in reversed(lines[:own]):
        bullet = _BULLET.match(line)
        if bullet and len(bullet["indent"].expandtabs(4)) < len(mine["indent"].expandtabs(4)):
            return cleaned(line).strip(" .:?") or None
    return None


def _label_above(minutes: Minutes, proof: Proof, named: Named) -> str | None:
    """*d) Fråga om nycklar*: the label of the item that the task stands in, up to the first person."""
    for one in reversed(minutes.paragraphs):
        if one.section != proof.section or one.number > proof.paragraph or proof.paragraph - one.number > 2:
            continue
        match = _LETTERED.match(re.sub(r"\n(?=[a-zåäö])", " ", minutes.words(one)).split("\n")[0])
        if match is None:
            continue
        label = re.split(r"[.|]\s", cleaned(match["label"]))[0]
        people = [m.start() for m in re.finditer(party_pattern(), label) if m.start() and _is_one(m[0], named)]
        label = label[: people[0]] if people else label
        return label.strip(" .:,") if 2 < len(label) <= _LABEL else None
    return None


def _is_one(words: str, named: Named) -> bool:
    return named.is_person(words) or words.split()[0] in named.first


def _heading(minutes: Minutes, ordinal: int) -> str | None:
    """The innermost heading that says what its text is about: of *Bryggan* and below it *Beslut*, *Bryggan*."""
    for section in minutes.above(ordinal):
        heading = _TIME.sub("", plain(section.heading)).strip(" .:?")
        general = any(pattern.fullmatch(heading) for _, pattern in _patterns("general"))
        if heading and not general:
            return heading if len(heading) <= _LABEL else None
    return None


def listed_after(every: Sequence[Statement], i: int) -> list[Statement]:
    """The points right below a sentence."""
    points: list[Statement] = []
    for one in every[i + 1 :]:
        if one.kind != "item" or one.proof.section != every[i].proof.section:
            break
        points.append(one)
    return points
