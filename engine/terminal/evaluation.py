"""``klubbat eval``: measures on questions with known answers, kept and compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.terminal.opening import open_service, terminal_console
from engine.terminal.options import ArchivePlace
from engine.terminal.progress import ProgressBar
from engine.terminal.shared import with_shared_options

if TYPE_CHECKING:
    from engine.listing import Form


@with_shared_options("table")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Frågefil med rätta svar.", metavar="GULD.jsonl")],
    archive: ArchivePlace = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, help="Så många träffar som mäts.", metavar="ANTAL")
    ] = 30,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Spara körningen, att jämföra med senare.", metavar="FIL", show_default=False),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare",
            help="Jämför med en sparad körning: vad som ändrades, och om det kan vara slump.",
            metavar="FIL",
            show_default=False,
        ),
    ] = None,
    *,
    form: Form,
) -> None:
    """Mät svar och träffar mot frågor med kända svar, och jämför med en tidigare körning."""
    from engine.evaluation import read_questions
    from engine.evaluation import runs as saved
    from engine.evaluation.comparison import check_comparable
    from engine.evaluation.comparison import compare as compared
    from engine.evaluation.presentation import show_run

    questions = read_questions(gold)
    before = None if compare is None else saved.load_run(compare)
    if before is not None:  # what would end in an error ends before the questions are asked
        check_comparable(before, {one.id: one.fingerprint for one in questions}, limit)
    if save is not None:
        saved.check_place(save)
    with open_service(archive) as service, ProgressBar("Frågar") as advance:
        run = saved.evaluate(service, questions, limit, advance)
    if save is not None:
        saved.save_run(run, save)
    show_run(run, form, terminal_console(), None if before is None else compared(before, run))
