"""Read one version of a translation: whatever holds one.

    a corpus folder (or the folder that holds ``corpus/``)   its aligned pairs; boilerplate is left out
    what `aligner convert` reads, .gz, .zip                  the bitexts in it
    a folder of .txt files, any other file                   plain text, one segment a line

Start reading at `read_version`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligner.citations.titles import title_of
from aligner.comparison.differences import (
    ComparedUnit,
    LeftOut,
    Version,
    VersionText,
)
from aligner.comparison.evaluate import read_lines
from aligner.corpus.exports import EXPORTS, PAGE
from aligner.corpus.store import Project, open_project, read_bitext
from aligner.errors import InputError
from aligner.files import explained
from aligner.formats.inputs import PACKED, SUFFIXES
from aligner.formats.opening import opened_parts
from aligner.formats.recognise import HEAD, file_kind
from aligner.model import USUAL_LANGUAGES, Bead, Bitext, Kind, Languages

_PAIRS = frozenset((*SUFFIXES, *PACKED, ".xml")) - {".txt"}
"""How the names of files end that are opened as pairs; a .txt file is a text, unless it begins as a Wordfast memory."""
# XML keeps texts in NFC, without outer white space; a comparison with such a file must not count that as changes.
_EXACT = frozenset(("jsonl", "parquet", "tsv", "csv"))
_MEMORIES = frozenset(("tmx", "sdltm", "wordfast"))
_HINT = "name a corpus folder, or a folder of texts with one segment a line"


def read_version(path: Path, languages: Languages = USUAL_LANGUAGES) -> Version:
    """Read the version of a translation that is at `path`; of a corpus folder, the one in these languages.

    Raises InputError when nothing is there, when it cannot be read, or when it holds no text.
    """
    if not path.exists():
        raise InputError("there is no such file or folder", where=path, hint="check the name")
    version = _folder(path, languages) if path.is_dir() else _file(path)
    if not any(text.units for text in version.texts):
        raise InputError("there is no translated text in it", where=path)
    return version


def text_of(bitext: Bitext, *, page: Path | None = None) -> VersionText:
    """Return the target side of a bitext, bead by bead; boilerplate and beads without target text are left out."""
    kept = [bead for bead in bitext.beads if bead.kind is not Kind.EXCLUDED]
    units = (ComparedUnit(bitext.locator(bead), bitext.target_text(bead), bitext.source_text(bead)) for bead in kept)
    # Listed with the reason: whoever reads a report should not have to guess what it is about.
    without = [bead for bead in kept if not bitext.target_text(bead).strip()]
    aside = [bead for bead in bitext.beads if bead.kind is Kind.EXCLUDED]
    return VersionText(
        bitext.id,
        tuple(unit for unit in units if unit.text.strip()),
        title_of(bitext),
        bitext.languages,
        page,
        left_out=(
            *left_out_beads("set aside as boilerplate", bitext, aside),
            *left_out_beads("not translated", bitext, without),
        ),
    )


def left_out_beads(reason: str, bitext: Bitext, beads: Sequence[Bead]) -> tuple[LeftOut, ...]:
    """Say that beads take no part, and why; nothing when there are none."""
    return (LeftOut(bitext.id, reason, tuple(bitext.locator(bead) for bead in beads)),) if beads else ()


def review_page(project: Project, document: str) -> Path | None:
    """Return the review page of a document, if it has been made."""
    page = project.export_file(document, EXPORTS[PAGE])
    return page if page.is_file() else None


def _folder(path: Path, languages: Languages) -> Version:
    for corpus in (path, path / "corpus"):
        project = open_project(corpus, languages)
        names = project.documents(None) if any(project.bitexts()) else []
        texts = [text_of(read_bitext(project.bitext_file(name)), page=review_page(project, name)) for name in names]
        if texts:
            return Version(str(path), tuple(texts))
    with explained(path, "read the folder"):
        files = sorted(f for f in path.iterdir() if f.suffix.lower() == ".txt" and not f.name.startswith("."))
    if not files:
        raise InputError("there are neither aligned pairs nor .txt files in this folder", where=path, hint=_HINT)
    # On Windows and macOS a.txt and a.TXT are one file, elsewhere they are two of one name.
    named = {text.id: text for text in map(_lines, files)}
    if len(named) < len(files):
        raise InputError("two files have the same name but for its ending", where=path, hint="rename one of them")
    return Version(str(path), tuple(named.values()))


def _file(path: Path) -> Version:
    if path.suffix.lower() not in _PAIRS and not _is_memory(path):
        return Version(str(path), (_lines(path),))
    # What the parts are, their content says; one file has one format.
    forms, texts = set[str](), list[VersionText]()
    for part in opened_parts(path):
        forms.add(part.kind.name)
        texts += [text_of(document.bitext) for document in part.documents()]
    # Another tool may leave a document in several pieces: they are put together again.
    found: dict[str, VersionText] = {}
    for text in texts:
        before = found.get(text.id, VersionText(text.id, (), text.title, text.languages))
        left = (*before.left_out, *text.left_out)
        found[text.id] = replace(before, units=(*before.units, *text.units), left_out=left)
    return Version(str(path), tuple(found.values()), exact=forms <= _EXACT, memory=bool(forms & _MEMORIES))


def _is_memory(path: Path) -> bool:
    with explained(path, "read"), path.open("rb") as stream:
        kind = file_kind(stream.read(HEAD))
    return kind is not None and kind.name in _MEMORIES


def _lines(path: Path) -> VersionText:
    lines = read_lines(path)
    units = (ComparedUnit(str(number), line) for number, line in enumerate(lines, 1) if line.strip())
    return VersionText(path.stem, tuple(units), lines=len(lines))
