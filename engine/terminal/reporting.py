"""Reports of added and synchronised files, and the exit codes that they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from corpus.errors import KlubbatError
from engine.intake.reports import OUTCOME_WORDS, FactReport, Report
from engine.listing import Form, print_json, print_json_line, print_rows
from engine.terminal.exits import FOUND, NOTHING, UNREADABLE, failure
from index.lock import ArchiveBusyError

_COLUMNS = {"outcome": "Utfall", "path": "Fil", "moved_from": "Från", "chunks": "Stycken", "reason": "Anmärkning"}
_WAIT_SECONDS = 30.0


def show_report(report: Report, form: Form, console: Console) -> int:
    """Print what became of files; returns the exit code."""
    if form == "text":
        print(report.summary() if report.files else "Inga filer att lägga till.")
        _show_reasons(report)
    else:
        print_rows(report.rows(), form, _COLUMNS, console)
    if not report.files:
        return NOTHING
    return UNREADABLE if len(report.left_out) == len(report.files) else FOUND


def show_sync(report: Report, folder: Path, dry_run: bool, form: Form, console: Console) -> int:
    """Print what a synchronisation did, or would do; returns the exit code."""
    if form == "json":
        print_json(_sync_object(report, folder, dry_run))
    elif form != "text":
        print_rows(report.rows(), form, _COLUMNS, console)
    else:
        print(("Skulle bli: " if dry_run else "") + (report.summary() if report.files else "Mappen är tom."))
        for one in report.changes:
            origin = f" (från {one.moved_from})" if one.moved_from else ""
            print(f"  {OUTCOME_WORDS[one.outcome][0]}: {one.path}{origin}")
        _show_reasons(report)
    return FOUND


def watched(run: Callable[[float], Report], folder: Path, archive: Path, form: Form, console: Console) -> NoReturn:
    """Synchronise now and whenever the folder changes; print what changed. Ends with Ctrl-C only."""
    from engine.intake.watching import changes_in

    told: set[tuple[str, str | None]] = set()
    for number, _ in enumerate(changes_in(folder, archive)):
        try:
            report = run(_WAIT_SECONDS)
        except ArchiveBusyError as error:  # the next look takes up what this one could not do
            print(f"Obs: {error}", file=sys.stderr)
            continue
        except KlubbatError as error:
            if not number:
                raise
            failure(error)
            continue
        news = Report(tuple(one for one in report.files if one.readable or (one.path, one.reason) not in told))
        told = {(one.path, one.reason) for one in report.left_out}
        if number and not news.changes and not news.left_out:
            continue
        if form in ("json", "jsonl"):
            print_json_line(_sync_object(report, folder, False))
        else:
            show_sync(news, folder, False, form, console)
        sys.stdout.flush()
    raise KeyboardInterrupt


def show_facts_read(report: FactReport) -> None:
    """Print how many facts were read anew, and which documents have none because of a fault."""
    print(report.summary())
    for path, fault in report.faults:
        print(f"  {path}: {fault}", file=sys.stderr)


def _sync_object(report: Report, folder: Path, dry_run: bool) -> dict[str, object]:
    counts = {outcome: report.count(outcome) for outcome in OUTCOME_WORDS}
    return {"folder": str(folder.resolve()), "dry_run": dry_run, "counts": counts, "files": report.rows()}


def _show_reasons(report: Report) -> None:
    for one in report.files:
        if one.reason:
            print(f"  {one.path}: {one.reason}", file=sys.stderr)
