"""Keeping an archive equal to a folder: what is new, changed, moved and gone, and the doing of it.

The folder is compared with the accounts of files in the archive, so that a run that was cut short
is taken up again by the next one. Nothing leaves the archive before all else is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import UnreadableError, UsageError
from corpus.files import MAX_FILE_BYTES, Found, find_files
from engine.intake.adding import Progress, archive_embedder, bring_up_to_date, read_in
from engine.intake.gathering import is_read_as_now, modified_of
from engine.intake.reports import ACCOUNT_OUTCOMES, Intake, Outcome, Report
from index.archive import DATABASE, Archive
from index.reader import storable
from index.records import StoredFile


@dataclass(frozen=True, slots=True)
class Copied:
    """A file whose content the archive knows from ``source``; ``moved`` where that file is gone."""

    file: StoredFile
    source: StoredFile
    moved: bool
    replaces: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What would make the archive equal to the folder.

    ``to_read``: new and changed files, and those that an earlier version read. ``touched``: the
    same content with another time. ``gone``: paths to forget, moved ones among them.
    """

    to_read: tuple[tuple[Found, Outcome], ...]
    copied: tuple[Copied, ...]
    touched: tuple[StoredFile, ...]
    unchanged: tuple[StoredFile, ...]
    gone: tuple[str, ...]

    @property
    def removed(self) -> list[str]:
        """The paths that are gone without having moved."""
        moved = {one.source.path for one in self.copied if one.moved}
        return [path for path in self.gone if path not in moved]

    def report(self) -> Report:
        """What the plan would do, file by file."""
        read = [
            Intake(_path(one), "left_out" if one.reason else outcome, reason=one.reason)
            for one, outcome in self.to_read
        ]
        return Report(tuple(_sorted([*self.known(), *read, *(Intake(path, "removed") for path in self.removed)])))

    def known(self) -> list[Intake]:
        """What becomes of the files that need not be read."""
        copied = [
            Intake(one.file.path, _copied_outcome(one), moved_from=one.source.path if one.moved else None)
            for one in self.copied
        ]
        same = [
            Intake(one.path, ACCOUNT_OUTCOMES[one.outcome], reason=one.reason)
            for one in (*self.unchanged, *self.touched)
        ]
        return copied + same


def sync_folder(
    archive_folder: Path,
    root: Path,
    model: str | None = None,
    progress: Progress | None = None,
    *,
    dry_run: bool = False,
    checksum: bool = False,
    again: bool = False,
    allow_empty: bool = False,
    wait_seconds: float = 0.0,
) -> Report:
    """Make the archive equal to the folder ``root`` as far as files below it go.

    ``dry_run``: change nothing, report what would be done. ``checksum``: compare contents, also
    where size and time of change are the same. ``again``: try files anew that could not be read.
    ``allow_empty``: an empty folder means that everything below it shall go.

    Raises:
        UsageError: ``root`` is no folder, or is empty while the archive has files from it.
        KlubbatError: as ``engine.intake.adding.add_paths``.
    """
    if not root.is_dir():
        raise UsageError(f"{root} är ingen mapp. Ange mappen som arkivet ska följa.")
    root = root.resolve()
    if dry_run and not (archive_folder / DATABASE).exists():
        found = find_files([root], archive_folder)
        return Plan(tuple((one, "added") for one in found), (), (), (), ()).report()
    if dry_run:
        with Archive.open(archive_folder) as archive:
            return plan_sync(archive, root, checksum=checksum, again=again, allow_empty=allow_empty).report()
    with Archive.open(archive_folder, write=True, create=True, wait_seconds=wait_seconds) as archive:
        plan = plan_sync(archive, root, checksum=checksum, again=again, allow_empty=allow_empty)
        return _carry_out(plan, archive, model, progress, again=again)


