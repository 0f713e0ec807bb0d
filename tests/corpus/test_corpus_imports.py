"""The reading room stands on its own, and a question that needs no file loads no reader."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "corpus").rglob("*.py"))
ROOMS = {"models", "index", "engine", "web", "cli"}
HEAVY = {"spacy", "pypdfium2", "PIL", "simplemma", "bs4", "lxml", "numpy", "torch", "charset_normalizer"}


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_no_other_room(module: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert not imported & ROOMS


def test_nothing_heavy_is_loaded_before_a_file_is_read() -> None:
    modules = ["corpus.documents", "corpus.dates", "corpus.readers.plain", "corpus.readers.markdown",
               "models.sentences", "models.swedish"]  # fmt: skip
    code = f"import sys, {', '.join(modules)}; print(sorted({HEAVY!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
