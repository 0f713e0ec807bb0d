"""The options of the registers, each described once."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def _text_option(name: str, help_: str, metavar: str) -> Any:
    return typer.Option(name, help=help_, metavar=metavar, show_default=False)


Person = Annotated[
    str | None, _text_option("--person", "Bara rader om den som heter så: hela namnet eller en del av det.", "NAMN")
]
InSection = Annotated[
    str | None, _text_option("--section", "Bara denna paragraf eller punkt, och det som står under den.", "NUMMER")
]
WithText = Annotated[
    str | None, _text_option("--text", "Bara rader där alla dessa ord eller delar av ord står.", "ORD")
]
AttendanceKind = Annotated[str | None, _text_option("--kind", "Bara present (närvarande) eller absent.", "SLAG")]
ActionKind = Annotated[
    str | None, _text_option("--kind", "Bara explicit (givna och åtagna) eller soft (önskemål).", "SLAG")
]
DecisionKind = Annotated[
    str | None,
    _text_option(
        "--kind",
        "Bara detta slag: elect, approve, reject, refer_back, table, grant, support, file, note, decide, other.",
        "SLAG",
    ),
]
Open = Annotated[
    bool, typer.Option("--open", help="Bara uppdrag som ingen senare handling av samma organ säger är klara.")
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Bara öppna uppdrag vars frist har gått ut.")]
Today = Annotated[
    str | None, _text_option("--today", "Räkna frister från denna dag i stället för i dag: 2018-10-05.", "DATUM")
]
Name = Annotated[
    str | None,
    typer.Argument(help="Namnet eller en del av det, t.ex. efternamnet.", metavar="NAMN", show_default=False),
]
