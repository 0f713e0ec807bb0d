"""``klubbat eval``: measures by group, runs kept in files, and what changed since one of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import klubbat, refused

GOLD = Path(__file__).resolve().parents[1] / "data" / "sample-questions.jsonl"


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gold") / "frågor.jsonl"
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    few = [*rows[:3], next(row for row in rows if row["kind"] == "unanswerable")]
    file.write_text("".join(json.dumps(row) + "\n" for row in few), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def saved(gold: Path, sample_archive: Path) -> Path:
    """A saved run in which the first question was answered wrongly, as an earlier version might have."""
    file = gold.parent / "före.json"
    assert klubbat("eval", gold, "--save", file, "-a", sample_archive).code == 0
    run = json.loads(file.read_text(encoding="utf-8"))
    first = run["questions"][0]
    first["measures"] = {name: 1.0 - value for name, value in first["measures"].items()}
    first["answer"] = "Bo Al"
    file.write_text(json.dumps(run), encoding="utf-8")
    return file


def test_the_table_has_all_questions_and_each_group(gold: Path, sample_archive: Path) -> None:
    outcome = klubbat("eval", gold, "-a", sample_archive)
    assert outcome.code == 0
    for words in ("Alla", "Slag", "unanswerable", "Svårighet", "lexical", "Språk", "nDCG", "Tyst fel"):
        assert words in outcome.out


def test_a_run_keeps_the_answer_and_every_measure_of_each_question(gold: Path, saved: Path) -> None:
    run = json.loads(saved.read_text(encoding="utf-8"))
    assert [one["id"] for one in run["questions"]] == [
        json.loads(line)["id"] for line in gold.read_text(encoding="utf-8").splitlines()
    ]
    assert (run["format"], run["limit"], run["documents"]) == ("klubbat-run", 30, 15)
    assert run["version"] and run["model"]
    assert {"answer", "cited", "false_null", "recall@10", "mrr@10"} <= run["questions"][1]["measures"].keys()
    assert run["questions"][3]["measures"].keys() == {"abstained"}


def test_a_comparison_shows_before_now_and_the_questions_that_changed(
    gold: Path, saved: Path, sample_archive: Path
) -> None:
    outcome = klubbat("eval", gold, "--compare", saved, "-a", sample_archive)
    assert (outcome.code, outcome.err) == (0, "")
    for words in ("Förr", "Nu", "Skillnad", "McNemar", "teckenbyte", "kan vara slump", "förr: Bo Al"):
        assert words in outcome.out
    asked = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    changes = outcome.out.partition("Jämfört med")[2]
    assert asked[0]["question"] in changes
    assert asked[1]["question"] not in changes


def test_a_comparison_for_scripts_is_beside_the_figures(gold: Path, saved: Path, sample_archive: Path) -> None:
    value = klubbat("eval", gold, "--compare", saved, "--json", "-a", sample_archive).json
    compared = {one["measure"]: one for one in value["comparison"]["measures"]}
    assert compared["answer"]["now"] == pytest.approx(value["answer"], abs=1e-4)
    assert compared["answer"]["difference"] == pytest.approx(
        compared["answer"]["now"] - compared["answer"]["before"], abs=2e-4
    )
    assert (compared["answer"]["test"], compared["mrr@10"]["test"]) == ("mcnemar", "sign_flips")
    (changed,) = value["comparison"]["changed"]
    assert changed["answer_before"] == "Bo Al"
    rows = list(
        csv.DictReader(io.StringIO(klubbat("eval", gold, "--compare", saved, "--csv", "-a", sample_archive).out))
    )
    assert [row["measure"] for row in rows] == list(compared)


def test_a_run_compared_with_itself_has_no_change(gold: Path, sample_archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "k.json"
    klubbat("eval", gold, "--save", file, "-a", sample_archive)
    outcome = klubbat("eval", gold, "--compare", file, "-a", sample_archive)
    assert "Ingen fråga har ändrats." in outcome.out
    assert "bättre" not in outcome.out.partition("Jämfört med")[2]


def test_what_cannot_be_compared_or_saved_is_refused_before_a_question_is_asked(
    gold: Path, saved: Path, tmp_path: Path
) -> None:
    nowhere = tmp_path / "inget arkiv"  # never opened: that would be another error
    broken, other = tmp_path / "trasig.json", tmp_path / "andra.jsonl"
    broken.write_text("{", encoding="utf-8")
    other.write_text('{"id": "ny", "question": "Vem?"}\n', encoding="utf-8")
    refused(klubbat("eval", gold, "--compare", broken, "-a", nowhere), 3, "trasig.json")
    refused(klubbat("eval", gold, "--compare", gold, "-a", nowhere), 3, "frågor.jsonl")
    refused(klubbat("eval", other, "--compare", saved, "-a", nowhere), 3, "inte samma frågor", "ny")
    refused(klubbat("eval", gold, "--compare", saved, "--limit", 5, "-a", nowhere), 3, "--limit 30")
    refused(klubbat("eval", gold, "--save", tmp_path / "saknas" / "k.json", "-a", nowhere), 2, "mapp som finns")
