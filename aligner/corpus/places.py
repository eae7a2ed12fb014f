"""In which folders the files of a document lie, so that no folder of a large corpus gets too many.

    fr/lettre.txt              en/lettre.txt            bitext/lettre.fr-en.jsonl
    fr/1950/mai/note.docx      en/1950/mai/note.txt     bitext/1950/mai/1950--mai--note.fr-en.jsonl
    fr/part-3f/note-12.txt     en/part-3f/note-12.txt   bitext/part-3f/note-12.fr-en.jsonl
    caches, for us alone       .aligner/drafts/3f/note-12.fr-en

Outputs lie as the sources do. The id alone says where that may be, so a document whose source is gone is found, too. A
file that is in another of these places, from an older version, stays there: nothing is ever moved. Start reading at
`place_of`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from aligner.documents import part_of
from aligner.documents.folder import JOINT, SeenFolders

CACHES = ".aligner"
"""The folder of caches, beside what they are for."""


@lru_cache(maxsize=4_096)
def possible_places(document: str) -> Sequence[str]:
    """The folders, within one for all documents, in which the files of a document may lie.

    >>> possible_places("1950--mai--note")
    ('1950/mai', '', 'part-17')
    >>> possible_places("note")
    ('', 'part-14')
    """
    *folders, _ = document.split(JOINT)
    # an id is safe as one name, but not always as several: 'a--..--b' would lead elsewhere
    nested = folders and not any(name.startswith(".") or not name for name in folders)
    return ("/".join(folders), "", part_of(document)) if nested else ("", part_of(document))


def place_of(sources: Path | str, document: str) -> str:
    """The folder, within `sources`, that a document is in; where it would be, if it is not there."""
    places = possible_places(document)
    # the usual case of a source in a folder first
    if places[0] and os.path.exists(f"{sources}/{places[0]}/{document.rpartition(JOINT)[2]}.txt"):  # noqa: PTH110
        return places[0]
    # names that only look like folders, and documents that came in one file (`aligner.documents.collection`)
    for place in places[:0:-1]:
        if os.path.exists(f"{sources}/{place}/{document}.txt"):  # noqa: PTH110 - of many thousand files
            return place
    return places[0]


def text_name(document: str, place: str) -> str:
    """The name of the English text of a document in its place: that of its source.

    >>> text_name("1950--mai--note", "1950/mai"), text_name("a--note", "part-7a")
    ('note.txt', 'a--note.txt')
    """
    is_nested = place and place != part_of(document)
    return f"{document.rpartition(JOINT)[2] if is_nested else document}.txt"


def lying(folder: str, document: str, name: str, sources: str) -> Path:
    """The file of a document with this name in a folder for all: where it is, or else where it goes.

    Folders come as texts: paths of a hundred thousand documents take seconds to put together.
    """
    for place in possible_places(document):
        path = f"{folder}/{place}/{name}" if place else f"{folder}/{name}"
        if os.path.exists(path):  # noqa: PTH110 - of many thousand files; Path.exists takes several times as long
            return Path(path)
    return Path(folder, place_of(sources, document), name)


def hidden(folder: str, document: str, name: str) -> Path:
    """A file or a folder of a document among our caches: in one of 256 folders, or where older versions had it."""
    former = f"{folder}/{name}"
    if os.path.exists(former):  # noqa: PTH110 - as above
        return Path(former)
    return Path(f"{folder}/{part_of(document).removeprefix('part-')}/{name}")


def documents_in(folder: Path, ending: str) -> list[str]:
    """The documents that have a file with this ending in a folder for all, in order; do not change the list.

    What was found is remembered as long as no folder in it changes.
    """
    known = _LISTED.get((folder, ending))
    if known and known[0].is_as_it_was():
        return known[1]
    seen, found = SeenFolders(), set[str]()
    waiting = [""]
    while waiting:
        place = waiting.pop()
        seen.note(folder / place)
        # one that is not there is never settled: it is looked for again
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / place) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.name.endswith(ending):
                    document = entry.name.removesuffix(ending)
                    # a copy that somebody keeps elsewhere is not a document
                    if place in possible_places(document):
                        found.add(document)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{place}/{entry.name}" if place else entry.name)
    names, _FOLDERS[folder] = sorted(found), seen
    _LISTED.pop((folder, ending), None)
    if seen.is_settled():
        _LISTED[folder, ending] = seen, names
    return names


def state_of(folder: Path, ending: str) -> tuple[int, ...]:
    """What changes whenever a file with this ending is replaced in a folder for all, comes or goes."""
    if folder not in _FOLDERS:
        documents_in(folder, ending)
    return _FOLDERS[folder].now()


_LISTED: dict[tuple[Path, str], tuple[SeenFolders, list[str]]] = {}
"""What was found last: a run asks several times."""
_FOLDERS: dict[Path, SeenFolders] = {}
"""The folders that were read last, also those that had just changed."""
