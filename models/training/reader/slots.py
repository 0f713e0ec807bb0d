"""Templates of minutes and what fills their slots, the same thing in several forms.

A slot is ``{KIND}``, ``{KIND2}`` (another of the kind) or ``{KIND:form}``. The same slot has one value
through the sentence and its questions; forms of it differ: ``q`` is how a question may call it,
``en`` its English name, ``def`` its definite form, ``pres`` and ``sup`` the present and the supine of a task.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.tables import read_rows
from models.training.names import Names

Forms = dict[str, tuple[str, ...]]
Bound = dict[str, Forms]

_TOKEN = re.compile(r"\[\[([a-z]+):|(\]\])|\{([A-Z]+)(\d*)(?::([a-z]+))?\}")
_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_DAYS = [
    "måndag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lördag",
    "söndag",
]
_ENGLISH = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its slots filled; ``spans`` are the character ranges of the answers by label."""

    text: str
    spans: dict[str, tuple[int, int]]


def slots_of(template: str) -> frozenset[str]:
    """The slots of a template, without their forms."""
    return frozenset(match[3] + match[4] for match in _TOKEN.finditer(template) if match[3])


def labels_of(template: str) -> frozenset[str]:
    """The labels of the answers that a template marks."""
    return frozenset(match[1] for match in _TOKEN.finditer(template) if match[1])


def answer_slots(template: str, label: str) -> frozenset[str]:
    """The slots inside the answer of this label."""
    inside = re.search(rf"\[\[{label}:(.*?)\]\]", template)
    return slots_of(inside[1]) if inside else frozenset()


def forms_of(template: str, slot: str) -> frozenset[str]:
    """In which forms the template has a slot; the empty one is the plain one."""
    return frozenset(
        match[5] or "" for match in _TOKEN.finditer(template) if (match[3] or "") + (match[4] or "") == slot
    )


