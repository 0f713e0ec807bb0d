"""Commissions (uppdrag): who shall do what until when, from sentences, plans, lists and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from models.registers.action_context import (
    about,
    cut_task,
    finished_by,
    is_answered,
    is_bare,
    later_in_item,
    listed_after,
    next_step,
)
from models.registers.action_lists import in_columns, is_list, labelled, listed
from models.registers.action_text import Statement, rows, statements
from models.registers.action_traps import Part, is_decided_part, is_trap, part_of
from models.registers.assignees import Named, Resolver, assignees_of, named_in, parties_in, party_pattern
from models.registers.deadlines import Deadline, find_deadline
from models.registers.minutes import Minutes
from models.registers.plans import find_plans, find_tags, find_without_subject
from models.registers.records import Action, Meeting, NextMeeting, Proof
from models.registers.wordings import Found, find_wordings

_SAME_TASK = 0.75  # share of the words of the shorter task from which two commissions of the same ones are one
_DONE_BOX = re.compile(r"\[[xX]\]")
_EMPTY_BOX = re.compile(r"^\[\s?\]\s*")
_NEAR = 3  # sentences after a commission that may say its deadline
_STEM = 5  # letters that *utreda* and *utredningen* share
_FAR = 12  # sentences after it that may, where they say *uppdraget*


def find_actions(
    minutes: Minutes, people: Resolver, meeting: Meeting | None, next_meetings: Sequence[NextMeeting]
) -> list[Action]:
    """The commissions of minutes in reading order, each once.

    ``people`` tells whom names, roles and initials mean; dates without a year are those nearest to
    ``meeting`` (or to the document's day), and *till nästa möte* is found among ``next_meetings``.
    """
    return _Reader(minutes, people, meeting, next_meetings).read()


@dataclass
class _Reader:
    minutes: Minutes
    people: Resolver
    meeting: Meeting | None
    next_meetings: Sequence[NextMeeting]

    def __post_init__(self) -> None:
        written = self.meeting.date if self.meeting else None
        self.day = date.fromisoformat(written) if written and len(written) == 10 else self.minutes.day
        own = {None, self.minutes.body, self.meeting.body if self.meeting else None}
        titled = [replace(one, body=f"{one.body or ''} {self.minutes.title}") if one.body in own else one
                  for one in self.next_meetings]  # fmt: skip
        self.next_meetings = tuple(
            titled
        )  # *nästa styrelsemöte* in the minutes of a styrelsemöte is the next of its own
        self.named: Named = named_in(self.minutes)

    def read(self) -> list[Action]:
        found = [*self._from_sentences(), *self._from_lists()]
        found.sort(key=lambda one: (one.proof.start, one.proof.end))
        return _each_once(found, self._is_of_point)

    def _is_of_point(self, old: Action, new: Action) -> bool:
        """Whether two commissions may be one: of one section, or told again where it is decided."""
        sections = {old.proof.section, new.proof.section}
        return len(sections) == 1 or any(is_decided_part(self.minutes, one) for one in sections)

    def _is_due(self, text: str) -> bool:
        return find_deadline(text, self.day, self.next_meetings) is not None

    def _from_lists(self) -> Iterator[Action]:
        for paragraph in self.minutes.paragraphs:
            if paragraph.kind in ("text", "item") and is_list(self.minutes, paragraph.section):
                for entry in listed(self.minutes, paragraph, self.named, self._is_due):
                    yield self._action(entry.found, entry.text, entry.proof)
        for entry in in_columns(self.minutes, self.named, self._is_due):
            if part_of(self.minutes, entry.proof.section) not in ("proposal", "none"):
                yield self._action(entry.found, entry.text, entry.proof)

    def _from_sentences(self) -> Iterator[Action]:
        every = list(statements(self.minutes))
        for i, one in enumerate(every):
            if is_list(self.minutes, one.proof.section):
                continue
            for text in filter(None, (part.strip() for part in one.text.split("|"))):
                yield from self._from_text(text, one, every, i)

    def _from_text(self, text: str, one: Statement, every: list[Statement], i: int) -> Iterator[Action]:
        part = part_of(self.minutes, one.proof.section)
        if part in ("proposal", "none"):
            return
        after = every[i + 1] if i + 1 < len(every) else one
        following = after.text if after is not one and after.proof.section == one.proof.section else ""
        for found in self._found(text, part == "own" and not labelled(following), one.kind == "item"):
            if not self._counts(found, text, part) or is_trap(text, found, following, part, self.day):
                continue
            if found.he and not (found := self._with_subject(found, text, every[i - 1] if i else None)).who:
                continue
            if found.task:
                yield from self._commission(found, text, every, i)
            elif text.rstrip(" :").endswith(" att"):
                yield from self._att_list(found, text, every, i)
            elif found.wording in ("tar uppdraget", "lista") and i and every[i - 1].proof.section == one.proof.section:
                before = every[i - 1]
                yield self._action(replace(found, task=before.text.strip(" .")), before.text,
                                   replace(before.proof, end=one.proof.end))  # fmt: skip
            elif found.wording in ("tar uppdraget", "tag") and (words := about(self.minutes, one.proof, self.named)):
                yield self._action(replace(found, task=words), text, one.proof)

    def _commission(self, found: Found, text: str, every: list[Statement], i: int) -> Iterator[Action]:
        """A commission unless its item tells that it is done; what is left to do then takes its place."""
        proof = every[i].proof
        task, cut = cut_task(found.task)
        if is_answered(task):
            return
        following = [one for one in (cut, *later_in_item(every, i)) if one]
        if done := finished_by(task, found.who or "", following):
            left = next_step(done)
            if left:
                end = proof.end if done == cut else every[i + following.index(done) + (0 if cut else 1)].proof.end
                yield self._action(replace(found, task=left, start=0, task_start=0, end=len(done)), done,
                                   replace(proof, end=end))  # fmt: skip
            return
        points = listed_after(every, i) if task.endswith("följande") or text.rstrip().endswith("följande:") else []
        if points:
            task = f"{task}: {', '.join(one.text.strip(' .;,') for one in points)}"
            proof = replace(proof, end=points[-1].proof.end)
        yield self._dated_later(self._action(replace(found, task=task), text, proof), found, every, i)

    def _found(self, text: str, own: bool, point: bool) -> list[Found]:
        wordings = find_wordings(text)
        plans = [
            one
            for one in find_plans(text, self.named, self._is_due)
            if all(one.start >= w.end or one.end <= w.start or w.task_start < one.start for w in wordings)
        ]
        found = sorted([*wordings, *plans], key=lambda one: one.start)
        label = labelled(text)
        found = found or ([label] if label else find_tags(text, self.named))
        return found or (find_without_subject(text, self._is_due, point=point) if own else [])

    def _counts(self, found: Found, text: str, part: Part) -> bool:
        """Whether the wording counts for those who are named: see the column *who* of the table.

        In the background of a matter plans of bodies are what they do anyway; only those of persons count.
        """
        standing = part == "old" and (found.wording in ("plan", "ska") or found.known != "any")
        if standing or found.known == "person":
            return all(map(self.named.is_person, parties_in(found.who or "")))
        if found.known == "any" or found.who is None:
            return True
        known = all(map(self.named.is_known, parties_in(found.who)))
        return known or (found.known == "due" and self._is_due(text[found.task_start :]))

    def _with_subject(self, found: Found, text: str, before: Statement | None) -> Found:
        """A commission of *hon* or *de* gets the person whom its sentence, else the one before it, is about."""
        for words in (text[: found.start], before.text if before else ""):
            persons = [m[0] for m in re.finditer(party_pattern(), words) if self.named.is_person(m[0])]
            if persons:
                return replace(found, who=persons[0])
        return found

    def _att_list(self, found: Found, text: str, every: list[Statement], i: int) -> Iterator[Action]:
        """*Eva får i uppdrag att* with a list below: every item is a commission of hers."""
        for item in every[i + 1 :]:
            if item.kind != "item" or item.proof.section != every[i].proof.section:
                break
            if item.first:
                task = re.sub(r"^att ", "", item.text).strip(" .;,")
                yield self._action(
                    replace(found, task=task, task_start=0, start=0, end=len(item.text)), item.text, item.proof
                )

    def _action(self, found: Found, text: str, proof: Proof) -> Action:
        own = text if found.wording == "lista" else text[found.start : found.end]
        if found.wording.startswith("att ") and found.task in own:  # not the deadline of the next point
            own = own[: own.index(found.task) + len(found.task)]
        bare = found.wording == "lista"
        deadline = find_deadline(own, self.day, self.next_meetings, bare=bare) or Deadline(None, "")
        if not deadline.text and (clause := _clause_on_deadline(text[text.find(own) + len(own) :])):
            deadline = find_deadline(clause, self.day, self.next_meetings) or deadline
        said = deadline.text
        if said not in re.sub(r"\s+", " ", self.minutes.words(proof)):  # the word before a date in a column is ours
            said = said.removeprefix("senast ")
        parties = assignees_of(found.who, self.people, self.minutes, proof.start) if found.who else ()
        giver = "regeringen" if found.wording == "regeringsuppdrag" else found.giver
        return Action(
            assignees=parties,
            task=self._readable(re.sub(r",?(?: samt| och)?$", "", found.task), found.wording, proof),
            deadline=deadline.iso,
            deadline_text=said or None,
            report_to=_report_to(own),
            given_by=giver,
            strength="soft" if found.strength == "soft" else "explicit",
            wording=found.wording,
            proof=proof,
        )

    def _readable(self, task: str, wording: str, proof: Proof) -> str:
        """A task that cannot be read alone with what it is about before it: *Bryggan: fixar det*."""
        words = about(self.minutes, proof, self.named) if is_bare(task) and wording != "tag" else None
        return f"{words}: {task}" if words and words not in task else task

    def _dated_later(self, action: Action, found: Found, every: list[Statement], i: int) -> Action:
        """A commission without a deadline gets that of a later sentence about it: *Uppdraget ska redovisas …*."""
        for distance, later in enumerate(every[i + 1 : i + 1 + _FAR], 1):
            if later.proof.section != action.proof.section or (action.deadline and action.report_to):
                break
            subject = _later_subject(later.text)
            near = subject is not None and distance <= _NEAR and _is_about(subject, action.task)
            about = near or subject == "uppdraget"
            own = any(later.text.startswith(party.written) for party in action.assignees) and distance == 1
            if not about and not (own and _report_to(later.text)):
                continue
            deadline = find_deadline(later.text, self.day, self.next_meetings)
            if deadline and not action.deadline:
                action = replace(action, deadline=deadline.iso, deadline_text=deadline.text)
            action = replace(action, report_to=action.report_to or _report_to(later.text))
        return action


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    who = rf"(?P<who>{party_pattern()})"
    out = []
    for row in rows("deadline_wordings"):
        if row["kind"] == kind:
            before, place, after = row["pattern"].partition("{who}")
            out.append(re.compile(rf"(?i:{before}){who if place else ''}{after}"))
    return tuple(out)


def _clause_on_deadline(rest: str) -> str | None:
    """*…, samt att uppdraget ska redovisas den 3 maj*: the clause of the same sentence that says when."""
    clauses = (clause.strip(" ,.") for clause in re.split(r"\batt\s", rest)[1:])
    return next((clause for clause in clauses if _later_subject(clause) == "uppdraget"), None)


def _later_subject(text: str) -> str | None:
    match = next((m for pattern in _patterns("later") if (m := pattern.search(text))), None)
    return text.split()[0].lower() if match else None


def _is_about(subject: str, task: str) -> bool:
    general = {"detta", "det", "arbetet", "uppdraget", "resultatet", "redovisningen", "återrapporteringen", "rapporten"}
    return subject in general or any(
        word[:_STEM] == subject[:_STEM] for word in task.lower().split() if len(word) >= _STEM
    )


def _report_to(text: str) -> str | None:
    found = next((m for pattern in _patterns("report") if (m := pattern.search(text))), None)
    return found["who"] if found else None


def _each_once(actions: Sequence[Action], may_be_one: Callable[[Action, Action], bool]) -> list[Action]:
    """The actions, those of the same ones for the same task once, with the deadline that either has."""
    kept: list[Action] = []
    for ticked in actions:
        if _DONE_BOX.match(ticked.task):
            continue
        one = replace(ticked, task=_EMPTY_BOX.sub("", ticked.task))
        at = next((i for i, old in enumerate(kept) if may_be_one(old, one) and _same(old, one)), None)
        if at is None:
            kept.append(one)
        elif kept[at].deadline is None and one.deadline:
            kept[at] = replace(kept[at], deadline=one.deadline, deadline_text=one.deadline_text)
    return kept


def _same(old: Action, new: Action) -> bool:
    if {party.name.lower() for party in old.assignees} != {party.name.lower() for party in new.assignees}:
        return False
    words = [one.task.split() for one in (old, new)]
    if (
        old.strength == new.strength == "soft"
        and old.proof.section == new.proof.section
        and words[0][:1] == words[1][:1]
    ):
        return True
    first, second = (set(re.findall(r"\w+", one.task.lower())) for one in (old, new))
    return bool(first and second) and len(first & second) / min(len(first), len(second)) >= _SAME_TASK
