"""Runs and comparisons for people: a table by group, and what changed since an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from engine.evaluation.comparison import Change, Compared, Comparison
from engine.evaluation.measures import GRADED, means
from engine.evaluation.runs import Asked, Run
from engine.listing import Form, print_json, print_json_line, print_rows

# The measures of the table, with their headings; a script gets all of them.
_SHOWN = {
    "answer": "Rätt svar",
    "cited": "Rätt källa",
    "false_null": "Tyst i onödan",
    "abstained": "Rätt tystnad",
    "found@1000": "Hittat i 1000 tecken",
    "recall@1": "Recall@1",
    "recall@10": "Recall@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
_SHORT = {  # the same as headings of narrow columns
    **dict(
        zip(("answer", "cited", "false_null", "abstained"), ("Svar", "Källa", "Tyst fel", "Tyst rätt"), strict=True)
    ),
    **dict(zip(("found@1000", "recall@1", "recall@10"), ("Inom 1000", "R@1", "R@10"), strict=True)),
    "mrr@10": "MRR",
    "ndcg@10": "nDCG",
}
_ANSWERS = ("answer", "cited", "false_null", "abstained")
_GROUPS: tuple[tuple[str, Callable[[Asked], str]], ...] = (
    ("Slag", lambda one: one.kind),
    ("Svårighet", lambda one: one.difficulty),
    ("Språk", lambda one: one.lang),
)
_VERDICTS = {"better": "bättre", "worse": "sämre", "uncertain": "kan vara slump", "same": "lika"}
_TESTS = {"mcnemar": "McNemar", "sign_flips": "teckenbyte"}
_DIRECTIONS = {"better": "+", "worse": "-", "mixed": "±"}
_COMPARED = {
    "measure": "Mått",
    "before": "Förr",
    "now": "Nu",
    "difference": "Skillnad",
    "better": "Bättre frågor",
    "worse": "Sämre frågor",
    "p": "p",
    "test": "Prov",
    "verdict": "Bedömning",
}


def show_run(run: Run, form: Form, console: Console, comparison: Comparison | None = None) -> None:
    """Print a run in the form that was asked for, and what changed since another."""
    if form == "json":
        print_json({**run.figures(), **({} if comparison is None else {"comparison": comparison.object()})})
    elif comparison is None:
        _show_figures(run, form, console)
    elif form == "jsonl":
        compared = comparison.object()
        for row in (*compared["measures"], *compared["changed"]):
            print_json_line(row)
    elif form == "csv":
        print_rows(comparison.object()["measures"], form, _COMPARED, console)
    else:
        _show_figures(run, form, console)
        _show_comparison(comparison, console)


def _show_figures(run: Run, form: Form, console: Console) -> None:
    if form in ("jsonl", "csv"):
        rows = [{"measure": name, "value": value} for name, value in run.figures().items()]
        print_rows(rows, form, {"measure": "Mått", "value": "Värde"}, console)
        return
    headings = {"group": "Grupp", "questions": "Frågor", **_SHORT}
    print_rows(list(_group_rows(run)), form, headings, console)


def _group_rows(run: Run) -> Iterator[dict[str, Any]]:
    """All questions first, then each group under the name of its sort."""
    yield _group_row("Alla", list(run.questions))
    for heading, group_of in _GROUPS:
        yield {"group": heading}
        members: dict[str, list[Asked]] = {}
        for one in run.questions:
            members.setdefault(group_of(one), []).append(one)
        for name in sorted(members):
            yield _group_row(f"  {name}", members[name])


def _group_row(name: str, questions: list[Asked]) -> dict[str, Any]:
    found = means(((one, one.measures) for one in questions), ())
    return {"group": name, "questions": len(questions), **{key: f"{value:.2f}" for key, value in found.items()}}


def _show_comparison(comparison: Comparison, console: Console) -> None:
    before = comparison.before
    console.print(
        Text(
            f"Jämfört med {before.saved_at}, Klubbat {before.version}, {before.documents} handlingar, {before.model}:"
        ),
        soft_wrap=True,
    )
    print_rows([_compared_row(one) for one in _shown(comparison)], "table", _COMPARED, console)
    if not comparison.changed:
        console.print("Ingen fråga har ändrats.")
        return
    told = [one for one in comparison.changed if one.measures.keys() & set(_ANSWERS)]
    moved = [one for one in comparison.changed if one not in told]
    for one in told:
        _show_change(one, console)
    if moved:
        console.print(Text("\nBara rangordningen har ändrats:"))
        for one in moved:
            console.print(Text(f"{_DIRECTIONS[one.direction]} {one.id}  {one.question}"), soft_wrap=True)


def _shown(comparison: Comparison) -> Iterator[Compared]:
    """The measures of the table, and below right answers those of the groups where some question moved."""
    compared = {one.measure: one for one in comparison.measures}
    for name in _SHOWN:
        if name in compared:
            yield compared[name]
        if name == "answer":
            groups = sorted(key for key in compared if key.startswith("answer:"))
            yield from (compared[key] for key in groups if compared[key].verdict != "same")


def _compared_row(one: Compared) -> dict[str, Any]:
    name, _, group = one.measure.partition(":")
    return {
        "measure": f"  {group}" if group else _SHOWN[name],
        "before": f"{one.before:.3f}",
        "now": f"{one.now:.3f}",
        "difference": f"{one.difference:+.3f}" if one.difference else "0",
        "better": one.better,
        "worse": one.worse,
        "p": f"{one.p:.3f}",
        "test": _TESTS[one.test],
        "verdict": _VERDICTS[one.verdict],
    }


def _show_change(one: Change, console: Console) -> None:
    console.print(Text(f"\n{_DIRECTIONS[one.direction]} {one.id}  {one.question}", style="bold"), soft_wrap=True)
    moves = [
        f"{_SHOWN[name].lower()} {_value(name, was)} → {_value(name, now)}"
        for name, (was, now) in one.measures.items()
        if name in _ANSWERS
    ]
    console.print(Text(f"  {'; '.join(moves)}"), soft_wrap=True)
    if one.answer_before == one.answer_now:
        return
    for label, answer in (("förr", one.answer_before), ("nu", one.answer_now)):
        console.print(Text(f"  {label}: {answer or '(inget svar)'}", style="dim"), soft_wrap=True)


def _value(name: str, value: float) -> str:
    return f"{value:.2f}" if name in GRADED else "ja" if value else "nej"
