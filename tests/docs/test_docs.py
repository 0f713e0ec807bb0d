"""The documentation keeps step with the code."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ROOMS = ("corpus", "models", "index", "engine", "web")
NOT_OURS = {"build", "dist", "node_modules"}
TABLES = sorted(p.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("tables/*.tsv"))


@cache
def _script() -> ModuleType:
    """docs/make_cli_reference.py by its path: another installed package may be called ``docs``."""
    spec = importlib.util.spec_from_file_location("make_cli_reference", DOCS / "make_cli_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _bare(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _markdown_files() -> list[Path]:
    """Every Markdown file of the repository, without hidden folders and the invented minutes."""
    found = []
    for file in ROOT.rglob("*.md"):
        folders = file.relative_to(ROOT).parts[:-1]
        ours = not any(name.startswith(".") or name in NOT_OURS or name.endswith(".egg-info") for name in folders)
        if ours and folders[:2] != ("corpus", "samples"):
            found.append(file)
    return sorted(found)


def _prose(text: str) -> str:
    """Markdown without its code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def _anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    headings = re.findall(r"(?m)^#{1,6}\s+(.+?)\s*#*$", re.sub(r"(?ms)^```.*?^```", "", text))
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def _leads_somewhere(file: Path, target: str) -> bool:
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return True  # an address of the web is not looked up
    path, _, anchor = target.partition("#")
    goal = (file.parent / path).resolve() if path else file
    if not anchor or goal.suffix != ".md":
        return goal.exists()
    return goal.exists() and anchor.casefold() in _anchors(goal.read_text(encoding="utf-8"))


def _requirement_names() -> list[str]:
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    named = [*project["dependencies"], *(one for extra in extras for one in extra)]
    return sorted({re.split(r"[^\w.-]", one, maxsplit=1)[0].lower().replace("_", "-") for one in named})


def test_the_command_reference_is_what_the_script_makes():
    made, kept = _bare(_script().reference()), _bare(_read("docs/cli.md"))
    assert made == kept, "docs/cli.md is out of date; run: python docs/make_cli_reference.py"


@pytest.mark.parametrize("name", sorted(_script().commands()))
def test_every_command_and_each_of_its_parameters_is_documented(name):
    command = _script().commands()[name]
    assert command.help, f"klubbat {name} has no docstring"
    without = [one.name for one in command.params if not getattr(one, "help", None)]
    assert not without, f"klubbat {name}: no help for {', '.join(without)}"
    assert f"\n## klubbat {name}\n" in _read("docs/cli.md")


def test_every_exit_code_is_documented():
    from corpus.errors import KlubbatError, ModelMissingError, UnreadableError, UsageError
    from engine.terminal import exits

    known = {exits.FOUND, exits.NOTHING, exits.WRONG_USAGE, exits.UNREADABLE, exits.INTERNAL, exits.INTERRUPTED}
    known |= {error.exit_code for error in (KlubbatError, UsageError, UnreadableError, ModelMissingError)}
    section = _read("docs/cli.md").partition("## Exit codes")[2].partition("\n## ")[0]
    assert {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", section)} == known


def test_every_environment_variable_of_ours_is_documented():
    sources = [ROOT / "cli.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
    used = {name for file in sources for name in re.findall(r"\bKLUBBAT_[A-Z_]+\b", file.read_text(encoding="utf-8"))}
    page = _read("docs/cli.md")
    assert used
    assert not [name for name in sorted(used) if f"| `{name}` |" not in page]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_described_with_its_columns(table):
    _, found, rest = _read("docs/tables.md").partition(f"### {table}\n")
    assert found, f"docs/tables.md says nothing of {table}"
    section = re.split(r"(?m)^#{2,3} ", rest, maxsplit=1)[0]
    header = next(line for line in _read(table).splitlines() if line.strip() and not line.startswith("#"))
    columns = header.split("\t")
    assert not [column for column in columns if f"`{column}`" not in section]
    for row in re.findall(r"(?m)^```\n(.+)\n```$", section):
        cells = dict(zip(columns, row.split("\t"), strict=True))
        if "pattern" in cells:
            assert re.search(cells["pattern"], cells["example"], re.IGNORECASE), row


@pytest.mark.parametrize("name", _requirement_names())
def test_every_dependency_is_listed_with_its_licence(name):
    row = re.search(rf"(?m)^\| `{re.escape(name)}` \| ([^|]+) \|", _read("docs/dependencies.md"))
    assert row, f"docs/dependencies.md has no row for {name}"
    assert row[1].strip()


@pytest.mark.parametrize("file", _markdown_files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(file):
    targets = re.findall(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)", _prose(file.read_text(encoding="utf-8")))
    dead = [target for target in targets if not _leads_somewhere(file, target)]
    assert not dead, f"dead links: {', '.join(dead)}"


def test_every_page_and_decision_is_in_the_index():
    index = _read("docs/README.md")
    pages = [file for file in _markdown_files() if DOCS in file.parents and file != DOCS / "README.md"]
    missing = [file.relative_to(DOCS).as_posix() for file in pages]
    assert not [name for name in missing if f"({name})" not in index]
