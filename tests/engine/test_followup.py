"""What later minutes report done: the wordings, and the traps around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.tables import read_rows
from engine.intake.adding import add_paths
from engine.registers.followup import follow_up, is_report
from index.archive import Archive
from index.records import Extraction
from models.registers.records import Action, Proof

TASK = "se över belysningen i hamnen"
GIVEN = "PROTOKOLL\nHamnnämnden\n2031-03-04\n\n§ 1 Ljus\n\nNågon ska se över belysningen i hamnen.\n"


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "completed")), ids=lambda row: row["example"])
def test_each_example_is_a_report_or_none(row: dict[str, str]) -> None:
    assert is_report(row["example"]) == (row["means"] == "done")


def done_by(place: Path, day: str, body: str, *sentences: str) -> str | None:
    """The quotation that closes the task in minutes of a body of a day, if any does."""
    place.mkdir()
    later = "\n\n".join((f"PROTOKOLL\n{body}\n{day}", "§ 1 Öppnande", "Mötet öppnas.", *sentences))
    for name, text in (("given.txt", GIVEN), ("later.txt", later)):
        (place / name).write_text(text, encoding="utf-8")
    add_paths(place / "arkiv", [place / "given.txt", place / "later.txt"])
    with Archive.open(place / "arkiv", write=True) as archive:
        stored = next(one for one in archive.documents() if one.path.endswith("given.txt"))
        document = archive.structured(stored)
        start = document.text.index("Någon")
        row = next(one for one in document.paragraphs if one.start <= start < one.end)
        proof = Proof(row.section, row.number, start, row.end)
        action = Action((), TASK, None, None, None, None, "explicit", "ska", proof)
        archive.store_facts(document, Extraction("1", (action,)))
        (state,) = follow_up(archive, list(archive.facts(["action"])), date(2031, 6, 1))
    assert state["open"] == (state["done"] is None)
    return None if state["done"] is None else str(state["done"]["quote"])


def test_a_report_in_other_forms_of_the_words_closes_it(tmp_path: Path) -> None:
    said = "Översynen av hamnens belysning är slutförd och belysningen i hamnen fungerar."
    assert done_by(tmp_path / "a", "2031-05-06", "Hamnnämnden", "§ 2 Ljus", said) == said


def test_the_heading_counts_where_the_sentence_only_says_that_it_is_done(tmp_path: Path) -> None:
    given = ("§ 2 Belysningen i hamnen", "Uppdraget är fullgjort.")
    assert done_by(tmp_path / "a", "2031-05-06", "Hamnnämnden", *given) == "Uppdraget är fullgjort."


def test_a_longer_name_of_the_body_is_the_same_body(tmp_path: Path) -> None:
    said = "Belysningen i hamnen är klar."
    assert done_by(tmp_path / "a", "2031-05-06", "Hamnnämnden, Bro kommun", "§ 2 Annat", said) == said


@pytest.mark.parametrize(
    ("day", "body", "said"),
    [
        ("2031-05-06", "Hamnnämnden", "Belysningen i hamnen är inte klar."),
        ("2031-05-06", "Hamnnämnden", "Belysningen i hamnen ska vara klar till hösten."),
        ("2031-05-06", "Hamnnämnden", "Målningen av staketet är klar."),
        ("2031-05-06", "Hamnnämnden", "Belysningen i hamnen diskuterades och mötet avslutades."),
        ("2031-05-06", "Hamnnämnden", "§ 3 Belysningen i hamnen\n\nMålningen är klar."),
        ("2031-05-06", "Skolnämnden", "Belysningen i hamnen är klar."),
        ("2031-02-06", "Hamnnämnden", "Belysningen i hamnen är klar."),
    ],
    ids=[
        "not done",
        "a plan",
        "something else",
        "the meeting ended",
        "something else below the heading",
        "another body",
        "earlier",
    ],
)
def test_what_does_not_report_it_leaves_it_open(tmp_path: Path, day: str, body: str, said: str) -> None:
    assert done_by(tmp_path / "a", day, body, "§ 2 Annat", said) is None
