"""The folder for what can be made again: unpacked models and the like."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

CACHE_VARIABLE = "KLUBBAT_CACHE"


def cache_folder() -> Path:
    """The cache folder of this user, which may not exist yet.

    ``KLUBBAT_CACHE`` names it, otherwise it is ``klubbat`` in the user's cache of the operating
    system (on Linux ``$XDG_CACHE_HOME`` or ``~/.cache``). Anything in it may be deleted at any
    time. Creates nothing and raises nothing.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("klubbat", appauthor=False))


def kept_trie(path: Path, holds: str) -> Any | None:
    """The compiled trie of bytes at ``path``, where it is there and whole, as far as reading it tells.

    ``holds`` is a key that a whole one has. None otherwise: it is then to be made anew.
    """
    from marisa_trie import BytesTrie

    if not path.exists():
        return None
    try:
        trie = BytesTrie().load(str(path))
        return trie if holds in trie else None
    except Exception:  # marisa raises RuntimeError or OSError, by the kind of damage
        return None
