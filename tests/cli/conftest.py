from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_archive_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test may meet the archive of the person who runs it."""
    monkeypatch.delenv("KLUBBAT_ARCHIVE", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
