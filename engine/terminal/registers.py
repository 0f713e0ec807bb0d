"""The commands of the registers: facts, meetings, people, attendance, actions, decisions and statements."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.terminal.exits import FOUND, NOTHING
from engine.terminal.opening import archive_folder, terminal_console
from engine.terminal.options import ArchivePlace
from engine.terminal.register_options import (
    ActionKind,
    AttendanceKind,
    DecisionKind,
    InSection,
    Name,
    Open,
    Overdue,
    Person,
    Today,
    WithText,
)
from engine.terminal.shared import with_shared_options

if TYPE_CHECKING:
    from engine.listing import Form
    from engine.registers.query import RegisterQuery
    from index.archive import Archive
    from index.filters import Filter
    from index.records import StoredFact


@with_shared_options("table")
def facts(
    archive: ArchivePlace = None,
    type_: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            help="Bara detta slag: section, meeting, attendance, role, next_meeting, action, decision, statement "
            "eller amount; kan upprepas.",
            metavar="SLAG",
            show_default=False,
        ),
    ] = None,
    *,
    selection: Filter,
    form: Form,
) -> None:
    """Lista uppgifter ur handlingarna: paragrafer, möten, närvaro, uppdrag, beslut och annat."""
    from engine.listing import print_rows
    from engine.registers.facts import fact_columns, known_types, listed_row, read_facts, summarised_row

    types = known_types(type_ or ())
    with _opened(archive) as opened:
        found = list(read_facts(opened, types, selection))
    listed = {"csv": listed_row, "table": summarised_row}.get(form)
    rows = found if listed is None else map(listed, found)
    print_rows(rows, form, fact_columns(types), terminal_console())
    raise typer.Exit(FOUND if found else NOTHING)


@with_shared_options()
def meetings(
    archive: ArchivePlace = None,
    person: Person = None,
    text: WithText = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista mötena: när, var, ordförande, sekreterare och justerare."""
    from engine.registers.query import RegisterQuery

    _register("meeting", archive, RegisterQuery(person=person, text=text), period, form)


