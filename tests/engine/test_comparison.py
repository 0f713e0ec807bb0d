"""Runs kept in files, and what a comparison of two of them says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UnreadableError, UsageError
from engine.evaluation.comparison import compare
from engine.evaluation.runs import Asked, Run, check_place, load_run, save_run
from engine.evaluation.significance import mcnemar, sign_flips


def asked(number: int, text: str | None = "Eva Ek", /, kind: str = "role", **measures: float) -> Asked:
    found = measures or {"answer": 1.0, "false_null": 0.0, "mrr@10": 1.0}
    named = {name.replace("_at_", "@"): value for name, value in found.items()}
    return Asked(f"q{number}", f"Vem valdes, {number}?", kind, "lexical", "sv", f"f{number}", text, 0.9, named)


def run(*questions: Asked, **changed: Any) -> Run:
    return replace(Run("0.1.0", "2031-03-12T10:00:00Z", 15, "e5", 30, questions), **changed)


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (6, 0, 2 / 64), (0, 6, 2 / 64), (8, 2, 112 / 1024), (4, 4, 1.0)],
)
def test_the_exact_mcnemar_test_is_twice_a_binomial_tail(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p)


@pytest.mark.parametrize(("better", "worse"), [(1, 7), (13, 2), (20, 31), (60, 59), (400, 300)])
def test_our_mcnemar_test_equals_the_binomial_test_of_scipy(better: int, worse: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert mcnemar(better, worse) == pytest.approx(stats.binomtest(better, better + worse).pvalue)


@pytest.mark.parametrize(
    ("differences", "p"),
    [([], 1.0), ([0.0, 0.0], 1.0), ([0.5], 1.0), ([0.5] * 6, 2 / 64), ([0.5, -0.5], 1.0), ([1, 0.5, 0.0], 0.5)],
)
def test_few_differences_are_tested_by_every_sign_pattern(differences: list[float], p: float) -> None:
    assert sign_flips(differences) == pytest.approx(p)


def test_many_differences_are_tested_by_sampled_sign_patterns_near_the_exact_value() -> None:
    # All of one size: the exact test is then the sign test, which the McNemar test is too.
    differences = [0.25] * 14 + [-0.25] * 6
    assert sign_flips(differences) == pytest.approx(mcnemar(14, 6), abs=0.02)
    assert sign_flips(differences) == sign_flips(differences)
    assert 0 < sign_flips([0.1] * 40) < 0.001


def test_a_saved_run_is_read_as_it_was(tmp_path: Path) -> None:
    kept = run(asked(1), asked(2, None, kind="unanswerable", abstained=1.0))
    save_run(kept, tmp_path / "körning.json")
    assert load_run(tmp_path / "körning.json") == kept
    assert [file.name for file in tmp_path.iterdir()] == ["körning.json"]


def test_a_run_has_each_measure_by_kind_difficulty_and_language() -> None:
    figures = run(asked(1), asked(2, answer=0.0, false_null=1.0), asked(3, kind="amount")).figures()
    assert figures["answer"] == pytest.approx(2 / 3, abs=1e-4)
    assert (figures["answer:amount"], figures["answer:role"], figures["false_null:role"]) == (1.0, 0.5, 0.5)
    assert {"mrr@10:lexical", "mrr@10:sv"} <= figures.keys()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("inte json", "kan inte läsas"),
        ("[" * 100_000, "kan inte läsas"),
        ("[1, 2]", "ingen sparad körning"),
        ('{"question": "Vem?"}', "ingen sparad körning"),
        ('{"format": "klubbat-run", "format_version": 99}', "form som"),
        ('{"format": "klubbat-run", "format_version": 1}', "skadad"),
    ],
)
def test_a_broken_or_foreign_run_file_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "k.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError, match=said):
        load_run(tmp_path / "k.json")


@pytest.mark.parametrize(
    ("key", "value"),
    [("id", None), ("answer", 3), ("measures", [1]), ("measures", {"answer": 7}), ("measures", {"answer": "ja"})],
)
def test_a_run_file_with_a_damaged_question_is_refused(tmp_path: Path, key: str, value: object) -> None:
    save_run(run(asked(1)), tmp_path / "k.json")
    kept = json.loads((tmp_path / "k.json").read_text(encoding="utf-8"))
    kept["questions"][0][key] = value
    (tmp_path / "k.json").write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(UnreadableError, match="skadad"):
        load_run(tmp_path / "k.json")


def test_a_run_cannot_be_saved_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    check_place(tmp_path / "k.json")
    for place in (tmp_path, tmp_path / "saknas" / "k.json"):
        with pytest.raises(UsageError, match="mapp som finns"):
            check_place(place)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (run(asked(1)), "1 saknas .*q2"),
        (run(asked(1), asked(2), asked(3)), "1 finns bara .*q3"),
        (run(asked(1), replace(asked(2), fingerprint="f9")), "1 har ändrats .*q2"),
        (run(asked(1), asked(2), limit=10), "--limit 10"),
    ],
)
def test_runs_of_other_questions_cannot_be_compared(other: Run, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        compare(other, run(asked(1), asked(2)))


def test_a_comparison_says_what_moved_how_much_and_whether_by_chance() -> None:
    before = run(*(asked(n, answer=0.0, mrr_at_10=0.0) for n in range(8)), asked(8, answer=1.0, mrr_at_10=1.0))
    now = run(*(asked(n, answer=1.0, mrr_at_10=0.5) for n in range(8)), asked(8, answer=1.0, mrr_at_10=1.0))
    compared = {one.measure: one for one in compare(before, now).measures}
    answer, mrr = compared["answer"], compared["mrr@10"]
    assert (answer.before, answer.now, answer.difference) == (0.1111, 1.0, 0.8889)
    assert (answer.questions, answer.better, answer.worse, answer.test) == (9, 8, 0, "mcnemar")
    assert (answer.p, answer.verdict) == (round(2 / 256, 4), "better")
    assert (mrr.test, mrr.p, mrr.verdict) == ("sign_flips", round(2 / 256, 4), "better")
    assert compared["answer:role"].better == 8


def test_one_question_more_may_be_chance_and_no_change_is_none() -> None:
    before = run(asked(1, answer=0.0, cited=1.0), asked(2, answer=1.0, cited=1.0))
    now = run(asked(1, answer=1.0, cited=1.0), asked(2, answer=1.0, cited=1.0))
    verdicts = {one.measure: one.verdict for one in compare(before, now).measures if ":" not in one.measure}
    assert verdicts == {"answer": "uncertain", "cited": "same"}


def test_more_silence_without_need_is_worse() -> None:
    before = run(*(asked(n, false_null=0.0) for n in range(8)))
    now = run(*(asked(n, None, false_null=1.0) for n in range(8)))
    compared = compare(before, now)
    assert (compared.measures[0].worse, compared.measures[0].verdict) == (8, "worse")
    assert {one.direction for one in compared.changed} == {"worse"}


def test_the_questions_that_changed_are_listed_with_their_answers() -> None:
    before = run(asked(1), asked(2, "Bo Al", answer=0.0, cited=1.0), asked(3, answer=0.0))
    now = run(asked(1), asked(2, "Eva Ek", answer=1.0, cited=0.0), asked(3, answer=1.0))
    second, third = compare(before, now).changed
    assert (second.id, second.direction, third.direction) == ("q2", "mixed", "better")
    assert (second.answer_before, second.answer_now) == ("Bo Al", "Eva Ek")
    assert second.measures == {"answer": (0.0, 1.0), "cited": (1.0, 0.0)}
