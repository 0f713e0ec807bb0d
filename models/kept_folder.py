"""Folders in the cache that are either complete or not there.

One is written beside its place and renamed, so two processes that make it at once disturb nobody,
and a folder that lost a file, or has one of another size than was written, is made again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Loaded = TypeVar("Loaded")
_MANIFEST = "klubbat.json"
_STALE_SECONDS = 24 * 3600


def kept_folder(folder: Path, write: Callable[[Path], None]) -> Path:
    """``folder``, filled by ``write`` first where it is missing or incomplete.

    ``write`` gets an empty folder. Raises ``OSError`` where the cache cannot be written, and what
    ``write`` raises.
    """
    if not is_complete(folder):
        _make(folder, write)
    return folder


def is_complete(folder: Path) -> bool:
    """Whether every file that was written to ``folder`` is there with its size in bytes."""
    try:
        sizes: dict[str, int] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["bytes"]
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def loaded(made: Callable[[], Path], load: Callable[[Path], Loaded]) -> Loaded:
    """What ``load`` makes of the folder that ``made`` gives; where that proves damaged, of one made anew.

    Raises what they raise: an ``ImportError`` of ``load`` at once, since no folder mends a missing library.
    """
    folder = made()
    try:
        return load(folder)
    except ImportError:
        raise
    except Exception:  # ONNX Runtime's errors have no other base
        discard(folder)
        return load(made())


def discard(folder: Path) -> None:
    """Lets the next ``kept_folder`` make ``folder`` anew: what is in it proved damaged. Raises ``OSError``."""
    (folder / _MANIFEST).unlink(missing_ok=True)


def _make(folder: Path, write: Callable[[Path], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale(folder)
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    try:
        write(made)
        _write_manifest(made)
        _open_to_others(made)
        if is_complete(folder):  # another process was faster
            return
        if folder.exists():
            # A folder cannot be renamed onto a full one: the incomplete one moves away first.
            os.replace(folder, made.with_name(made.name + "-old"))  # noqa: PTH105
        made.rename(folder)
    except OSError:
        if not is_complete(folder):
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(made.with_name(made.name + "-old"), ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    (folder / _MANIFEST).write_text(json.dumps({"bytes": sizes}, indent=2), encoding="utf-8")


def _open_to_others(folder: Path) -> None:
    """Lets other users read: mkdtemp and safetensors make things private, a cache may be shared."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _remove_stale(folder: Path) -> None:
    """Removes what processes that were killed while writing left behind."""
    for part in folder.parent.glob(f"{folder.name}.part-*"):
        try:
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(part, ignore_errors=True)
        except FileNotFoundError:
            continue
