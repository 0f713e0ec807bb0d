from __future__ import annotations

import pytest
from sample_results import QUESTIONS, SampleResults, results_of

from engine.service import Service


@pytest.fixture(scope="session")
def sample_results(sample_service: Service) -> list[SampleResults]:
    return results_of(sample_service, QUESTIONS)
