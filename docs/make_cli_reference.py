"""Writes ``docs/cli.md``, the command reference, from the help of every command.

    python docs/make_cli_reference.py

The help is taken in this process at a fixed width, so the page is the same on every terminal. Exit
codes and environment variables are written here, by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cli.md"
WIDTH = 100  # columns of a help page

HEAD = """\
# Command reference

Made by `python docs/make_cli_reference.py`: change the help in `cli.py`, or the script, not this page.

The commands speak Swedish. Text goes to a terminal, JSON where asked: `--json` (one value), `--jsonl` (one
object a line), `--csv`, `--table`; one of them at most. Errors go to standard error and say what to do.
Files of questions are described in [question-files.md](question-files.md), the registers in
[registers.md](registers.md).
"""

FOOT = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | found, or done. With `--batch` also where some questions have no answer |
| 1 | nothing found: no answer (`ask`), no hit (`search`), no document (`documents`), \
no row (`facts` and the registers), no file (`add`) |
| 2 | wrong usage: an unknown command or option, a bad value, an empty question, a path that does not exist (`add`) |
| 3 | unreadable data: no archive there, a damaged file, an archive that another process writes to, \
a bad question file, or `add` where every file was left out |
| 4 | a model is missing |
| 70 | a fault of Klubbat itself; the archive is unharmed |
| 130 | interrupted (Ctrl-C); what was added before stays added |

`chat` ends with 0 in a terminal, also with Ctrl-C or Ctrl-D, and at the end of its input. Its questions are kept in
`klubbat/chat-history` in the user's state folder (on Linux `~/.local/state`) unless `--no-history` is given or they
come through a pipe. `add` ends with 0 where some files were left out; the reasons go to standard error. A pipe that
is closed early (`klubbat search … | head`) is no error.

## Environment variables

| variable | meaning |
|---|---|
| `KLUBBAT_ARCHIVE` | the archive's folder; `--archive` goes before it. Without both: `klubbat/arkiv` in the user's \
data folder (on Linux `~/.local/share`) |
| `KLUBBAT_CACHE` | the folder for what can be made again (the unpacked model, 250 MB; the reader, 25 MB; the \
compiled dictionary, 5 MB). Without it: `klubbat` in the user's cache folder (on Linux `~/.cache`) |
| `KLUBBAT_TESSERACT` | the program that reads scanned pages, `tesseract` without it; `nej` switches reading off |
| `KLUBBAT_DEBUG` | if set, a fault of Klubbat itself shows its traceback |
| `KLUBBAT_SOFFICE` | the program of LibreOffice that reads .doc, .odt and .rtf, or `nej` for none; \
see [formats.md](formats.md) |
| `OMP_NUM_THREADS` | threads for embedding a question. 1 is steadier on a busy machine \
([decision 3](decisions/0003-two-runtimes.md)) |
| `OMP_WAIT_POLICY` | set to `PASSIVE` by Klubbat before the default model is loaded, unless it is set already |
| `HF_HOME` | where models for `--model` are looked for by name; nothing is downloaded |
| `COLUMNS` | width of tables that go to a file or a pipe; 160 without it |
| `NO_COLOR` | if set, no colours |
"""


def commands() -> dict[str, Any]:
    """The commands by name, in the order of ``klubbat --help``."""
    return dict(_group().commands)


def reference() -> str:
    """The whole page."""
    group = _group()
    # resilient_parsing: nothing is run, and a missing argument is no error.
    root = group.make_context("klubbat", [], resilient_parsing=True, terminal_width=WIDTH)
    parts = [HEAD, _section("klubbat", group.get_help(root))]
    for name, command in group.commands.items():
        context = command.make_context(name, [], parent=root, resilient_parsing=True, terminal_width=WIDTH)
        parts.append(_section(f"klubbat {name}", command.get_help(context)))
    return "\n".join([*parts, FOOT])


def _group() -> Any:
    """The command line as its argument parser sees it."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from typer.main import get_command

    from cli import app

    return get_command(app)


def _section(title: str, page: str) -> str:
    lines = "\n".join(line.rstrip() for line in page.strip().split("\n"))
    return f"## {title}\n\n```\n{lines}\n```\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(reference(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(commands())} commands")


if __name__ == "__main__":
    main()
