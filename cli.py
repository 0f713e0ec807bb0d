"""The command line: ``klubbat add``, ``ask``, ``search`` and their companions, all thin."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import KlubbatError, UnreadableError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from engine.intake import Report
    from engine.service import Service
    from index.filters import Filter

FOUND, NOTHING, WRONG_USAGE, UNREADABLE = 0, 1, 2, 3

app = typer.Typer(
    name="klubbat",
    help="Sök i protokoll och få svar med exakta citat, utan att något lämnar datorn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ArchivePlace = Annotated[
    Path | None,
    typer.Option("--archive", "-a", envvar="KLUBBAT_ARCHIVE", help="Mappen med arkivet.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv ett JSON-objekt.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="Skriv ett JSON-objekt per rad.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Skriv CSV med rubrikrad.")]
AsTable = Annotated[bool, typer.Option("--table", help="Skriv en tabell.")]
Batch = Annotated[
    Path | None,
    typer.Option("--batch", help='Läs frågor från en fil (- för standard in): {"id", "question"} per rad.', show_default=False),
]
Body = Annotated[str | None, typer.Option("--body", help="Bara detta organ (del av namnet).", show_default=False)]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="Bara denna sort: minutes, notes, plan, report, other.", show_default=False),
]
Since = Annotated[str | None, typer.Option("--since", help="Från och med: 2018, 2018-10 eller 2018-10-05.", show_default=False)]
Until = Annotated[str | None, typer.Option("--until", help="Till och med: 2018, 2018-10 eller 2018-10-05.", show_default=False)]
InPath = Annotated[str | None, typer.Option("--path", help="Bara filer med detta i sökvägen (* och ? kan användas).", show_default=False)]
Model = Annotated[
    str | None,
    typer.Option("--model", help="Inbäddningsmodell: namn eller mapp (sentence-transformers).", show_default=False),
]


def archive_folder(given: Path | None) -> Path:
    """The archive's folder: as given, or its place among the user's data."""
    if given is not None:
        return given
    from platformdirs import user_data_dir

    return Path(user_data_dir("klubbat")) / "arkiv"


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, soft_wrap=False)


def _service(archive: Path | None) -> Service:
    from engine.service import Service

    return Service.open(archive_folder(archive))


def _selection(body: str | None, kind: str | None, since: str | None, until: str | None, path: str | None) -> Filter:
    from index.filters import Filter

    return Filter(body=body, kind=kind, since=since, until=until, path=path)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Filer och mappar.", metavar="SÖKVÄG…")],
    archive: ArchivePlace = None,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Lägg till handlingar: filer, eller mappar med allt i dem."""
    from engine.intake import add_paths

    with _progress("Läser") as advance:
        report = add_paths(archive_folder(archive), paths, model, lambda one, total: advance(1, total))
    if as_json:
        from dataclasses import asdict

        from engine.listing import print_json

        print_json([asdict(one) for one in report.files])
    else:
        _show_report(report)
    if not report.files:
        raise typer.Exit(NOTHING)
    if len(report.left_out) == len(report.files):
        raise typer.Exit(UNREADABLE)


