"""The lemma dictionary of simplemma as a compact trie in the user's cache.

It loads in milliseconds, not a second, and is read without importing simplemma, which costs more
than the reading. What the trie holds: a form, composed, with the capital of a name → its lemma.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from models.cache import cache_folder, kept_trie


def dictionary_lemma(word: str) -> str | None:
    """The lemma of a lower-case word, with a capital where it is a name; None if it is unknown."""
    trie = _trie()
    found = trie.get(word) or trie.get(word.capitalize())
    return str(found[0].decode()) if found else None


@cache
def _trie() -> Any:
    from importlib.metadata import version

    path = cache_folder() / f"simplemma-{version('simplemma')}" / "sv.dic"
    return kept_trie(path, "protokoll") or _make(path)


def _make(path: Path) -> Any:
    """The trie, made beside its place and moved there whole; in memory only where that cannot be."""
    import tempfile

    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

    with tempfile.TemporaryDirectory() as elsewhere:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=path.parent) as making:
                TrieDictionaryFactory(disk_cache_dir=making).get_dictionary("sv")
                (Path(making) / path.name).replace(path)
            made = kept_trie(path, "protokoll")
        except OSError:
            TrieDictionaryFactory(disk_cache_dir=elsewhere).get_dictionary("sv")
            made = kept_trie(Path(elsewhere) / path.name, "protokoll")
    if made is None:
        raise OSError(f"the dictionary cannot be read after it was made: {path}")
    return made
