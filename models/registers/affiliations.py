"""What stands beside a name: *Asta Gren, avdelningschef, Kulturverket*, *ordföranden Bo Ek (SKR)*.

The words are found by tables (``role_words``, ``role_openers``, ``organisation_words``,
``role_clauses``); where a role or an organisation ends is told by commas and by the verb of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from models.lemma_data import dictionary_lemma
from models.registers.full_names import find_names, groups_of, is_organisation_word, is_role_word, word_pattern

_AND = re.compile(r"\s*(?:och|samt|&)\s*")
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{1,80})[)\]]")
_PARTY = re.compile(r"[A-ZÅÄÖ]{1,3}|opol\w*\.?|-", re.IGNORECASE)  # *(M)*, *(KD)*
_SEGMENT = re.compile(r"\s*,\s*([^,.;:|()§\n]+(?:[.:](?=\w)[^,.;:|()§\n]+)*)")
_CLAUSE = re.compile(r"[^.;:|()§\n]+")
_COMPLEMENT = ("för", "på", "vid", "i", "av", "inom", "hos", "till", "med")
_AT = re.compile(r"\s+(?:på|vid|hos|i|från)\s+(?=[A-ZÅÄÖ])")
_JOINING = frozenset({"för", "och", "i", "av", "på", "om", "till", "inom", "vid", "samt", "över", "the", "of"})
_VERB = re.compile(r"\w{2,}(?:ar|er|år|ade|dde|tte)")
_SMALL_VERB = re.compile(r"har|är|gav|som|att|ger|ser|hade|var|kan|ska|vill|tog|sa|under|när|där|med|fram")
_AND_NAME = re.compile(r"\soch\s[A-ZÅÄÖ]")
_NEW_CLAUSE = re.compile(r"\s+och\s+(?:de|den|det|en|ett|han|hon|hen|vi)\b.*$", re.DOTALL)
_SINGULAR = re.compile(r"(?i:(ordförande|sekreterare|justerare|handläggare|ledare|samordnare|utredare|planerare))n$")
_DEFINITE = re.compile(r"(?i:(kassör|direktör|chef|revisor|rektor|jurist|ekonom|strateg|ingenjör|konsult))en$")
# What those on a list of people are: the register of attendance tells it.
MEMBERS = re.compile(
    r"(?:ordinarie )?(?:ledam\w+|ersättare|suppleant\w*|tjänsteperson\w*|tjänstem\w+|deltagare|medlem\w*)",
    re.IGNORECASE,
)
_LISTED = 100  # characters: a name after two commas is one of a list of names, perhaps of companies
_SPECIALITY = 7  # words of a role with what it is for


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person of a text with role, organisation or both."""

    name: str
    role: str | None
    organisation: str | None