def _show_report(report: Report) -> None:
    counted = (
        ("added", "tillagda"),
        ("replaced", "ersatta med ny version"),
        ("path_added", "fanns redan under annat namn"),
        ("unchanged", "oförändrade"),
        ("left_out", "utelämnade"),
    )
    parts = [f"{report.count(outcome)} {words}" for outcome, words in counted if report.count(outcome)]  # type: ignore[arg-type]
    print(f"{len(report.files)} filer: {', '.join(parts)}." if report.files else "Inga filer att lägga till.")
    for one in report.files:
        if one.reason:
            print(f"  {one.path}: {one.reason}", file=sys.stderr)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Frågan.", metavar="FRÅGA", show_default=False)] = None,
    archive: ArchivePlace = None,
    batch: Batch = None,
    body: Body = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    path: InPath = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
) -> None:
    """Ställ en fråga och få ett svar med källa, eller beskedet att det inte framgår."""
    from engine.contracts import answer_object
    from engine.listing import chosen_form, print_json, print_json_line

    form = chosen_form(as_json, as_json_lines, False, False)
    rows = _questions(question, batch, "Frågan")
    selection = _selection(body, kind, since, until, path)
    with _service(archive) as service:
        if batch is not None:
            for row in rows:
                answer = service.ask(row["question"], selection)
                print_json_line({"id": row["id"], **answer_object(answer, service.places)})
            return
        answer = service.ask(rows[0]["question"], selection)
        if form == "text":
            from engine.presentation import show_answer

            show_answer(answer, service.places, _console())
        else:
            (print_json if form == "json" else print_json_line)(answer_object(answer, service.places))
    raise typer.Exit(NOTHING if answer.text is None else FOUND)


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="Sökorden eller frågan.", metavar="SÖKORD", show_default=False)] = None,
    archive: ArchivePlace = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Högst så många träffar.")] = 10,
    batch: Batch = None,
    body: Body = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    path: InPath = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Sök efter stycken, bäst först."""
    from engine.contracts import results_object
    from engine.listing import chosen_form, print_json, print_json_line, print_rows

    form = chosen_form(as_json, as_json_lines, as_csv, as_table)
    rows = _questions(query, batch, "Sökningen")
    selection = _selection(body, kind, since, until, path)
    with _service(archive) as service:
        if batch is not None:
            for row in rows:
                results = service.search(row["question"], limit, selection)
                print_json_line({"id": row["id"], **results_object(results, service.places, service.analyser)})
            return
        results = service.search(rows[0]["question"], limit, selection)
        if form == "json":
            print_json(results_object(results, service.places, service.analyser))
        elif form == "jsonl":
            for hit in results_object(results, service.places, service.analyser)["hits"]:
                print_json_line(hit)
        elif form in ("csv", "table"):
            print_rows(_hit_rows(results_object(results, service.places, service.analyser)), form, _HIT_COLUMNS, _console())
        elif results.hits:
            from engine.presentation import show_results

            show_results(results, service.places, service.analyser, _console())
        else:
            print("Inga träffar.")
    raise typer.Exit(FOUND if results.hits else NOTHING)


_HIT_COLUMNS = {"score": "Poäng", "date": "Datum", "body": "Organ", "section": "§", "heading": "Rubrik", "quote": "Citat"}
_DOCUMENT_COLUMNS = {"id": "Id", "date": "Datum", "kind": "Sort", "body": "Organ", "title": "Titel", "chunks": "Stycken"}


def _hit_rows(results: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for hit in results["hits"]:
        document = hit.pop("document")
        yield {**hit, "document": document["id"], **{k: document[k] for k in ("path", "title", "date", "body", "kind")}}


@app.command()
def documents(
    archive: ArchivePlace = None,
    body: Body = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    path: InPath = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Lista handlingarna i arkivet."""
    from engine.contracts import listed_document
    from engine.listing import chosen_form, print_rows
    from index.archive import Archive

    form = chosen_form(as_json, as_json_lines, as_csv, as_table, "table")
    with Archive.open(archive_folder(archive)) as opened:
        found = opened.documents(_selection(body, kind, since, until, path))
    print_rows((listed_document(one) for one in found), form, _DOCUMENT_COLUMNS, _console())
    raise typer.Exit(FOUND if found else NOTHING)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Id, början av id, eller sökväg.", metavar="HANDLING")],
    section: Annotated[
        str | None, typer.Argument(help="Paragraf eller rubrik, t.ex. 6 eller \"Ekonomi\".", metavar="PARAGRAF", show_default=False)
    ] = None,
    archive: ArchivePlace = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Visa en handling eller en paragraf i den, som den står."""
    from engine.listing import chosen_form, print_rows
    from engine.reading import read_sections
    from index.archive import Archive

    form = chosen_form(as_json, as_json_lines, as_csv, as_table)
    with Archive.open(archive_folder(archive)) as opened:
        source, sections = read_sections(opened, document, section)
    if form == "text":
        print(source)
        for one in sections:
            print(f"\n{one['text'].strip()}")
    else:
        print_rows(sections, form, {"section": "§", "heading": "Rubrik", "text": "Text"}, _console())


@app.command()
def remove(
    document: Annotated[list[str], typer.Argument(help="Id, början av id, eller sökväg.", metavar="HANDLING…")],
    archive: ArchivePlace = None,
) -> None:
    """Ta bort handlingar ur arkivet; filerna på disken rörs inte."""
    from engine.intake import remove_document

    for one in document:
        print(f"Borttagen: {remove_document(archive_folder(archive), one)}")


@app.command()
def status(
    archive: ArchivePlace = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Visa vad arkivet innehåller och om sökregistren är aktuella."""
    from engine.listing import chosen_form, print_rows
    from engine.reading import read_status

    form = chosen_form(as_json, as_json_lines, as_csv, as_table)
    with _service(archive) as service:
        values, words = read_status(service)
    if form == "text":
        for key, label in words.items():
            print(f"{label:28} {'–' if values[key] is None else values[key]}")
    else:
        print_rows([values], form, words, _console())


