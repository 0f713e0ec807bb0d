"""Who is meant: *Stefan*, *ordföranden*, *BG* → the person who is or has that at the same meeting, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.records import Section
from corpus.tables import table
from models.registers.minutes import Minutes
from models.registers.names import PARTY, is_organisation, is_title, role_of, titles
from models.registers.persons import Known, folded, known_persons, same_person
from models.registers.records import Attendance, Meeting, Party, Role

_INITIALS = re.compile(r"(?:[A-ZÅÄÖ][.-]?\s?){1,3}[A-ZÅÄÖ]\.?")
_WITH_PARTY = re.compile(r"\s*\(([^()]*)\)\s*$")
_NUMBERS = {2: "två", 3: "tre", 4: "fyra", 5: "fem", 6: "sex"}
_DEFINITE = (("erna", "er"), ("aren", "are"), ("en", ""), ("n", ""))


class People:
    """The persons of one document and what they can be called there.

    Nothing is guessed: where a name, a role or initials fit several, ``resolve`` gives them all in
    ``others`` and leaves the name as written.
    """

    def __init__(
        self,
        persons: Sequence[Known],
        meeting: Meeting | None,
        organisations: Iterable[str] = (),
        sections: Sequence[Section] = (),
    ) -> None:
        self._persons = tuple(persons)
        self._meeting = meeting
        self._organisations = frozenset(folded(one) for one in organisations)
        self._sections = tuple(sections)

    @classmethod
    def of(
        cls, minutes: Minutes, meeting: Meeting | None, attendance: Iterable[Attendance], roles: Iterable[Role] = ()
    ) -> People:
        """The people of minutes, from their facts and from the names in the text."""
        attendance = tuple(attendance)
        organisations = [row.organisation for row in attendance if row.organisation]
        return cls(known_persons(minutes, meeting, attendance, roles), meeting, organisations, minutes.sections)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in full, those of the list of attendance first."""
        return tuple(one.name for one in self._persons)

    def resolve(self, written: str, at: int | None = None) -> Party:
        """Whom words mean that stand at character ``at`` of the document (None: anywhere).

        Bodies, organisations and what is unknown come back as they are, without a reason.
        """
        bare = re.sub(r"\s+", " ", written).strip(' @*_,;:‹›<>"”“')
        alias = [one for one in self._persons if bare.removesuffix("s") in one.aliases or bare in one.aliases]
        if len(alias) == 1 and alias[0].name != bare:
            return _party(written, alias[0], f"{bare} är {alias[0].name} {alias[0].where}", None, None)
        if bare.isupper() and 2 <= len(bare) <= 4 and self._initialled(bare):
            return self._of_initials(written, bare)
        if not bare or self._is_body(bare):
            return Party(written, bare or written)
        if role_of(bare) is not None or is_title(bare):
            return self._of_role(written, bare, at)
        title, name = _without_title(bare)
        party = _WITH_PARTY.search(name)
        name = _WITH_PARTY.sub("", name).strip()
        head, _, tail = name.partition(", ")
        organisation = tail if tail and is_organisation(tail) else None
        if organisation:
            name = head
        if (_INITIALS.fullmatch(name) and not name.isalpha()) or (name.isalpha() and name.isupper() and len(name) <= 4):
            return self._of_initials(written, name)
        return self._of_name(written, name, at, title, party[1] if party else None, organisation)

    # -- names ----------------------------------------------------------------------------------

    def _of_name(
        self, written: str, name: str, at: int | None, title: str | None, party: str | None, organisation: str | None
    ) -> Party:
        known = [one for one in self._persons if at is None or one.listed or one.at <= at]
        for form in _forms(name):
            words = folded(form).split()
            if not words:
                break
            exact = [one for one in known if list(one.words) == words]
            if exact and (len(words) > 1 or (len(exact) == 1 and exact[0].listed)):
                return _party(written, exact[0], None, title, organisation or party)
            called = [one for one in known if _can_be_called(one, words)]
            if party and len(called) > 1:
                called = [one for one in called if one.organisation == party] or called
            if len(called) == 1:
                return _party(written, called[0], _why(form, words, called[0], bool(title)), title, organisation)
            if called:
                return _several(written, form, called, heter=len(words) == 1 and _first(called, words))
        clean = name if len(name.split()) > 1 else written.strip()
        return Party(written, clean, organisation or (party if party and PARTY.fullmatch(party) else None), title)

    # -- initials -------------------------------------------------------------------------------

    def _of_initials(self, written: str, initials: str) -> Party:
        letters = re.sub(r"[^A-ZÅÄÖ]", "", initials)
        if folded(letters) in self._organisations:
            return Party(written, written.strip())
        found = self._initialled(letters)
        if len(found) == 1:
            return _party(written, found[0], f"enda med initialerna {letters} {found[0].where}", None, None)
        return _several(written, letters, found, heter=False) if found else Party(written, written.strip())

    def _initialled(self, letters: str) -> list[Known]:
        """Those with the initials: in the list of attendance if there is one, else anywhere."""
        found = [one for one in self._persons if len(one.words) > 1 and letters in _initials(one)]
        return [one for one in found if one.listed] or found

    # -- roles ----------------------------------------------------------------------------------

    def _of_role(self, written: str, bare: str, at: int | None) -> Party:
        role = role_of(bare)
        presiding = self._presiding(at) if role == "ordförande" else None
        if presiding is not None:
            return _party(written, presiding, "ordförande på den paragrafen enligt närvarolistan", role, None)
        chosen = self._of_meeting(role, bare)
        if len(chosen) == 1:
            holder = self._known(chosen[0]) or Known(chosen[0], None, 0, False)
            return _party(written, holder, f"mötets {role}", role, None)
        if len(chosen) > 1:
            return Party(written, written.strip(), None, role, f"{_count(len(chosen))} är {role} vid mötet: "
                         f"{_joined(chosen)}", tuple(chosen))  # fmt: skip
        wanted = role or _indefinite(bare)
        holders = [(one, place) for one in self._persons for said, place in one.titles if _is_role(said, wanted)]
        before = [(one, place) for one, place in holders if at is None or place <= at]
        listed = [(one, place) for one, place in before if one.listed and place == one.at]
        persons = list(dict.fromkeys(one for one, _ in listed or before or holders))
        if len(persons) == 1:
            where = "i närvarolistan" if listed else "i protokollet"
            return _party(written, persons[0], f"{wanted} {where}", wanted, None)
        if persons:
            names = [one.name for one in persons]
            reason = f"{_count(len(names))} är {wanted}: {_joined(names)}"
            return Party(written, written.strip(), None, wanted, reason, tuple(names))
        return Party(written, written.strip(), None, wanted)

    def _presiding(self, at: int | None) -> Known | None:
        """Who chaired the section at ``at``, where the list of attendance divides the chair by sections."""
        inside = [one for one in self._sections if at is not None and one.start <= at < one.end and one.number]
        numbers = [int(found[0]) for one in inside if one.number and (found := re.search(r"\d+", one.number))]
        if not numbers:
            return None
        return next(
            (one for one in self._persons if one.presided and one.presided[0] <= numbers[-1] <= one.presided[1]), None
        )

    def _of_meeting(self, role: str | None, bare: str) -> list[str]:
        """Whom the head of the minutes names for a role of the meeting."""
        if self._meeting is None:
            return []
        by_role: dict[str, list[str | None]] = {
            "ordförande": [self._meeting.chair],
            "sekreterare": [self._meeting.secretary],
            "justerare": list(self._meeting.adjusters),
        }
        return [name for name in by_role.get(role or "", []) if name]

    def _known(self, name: str) -> Known | None:
        return next((one for one in self._persons if same_person(one.name, name)), None)

    def _is_body(self, bare: str) -> bool:
        if folded(bare) in self._organisations or is_organisation(bare):
            return True
        return _bodies().fullmatch(bare) is not None


