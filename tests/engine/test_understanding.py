"""What is asked for, through which relation, of what, and where, in invented questions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from corpus.tables import read_rows
from engine.questions.account import account
from engine.questions.names import limit_pattern
from engine.questions.relations import relation_of
from engine.questions.understanding import Limits, Relation, Understood, Wanted, understand
from engine.questions.wording import asked_for

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "tests" / "data" / "understood-questions.tsv"


def _read() -> list[tuple[str, str, str | None, Limits]]:
    lines = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    rows = []
    for line in lines[1:]:
        question, wanted, relation, written = line.split("\t")
        limits: dict[str, str | bool] = {}
        for one in written.split("; ") if written != "-" else ():
            name, sign, value = one.partition("=")
            limits[name] = value if sign else True
        rows.append((question, wanted, None if relation == "-" else relation, Limits(**limits)))  # type: ignore[arg-type]
    return rows


READ = _read()


@pytest.mark.parametrize(("question", "wanted", "relation", "limits"), READ, ids=[row[0] for row in READ])
def test_a_question_is_understood(question: str, wanted: str, relation: str | None, limits: Limits) -> None:
    found = understand(question)
    assert (found.wanted, found.relation) == (wanted, relation)
    assert found.limits == limits


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "relations")), ids=lambda row: row["example"])
def test_every_example_of_a_relation_asks_through_it(row: dict[str, str]) -> None:
    found = relation_of(row["example"], asked_for(row["example"]).wanted)  # type: ignore[arg-type]
    assert found is not None
    assert found.relation == row["relation"]


def test_the_tables_say_only_what_the_records_know() -> None:
    questions, relations = list(read_rows("engine.tables", "questions")), list(read_rows("engine.tables", "relations"))
    assert {row["wanted"] for row in questions} <= set(get_args(Wanted))
    assert {row["relation"] for row in relations} == set(get_args(Relation))
    limited = {word for row in relations if row["wanted"] != "-" for word in row["wanted"].split()}
    assert limited <= set(get_args(Wanted))


@pytest.mark.parametrize("row", list(read_rows("engine.tables", "limits")), ids=lambda row: row["example"])
def test_every_example_of_a_limit_is_met_by_its_row(row: dict[str, str]) -> None:
    if row["kind"] == "surname":
        assert understand(f"Vad sa {row['example']}?").limits.person == row["example"]
    else:
        assert limit_pattern(row["kind"]).search(row["example"])


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Vem fick i uppdrag att laga bryggan på mötet i mars 2031?", ("laga", "bryggan")),
        ("Vad tog Eva Ek upp om bryggan i § 6?", ("bryggan",)),
        ("Vad är syftet med samarbetsavtalet?", ("samarbetsavtalet",)),
        ("What did the board decide about the fee?", ("fee",)),
        ("Vem är ordförande i kulturnämnden?", ("ordförande",)),
        ("Fick styrelsen ansvarsfrihet?", ("ansvarsfrihet",)),
        ("Vad är Framtidsgruppen?", ("Framtidsgruppen",)),
        ("När är nästa möte?", ()),
    ],
)
def test_the_topic_is_what_remains(question: str, topic: tuple[str, ...]) -> None:
    assert understand(question).topic == topic


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("Vad beslutades förra året?", "2030-01-01", "2030-12-31"),
        ("Vad har beslutats i år?", "2031-01-01", "2031-12-31"),
    ],
)
def test_words_that_count_from_today_do_so_where_today_is_known(question: str, since: str, until: str) -> None:
    limits = understand(question, date(2031, 6, 15)).limits
    assert (limits.since, limits.until) == (since, until)
    assert understand(question).limits == Limits()


@pytest.mark.parametrize(
    "question",
    [
        "Vilken budget antogs för 2031?",
        "Vilken avgift gäller från och med 2031?",
        "Vad beslutades i mars?",
        "Vad kostade valet 2031?",
        "Vad gäller ärende KS 2031/73?",
    ],
)
def test_a_year_that_names_a_matter_limits_no_time(question: str) -> None:
    limits = understand(question, date(2031, 6, 15)).limits
    assert (limits.since, limits.until) == (None, None)


@pytest.mark.parametrize(
    "question",
    ["Vilka förändringar gäller från punkt 4 i stadgarna?", "Vad säger 5 kap. 6 § kommunallagen?", "Hur gick det 6-4?"],
)
def test_numbers_that_are_no_section_limit_nothing(question: str) -> None:
    assert understand(question).limits.section is None


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("Vad ska Eva Fors göra?", "Eva Fors"),
        ("Vad gäller Eva Lundins plan?", "Eva Lundin"),
        ("Vad sa Hans om bron?", "Hans"),
        ("Vem är kassör?", None),
        ("Vem rapporterade till ordföranden?", None),
        ("Vad sa Granviks kommun?", None),
        ("Maria fick vad i uppdrag?", "Maria"),
    ],
)
def test_people_are_named_without_their_genitive(question: str, person: str | None) -> None:
    assert understand(question).limits.person == person


@pytest.mark.parametrize("question", ["", "???", "§", "x" * 2_000, "( * [ \\ ^ ~ : AND OR", "VEM VALDES TILL KASSÖR?"])
def test_odd_questions_are_understood_as_something(question: str) -> None:
    assert understand(question).wanted in get_args(Wanted)


def test_all_that_is_understood_has_words_in_both_languages() -> None:
    limits = Limits("2031-01-01", "2031-02-01", "styrelsen", "6", "Eva Ek", "Granvik", latest=True, next=True)
    for language in ("sv", "en"):
        for wanted in get_args(Wanted):
            for relation in get_args(Relation):
                lines = account(Understood("", language, wanted, relation, ("bro",), limits))  # type: ignore[arg-type]
                assert len(lines) == 4
    assert len(asdict(limits)) == lines[-1][1].count("·") + 1


def test_one_day_is_said_as_a_day() -> None:
    assert account(understand("Vad sa Eva Ek om bron den 3 mars 2031?")) == [
        ("Det som efterfrågas", "en uppgift ur texten"),
        ("Det handlar om", "uttalanden"),
        ("Ämnet", "bron"),
        ("Var och när", "den 2031-03-03 · person: Eva Ek"),
    ]


def test_understanding_loads_no_heavy_library() -> None:
    code = (
        "import sys; from engine.questions.understanding import understand;"
        "understand('Vad sa Eva Ek på mötet i mars 2031, § 6?');"
        "print(sorted({'spacy', 'torch', 'transformers', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