def plan_sync(
    archive: Archive, root: Path, *, checksum: bool = False, again: bool = False, allow_empty: bool = False
) -> Plan:
    """Compare the folder with what the archive knows of it."""
    found = find_files([root], archive.folder)
    known = _known_files(archive, storable(str(root)))
    readable = [one for one in found if one.reason is None]
    if known and not readable and not allow_empty:
        raise UsageError(
            f"{root} har inga läsbara filer, men arkivet har {len(known)} därifrån. Är en disk frånkopplad? "
            "Ska de verkligen bort ur arkivet: kör igen med --allow-empty."
        )
    here = {_path(one) for one in readable}
    hidden = [f"{_path(one)}/" for one in found if one.reason is not None and one.path.is_dir()]
    gone = [path for path in known if path not in here and not path.startswith(tuple(hidden))]
    by_content = _by_content(known.values(), set(gone))
    to_read: list[tuple[Found, Outcome]] = [(one, "left_out") for one in found if one.reason is not None]
    copied: list[Copied] = []
    touched: list[StoredFile] = []
    unchanged: list[StoredFile] = []
    for one in readable:
        before = known.get(_path(one))
        retried = before is not None and again and before.outcome != "read"
        try:
            size, modified = modified_of(one.path)
            same_stat = before is not None and modified >= 0 and (before.size, before.modified) == (size, modified)
            if before and same_stat and not checksum and not retried and is_read_as_now(before):
                unchanged.append(before)
                continue
            sha256 = _sha256(one.path) if size <= MAX_FILE_BYTES else ""
        except OSError as error:
            to_read.append((replace(one, reason=f"filen kan inte öppnas ({error.strerror or error})"), "left_out"))
            continue
        if before and before.sha256 == sha256 and not retried and is_read_as_now(before):
            touched.append(replace(before, size=size, modified=modified))
        elif (source := by_content.get(sha256)) and source.path != _path(one) and not retried:
            file = replace(source, path=_path(one), size=size, modified=modified)
            copied.append(Copied(file, source, source.path in gone, before is not None))
        else:
            to_read.append((one, "replaced" if before and before.outcome == "read" else "added"))
    return Plan(tuple(to_read), tuple(copied), tuple(touched), tuple(unchanged), tuple(gone))


def _known_files(archive: Archive, root: str) -> dict[str, StoredFile]:
    """The accounts of files below a folder, and paths that an earlier version kept no account of."""
    known = {one.path: one for one in archive.files(root)}
    for path, sha256 in archive.document_paths(root):
        inside = path
        while len(inside) > len(root) and inside not in known:
            inside = inside.rpartition("/")[0]
        if inside not in known:
            known[path] = StoredFile(path, sha256, -1, -1, "", "read")
    return known


def _by_content(files: Iterable[StoredFile], gone: set[str]) -> dict[str, StoredFile]:
    """One file a content that was read and need not be again, rather one that is gone: then it has moved."""
    chosen: dict[str, StoredFile] = {}
    for one in files:
        if one.outcome == "read" and is_read_as_now(one) and (one.sha256 not in chosen or one.path in gone):
            chosen[one.sha256] = one
    return chosen


def _carry_out(plan: Plan, archive: Archive, model: str | None, progress: Progress | None, *, again: bool) -> Report:
    embedder = archive_embedder(archive, model)
    for one in plan.touched:
        archive.touch_file(one)
    for copied in plan.copied:
        archive.copy_file(copied.file, copied.source.path)
    read: Sequence[Intake] = ()
    if plan.to_read:
        read = read_in(archive, [one for one, _ in plan.to_read], embedder, progress, again=again)
    for path in plan.gone:
        archive.forget_file(path)
    bring_up_to_date(archive, embedder)
    removed = [Intake(path, "removed") for path in plan.removed]
    return Report(tuple(_sorted([*plan.known(), *read, *removed])))


def _path(found: Found) -> str:
    """The path of a file as the archive writes it."""
    return storable(str(found.path))


def _sorted(files: Iterable[Intake]) -> list[Intake]:
    return sorted(files, key=lambda one: one.path)


def _copied_outcome(one: Copied) -> Outcome:
    if one.moved:
        return "moved"
    return "replaced" if one.replaces else "path_added"


def _sha256(path: Path) -> str:
    if not path.is_file():
        raise UnreadableError("är ingen vanlig fil")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
