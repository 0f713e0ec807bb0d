"""Text flows one way: a room imports only rooms to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["corpus", "models", "index", "engine"]
FRONTS = ["cli", "web"]
MODULES = [
    *(file for room in [*ROOMS, "web"] for file in sorted((ROOT / room).rglob("*.py"))),
    ROOT / "cli.py",
]


def imported(file: Path) -> set[str]:
    """The first parts of all names that a module imports, at the top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_imports_only_rooms_to_its_left(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0].removesuffix(".py")
    may = {*ROOMS, room} if room in FRONTS else {*ROOMS[: ROOMS.index(room) + 1]}
    rooms = {*ROOMS, *FRONTS, "tests", "benchmarks"}
    assert imported(file) & rooms <= may