@cache
def _clauses() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_rows("models.registers.tables", "role_clauses")
    return tuple((row["take"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


def find_affiliations(text: str) -> Iterator[Affiliation]:
    """The people of a text (without markup) of whom it says what they are, in reading order.

    A bar (``|``) ends what belongs together, as the columns of a list do.
    """
    names = list(find_names(text))
    found = False
    for group in groups_of(text, names, _AND):
        after = next((one.start for one in names if one.start > group[-1].start), len(text))
        role, organisation = _after(text, group[-1].end, after)
        role = None if role and MEMBERS.fullmatch(role) else role
        before = _before(text[: group[0].start])
        if before:
            role, organisation = role or before[0], organisation or before[1]
        lead = text[max(0, group[0].start - _LISTED) : group[0].start]
        goes_on = lead.rstrip().endswith(",") and organisation and _AND_NAME.search(organisation)
        listed = lead.count(",") > 1 or goes_on
        if role or (organisation and (found or not listed)):
            found = True
            for one in group:
                yield Affiliation(one.text, role, organisation)


def _after(text: str, at: int, limit: int) -> tuple[str | None, str | None]:
    """Role and organisation in what follows a name; ``limit`` is where the next name begins."""
    role: str | None = None
    organisations: list[str] = []
    bracket = _BRACKETED.match(text, at)
    if bracket:
        at = bracket.end()
        inside = bracket[1].strip()
        if not _PARTY.fullmatch(inside):
            role = _role_of(inside)
            if not role and _is_organisation(inside) and _cut(inside) == inside and not _lower_words(inside):
                organisations.append(inside)
    while True:
        segment = _SEGMENT.match(text, at)
        if not segment or segment.start(1) >= limit:
            break
        words = _NEW_CLAUSE.sub("", text[segment.start(1) : min(segment.end(1), limit)])
        words = re.sub(r"\s+(?:och|samt|,)\s*$", "", words.rstrip())
        found = role_in(words) if role is None else None
        if not found and not _is_organisation(words):
            break
        kept = _cut(words)
        if found:
            role, place = _split_role(words, found)
            organisations += [place] if place else []
        else:
            organisations.append(kept)
        at = segment.start(1) + len(kept)
        if at < segment.end(1):
            break
    beside = _BRACKETED.match(text, at) if role is None and organisations else None
    role = _role_of(beside[1].strip()) if beside else role
    following = _SEGMENT.match(text, at)
    if role is None and following and following.start(1) != limit and following[1][0].isupper():
        organisations = []  # one of a list of companies: *Granvik Energi, SKF, Sandmo, Ovik*
    clause = _clause(text, at) if role is None else None
    if clause:
        role, place = clause
        organisations += [place] if place else []
    return role, ", ".join(dict.fromkeys(organisations)) or None


def _clause(text: str, at: int) -> tuple[str | None, str | None] | None:
    """What a clause after the name says: *som är ny samordnare på Kulturverket*."""
    for take, pattern in _clauses():
        match = pattern.match(text, at)
        rest = _CLAUSE.match(text, match.end()) if match else None
        if not match or not rest:
            continue
        words = re.split(r"\s+och\s+(?=[A-ZÅÄÖ])", rest[0])[0].strip()
        if take == "role":
            found = role_in(words)
            if found:
                return _split_role(words, found)
        elif take == "clause":
            return f"{match[0].strip(' ,').removeprefix('som ').removeprefix('har ')} {words}", None
        elif any(is_organisation_word(word) for word in words.split()[:2]):
            return f"{match[0].strip()} {words}", None
    return None


def role_in(words: str) -> str | None:
    """The role that a phrase begins with: *ny uppdragsansvarig på Kulturverket* → *ny uppdragsansvarig*."""
    split = words.split()
    n = 0
    while n < len(split) - 1 and n < 3 and word_pattern("role_openers").fullmatch(split[n]):
        n += 1
    if n < len(split) and is_role_word(split[n].strip(",.")):
        return " ".join(split[: n + 1]).strip(",.")
    return None


def _role_of(words: str) -> str | None:
    """The role of a bracket: *(ordf)*, *(vice ordförande)*."""
    role = role_in(words)
    return indefinite(role) if role else None


def _split_role(words: str, role: str) -> tuple[str, str | None]:
    """The role with what it is for, and the organisation after it."""
    rest = _cut(words[len(role) :].strip(), role=True)
    if not rest:
        return indefinite(role), None
    first = rest.split()[0]
    if first in _COMPLEMENT:
        at = list(_AT.finditer(f" {rest}"))
        place = f" {rest}"[at[-1].end() :] if at else None
        if place and (_is_organisation(place) or " " not in place):
            lead = f" {rest}"[: at[-1].start()].strip()
            split = re.split(r"\s+för\s+", place, maxsplit=1)  # *på Kulturverket för kansliet*
            lead = f"{lead} för {split[1]}".strip() if len(split) > 1 else lead
            return indefinite(f"{role} {lead}".strip()), split[0]
        return indefinite(f"{role} {' '.join(rest.split()[:_SPECIALITY])}"), None
    if first[0].isupper() and (_is_organisation(rest) or " " not in rest):
        return indefinite(role), rest
    return indefinite(f"{role} {' '.join(rest.split()[:_SPECIALITY])}"), None


def _is_organisation(words: str) -> bool:
    """Whether a phrase begins as the name of an organisation: one of its first words tells."""
    split = words.split()
    lead = [word.strip(",.") for word in split[: 3 if len(split) > 1 and split[1].islower() else 2]]
    if not lead or not (lead[0][0].isupper() or is_organisation_word(lead[0])):
        return False
    return any(is_organisation_word(word) for word in lead) and not role_in(words)


def _lower_words(words: str) -> bool:
    """Whether a phrase has words that the name of an organisation has not: *PPT bifogas*."""
    split = words.split()
    return any(word.islower() and word not in _JOINING and not is_organisation_word(word) for word in split[1:2])


def _cut(words: str, role: bool = False) -> str:
    """A phrase up to the verb of the sentence: *Region Granvik informerar om* → *Region Granvik*."""
    split = words.split()
    for k, word in enumerate(split):
        bare = word.strip(",.")
        if (k or role) and bare.islower() and bare not in _JOINING and _is_verb(bare):
            return " ".join(split[:k])
    return " ".join(split)


def _is_verb(word: str) -> bool:
    """*inleder*, *har*: words that end a name; *städer* and *resurser* do not."""
    if _SMALL_VERB.fullmatch(word):
        return True
    lemma = dictionary_lemma(word) if _VERB.fullmatch(word) else ""
    return lemma is None or lemma.endswith("a")


@cache
def _role_before() -> re.Pattern[str]:
    opener = f"(?:{word_pattern('role_openers').pattern})"
    word = f"(?:{word_pattern('role_words').pattern})"
    return re.compile(
        rf"(?:(?P<of>[\w-]+s)\s+)?(?P<role>(?<![\w-])(?:{opener}\s+){{0,2}}{word})"
        r"(?P<is>\s+(?:för|i|av|på|vid|finns)\b[^.|]{0,60}?\s(?:och det )?(?:är|blir|heter)|\s+(?:är|blir|heter))?"
        r"[\s:]+$",
        re.IGNORECASE,
    )


def _before(text: str) -> tuple[str, str | None] | None:
    """Role and organisation right before a name: *Kommunstyrelsens ordförande*, *Sekreterare för utredningen är*."""
    match = _role_before().search(text[-120:])
    if not match or text[-120:][: match.start()].rstrip().endswith(","):
        return None  # *Asta Gren, ordförande Bo Ek*: in a list the role is that of the one before
    said = match["is"]
    role = match["role"]
    if MEMBERS.fullmatch(role):
        return None
    if said:
        role += re.sub(r"\s+(?:och det )?(?:är|blir|heter)$", "", re.sub(r"^\s+finns\b", "", said))
    of = match["of"]
    named = of and is_organisation_word(of[:-1]) and not word_pattern("role_openers").fullmatch(of)
    organisation = of[:-1] if of and named else None
    return indefinite(role), organisation


@cache
def _short_forms() -> dict[str, str]:
    """*ordf* → *ordförande*."""
    rows = read_rows("models.tables", "short_forms")
    return {form.casefold().rstrip("."): row["full"] for row in rows for form in row["short"].split("|")}


def _unabbreviated(word: str) -> str:
    return _short_forms().get(word.casefold().rstrip("."), word) if is_role_word(word) else word


def indefinite(role: str) -> str:
    """*Ordföranden* → *ordförande*: the word of a role as a dictionary has it, its first letter small."""
    first, *rest = " ".join(_unabbreviated(word) for word in role.split()).split(" ")
    words = [_DEFINITE.sub(r"\1", _SINGULAR.sub(r"\1", first)), *rest]
    if len(rest) == 1:
        words[1] = _DEFINITE.sub(r"\1", _SINGULAR.sub(r"\1", rest[0]))
    text = " ".join(words)
    return text if text[:2].isupper() else text[0].lower() + text[1:]
