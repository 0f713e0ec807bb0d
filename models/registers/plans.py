"""Plans in plain sentences: *Eva kontaktar kommunen*, *Bo ska boka lokalen*, *Kolla priset @Bo*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from models.registers.action_text import is_done, rows
from models.registers.assignees import Named, is_one_of_many, is_word, names_nobody, parties_in, party_pattern
from models.registers.wordings import Found

_ENDS = " .;,:–—-|"
# What may stand before the one who does it: nothing, a sign, a word that joins sentences.
_DECIDING = (
    r"(?:besl[uö]t\w*|bestäm\w+|enades om|överenskoms)(?: (?:också|även|dessutom))?"
    r"(?: (?:det|styrelsen|mötet|vi))? att"
)
_CLAUSE = re.compile(
    rf"(?:^(?:(?:samt |och )?att)?|[,;:?!.(|–—=>→\d-] ?|\b(?:och|men|så|samt|därefter|{_DECIDING})) *$", re.IGNORECASE
)
_DECIDED = re.compile(r"\b(?:besl[uö]t\w*|bestäm\w+|enades|överenskom\w*)\b[^.;]*\b(?:att|och)\s*$", re.IGNORECASE)
_DEFINITE = re.compile(r"^[\w -]*?(?:en|et|an|na) (?:ska|skall)\b")  # *Riktlinjerna ska …* is a rule
_SHORT = 14  # words of a note about what is to be done
_AT = re.compile(r"(?:@|(?<=\s)-- ?(?=[A-ZÅÄÖ]\w+$))([A-ZÅÄÖ]\w+)")


def _forms(column: str, *uses: str) -> list[str]:
    forms = {form.strip() for row in rows("plan_verbs") if row["use"] in uses for form in row[column].split(",")}
    return sorted(forms - {""}, key=len, reverse=True)


def _any(forms: list[str]) -> str:
    return "|".join(map(re.escape, forms))


@cache
def dated_verbs() -> frozenset[str]:
    """The present forms that tell a plan only with a coming date."""
    return frozenset(_forms("present", "dated")) - frozenset(_forms("present", "plan"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    who = rf"(?P<who>{party_pattern()})(?:, [^,.;:]{{2,50}},)?"
    between = rf"(?: (?:{_any(_forms('infinitive', 'between'))}))*"
    auxiliary = rf"(?:{_any(_forms('infinitive', 'auxiliary'))}|(?P<decided>{_any(_forms('infinitive', 'decided'))}))"
    present = rf"(?P<verb>{_any(_forms('present', 'plan', 'dated'))})\b"
    single = "|".join(form for form in _forms("present", "plan") if " " not in form)
    infinitive = rf"(?P<verb>{_any(_forms('infinitive', 'plan', 'dated'))})\b"
    lead = rf"^(?i:{_any(_forms('infinitive', 'lead'))})\b[^.;:?!]{{0,60}}?"
    rest = r"(?P<rest>[^;?|]*)"
    return (
        ("plan", re.compile(rf"{who}{between} {present}{rest}")),
        ("ska", re.compile(rf"{who}(?: \d{{4}}(?:[-–]\d{{4}})?)? {auxiliary}{between} {infinitive}{rest}")),
        ("plan", re.compile(rf"{lead} (?P<verb>{single})\b {who}\b{rest}")),
        ("ska", re.compile(rf"{lead} (?:ska|skall|kommer) {who}{between}(?: att)?{between} {infinitive}{rest}")),
        ("label", re.compile(rf"^{who} ?(?::|–|—| -) (?P<verb>(?i:{_any(_forms('infinitive', 'plan'))}))\b{rest}")),
    )


@cache
def present_of_plans() -> str:
    """The present forms of the verbs that tell a plan by themselves, as a regular expression."""
    return _any(_forms("present", "plan"))


@cache
def _any_verb() -> re.Pattern[str]:
    forms = _forms("present", "plan", "dated") + _forms("infinitive", "plan", "dated")
    return re.compile(rf"\b(?:{_any(forms)})\b", re.IGNORECASE)


def starts_with_verb(text: str) -> bool:
    """Whether a text is put as a task: *Boka lokal*, *Att boka lokal*, *Dags att beställa*."""
    return _starting_verb().match(text) is not None


@cache
def _starting_verb() -> re.Pattern[str]:
    infinitive = _any(_forms("infinitive", "plan", "dated"))
    return re.compile(rf"(?:att |dags att |försöka? )?(?:{infinitive}|{passives_after_thing()})\b", re.IGNORECASE)


def passives_after_thing() -> str:
    """A thing and what is done to it: *Container beställs*."""
    forms = _any(_forms("passive", "plan"))
    return rf"(?:[\w-]+ ){{1,4}}?(?:{forms}|behöver|behövs|ska)"


def find_plans(text: str, named: Named, is_due: Callable[[str], bool], *, in_list: bool = False) -> list[Found]:
    """The plans of a sentence whose subject the document knows.

    ``is_due`` tells whether words hold a coming deadline; without one a body does nothing by itself,
    and verbs that as well tell of the meeting (*presenterar*) count for nobody. ``in_list``: under a
    heading such as *Actionpoints* any name counts.
    """
    if not _any_verb().search(text):
        return []
    found: list[Found] = []
    for wording, pattern in _patterns():
        position = 0
        while match := pattern.search(text, position):
            position = max(match.start("rest"), match.start() + 1) if match["verb"] else match.end()
            one = _plan(text, match, wording, named, is_due, in_list)
            if one and all(one.start != old.start for old in found):
                found.append(one)
    found.sort(key=lambda one: one.start)
    for i, following in enumerate(found[1:]):
        one = found[i]
        if following.start < one.end:
            words = re.sub(r"(?:,| och| samt| men|\()\s*$", "", text[one.task_start : following.start].strip())
            found[i] = replace(one, task=words.strip(_ENDS), end=following.start)
    return [gapped for one in found for gapped in _gapped(one, named, in_list)]


def _plan(
    text: str, match: re.Match[str], wording: str, named: Named, is_due: Callable[[str], bool], in_list: bool
) -> Found | None:
    rest, verb = match["rest"], match["verb"]
    who = named.person_at_end(match["who"])
    before = text[: match.start() + len(match["who"]) - len(who)]
    cut = who != match["who"]
    if names_nobody(who) or not (cut or _CLAUSE.search(before) or _DECIDED.search(before)):
        return None
    if match.groupdict().get("decided") and not _DECIDED.search(before):
        return None
    due = is_due(text[match.start() :])
    decided = wording in ("plan", "ska") and _DECIDED.search(before) and (who in named.proper or is_word(who))
    if wording != "label" and not in_list and not decided and not _may_plan(who, wording, named, due):
        return None
    if wording == "plan" and verb in dated_verbs() and not due:
        return None
    task = f"{verb}{rest}".strip(_ENDS)
    task_start = match.start("verb")
    if before.rstrip(" ").endswith("(") or (
        not cut and not rest.strip(" .)") and before.strip(" (,-–")
    ):  # … (Eva ordnar)
        task = _with_before(before.strip(" (,-–"), task.strip(")"))
    if wording == "label" and not (named.is_known(who) or in_list or is_word(who)):
        return None
    tries = re.search(r"\bförsök(?:a|er)\b", text[match.end("who") : match.start("verb")]) is not None
    task = f"försöka {task}" if tries and verb in _forms("infinitive", "plan", "dated") else task
    strength = "soft" if tries else "explicit"
    return Found(
        wording, strength, "present", "any", who, None, None, task.strip(), match.start(), task_start, match.end()
    )


def _with_before(before: str, task: str) -> str:
    """*Lampan är trasig (Bo fixar)*; a bare verb adds nothing to what is put as a task: *Ring grannen (Bo ringer)*."""
    return before if " " not in task and starts_with_verb(before) else f"{before.strip(_ENDS)}: {task}"


def _may_plan(who: str, wording: str, named: Named, due: bool) -> bool:
    parties = list(parties_in(who))
    return all(named.is_known(one) or (is_word(one) and (due or _shall(one, wording))) for one in parties)


def _shall(one: str, wording: str) -> bool:
    """Whether a body shall do something; what everybody or an authority shall without a date is a rule."""
    return wording == "ska" and not is_one_of_many(one)


def _gapped(one: Found, named: Named, in_list: bool) -> Iterator[Found]:
    """*Eva kollar med kommunen, Bo med regionen*: the verb is said once."""
    words = one.task.split()
    if len(words) < 3 or not words[1].islower():
        yield one
        return
    pattern = re.compile(rf", (?P<who>{party_pattern()}) {re.escape(words[1])} ")
    pieces = [m for m in pattern.finditer(one.task) if in_list or all(map(named.is_known, parties_in(m["who"])))]
    ends = [m.start() for m in pieces] + [len(one.task)]
    yield replace(one, task=one.task[: ends[0]].strip(_ENDS))
    for m, end in zip(pieces, ends[1:], strict=True):
        yield replace(one, who=m["who"], task=f"{words[0]} {one.task[m.end('who') : end].strip(_ENDS)}")


@cache
def _without_subject() -> tuple[re.Pattern[str], ...]:
    """What shall be done, what is done by a day, and *Ska …* of nobody: the last two in notes only."""
    passive = rf"(?:{_any(_forms('passive', 'plan'))})"
    thing = r"[A-ZÅÄÖ0-9][^.;:?!|,]{2,60}?"
    return (
        re.compile(rf"^{thing} (?:ska|skall) {passive}\b[^|;?]*$"),
        re.compile(rf"^(?:{thing} )?(?i:{passive})\b[^|;?]*$"),
        re.compile(rf"^(?:Ska|Skall) (?P<task>(?:{_any(_forms('infinitive', 'plan'))})\b[^|;?]*)$"),
    )


def find_without_subject(text: str, is_due: Callable[[str], bool], *, point: bool) -> list[Found]:
    """*Sanden beställs senast den 3 maj*, the point *Påminnelse ska skickas ut*, *Ska fråga grannen*: nobody is named.

    ``point``: the text is a point of a list, in which what shall be done needs no day.
    """
    if len(text.split()) > _SHORT or (names_nobody(text) and not _without_subject()[2].match(text)):
        return []
    shall, is_done_by, notes = _without_subject()
    if match := notes.match(text):
        task = match["task"]
    elif (point and shall.match(text) and not _DEFINITE.match(text)) or (
        is_due(text) and (shall.match(text) or is_done_by.match(text))
    ):
        task = text
    else:
        return []
    return [Found("ska", "explicit", "present", "any", None, None, None, task.strip(_ENDS), 0, 0, len(text))]


@cache
def _tag() -> re.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in rows("action_lists") if row["where"] == "tag")
    return re.compile(rf"(?:{patterns}) ?:? ?(?:(?P<who>{party_pattern()}) ?(?::|–| -) ?)?")


def find_tags(text: str, named: Named) -> list[Found]:
    """*Kolla priset @Bo*; *ACTION: Bo – kolla priset*; *TODO Boka lokal* tells a task without anyone."""
    tags = [m for m in _AT.finditer(text) if m[1] in named.first]
    todo = _tag().match(text)
    if (not tags and not todo) or text.endswith("?") or is_done(text):
        return []
    task = _AT.sub(lambda m: "" if m[1] in named.first else m[0], text[todo.end() if todo else 0 :])
    task = re.sub(r"\s+(,|$)", r"\1", re.sub(r"\s+", " ", task.replace("()", ""))).strip(_ENDS)
    who = ", ".join(m[1] for m in tags) or (todo["who"] if todo else None)
    one = Found("tag", "explicit", "present", "any", who, None, None, task, 0, 0, len(text))
    return [one] if tags or len(task.split()) > 1 else []
