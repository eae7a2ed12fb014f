"""Which files of a folder tree are documents, what their ids are, and why the others are passed over.

    fr/lettre.txt          lettre
    fr/1950/mai/note.docx  1950--mai--note
    fr/note.pdf            passed over, where fr/note.docx is beside it
    fr/photo.png           passed over: no text

An id is made of the names of the folders and the file, joined by two hyphens: safe in file names, XML ids and URLs, and
still readable. Start reading at `find_sources`.
"""

from __future__ import annotations

import os
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from aligner.documents.kinds import SUFFIXES, markup_of
from aligner.errors import InputError
from aligner.files import identifier

JOINT = "--"
"""What joins folders in an id."""
_PART = re.compile("part-[0-9a-f]{2}")
"""Folders that only keep other folders small: they are not in ids (`aligner.documents.collection`)."""
_PARTS = 256
"""Folders among which documents are spread."""
_RECORD = ".toml"
_LEFT = ("~$", ".~lock")
"""How files begin that an office program leaves while a document is open."""
_ASSETS = ("_files", "_fichiers", "_dateien")
"""Ends of the folders that a browser writes beside a saved page."""
_ORDER = {suffix: number for number, suffix in enumerate(SUFFIXES)}


@dataclass(slots=True)
class FolderFiles:
    """The files of a folder tree."""

    documents: dict[str, Path] = field(default_factory=dict)
    """The documents by their ids."""
    refused: dict[str, InputError] = field(default_factory=dict)
    """Files that cannot be documents because of their names, by their places in the folder."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Files that are passed over, by their places in the folder, each with the reason."""


def document_id(folder: Path, path: Path) -> str:
    """The id of a file of a folder tree; InputError when a name in it has no letter or digit.

    >>> document_id(Path("fr"), Path("fr/1950/Note du 9 mai.docx"))
    '1950--Note-du-9-mai'
    >>> document_id(Path("fr"), Path("fr/part-3f/note.txt"))
    'note'
    """
    parts = path.relative_to(folder).with_suffix("").parts
    named = [part for part in parts[:-1] if not _PART.fullmatch(part)]
    return JOINT.join(identifier(part) for part in (*named, parts[-1]))


def part_of(document: str) -> str:
    """Which of 256 folders that are not in ids a document falls to, by its id.

    >>> part_of("note-12")
    'part-f6'
    """
    return f"part-{zlib.crc32(document.encode()) % _PARTS:02x}"


def find_sources(folder: Path, *, reserved: str = "") -> FolderFiles:
    """All documents of a folder tree, in order of their names; `reserved` is an id that none may have.

    What was found is remembered as long as no folder of the tree has changed; do not change it.
    """
    known = _FOUND.get((folder, reserved))
    if known and known[0].is_as_it_was():
        return known[1]
    seen = SeenFolders()
    found = _found(folder, list(_files(folder, seen)), reserved)
    _FOUND.clear()
    if seen.is_settled():
        _FOUND[folder, reserved] = seen, found
    return found


class SeenFolders:
    """Folders that were read, with the times at which they had changed last: as long as these stay, so do their files.

    Make it before the first is read, and note each before it is read: what comes later shows in its time.
    """

    def __init__(self) -> None:
        self._began = time.time_ns()
        self.times: dict[Path, int] = {}

    def note(self, folder: Path) -> None:
        """Note a folder that is about to be read."""
        self.times[folder] = _changed(folder)

    def is_settled(self) -> bool:
        """Whether another change of any of them would show in its time."""
        return all(at and self._began - at > _SETTLED_NS for at in self.times.values())

    def now(self) -> tuple[int, ...]:
        """When each of them has changed last."""
        return tuple(map(_changed, self.times))

    def is_as_it_was(self) -> bool:
        """Whether none of them has changed since."""
        return all(_changed(each) == at for each, at in self.times.items())


_FOUND: dict[tuple[Path, str], tuple[SeenFolders, FolderFiles]] = {}
"""What was found last, with the folders: a run asks several times, and there may be 100,000 files."""
_SETTLED_NS = 2_100_000_000
"""A folder may change twice within one tick of a disk's clock, of which the slowest tick every two seconds."""


