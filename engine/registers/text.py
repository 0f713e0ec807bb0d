"""Registers as text for people: each row in a line, its source above it, its proof below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from engine.contracts import Json
from engine.places import KIND_WORDS
from engine.registers.people import EVENT_WORDS, PRESENCE_WORDS, attended_as
from engine.registers.rows import listed_fact, party_words

DECISION_WORDS = {
    "elect": "val",
    "approve": "bifall",
    "reject": "avslag",
    "refer_back": "återremiss",
    "table": "bordläggning",
    "grant": "beviljande",
    "support": "tillstyrkan",
    "file": "till handlingarna",
    "note": "noterat",
    "decide": "beslut",
    "other": "övrigt",
}
_SHOWN = 300  # characters of a quotation
_BARE = {"attendance", "meeting"}  # rows that are as good as quotations themselves


def headline(row: Json) -> str:
    """A row of any register, or of ``facts``, in one line."""
    match row["type"]:
        case "section":
            return _joined(" ", row["number"], row["heading"])
        case "meeting":
            hours = _joined("–", row["start"], row["end"])
            roles = {"ordförande": row["chair"], "sekreterare": row["secretary"]}
            roles["justerare"] = ", ".join(row["adjusters"]) or None
            people = [f"{role} {name}" for role, name in roles.items() if name]
            return _joined("; ", _joined(" ", row["date"], hours), row["body"] or row["title"], row["place"], *people)
        case "attendance":
            who = _with_organisation(row["person"], row["organisation"])
            detail = attended_as(row["capacity"], row["substitute_for"], row["part"])
            return _joined(", ", f"{who}: {PRESENCE_WORDS[row['status']]}", *detail)
        case "role":
            return f"{row['person']}: {_joined(', ', row['role'], row['organisation'])}"
        case "next_meeting":
            return _joined(" ", "Nästa möte", row["date"], row["time"], row["place"], row["form"], row["body"])
        case "action":
            who = ", ".join(map(party_words, row["assignees"]))
            deadline = row["deadline"] or row["deadline_text"]
            notes = [*row.get("flags", ()), *_state(row)]
            notes = [f"frist {deadline}", *notes] if deadline else notes
            return _joined(": ", who, row["task"]) + (f" [{'; '.join(notes)}]" if notes else "")
        case "decision":
            return f"{DECISION_WORDS[row['kind']]}: {row['text']}"
        case "statement":
            return f"{party_words(row['person'])} {row['verb']} {row['content']}"
        case "amount":
            return _joined(": ", row["written"], row["purpose"])
    return str(row["quote"])


def table_row(row: Json) -> Json:
    """A row as a table shows it: without nested objects, kinds in words, the file by its name."""
    flat = {**listed_fact(row), "path": PurePath(row["document"]["path"]).name, "summary": _folded(headline(row))}
    match row["type"]:
        case "decision":
            flat["kind"] = DECISION_WORDS[row["kind"]]
        case "attendance":
            flat["status"] = PRESENCE_WORDS[row["status"]]
        case "action":
            flat["deadline"] = row["deadline"] or row["deadline_text"]
            flat["flags"] = [*row["flags"], *_state(row)]
    return flat


def show_register(rows: Sequence[Json], console: Console) -> None:
    """Print rows under the documents that they stand in, with their places and proofs."""
    for _, group in groupby(rows, key=lambda row: row["document"]["id"]):
        of_document = list(group)
        _print(Text(_source(of_document[0]["document"]), style="cyan"), console)
        for row in of_document:
            place = _place(row)
            _print(Text.assemble("  ", (f"{place}  " if place else "", "dim"), _folded(headline(row))), console)
            for note in _notes(row):
                _print(Text(f"      {note}", style="dim"), console)
            if row.get("done"):
                _print(Text(f"      klart enligt {row['done']['source']}: »{_cut(row['done']['quote'])}«"), console)
            quote = _cut(row["quote"])
            if row["type"] not in _BARE and quote not in _folded(headline(row)):
                _print(Text(f"      »{quote}«", style="dim"), console)
        console.print()


def show_people(people: Iterable[Json], console: Console) -> None:
    """Print persons, each with the events of its time where these are given."""
    for one in people:
        about = _joined("; ", ", ".join(one["organisations"]), ", ".join(one["roles"]))
        _print(Text.assemble((one["name"], "bold"), f"  {about}" if about else ""), console)
        counts = {
            ("möte", "möten"): one["meetings"],
            ("gång frånvarande", "gånger frånvarande"): one["absences"],
            ("uppdrag", "uppdrag"): one["actions"],
            ("uttalande", "uttalanden"): one["statements"],
        }
        period = _joined(" till ", *dict.fromkeys((one["first"], one["last"])))
        told = [f"{number} {words[number > 1]}" for words, number in counts.items() if number]
        _print(Text(f"  {_joined('; ', period, ', '.join(told))}", style="dim"), console)
        for event in one.get("events", ()):
            doubt = "" if event["certain"] else "?"
            line = f"  {event['date'] or '–'}  {EVENT_WORDS[event['event']]}{doubt}: {_folded(event['text'])}"
            _print(Text(line), console)
            source = _joined(", ", _source(event["document"]), _place(event))
            _print(Text(f"      {source}", style="cyan"), console)
        if "events" in one:
            console.print()


def _notes(row: Json) -> Iterator[str]:
    """What the row was inferred from, and what its sources disagree about."""
    for party in (*row.get("assignees", ()), row.get("person")):
        if isinstance(party, dict) and party["reason"]:
            resolved = party["name"] != party["written"]
            yield f"{party['written']} = {party['name']}: {party['reason']}" if resolved else party["reason"]
    yield from row.get("notes", ())


def _state(row: Json) -> list[str]:
    if row.get("overdue"):
        return ["försenat"]
    return ["klart"] if row.get("done") else []


def _source(document: Json) -> str:
    kind = KIND_WORDS[document["kind"]]
    return f"{_joined(', ', kind, document['body'] or document['title'], document['date'])} ({document['path']})"


def _place(row: Json) -> str:
    number, page = row["section"], row["page"]
    numbered = number if not number or number.startswith("§") else f"punkt {number}"
    return _joined(", ", numbered or row["heading"], f"s. {page}" if page else None)


def _with_organisation(name: str | None, organisation: str | None) -> str:
    return f"{name} ({organisation})" if name and organisation else name or organisation or ""


def _joined(sign: str, *parts: str | None) -> str:
    return sign.join(part for part in parts if part)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cut(text: str) -> str:
    words = _folded(text)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"


def _print(text: Text, console: Console) -> None:
    console.print(text, soft_wrap=not console.is_terminal)
