"""The command line: ``klubbat add``, ``ask``, ``search`` and their companions, all thin."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from corpus.errors import UsageError
from engine.terminal.batches import asked_questions
from engine.terminal.chat import chat
from engine.terminal.evaluation import evaluate
from engine.terminal.exits import (
    FOUND,
    INTERRUPTED,
    NOTHING,
    failure,
    let_go_of_closed_pipe,
)
from engine.terminal.opening import archive_folder, open_service, terminal_console
from engine.terminal.options import Again, ArchivePlace, Batch, Model, Rerank, RerankerModel
from engine.terminal.progress import ProgressBar, counted
from engine.terminal.registers import REGISTERS, facts
from engine.terminal.shared import with_shared_options

if TYPE_CHECKING:
    from engine.hits import Results
    from engine.intake.reports import Report
    from engine.listing import Form
    from index.filters import Filter


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        from engine.terminal.usage import swedish_help

        return swedish_help(super().get_help(ctx))


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        from engine.terminal.usage import swedish_help

        return swedish_help(super().get_help(ctx))


app = typer.Typer(
    name="klubbat",
    cls=_Group,
    help="Sök i protokoll och få svar med exakta citat, utan att något lämnar datorn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(cls=_Command)
@with_shared_options()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Filer och mappar.", metavar="SÖKVÄG")],
    archive: ArchivePlace = None,
    model: Model = None,
    again: Again = False,
    *,
    form: Form,
) -> None:
    """Lägg till handlingar: filer, eller mappar med allt i dem."""
    from engine.intake.adding import add_paths
    from engine.terminal.reporting import show_report

    with ProgressBar("Läser") as advance:
        report = add_paths(archive_folder(archive), paths, model, lambda one, total: advance(1, total), again=again)
    raise typer.Exit(show_report(report, form, terminal_console()))


@app.command(cls=_Command)
@with_shared_options()
def sync(
    folder: Annotated[Path, typer.Argument(help="Mappen som arkivet ska följa.", metavar="MAPP")],
    archive: ArchivePlace = None,
    model: Model = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ändra inget; visa vad som skulle göras.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Fortsätt följa mappen tills kommandot avbryts med Ctrl-C.")
    ] = False,
    checksum: Annotated[
        bool, typer.Option("--checksum", help="Jämför innehållet även där storlek och tid är desamma.")
    ] = False,
    again: Again = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="En tom mapp betyder att allt därifrån ska bort.")
    ] = False,
    *,
    form: Form,
) -> None:
    """Håll arkivet lika med en mapp: nytt, ändrat, flyttat och borttaget."""
    from engine.intake.sync import sync_folder
    from engine.terminal.reporting import show_sync, watched

    place = archive_folder(archive)
    if watch and dry_run:
        raise UsageError("Välj en av --watch --dry-run.")

    def run(wait_seconds: float = 0.0) -> Report:
        with ProgressBar("Läser") as advance:
            return sync_folder(
                place,
                folder,
                model,
                lambda one, total: advance(1, total),
                dry_run=dry_run,
                checksum=checksum,
                again=again,
                allow_empty=allow_empty,
                wait_seconds=wait_seconds,
            )

    if watch:
        watched(run, folder, place, form, terminal_console())
    raise typer.Exit(show_sync(run(), folder, dry_run, form, terminal_console()))


@app.command(cls=_Command)
@with_shared_options(forms=("json", "jsonl"))
def ask(
    question: Annotated[str | None, typer.Argument(help="Frågan.", metavar="FRÅGA", show_default=False)] = None,
    archive: ArchivePlace = None,
    batch: Batch = None,
    explain: Annotated[bool, typer.Option("--explain", help="Säg också hur frågan förstods.")] = False,
    *,
    selection: Filter,
    form: Form,
) -> None:
    """Ställ en fråga och få ett svar med källa, eller beskedet att det inte framgår."""
    from engine.contracts import answer_object
    from engine.listing import print_json, print_json_line
    from engine.questions.understanding import understand

    rows = asked_questions(question, batch, "Frågan")
    today = date.today()
    with open_service(archive) as service:
        if batch is not None:
            for row in rows:
                answer = service.ask(row["question"], selection)
                understood = understand(row["question"], today) if explain else None
                print_json_line({"id": row["id"], **answer_object(answer, service.places, understood)})
            return
        answer = service.ask(rows[0]["question"], selection)
        understood = understand(rows[0]["question"], today) if explain else None
        if form == "text":
            from engine.presentation import show_answer, show_understood

            show_answer(answer, service.places, terminal_console())
            if understood is not None:
                show_understood(understood, terminal_console())
        else:
            (print_json if form == "json" else print_json_line)(answer_object(answer, service.places, understood))
    raise typer.Exit(NOTHING if answer.text is None else FOUND)


app.command(cls=_Command)(chat)


@app.command(cls=_Command)
@with_shared_options()
def search(
    query: Annotated[
        str | None, typer.Argument(help="Sökorden eller frågan.", metavar="SÖKORD", show_default=False)
    ] = None,
    archive: ArchivePlace = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, help="Högst så många träffar.", metavar="ANTAL")
    ] = 10,
    batch: Batch = None,
    explain: Annotated[bool, typer.Option("--explain", help="Säg för varje träff varför den kom med.")] = False,
    rerank: Rerank = None,
    reranker: RerankerModel = None,
    *,
    selection: Filter,
    form: Form,
) -> None:
    """Sök efter stycken, bäst först.

    Utöver vanliga ord går det att skriva "ordagrann fras", skol*, OCH, ELLER, INTE, -ord, organ:NAMN,
    datum:2018-10..2019-02, §:14 och person:NAMN.
    """
    from engine.contracts import EXPLAINED_COLUMNS, HIT_COLUMNS, listed_hits, results_object
    from engine.listing import print_json, print_json_line, print_rows

    rows = asked_questions(query, batch, "Sökningen")
    with open_service(archive) as service:
        always = service.reranker(reranker) if rerank or reranker is not None else None

        def found(words: str) -> Results:
            by = always or (service.reading(words) if rerank is None else None)
            return service.search(words, limit, selection, by)

        if batch is not None:
            for row in rows:
                results = found(row["question"])
                why = service.explain(results) if explain else ()
                print_json_line({"id": row["id"], **results_object(results, service.places, service.analyser, why)})
            return
        results = found(rows[0]["question"])
        why = service.explain(results) if explain else ()
        if form == "json":
            print_json(results_object(results, service.places, service.analyser, why))
        elif form == "jsonl":
            for hit in results_object(results, service.places, service.analyser, why)["hits"]:
                print_json_line(hit)
        elif form in ("csv", "table"):
            hits = listed_hits(results_object(results, service.places, service.analyser, why))
            print_rows(hits, form, EXPLAINED_COLUMNS if explain else HIT_COLUMNS, terminal_console())
        elif results.hits:
            from engine.presentation import show_results

            show_results(results, service.places, service.analyser, terminal_console(), why)
        else:
            print("Inga träffar.")
    raise typer.Exit(FOUND if results.hits else NOTHING)


@app.command(cls=_Command)
@with_shared_options("table")
def documents(
    archive: ArchivePlace = None,
    *,
    selection: Filter,
    form: Form,
) -> None:
    """Lista handlingarna i arkivet."""
    from engine.contracts import DOCUMENT_COLUMNS, listed_document, shown_document
    from engine.listing import print_rows
    from index.archive import Archive

    with Archive.open(archive_folder(archive)) as opened:
        found = opened.documents(selection)
    rows = (listed_document(one) for one in found)
    print_rows(map(shown_document, rows) if form == "table" else rows, form, DOCUMENT_COLUMNS, terminal_console())
    raise typer.Exit(FOUND if found else NOTHING)


for register in (facts, *REGISTERS):
    app.command(cls=_Command)(register)


@app.command(cls=_Command)
@with_shared_options()
def show(
    document: Annotated[
        str, typer.Argument(help="Id eller filnamn, eller början av det, eller sökväg.", metavar="HANDLING")
    ],
    section: Annotated[
        str | None,
        typer.Argument(help='Paragraf eller rubrik, t.ex. 6 eller "Ekonomi".', metavar="PARAGRAF", show_default=False),
    ] = None,
    archive: ArchivePlace = None,
    *,
    form: Form,
) -> None:
    """Visa en handling eller en paragraf i den, som den står."""
    from engine.listing import print_rows
    from engine.reading import read_sections
    from index.archive import Archive
    from index.reader import storable

    with Archive.open(archive_folder(archive)) as opened:
        source, sections = read_sections(opened, storable(document), section)
    if form == "text":
        print(source)
        for one in sections:
            print(f"\n{one['text'].strip()}")
    else:
        print_rows(sections, form, {"section": "§", "heading": "Rubrik", "text": "Text"}, terminal_console())


@app.command(cls=_Command)
def remove(
    document: Annotated[
        list[str], typer.Argument(help="Id eller filnamn, eller början av det, eller sökväg.", metavar="HANDLING")
    ],
    archive: ArchivePlace = None,
) -> None:
    """Ta bort handlingar ur arkivet; filerna på disken rörs inte."""
    from engine.intake.adding import remove_document
    from index.reader import storable

    for one in document:
        print(f"Borttagen: {remove_document(archive_folder(archive), storable(one))}")


@app.command(cls=_Command)
@with_shared_options()
def status(
    archive: ArchivePlace = None,
    *,
    form: Form,
) -> None:
    """Visa vad arkivet innehåller och om sökregistren är aktuella."""
    from engine.listing import print_rows
    from engine.reading import read_status

    with open_service(archive) as service:
        values, words = read_status(service)
    if form == "text":
        for key, label in words.items():
            print(f"{label:28} {'–' if values[key] is None else values[key]}")
    else:
        print_rows([values], form, words, terminal_console())


@app.command(cls=_Command)
def reindex(
    archive: ArchivePlace = None,
    model: Model = None,
    only_facts: Annotated[
        bool, typer.Option("--facts", help="Läs bara om uppgifterna till registren; inget bäddas in.")
    ] = False,
) -> None:
    """Bygg om sökregistren, med en annan inbäddningsmodell om en anges, eller läs om uppgifterna."""
    from engine.intake.adding import redo_facts
    from engine.intake.adding import reindex as build
    from engine.terminal.reporting import show_facts_read

    if only_facts and model is not None:
        raise UsageError("Välj en av --facts --model.")
    if only_facts:
        with ProgressBar("Läser uppgifter") as advance:
            report = redo_facts(archive_folder(archive), counted(advance))
        show_facts_read(report)
        return
    with ProgressBar("Bäddar in") as advance:
        chunks = build(archive_folder(archive), model, counted(advance))
    print(f"Sökregistren är byggda: {chunks} stycken.")


app.command(name="eval", cls=_Command)(evaluate)


def main() -> None:
    """Run the command line; every error becomes one line on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(standalone_mode=False, prog_name="klubbat")
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # nobody reads any more; the parser then exits by itself
        code = FOUND
    except (KeyboardInterrupt, EOFError):
        code = INTERRUPTED
    except Exception as error:
        code = failure(error)
    if code == INTERRUPTED:  # the parser turns Ctrl-C into this code itself
        print("\nAvbrutet. Det som redan är tillagt finns kvar.", file=sys.stderr)
    let_go_of_closed_pipe()
    sys.exit(code if isinstance(code, int) else FOUND)


if __name__ == "__main__":
    main()
