"""Which files of a folder tree are documents, what their ids are, and why the others are passed over.

    fr/lettre.txt          lettre
    fr/1950/mai/note.docx  1950--mai--note
    fr/note.pdf            passed over, where fr/note.docx is beside it
    fr/photo.png           passed over: no text

An id is made of the names of the folders and the file, joined by two hyphens: safe in file names, XML ids and URLs, and
still readable. Start reading at `find_sources`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from aligner.documents.kinds import SUFFIXES, markup_of
from aligner.errors import InputError
from aligner.files import identifier

JOINT = "--"
"""What joins folders in an id."""
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
    """
    parts = path.relative_to(folder).with_suffix("").parts
    return JOINT.join(identifier(part) for part in parts)


def find_sources(folder: Path, *, reserved: str = "") -> FolderFiles:
    """All documents of a folder tree, in order of their names; `reserved` is an id that none may have."""
    found = FolderFiles()
    beside: dict[Path, str] = {}
    # of two forms of one document the first in the table of kinds is taken: the text before the layout
    for path in sorted(_files(folder), key=lambda p: (p.parent, p.stem, _ORDER.get(p.suffix.lower(), 99), p.name)):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in SUFFIXES:
            kind = markup_of(path)
            what = f"{kind.what}: {kind.hint}" if kind else "not a document"
            found.skipped[name] = f"{path.suffix.lower() or 'files without a suffix'}: {what}"
        elif (other := beside.get(path.with_suffix(""))) and not other.lower().endswith(path.suffix.lower()):
            found.skipped[name] = f"beside {other}, which is taken"
        else:
            beside[path.with_suffix("")] = path.name
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


def _files(folder: Path) -> Iterator[Path]:
    """The files that may be documents: no hidden ones, no records, no READMEs, none that other programs leave."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part.startswith(_LEFT) for part in parts) or path.suffix.lower() == _RECORD:
            continue
        # the menus and advertisements of a saved page lie in pages of their own beside it
        if any(part.endswith(_ASSETS) for part in parts[:-1]) or path.is_dir():
            continue
        # It tells people about the folder: nobody expects it to be translated, so nothing need be said about it.
        if path.stem.lower() == "readme" and path.suffix.lower() != ".txt":
            continue
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
