"""Whom a question names: bodies, people and organisations, with the words that it names them by.

A question is short and names what its reader knows, so forms and tables are enough; a name that
they miss stays among the words of the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows, table
from engine.questions.patterns import Range
from engine.questions.turns import says

_CAPITAL = r"[A-ZÅÄÖÉ][\w&-]*"
_PHRASE = re.compile(rf"(?<![\w-]){_CAPITAL}(?: (?:(?:von|van|af|de) )?{_CAPITAL})*")
_SHORT_FORM = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,6}(?![\w-])")
_WORD_BEFORE = re.compile(r"([\w-]+) $")
_DEFINITE = re.compile(r"(?i)(?:en|ens|et|ets|n|ns|na|nas|fullmäktiges?)$")
_GENITIVE_BEFORE_LAST = re.compile(r"s \S+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name without its genitive, and its place in the question."""

    text: str
    start: int
    end: int


@cache
def _any_of(kind: str) -> str:
    return "|".join(row["pattern"] for row in read_rows("engine.tables", "limits") if row["kind"] == kind)


@cache
def limit_pattern(kind: str) -> re.Pattern[str]:
    """What any row of a kind of ``limits.tsv`` matches, as whole words."""
    return re.compile(rf"(?<![\w-])(?:{_any_of(kind)})(?![\w-])", re.IGNORECASE)


@cache
def role_forms() -> str:
    """The words for what someone is, as one pattern for a whole word."""
    roles = "|".join(row["pattern"] for row in read_rows("models.tables", "roles"))
    return rf"(?:{roles}|{_any_of('role_word')})"


def is_meeting_word(word: str) -> bool:
    """Whether a word says only that there was a meeting: *mötet*, *protokollet*, *meeting*."""
    return says("plain_meeting", word)


def without_genitive(name: str) -> str:
    """*styrelsens* → *styrelsen*, *Granviks* → *Granvik*, *Stacken's* → *Stacken*."""
    if name.endswith(("'s", "’s")):
        return name[:-2]
    return name[:-1] if re.search(r"[^\Ws]{2,}s$", name) else name


# Bodies


@cache
def _body() -> re.Pattern[str]:
    """*Granviks byggnadsnämnds arbetsutskott*, *tekniska nämnden*, *Partnerskap Sjöstråket*."""
    ends = "|".join(row["pattern"] for row in table("bodies"))
    joined = r"(?:[\w-]+-,? (?:[\w-]+-,? )?(?:och|&|samt) )?"
    owner = rf"(?:{_CAPITAL}(?: {_CAPITAL})*s )?"
    name = rf"(?P<name>(?: (?!Sveriges? ){_CAPITAL})*)"
    word = rf"(?i:[\w-]*(?:{ends})s?)"
    return re.compile(
        rf"(?<![\w-]){owner}(?:[\w-]+(?:ska|ala|samma) )?{joined}{word}(?:(?<=s) {word})*(?![\w-]){name}(?![\w-])"
    )


@cache
def _no_body() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in read_rows("models.tables", "not_bodies")), re.IGNORECASE)


@cache
def _short_bodies() -> frozenset[str]:
    rows = [row for row in read_rows("models.tables", "short_forms") if row["case"] == "yes"]
    return frozenset(name for row in rows for name in row["short"].split("|"))


@cache
def _english_body() -> re.Pattern[str]:
    word = r"(?!(?:of|the|in|at|to|and|did|was|next|last|latest|previous)\b)[\wåäöÅÄÖ'-]+ "
    lead = r"(?:the (?:next |last |latest |previous )?|its )"
    return re.compile(rf"(?i:(?<![\w-]){lead})((?:{word}){{0,3}}?(?i:{_any_of('body')}))(?i:'s)?(?![\w-])")


@cache
def _of_meeting() -> re.Pattern[str]:
    """A name in the genitive and a meeting: *Stackens höstmöte*, *lednings- och arbetsgruppens möte*."""
    owner = rf"(?:[\w-]+- och [\w-]+s|{_CAPITAL}(?: {_CAPITAL})*(?: [a-zåäö]+s|(?<=s)|['’]s)|[\w-]+gruppens)"
    between = r"(?:(?:extra|annual|[\wåäö]+nde) )*"
    return re.compile(rf"(?<![\w-])(?P<owner>{owner}) (?P<meeting>{between}(?i:{_any_of('meeting')}))(?![\w-])")


@cache
def _kind_of_meeting() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])[A-ZÅÄÖa-zåäö-]{2,}(?:möte|mötet|stämma|stämman|forum|forumet)(?![\w-])")


def body_in(question: str, asked: Range) -> Named | None:
    """The body that a question names: *tekniska nämnden*, *Stackens höstmöte*, *AU*, *the board*.

    ``asked``: the words at its beginning that say what is asked for, whose capital means nothing.
    """
    return next((one for one in _bodies(question, asked) if not _is_deadline(question, one.start)), None)


def _is_deadline(question: str, start: int) -> bool:
    """Whether the meeting is when something is to be done: *innan nästa styrelsemöte*, *till nästa årsmöte*."""
    return says("before_meeting", question[:start])