def _changed(folder: Path) -> int:
    """When a folder changed last; 0 where that is not known."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _found(folder: Path, files: list[Path], reserved: str) -> FolderFiles:
    """The documents among the files of a folder tree."""
    found = FolderFiles()
    beside: dict[Path, str] = {}
    # of two forms of one document the first in the table of kinds is taken: the text before the layout
    for path in sorted(files, key=lambda p: (p.parent, p.stem, _ORDER.get(p.suffix.lower(), 99), p.name)):
        name, bare = path.relative_to(folder).as_posix(), path.with_suffix("")
        if path.suffix.lower() not in SUFFIXES:
            kind = markup_of(path)
            what = f"{kind.what}: {kind.hint}" if kind else "not a document"
            found.skipped[name] = f"{path.suffix.lower() or 'files without a suffix'}: {what}"
        elif (other := beside.get(bare)) and not other.lower().endswith(path.suffix.lower()):
            found.skipped[name] = f"beside {other}, which is taken"
        else:
            beside[bare] = path.name
            _take(found, folder, path, name, reserved)
    found.documents = dict(sorted(found.documents.items(), key=lambda item: item[1]))
    return found


def _take(found: FolderFiles, folder: Path, path: Path, name: str, reserved: str) -> None:
    """Take a file as a document, or say why its name does not allow it."""
    try:
        document = document_id(folder, path)
        if document == reserved:
            raise InputError(f"a document cannot be called '{document}': that is the list of all review pages")
        if document in found.documents:
            raise InputError(f"another document has the same id, '{document}'")
        found.documents[document] = path
    except InputError as error:
        found.refused[name] = InputError(error.what, where=path, hint="rename the file")


def _files(folder: Path, seen: SeenFolders) -> Iterator[Path]:
    """The files that may be documents: no hidden ones, no records, no READMEs, none that other programs leave."""
    seen.note(folder)
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = folder / entry.name
            if entry.name.startswith((".", *_LEFT)) or path.suffix.lower() == _RECORD:
                continue
            # as rglob does: what a link leads to is not searched
            if entry.is_dir(follow_symlinks=False):
                # the menus and advertisements of a saved page lie in pages of their own beside it
                if not entry.name.endswith(_ASSETS):
                    yield from _files(path, seen)
            # A README tells people about the folder: nobody expects it to be translated, so nothing is said about it.
            elif not entry.is_dir() and (path.stem.lower() != "readme" or path.suffix.lower() == ".txt"):
                yield path


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """Which documents of a folder tree are wanted; all without any of these."""

    include: tuple[str, ...] = ()
    """Patterns like ``1950/*.docx`` or ``**/note*``; a document must match one of them."""
    exclude: tuple[str, ...] = ()
    """Patterns of documents to leave out."""
    listed: frozenset[str] | None = None
    """Ids, or paths in the folder; None: no list."""

    def takes(self, document: str, name: str) -> bool:
        """Whether a document is wanted, by its id and its place in the folder.

        >>> FolderChoice(include=("1950/*",), exclude=("*.pdf",)).takes("1950--note", "1950/note.docx")
        True
        """
        if self.listed is not None and not self.listed & {document, name, PurePath(name).name}:
            return False
        if self.include and not _matches(self.include, document, name):
            return False
        return not _matches(self.exclude, document, name)


def _matches(patterns: Sequence[str], document: str, name: str) -> bool:
    # In these patterns a star goes across slashes: what begins with **/ is the same without it.
    places = (name, PurePath(name).name, document)
    return any(fnmatchcase(place, pattern.removeprefix("**/")) for pattern in patterns for place in places)


def counted_reasons(skipped: dict[str, str]) -> str:
    """What was passed over and why, in one sentence; empty when nothing was.

    >>> counted_reasons({"a.png": ".png: not a document", "b.png": ".png: not a document", "c.pdf": "beside c.docx"})
    '3 files skipped: 2 × .png: not a document (a.png, b.png); beside c.docx (c.pdf)'
    """
    reasons: dict[str, list[str]] = {}
    for name, reason in skipped.items():
        reasons.setdefault(reason, []).append(name)
    parts = []
    for reason, names in reasons.items():
        shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        parts.append(f"{f'{len(names)} × ' if len(names) > 1 else ''}{reason} ({shown})")
    total = f"{len(skipped)} file{'s' if len(skipped) > 1 else ''}"
    return f"{total} skipped: {'; '.join(parts[:8])}{'; …' if len(parts) > 8 else ''}" if skipped else ""