def worded(day: date) -> str:
    """A date as text, without the year: ``3 maj``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


class Slots:
    """Draws values of slots and fills templates with them."""

    def __init__(self, draw: random.Random, names: Names) -> None:
        self._draw, self._names = draw, names
        self._phrases: dict[str, list[dict[str, str]]] = {}
        for row in read_rows("models.training.reader", "phrases"):
            self._phrases.setdefault(row["kind"], []).append(row)
        self._verbs: dict[str, list[list[list[str]]]] = {}
        self._objects: list[tuple[str, str, str]] = []
        for row in read_rows("models.training.reader", "tasks"):
            if row["part"] == "verb":
                group = [verb.split("/") for verb in row["words"].split(" | ")]
                self._verbs.setdefault(row["class"], []).append(group)
            else:
                plain, _, asked = row["words"].partition(" | ")
                self._objects.append((row["class"], plain, asked or plain))
        self._makers: dict[str, Callable[[], Forms]] = {
            "WHO": self._who, "TASK": self._task, "DATE": self._date, "DAY": self._date, "CLOCK": self._clock,
            "MONEY": self._money, "PERCENT": self._percent, "COUNT": self._count, "EMAIL": self._email,
            "PHONE": self._phone, "PROJECT": self._project, "SOON": self._soon,
        }  # fmt: skip

    def value(self, kind: str) -> Forms:
        """A value of a kind of slot, in its forms."""
        if kind in self._makers:
            return self._makers[kind]()
        if kind in self._phrases:
            return self._phrase(self._draw.choice(self._phrases[kind]))
        return {"": (self._names.filler(kind)(),)}

    def other(self, kind: str, than: Forms) -> Forms:
        """A value of the kind that shares no form with ``than``."""
        taken = {text.lower() for texts in than.values() for text in texts}
        for _ in range(20):
            found = self.value(kind)
            if not any(text.lower() in taken for texts in found.values() for text in texts):
                break
        return found

    def fill(self, template: str, bound: Bound) -> Filled:
        """The template with each slot filled; new slots are added to ``bound``. The first letter is a capital."""
        text, at, spans = "", 0, dict[str, tuple[int, int]]()
        label, start = "", 0
        for match in _TOKEN.finditer(template):
            text += template[at : match.start()]
            at = match.end()
            if match[1]:
                label, start = match[1], len(text)
            elif match[2]:
                spans[label] = (start, len(text))
            else:
                slot = match[3] + match[4]
                if slot not in bound:
                    bound[slot] = self._fresh(match[3], bound)
                forms = bound[slot]
                text += self._draw.choice(forms.get(match[5] or "") or forms[""])
                if text[-1] in "sxz" and re.match(r"s\b", template[at:]):
                    at += 1  # a genitive without its s: Borås kommun
        text += template[at:]
        return Filled(text[:1].upper() + text[1:], spans)

    def _fresh(self, kind: str, bound: Bound) -> Forms:
        """A value unlike the others of its kind in ``bound``."""
        taken = {text for slot, forms in bound.items() if slot.rstrip("0123456789") == kind for text in forms[""]}
        found = self.value(kind)
        for _ in range(20):
            if taken.isdisjoint(found[""]):
                break
            found = self.value(kind)
        return found

    def _phrase(self, row: dict[str, str]) -> Forms:
        local: Bound = {}

        def texts(cell: str) -> tuple[str, ...]:
            return tuple(self._expanded(text, local) for text in cell.split(" | ") if text)

        plain, asked = texts(row["plain"])[:1], texts(row["asked"])
        forms: Forms = {"": plain, "q": (*asked, *plain) if row["kind"] != "TOPIC" else asked or plain}
        forms["def"] = asked or plain
        forms["en"] = texts(row["english"]) or plain
        return forms

    def _expanded(self, text: str, local: Bound) -> str:
        first = text[:1]
        filled = self.fill(text, local).text
        return first + filled[1:] if first != "{" else filled

    def _who(self) -> Forms:
        return {"": (self._names.person() if self._draw.random() < 0.55 else self._names.first(),)}

    def _task(self) -> Forms:
        kind, plain, asked = self._draw.choice(self._objects)
        group = self._draw.choice(self._verbs[kind])
        verb = self._draw.choice(group)
        local: Bound = {}
        plain, asked = self._expanded(plain, local), self._expanded(asked, local)
        return {
            "": (f"{verb[0]} {plain}",), "pres": (f"{verb[1]} {plain}",), "sup": (f"{verb[2]} {plain}",),
            "q": tuple(f"{other[0]} {thing}" for other in group for thing in (plain, asked, asked)),
            "qpres": tuple(f"{other[1]} {asked}" for other in group),
            "qsup": tuple(f"{other[2]} {asked}" for other in group),
            "thing": (asked,),
        }  # fmt: skip

    def day(self) -> date:
        """A day of the years that minutes are of."""
        return date(2009, 1, 1) + timedelta(days=self._draw.randint(0, 23 * 365))

    def _date(self) -> Forms:
        return self.dated(self.day())

    def dated(self, day: date) -> Forms:
        """A day as minutes write it, and as a question does."""
        short, year = worded(day), day.year
        ways = (short, f"den {short}", f"den {short} {year}", f"{short} {year}", day.isoformat(), day.isoformat(),
                f"{day.day}/{day.month}", f"{_DAYS[day.weekday()]} {short}", f"{_DAYS[day.weekday()]}en den {short}",
                f"{day.day}/{day.month} {year}")  # fmt: skip
        english = f"{day.day} {_ENGLISH[day.month - 1]}"
        asked = (f"den {short}", f"den {short} {year}", f"den {short} {year}")
        return {"": (self._draw.choice(ways),), "q": asked, "en": (english, f"{english} {year}")}

    def _soon(self) -> Forms:
        return self._date() if self._draw.random() < 0.6 else self._phrase(self._draw.choice(self._phrases["WHEN"]))

    def _clock(self) -> Forms:
        hour, minute = self._draw.randint(8, 20), self._draw.choice(["00", "00", "15", "30", "45", "10"])
        return {"": (f"{hour}{self._draw.choice('..:')}{minute}" if self._draw.random() < 0.9 else str(hour),)}

    def _money(self) -> Forms:
        draw = self._draw
        return {"": (draw.choice([
            f"{draw.randint(1, 990)} 000 kronor", f"{draw.randint(1, 990)} 000 kr",
            f"{draw.randint(2, 98) * 50} kronor",
            f"{draw.randint(2, 98) * 50} kr", f"{draw.randint(10, 900)} tkr", f"{draw.randint(2, 60)} miljoner kronor",
            f"{draw.randint(1, 9)},{draw.randint(1, 9)} mnkr", f"{draw.randint(1, 40)} {draw.randint(100, 999)} kronor",
        ]),)}  # fmt: skip

    def _percent(self) -> Forms:
        number = self._draw.choice(
            [str(self._draw.randint(2, 98)), f"{self._draw.randint(0, 9)},{self._draw.randint(1, 9)}"]
        )
        return {"": (f"{number} {self._draw.choice(['procent', 'procent', '%'])}",)}

    def _count(self) -> Forms:
        words = ["tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
        return {"": (self._draw.choice(words) if self._draw.random() < 0.3 else str(self._draw.randint(3, 340)),)}

    def _email(self) -> Forms:
        first = self._names.first("sv_SE").lower().translate(str.maketrans("åäöé-", "aaoe."))
        return {"": (f"{first}@{self._brand().lower()}.{self._draw.choice(['se', 'se', 'org', 'nu', 'eu'])}",)}

    def _phone(self) -> Forms:
        digits = [self._draw.randint(10, 99) for _ in range(3)]
        return {"": (f"0{self._draw.randint(11, 99)}-{digits[0]}0 {digits[1]} {digits[2]}",)}

    def _brand(self) -> str:
        sounds = [self._draw.choice("bdfgklmnprstv") + self._draw.choice("aeiouy") for _ in range(3)]
        return ("".join(sounds) + self._draw.choice(["", "n", "r", "x"])).capitalize()

    def _project(self) -> Forms:
        heads: Sequence[str] = ("Grön", "Ny", "Trygg", "Smart", "Levande", "Digital", "Hållbar", "Öppen")
        tails = ("Skola", "Stad", "Framtid", "Hamn", "Landsbygd", "Kust", "Vardag", "Väg")
        name = f"{self._draw.choice(heads)} {self._draw.choice(tails)}" if self._draw.random() < 0.5 else self._brand()
        return {"": (name,)}