def _bodies(question: str, asked: Range) -> Iterator[Named]:
    for match in _of_meeting().finditer(question, asked[1]):
        start, end = match.span("owner") if is_meeting_word(match["meeting"]) else match.span()
        yield Named(without_genitive(question[start:end]), start, end)
    for match in _body().finditer(question, asked[1]):
        written, name = match[0], _without_person(match["name"])
        written = written[: len(written) - len(match["name"]) + len(name)]
        word = written[: len(written) - len(name)]
        one = Named(without_genitive(written), match.start(), match.start() + len(written))
        given = question[: one.start].lower().endswith((" till ", " åt "))  # sent there: the matter
        if re.fullmatch(role_forms(), word, re.IGNORECASE):
            continue  # *kommunalrådet* is a person
        if _means_one(word) and not given and not _no_body().fullmatch(word.split()[-1]):
            yield one
    for match in _english_body().finditer(question):
        yield Named(match[1], match.start(1), match.end(1))
    for match in _SHORT_FORM.finditer(question):
        if match[0] in _short_bodies():
            yield Named(match[0], match.start(), match.end())
    for match in _kind_of_meeting().finditer(question):
        yield Named(match[0], match.start(), match.end())


def _means_one(word: str) -> bool:
    """Whether a word for a body means a certain one: *råd* is advice, *kulturrådet* a body."""
    return bool(word[0].isupper() or _DEFINITE.search(word) or _GENITIVE_BEFORE_LAST.search(word))


def _without_person(name: str) -> str:
    """The words with capitals after a body, up to a first name: *(fick styrelsen) Anna Ek*."""
    from models.registers.names import first_names

    kept = []
    for word in name.split():
        if word in first_names():
            break
        kept.append(word)
    return "".join(f" {word}" for word in kept)


# People


def person_in(question: str, asked: Range, taken: Sequence[Range]) -> Named | None:
    """The person that a question names: *Stefan*, *Monica Lundins plan*, *Irja Gustavsson*."""
    from models.registers.names import first_names, is_organisation

    for match in _PHRASE.finditer(question, asked[1]):
        at_home = question[: match.start()].endswith(" hos ")  # where the meeting was
        if at_home or _overlaps(match.span(), taken):
            continue
        words = match[0].split(" ")
        start = match.start()
        if start == 0 and len(words) > 1 and words[0] not in first_names():
            start += len(words.pop(0)) + 1  # the capital of a sentence: *Enligt Eva Ek, …*
        words = _name_words(words)
        name = " ".join(words)
        surname = len(words) > 1 and re.search(rf"(?:{_any_of('surname')})$", words[-1]) is not None
        known = words[0] in first_names() or words[0].removesuffix("s") in first_names()
        if (known or surname) and not is_organisation(name):
            end = start + len(name)
            return Named(_person(words, question, start, end), start, end)
    return None


def role_in(question: str, asked: Range) -> Named | None:
    """Someone named by what they are: *kassören*, *förvaltningschefen*, *the chair*."""
    for match in _definite_role().finditer(question, asked[1]):
        start = match.start() + 4 * match[0].lower().startswith("the ")
        written = question[start : match.end()]
        return Named(written if start > match.start() else without_genitive(written), start, match.end())
    return None


@cache
def _definite_role() -> re.Pattern[str]:
    role = rf"(?:vice )?(?=[\w-]+(?:[rdtfgln]en|rn|rna|rådet)s?(?![\w-])){role_forms()}"
    return re.compile(rf"(?<![\w-])(?:{_any_of('role')}|{role})(?![\w-])", re.IGNORECASE)


def _name_words(words: list[str]) -> list[str]:
    """At most two names and what joins them; a third is kept where the first two are first names."""
    from models.registers.names import first_names

    if len(words) > 2 and words[1][0].isupper() and words[1] not in first_names():
        return words[:2]
    return words[:4]


def _person(words: list[str], question: str, start: int, end: int) -> str:
    """The name without its genitive, where it stands in one: *Monica Lundins plan*."""
    from models.registers.names import first_names

    name = " ".join(words)
    if not name.endswith("s") or (len(words) == 1 and name in first_names() and name[:-1] not in first_names()):
        return name
    before = _WORD_BEFORE.search(question[:start])
    subject = before is not None and limit_pattern("subject").fullmatch(before[1]) is not None
    followed = re.match(r" [a-zåäö]", question[end:]) is not None
    return name[:-1] if followed and not subject else name


# Organisations


@cache
def _from() -> re.Pattern[str]:
    name = rf"(?:{_CAPITAL}(?: och (?={_CAPITAL}))? ?)+(?:(?<=s )[a-zåäö]*(?:kår|förening|kommun|län|klubb|verk))?"
    return re.compile(rf"(?<![\w-])(?i:{_any_of('organisation')}) (?:the )?(?P<name>{name})(?![\w-])")


def organisation_in(question: str, by_form: bool, asked: Range, taken: Sequence[Range]) -> Named | None:
    """The organisation that someone comes from (*från Granvik*).

    ``by_form``: also one without that word, where the question asks who was there or held an office.
    """
    from models.pipeline.gazetteers import organisation_pattern
    from models.registers.names import begins_no_name

    for match in _from().finditer(question):
        name = match["name"].rstrip()
        start = match.start("name")
        end = start + len(name)
        onwards = question[end:].startswith((" till ", " to "))  # from one to another
        if not onwards and not _overlaps((start, end), taken) and not begins_no_name(name.split()[0]):
            return Named(without_genitive(name), start, end)
    for match in organisation_pattern().finditer(question, asked[1]) if by_form else ():
        if not _overlaps(match.span(), taken):
            return Named(without_genitive(match[0]), match.start(), match.end())
    return None


def _overlaps(span: Range, taken: Sequence[Range]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