@cache
def _bodies() -> re.Pattern[str]:
    """Words that name a body, by the table of the corpus: *styrelsen*, *kulturnämnden*, *mötet*."""
    endings = "|".join(row["pattern"] for row in table("bodies"))
    return re.compile(rf"(?:[\w-]+s )?[\w-]*(?:{endings}|mötet|stämman|sammanträdet|gruppen)", re.IGNORECASE)


def _without_title(bare: str) -> tuple[str | None, str]:
    """A title in front of a name, and the name."""
    match = titles().match(bare)
    if match and bare[match.end() :].strip()[:1].isupper():
        return match[0], bare[match.end() :].strip()
    return None, bare


def _forms(name: str) -> list[str]:
    """A name as written, then without a genitive s."""
    return [name, name[:-1]] if name.endswith("s") and len(name) > 3 else [name]


def _can_be_called(one: Known, words: Sequence[str]) -> bool:
    """Whether a person can be called so: first name, surname, first name and initial, or a spelling of the name."""
    if len(words) == 1:
        return words[0] in (one.words[0], one.words[-1]) or words[0] == " ".join(one.words)
    if len(words) == 2 and len(words[1]) == 1:
        return len(one.words) > 1 and words[0] == one.words[0] and one.words[-1].startswith(words[1])
    return len(one.words) > 1 and same_person(one.name, " ".join(words))


def _first(called: Sequence[Known], words: Sequence[str]) -> bool:
    return all(one.words[0] == words[0] for one in called)


def _why(form: str, words: Sequence[str], one: Known, titled: bool) -> str:
    if len(words) > 1 and len(words[1]) > 1:
        same_number = len(words) == len(one.words)
        return f"stavas {one.name} {one.where}" if same_number else f"{one.name} {one.where}"
    if len(words) == 1 and words[0] == one.words[-1] and len(one.words) > 1 and words[0] != one.words[0]:
        return f"enda med efternamnet {form} {one.where}"
    return f"enda {form} {one.where}"


def _party(written: str, one: Known, reason: str | None, role: str | None, organisation: str | None) -> Party:
    return Party(written, one.name, one.organisation or organisation, role, reason)


def _several(written: str, form: str, called: Sequence[Known], *, heter: bool) -> Party:
    names = [one.name for one in called]
    verb = f"heter {form}" if heter else f"kan vara {form}"
    return Party(written, written.strip(), None, None, f"{_count(len(names))} {verb}: {_joined(names)}", tuple(names))


def _count(number: int) -> str:
    return _NUMBERS.get(number, str(number))


def _joined(names: Sequence[str]) -> str:
    """*A, B och C*."""
    return " och ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _initials(one: Known) -> tuple[str, ...]:
    """*Eva-Lena Ek* is ELE or EE; *Erik Ehn Blomgren* is EEB or EB."""
    whole = "".join(part[0] for part in re.split(r"[\s-]+", one.name) if part)
    words = one.name.split()
    return tuple(dict.fromkeys((whole, f"{words[0][0]}{words[-1][0]}", "".join(word[0] for word in words))))


def _indefinite(title: str) -> str:
    """*förvaltningschefen* → *förvaltningschef*."""
    low = title.lower()
    for ending, base in _DEFINITE:
        if low.endswith(ending) and titles().fullmatch(low[: -len(ending)] + base):
            return low[: -len(ending)] + base
    return low


def _is_role(said: str, wanted: str) -> bool:
    return (role_of(said) or _indefinite(said)) == wanted