@app.command()
def reindex(archive: ArchivePlace = None, model: Model = None) -> None:
    """Bygg om sökregistren, med en annan inbäddningsmodell om en anges."""
    from engine.intake import reindex as build

    with _progress("Bäddar in") as advance:
        done = 0

        def forward(so_far: int, total: int) -> None:
            nonlocal done
            advance(so_far - done, total)
            done = so_far

        chunks = build(archive_folder(archive), model, forward)
    print(f"Sökregistren är byggda: {chunks} stycken.")


@app.command(name="eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Frågefil med rätta svar.", metavar="GULD.jsonl")],
    archive: ArchivePlace = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Så många träffar som mäts.")] = 30,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_table: AsTable = False,
) -> None:
    """Mät svar och träffar mot frågor med kända svar."""
    from engine.contracts import answer_object, results_object
    from engine.evaluation import read_questions, score_answers, score_rankings
    from engine.listing import chosen_form, print_json, print_rows

    form = chosen_form(as_json, as_json_lines, as_csv, as_table, "table")
    questions = read_questions(gold)
    answers, rankings = [], []
    with _service(archive) as service, _progress("Frågar") as advance:
        for one in questions:
            answers.append((one, answer_object(service.ask(one.question), service.places)))
            results = service.search(one.question, limit)
            rankings.append((one, results_object(results, service.places, service.analyser)["hits"]))
            advance(1, len(questions))
    figures = {**score_answers(answers), **score_rankings(rankings), "questions": len(questions)}
    if form == "json":
        print_json(figures)
    else:
        rows = [{"measure": name, "value": value} for name, value in figures.items()]
        print_rows(rows, form, {"measure": "Mått", "value": "Värde"}, _console())


def _questions(question: str | None, batch: Path | None, what: str) -> list[dict[str, str]]:
    """The one question, or those of a batch file, all read before the first is answered."""
    if (question is None) == (batch is None):
        raise UsageError(f"{what} saknas. Skriv den inom citattecken, eller ange en fil med --batch.")
    if batch is None:
        text = " ".join((question or "").split())
        if not any(c.isalnum() for c in text):
            raise UsageError(f"{what} är tom. Skriv minst ett ord, t.ex. klubbat ask \"Vem valdes till sekreterare?\"")
        return [{"id": "", "question": text}]
    try:
        text = sys.stdin.read() if str(batch) == "-" else batch.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"Kan inte läsa {batch}. Ange en fil i UTF-8 med ett JSON-objekt per rad.") from error
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            rows.append(_batch_row(line, number))
    return rows


def _batch_row(line: str, number: int) -> dict[str, str]:
    try:
        row = json.loads(line)
        asked = row.get("question", row.get("query"))
        if isinstance(asked, str) and any(c.isalnum() for c in asked):
            return {"id": row.get("id", str(number)), "question": asked}
    except (ValueError, AttributeError):
        pass
    raise UsageError(f'Rad {number} i frågefilen är inte ett JSON-objekt med en fråga: {{"id": "1", "question": "…"}}')


class _progress:  # noqa: N801  (used as a context manager)
    """A progress bar on standard error, where that is a terminal; else nothing."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, int], None]:
        if sys.stderr.isatty():
            from rich.progress import Progress

            self._bar = Progress(console=_console(stderr=True), transient=True)
            self._bar.start()
            task = self._bar.add_task(self._label, total=None)
            return lambda step, total: self._bar.update(task, advance=step, total=total)
        return lambda step, total: None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


_USAGE = {
    "NoSuchOption": "Det finns inget val {name}.",
    "NoSuchCommand": "Det finns inget kommando {name}.",
    "MissingParameter": "Något saknas: {name}.",
    "BadParameter": "Fel värde för {name}.",
    "BadOptionUsage": "Valet {name} behöver ett värde.",
}


def _usage_message(error: Any) -> str:
    """A usage error of the argument parser, in Swedish."""
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    parameter = getattr(error, "param", None)
    if name is None and parameter is not None:
        options = [one for one in parameter.opts if one.startswith("-")]
        name = options[0] if options else (parameter.metavar or parameter.name)
    pattern = _USAGE.get(type(error).__name__)
    if pattern and name:
        return pattern.format(name=name)
    return str(error.format_message())


def main() -> None:
    """Run the command line; every error becomes one line on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(standalone_mode=False, prog_name="klubbat")
    except KlubbatError as error:
        print(f"Fel: {error}", file=sys.stderr)
        code = error.exit_code
    except (KeyboardInterrupt, EOFError):
        print("\nAvbrutet. Det som redan är tillagt finns kvar.", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        print(f"Fel: {_usage_message(error)}\nHjälp: klubbat --help", file=sys.stderr)
        code = WRONG_USAGE
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
