"""The options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ArchivePlace = Annotated[
    Path | None,
    typer.Option(
        "--archive", "-a", envvar="KLUBBAT_ARCHIVE", help="Mappen med arkivet.", metavar="MAPP", show_default=False
    ),
]
Again = Annotated[bool, typer.Option("--again", help="Försök även med filer som inte gick att läsa förut.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv ett JSON-objekt.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="Skriv ett JSON-objekt per rad.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Skriv CSV med rubrikrad.")]
AsTable = Annotated[bool, typer.Option("--table", help="Skriv en tabell.")]
Batch = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        help='Läs frågor från en fil (- för standard in): {"id", "question"} per rad.',
        metavar="FIL",
        show_default=False,
    ),
]
Body = Annotated[
    str | None,
    typer.Option("--body", help="Bara detta organ (del av namnet).", metavar="ORGAN", show_default=False),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind", help="Bara denna sort: minutes, notes, plan, report, other.", metavar="SORT", show_default=False
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", "--from", help="Från och med: 2018, 2018-10 eller 2018-10-05.", metavar="DATUM", show_default=False
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", "--to", help="Till och med: 2018, 2018-10 eller 2018-10-05.", metavar="DATUM", show_default=False
    ),
]
InPath = Annotated[
    str | None,
    typer.Option(
        "--path",
        help="Bara filer med detta i sökvägen (* och ? kan användas).",
        metavar="SÖKVÄG",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Inbäddningsmodell: namn eller mapp (sentence-transformers).",
        metavar="MODELL",
        show_default=False,
    ),
]
Rerank = Annotated[
    bool | None,
    typer.Option(
        "--rerank/--no-rerank",
        help="Läs de första träffarna och sätt dem som besvarar frågan först. Utan valet läses de när sökningen "
        "är en fråga.",
        show_default=False,
    ),
]
RerankerModel = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        help="Omrankare: namn eller mapp (CrossEncoder för sentence-transformers).",
        metavar="MODELL",
        show_default=False,
    ),
]
