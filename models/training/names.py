"""Invented names for training texts: people, places, organisations, and small fillers.

First names and surnames come from Faker's lists (MIT), in the languages that Swedish minutes show;
places and organisations are put together here. Nothing is taken from real minutes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

from corpus.tables import read_rows

_LOCALES = {"sv_SE": 14, "fi_FI": 1, "tr_TR": 1, "hr_HR": 1, "es_ES": 1, "de_DE": 1, "en_IN": 1, "pl_PL": 1}
_POOL = 700  # names of each kind and locale


@cache
def _words(kind: str) -> list[str]:
    return [row["word"] for row in read_rows("models.training", "words") if row["kind"] == kind]


class Names:
    """Draws names at random from one seed.

    ``places`` and ``organisations`` are further names to draw from; ``plain`` are sentences without names.
    """

    def __init__(self, draw: random.Random, places: Sequence[str], organisations: Sequence[str],
                 plain: Sequence[str]) -> None:  # fmt: skip
        from faker import Faker

        self._draw = draw
        self._places, self._organisations = list(places), list(organisations)
        self._plain = [text.split() for text in plain]
        self._words = sorted({word for words in self._plain for word in words if word.isalpha() and len(word) > 3})
        self._first: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        for locale in _LOCALES:
            fake = Faker(locale)
            fake.seed_instance(1)
            self._first[locale] = sorted({fake.first_name() for _ in range(_POOL)})
            self._last[locale] = sorted({fake.last_name() for _ in range(_POOL)})
        fake = Faker("sv_SE")
        fake.seed_instance(1)
        self._places += sorted({fake.city() for _ in range(400)})

    def filler(self, slot: str) -> Callable[[], str]:
        """The function that fills a slot of the templates, such as ``PER``."""
        makers: dict[str, Callable[[], str]] = {
            "PER": self.person, "FIRST": self.first, "ORG": self.organisation, "LOC": self.place,
            "BODY": lambda: self._cased(_words("body")), "ROLE": lambda: self._cased(_words("role")),
            "PARTY": lambda: self._one("party"), "DATE": self.day, "TIME": self._time, "REF": self._case,
            "AMOUNT": self._amount, "NUMBER": lambda: str(self._draw.randint(1, 190)),
            "YEAR": lambda: str(self._draw.randint(2008, 2031)), "STREET": self.street,
            "WORD": self._word, "PHRASE": self.phrase,
            "TAB": lambda: "\t", "LINE": lambda: "\n",
        }  # fmt: skip
        return makers[slot]

    def _one(self, kind: str) -> str:
        return self._draw.choice(_words(kind))

    def _cased(self, words: Sequence[str]) -> str:
        word = self._draw.choice(words)
        return word[0].upper() + word[1:] if self._draw.random() < 0.4 else word

    def _word(self) -> str:
        word = self._draw.choice(self._words)
        return word[0].upper() + word[1:]

    def phrase(self) -> str:
        """One to seven words out of a sentence without names, the first with a capital, now and then all."""
        words = self._draw.choice(self._plain)
        length = self._draw.randint(1, 7)
        start = self._draw.randint(0, max(0, len(words) - length))
        text = " ".join(words[start : start + length]).strip(" .,;:()-–?!\"”'")
        if not text:
            return self._word()
        if self._draw.random() < 0.08:
            return text.title()
        return text.upper() if self._draw.random() < 0.08 else text[0].upper() + text[1:]

    def _brand(self) -> str:
        """A name that is no word: two or three syllables."""
        syllables = (self._draw.choice("bdfgklmnprstv") + self._draw.choice("aeiouy") for _ in range(3))
        return (
            "".join(syllables)[self._draw.randint(0, 2) :] + self._draw.choice(["", "n", "r", "x", "s"])
        ).capitalize()

    def _locale(self) -> str:
        return self._draw.choices(list(_LOCALES), list(_LOCALES.values()))[0]

    def first(self, locale: str | None = None) -> str:
        """A first name, now and then a double one or a nickname that no list has."""
        locale = locale or self._locale()
        name = self._draw.choice(self._first[locale])
        roll = self._draw.random()
        if roll < 0.04:
            return f"{name}-{self._draw.choice(self._first['sv_SE'])}"
        if roll < 0.08:
            return self._odd(name)
        return name

    def _odd(self, name: str) -> str:
        """A name of the same look that no list has: two names cut and joined."""
        other = self._draw.choice(self._first[self._locale()])
        joined = name[: max(2, len(name) // 2)] + other[len(other) // 2 :]
        return joined[0].upper() + joined[1:].lower()

    def last(self, locale: str | None = None) -> str:
        """A surname: of a list, put together, or two with a hyphen."""
        locale = locale or self._locale()
        roll = self._draw.random()
        if roll < 0.55:
            return self._draw.choice(self._last[locale])
        if roll < 0.85:
            return self._one("stem") + self._one("surname_end")
        if roll < 0.92:
            return f"{self._draw.choice(self._last[locale])}-{self._draw.choice(self._last['sv_SE'])}"
        if roll < 0.95:
            return (
                f"{self._draw.choice(['von', 'af', 'de', 'van', 'Ehn', 'El'])} {self._draw.choice(self._last[locale])}"
            )
        return self._odd(self._draw.choice(self._last[locale]))

    def person(self) -> str:
        """A full name."""
        locale = self._locale()
        roll = self._draw.random()
        middle = ""
        if roll < 0.05:
            middle = f" {self._draw.choice(self._first[locale])}"
        elif roll < 0.08:
            middle = f" {self._draw.choice('ABEGHJKLMS')}."
        elif roll < 0.11:
            middle = f" {self._draw.choice(self._last[locale])}"
        return f"{self.first(locale)}{middle} {self.last(locale)}"

    def place(self) -> str:
        """A town, village or county, half of them invented."""
        if self._draw.random() < 0.5:
            return self._draw.choice(self._places)
        return self._one("stem") + self._one("place_end")

    def street(self) -> str:
        """A street with a number."""
        end = self._draw.choice(["gatan", "vägen", "gränd", "torget", "stigen"])
        return f"{self._draw.choice(_words('stem'))}{end} {self._draw.randint(1, 90)}"

    def organisation(self) -> str:
        """A municipality, authority, company, association or short form."""
        place, draw, one = self.place(), self._draw, self._one
        letters = "".join(draw.choice("ABDEFIKLMNPRSTUV") for _ in range(draw.randint(2, 4)))
        return draw.choice([
            f"{place} kommun", f"{place}s kommun", f"Region {place}", f"{place}-regionen", f"{place}regionen",
            f"Länsstyrelsen i {place}", f"{self.last()} {one('trade')} AB", f"{letters} AB",
            f"{place}s {one('trade')} AB", f"{place}bostäder AB", f"AB {place}hem", letters,
            f"{place}s IF", f"{place}s hembygdsförening", f"{place}s samfällighetsförening", f"Högskolan i {place}",
            f"{place}s universitet", f"{one('agency')}verket", f"{one('agency')}myndigheten",
            f"{one('agency')}departementet", f"{one('brand')}{one('trade')}",
            f"{one('brand')}{one('brand').lower()}", f"{one('brand')} {one('trade')}",
            self._brand(), draw.choice(self._organisations), draw.choice(self._organisations),
        ])  # fmt: skip

    def day(self) -> str:
        """A date in one of four forms."""
        year, month, day = self._draw.randint(2008, 2031), self._draw.randint(1, 12), self._draw.randint(1, 28)
        worded = f"{day} {_words('month')[month - 1]}"
        return self._draw.choice([f"{year}-{month:02}-{day:02}", worded, f"{worded} {year}", f"{day}/{month}"])

    def _time(self) -> str:
        return f"{self._draw.randint(8, 20)}{self._draw.choice('.:')}{self._draw.choice(['00', '15', '30', '45'])}"

    def _case(self) -> str:
        body = self._draw.choice(["KS", "BN", "VN", "RS"])
        return f"{body} {self._draw.randint(2015, 2031)}/{self._draw.randint(1, 900)}"

    def _amount(self) -> str:
        return f"{self._draw.randint(1, 900)} {self._draw.choice(['000 kronor', 'kr', 'tkr', '000 kr'])}"