@with_shared_options()
def people(
    name: Name = None,
    archive: ArchivePlace = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista personerna, eller visa en persons roller, möten, uppdrag och uttalanden genom tiden."""
    from engine.listing import print_rows
    from engine.registers.people import EVENT_COLUMNS, EVENT_WORDS, PEOPLE_COLUMNS, ambiguity, find_people
    from engine.registers.query import RegisterQuery

    RegisterQuery(person=name)  # refuses a name without a word in it
    with _opened(archive) as opened:
        found = find_people(opened, name, period)
    if name is not None and (warning := ambiguity(found)):
        print(f"Obs: {warning}", file=sys.stderr)
    if form == "text":
        from engine.registers.text import show_people

        show_people(found, terminal_console()) if found else print("Ingen person hittades.")
    elif name is None or form in ("json", "jsonl"):
        print_rows(found, form, PEOPLE_COLUMNS, terminal_console())
    else:
        rows = [_flat_event(event) for one in found for event in one["events"]]
        shown = [{**row, "event": EVENT_WORDS[row["event"]]} for row in rows] if form == "table" else rows
        print_rows(shown, form, EVENT_COLUMNS, terminal_console())
    raise typer.Exit(FOUND if found else NOTHING)


@with_shared_options()
def attendance(
    archive: ArchivePlace = None,
    person: Person = None,
    text: WithText = None,
    kind: AttendanceKind = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista närvaron: vilka som var med och vilka som inte var det, möte för möte."""
    from engine.registers.query import RegisterQuery, known_kind

    query = RegisterQuery(person=person, text=text, kind=known_kind("attendance", kind))
    _register("attendance", archive, query, period, form)


@with_shared_options()
def actions(
    archive: ArchivePlace = None,
    person: Person = None,
    section: InSection = None,
    text: WithText = None,
    kind: ActionKind = None,
    open_: Open = False,
    overdue: Overdue = False,
    today: Today = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista uppdragen: vem som ska göra vad, till när, och om de har blivit klara.

    Ett uppdrag är öppet tills en senare handling av samma organ säger att det är klart. Att det är öppet
    bevisar inte att det är ogjort, bara att inget i arkivet säger något annat.
    """
    from engine.registers.followup import follow_up
    from engine.registers.query import RegisterQuery, known_kind
    from engine.terminal.days import day_of

    day = day_of(today)

    def state(opened: Archive, facts: tuple[StoredFact, ...]) -> list[dict[str, Any]]:
        return follow_up(opened, facts, day)

    def chosen(row: dict[str, Any]) -> bool:
        return (row["open"] or not open_) and (row["overdue"] or not overdue)

    query = RegisterQuery(person, section, text, known_kind("action", kind))
    _register("action", archive, query, period, form, state, chosen)


@with_shared_options()
def decisions(
    archive: ArchivePlace = None,
    person: Person = None,
    section: InSection = None,
    text: WithText = None,
    kind: DecisionKind = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista besluten: vad som beslutades, av vilket slag, av vem."""
    from engine.registers.query import RegisterQuery, known_kind

    query = RegisterQuery(person, section, text, known_kind("decision", kind))
    _register("decision", archive, query, period, form)


@with_shared_options()
def statements(
    archive: ArchivePlace = None,
    person: Person = None,
    section: InSection = None,
    text: WithText = None,
    *,
    period: Filter,
    form: Form,
) -> None:
    """Lista uttalandena: vem som informerade om, betonade eller menade vad."""
    from engine.registers.query import RegisterQuery

    _register("statement", archive, RegisterQuery(person, section, text), period, form)


REGISTERS: tuple[Callable[..., None], ...] = (meetings, people, attendance, actions, decisions, statements)


def _opened(archive: Path | None) -> Archive:
    """The archive, once what the user should know of its facts is said."""
    from index.archive import Archive
    from models.registers.version import facts_version

    opened = Archive.open(archive_folder(archive))
    missing = len(opened.facts_missing(facts_version()))
    if missing:
        documents = f"{missing} {'handling' if missing == 1 else 'handlingar'}"
        print(
            f"Obs: ur {documents} är uppgifterna inte lästa av denna version. Läs dem med: klubbat reindex --facts",
            file=sys.stderr,
        )
    return opened


def _register(
    type_: str,
    archive: Path | None,
    query: RegisterQuery,
    period: Filter,
    form: Form,
    state: Callable[[Archive, tuple[StoredFact, ...]], list[dict[str, Any]]] | None = None,
    chosen: Callable[[dict[str, Any]], bool] = lambda row: True,
) -> None:
    """Print the facts of one type, with what ``state`` adds to each row, and end with the exit code."""
    from engine.listing import print_rows
    from engine.registers.rows import COLUMNS, find_facts, listed_fact, rows_of_facts

    with _opened(archive) as opened:
        found = find_facts(opened, (type_,), query, period)
        rows = list(rows_of_facts(opened, found.facts))
        if state is not None:
            rows = [{**row, **more} for row, more in zip(rows, state(opened, found.facts), strict=True)]
    rows = [row for row in rows if chosen(row)]
    if rows and found.warning:
        print(f"Obs: {found.warning}", file=sys.stderr)
    if form == "text":
        from engine.registers.text import show_register

        show_register(rows, terminal_console()) if rows else print("Inget i registret passar.")
    elif form in ("json", "jsonl"):
        print_rows(rows, form, {}, terminal_console())
    else:
        from engine.registers.text import table_row

        columns = {"path": "Fil", "section": "§", **COLUMNS[type_]}
        print_rows(map(table_row if form == "table" else listed_fact, rows), form, columns, terminal_console())
    raise typer.Exit(FOUND if rows else NOTHING)


def _flat_event(event: dict[str, Any]) -> dict[str, Any]:
    document = event["document"]
    flat = {key: value for key, value in event.items() if key not in ("document", "certain")}
    certain = "ja" if event["certain"] else "nej"
    return {**flat, "certain": certain, "document": document["id"], "path": document["path"]}
