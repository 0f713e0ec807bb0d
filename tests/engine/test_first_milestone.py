"""The bars of the first milestone, on the five documents and the questions of ``../shared``."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_results import results_of

from engine.evaluation import score_answers, score_rankings
from engine.intake.adding import add_paths
from engine.service import Service

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEEDS = SHARED / "corpus" / "seeds"
GOLD = SHARED / "gold" / "seeds-questions.jsonl"

pytestmark = pytest.mark.skipif(
    not (SEEDS.is_dir() and GOLD.exists()),
    reason=f"the seed documents are not beside the repository: {SHARED}",
)

AT_LEAST = {
    "found@1000": 0.77,
    "found@3000": 0.88,
    "found@10000": 0.97,
    "answer": 0.45,
    "cited": 0.65,
    "abstained": 0.5,
}
AT_MOST = {"false_null": 0.1}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    folder = tmp_path_factory.mktemp("seeds") / "arkiv"
    report = add_paths(folder, sorted(SEEDS.glob("*.txt")))
    assert report.count("added") == 5
    with Service.open(folder) as service:
        results = results_of(service, GOLD)
    return {
        **score_answers((one.question, one.answer) for one in results),
        **score_rankings((one.question, one.hits) for one in results),
    }


@pytest.mark.parametrize("measure", AT_LEAST)
def test_the_first_milestone_is_reached(figures: dict[str, float], measure: str) -> None:
    assert figures[measure] >= AT_LEAST[measure], figures


@pytest.mark.parametrize("measure", AT_MOST)
def test_answers_are_not_withheld_too_often(figures: dict[str, float], measure: str) -> None:
    assert figures[measure] <= AT_MOST[measure], figures
