"""The facts that minutes hold, each with the words that prove it.

Every fact has a ``proof``: a range of the document's text, so that ``document.text[start:end]`` is
the quotation. Dates are ISO (``2018-10-05``, ``2018-10``, ``2018``), times ``HH:MM``. Names of fields are those
that ``facts --jsonl`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Presence = Literal["present", "absent"]
Strength = Literal["explicit", "soft"]
DecisionKind = Literal[
    "elect", "approve", "reject", "refer_back", "table", "grant", "support", "file", "note", "decide", "other"
]


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the proof stands: the ordinal of its section, the paragraph's number in it, the characters."""

    section: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """Someone that a fact is about: a person, a role, a body or an organisation.

    ``written`` is what stands in the text. ``name`` is whom it means, the same where nobody can
    tell. ``reason`` says in Swedish how the one followed from the other; None where nothing was
    inferred. ``others`` are the further persons it may mean: then ``name`` stays as written.
    """

    written: str
    name: str
    organisation: str | None = None
    role: str | None = None
    reason: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The head of minutes. ``notes``: what the sources within the document disagree about, in Swedish."""

    body: str | None
    title: str
    date: str | None
    start: str | None
    end: str | None
    place: str | None
    chair: str | None
    secretary: str | None
    adjusters: tuple[str, ...]
    notes: tuple[str, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Attendance:
    """One who was there or not; ``person`` None for a body that is listed without persons.

    ``capacity``: *ledamot*, *ersättare*, *tjänsteperson* …, as the list says. ``substitute_for``: whom an
    *ersättare* sat for. ``part``: the part of the meeting, as written (*§ 94–106*).
    """

    person: str | None
    organisation: str | None
    status: Presence
    capacity: str | None
    substitute_for: str | None
    part: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Role:
    """What someone is: a role, the organisation that someone belongs to, or both."""

    person: str
    role: str | None
    organisation: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting that is announced. ``form``: *digitalt*, *Skype*."""

    body: str | None
    date: str | None
    time: str | None
    place: str | None
    form: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Action:
    """A commission (uppdrag). ``task`` in the text's words, ``deadline`` ISO where it can be told.

    ``strength``: *explicit* for a mandate or an undertaking, *soft* for an invitation or a wish.
    ``wording``: the row of the table of wordings that found it.
    """

    assignees: tuple[Party, ...]
    task: str
    deadline: str | None
    deadline_text: str | None
    report_to: str | None
    given_by: str | None
    strength: Strength
    wording: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision (beslut), in the text's words. ``by``: who decided, as written or the body of the meeting.

    ``reservations``: who had another opinion, as written. ``vote``: the outcome of a vote, as written.
    """

    text: str
    kind: DecisionKind
    by: str | None
    reservations: tuple[str, ...]
    vote: str | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Statement:
    """What someone said: the verb as written (*informerar om*) and what follows it."""

    person: Party
    verb: str
    content: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and what it is for, as written. ``unit``: ``SEK``, ``EUR``; ``high``: the end of a range."""

    value: float
    high: float | None
    unit: str
    written: str
    purpose: str | None
    proof: Proof


Fact = Meeting | Attendance | Role | NextMeeting | Action | Decision | Statement | Amount

# What each type is called in the archive and in what is printed.
TYPES: dict[str, type[Fact]] = {
    "meeting": Meeting,
    "attendance": Attendance,
    "role": Role,
    "next_meeting": NextMeeting,
    "action": Action,
    "decision": Decision,
    "statement": Statement,
    "amount": Amount,
}
