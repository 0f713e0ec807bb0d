"""The tables of the archive, and how an archive file is created, opened and brought up to date."""

from __future__ import annotations

import sqlite3
import unicodedata
import uuid
from fnmatch import fnmatchcase
from pathlib import Path

from corpus.errors import UnreadableError

# "KLUB" in ASCII: tells our file from any other SQLite file (sqlite.org/fileformat2.html, offset 68).
APPLICATION_ID = 0x4B4C5542

# ``start`` and ``stop`` are character offsets into the document's text ("end" is an SQL word).
# A chunk keeps a copy of its text: SQLite's substr() stops at a NUL character and reads the
# whole document for every chunk. The ids of chunks are never used again (AUTOINCREMENT), so an
# index that lags behind can show a gone chunk but never another one in its place.
_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT, date TEXT, format TEXT NOT NULL, characters INTEGER NOT NULL,
    section_count INTEGER NOT NULL, chunk_count INTEGER NOT NULL, first_chunk INTEGER,
    pages_without_text INTEGER NOT NULL, metadata TEXT NOT NULL, added_at TEXT NOT NULL
);
CREATE TABLE texts (
    document TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE, text TEXT NOT NULL
);
CREATE TABLE paths (
    path TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE
);
CREATE INDEX paths_document ON paths (document);
CREATE TABLE sections (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    number TEXT, heading TEXT NOT NULL, level INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, parent INTEGER, path TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE paragraphs (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    section INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    section INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER,
    text TEXT NOT NULL, search_text TEXT, sentences TEXT NOT NULL
);
CREATE INDEX chunks_document ON chunks (document, section);
CREATE TABLE marks (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE pages (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
    number INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE TABLE embeddings (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE vectors (
    chunk INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE,
    embedding INTEGER NOT NULL REFERENCES embeddings ON DELETE CASCADE,
    vector BLOB NOT NULL, PRIMARY KEY (chunk, embedding)
);
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, document TEXT NOT NULL,
    chunks TEXT, token TEXT NOT NULL DEFAULT (lower(hex(randomblob(8))))
);
"""

# What came of each file, also of those that gave no document: ``modified`` is its time of change in
# nanoseconds (-1: not to be trusted), ``wants`` the tool that would read more of it.
_FILES = """
CREATE TABLE files (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    reading TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, wants TEXT
) WITHOUT ROWID;
ALTER TABLE documents ADD COLUMN known REAL;
ALTER TABLE documents ADD COLUMN confidence REAL;
ALTER TABLE documents ADD COLUMN ocr_pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN page_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN repairs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pages ADD COLUMN origin TEXT NOT NULL DEFAULT 'text';
ALTER TABLE pages ADD COLUMN confidence REAL;
ALTER TABLE pages ADD COLUMN known REAL;
"""

# What was read out of a document. ``data``: the fields of the fact in JSON, ``quote``: its proof (a copy,
# as for chunks). ``facts_version`` names the extractors (NULL: none ran), ``facts_fault`` what stopped them.
_FACTS = """
CREATE TABLE facts (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    type TEXT NOT NULL, section INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER, quote TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX facts_type ON facts (type, document);
ALTER TABLE documents ADD COLUMN facts_version TEXT;
ALTER TABLE documents ADD COLUMN facts_fault TEXT;
"""

# One script for each step of ``user_version``; an entry is never altered once released.
MIGRATIONS: list[str] = [_FIRST, _FILES, _FACTS]


def fold(text: str) -> str:
    """``text`` for comparisons that ignore case and Unicode form (å in one or two characters)."""
    return unicodedata.normalize("NFC", text).casefold()


def _contains(text: str | None, folded: str) -> bool:
    return text is not None and folded in fold(text)


def _path_matches(path: str, pattern: str) -> bool:
    folded = fold(path)
    if any(sign in pattern for sign in "*?["):
        return fnmatchcase(folded, pattern) or fnmatchcase(folded, f"*/{pattern}")
    return pattern in folded


def _ends_path(path: str, folded: str) -> bool:
    return ("/" + fold(path)).endswith("/" + folded)


def _starts_name(path: str, folded: str) -> bool:
    return fold(path).rsplit("/", 1)[-1].startswith(folded)


def connect(file: Path, *, write: bool, create: bool) -> sqlite3.Connection:
    """Open the archive file, checked and with our functions and settings.

    A reader gets a read-only connection; where not even the helper files of WAL can be made
    (read-only media), the file is opened as immutable. Raises UnreadableError where the file is
    something else, is damaged, or was written by a newer version.
    """
    try:
        connection = _connect(file, write)
    except sqlite3.Error as error:
        raise not_an_archive(file, str(error)) from error
    try:
        _verify(connection, file, create=write and create)
        _prepare(connection, write)
        version = schema_version(connection)
        if write and version < len(MIGRATIONS):
            _migrate(connection, version)
    except sqlite3.Error as error:
        connection.close()
        raise not_an_archive(file, str(error)) from error
    except UnreadableError:
        connection.close()
        raise
    return connection


def schema_version(connection: sqlite3.Connection) -> int:
    """The step of ``MIGRATIONS`` that the file has reached."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def not_an_archive(file: Path, reason: str) -> UnreadableError:
    """The error for a file that cannot be used as an archive."""
    return UnreadableError(
        f"{file} går inte att läsa som ett Klubbat-arkiv ({reason}). "
        "Återställ en säkerhetskopia, eller välj en annan mapp och lägg till handlingarna igen "
        "med: klubbat add MAPP"
    )


def _connect(file: Path, write: bool) -> sqlite3.Connection:
    def opened(uri: str) -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    address = file.resolve().as_uri()
    if write:
        return opened(f"{address}?mode=rwc")
    try:
        return opened(f"{address}?mode=ro")
    except sqlite3.OperationalError:
        if Path(f"{file}-wal").exists():  # immutable would pass over what the log holds
            raise
        return opened(f"{address}?mode=ro&immutable=1")


def _verify(connection: sqlite3.Connection, file: Path, create: bool) -> None:
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = schema_version(connection)
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if application == APPLICATION_ID and version >= 1:
        if version > len(MIGRATIONS):
            raise UnreadableError(
                f"Arkivet {file} är skrivet av en nyare version av Klubbat (schema {version}, "
                f"den här klarar {len(MIGRATIONS)}). Uppgradera Klubbat."
            )
        connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
        return
    if not (create and application == version == tables == 0):
        raise not_an_archive(file, "det är en annan sorts databas")


def _prepare(connection: sqlite3.Connection, write: bool) -> None:
    connection.create_function("contains", 2, _contains, deterministic=True)
    connection.create_function("path_matches", 2, _path_matches, deterministic=True)
    connection.create_function("ends_path", 2, _ends_path, deterministic=True)
    connection.create_function("starts_name", 2, _starts_name, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a document that was acknowledged survives a power cut too, not only a crash.
        connection.execute("PRAGMA synchronous = FULL")
        # Minutes hold personal data: what is removed is overwritten in the file.
        connection.execute("PRAGMA secure_delete = ON")


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the missing steps in one transaction: after a crash the file is as it was before."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[version:]:
            for statement in script.split(";"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('identity', ?)", (uuid.uuid4().hex,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
