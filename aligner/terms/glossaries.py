"""Glossaries as files: which one a corpus has, and reading one whatever its format.

A corpus keeps its glossary beside its texts: ``corpus/glossary.tsv`` (or ``.csv``, ``.tbx``) for French into English,
for other languages ``corpus/glossary.fr-de.tsv`` and so on. Start reading at `read_glossary`.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from aligner.documents import read_text
from aligner.errors import AlignerError, InputError
from aligner.files import explained, require_file
from aligner.languages.tags import base_language
from aligner.model import USUAL_LANGUAGES, Languages
from aligner.terms import Glossary, parse_table
from aligner.terms.read import glossary_of_lines
from aligner.terms.tbx import read_tbx

_log = logging.getLogger(__name__)

_SEPARATORS = {".tsv": "\t", ".txt": "\t", ".tab": "\t", ".utf8": "\t", ".csv": ","}
"""What stands between cells, by suffix: OmegaT has the middle three."""
_SHEETS = (".xlsx", ".xlsm", ".ods")
_XML = (".tbx", ".xml")
_KINDS = ("tsv", "csv", "tbx")
"""The formats of a corpus's glossary, in the order of preference."""


def read_glossary(path: Path, languages: Languages = USUAL_LANGUAGES) -> Glossary:
    """Read a glossary; its suffix tells the format. Raises InputError for a file that cannot be used."""
    suffix = path.suffix.lower()
    if suffix in _XML:
        if not path.exists():
            raise InputError("there is no such file", where=path, hint="check the name")
        with explained(path, "read"), path.open("rb") as stream:
            return read_tbx(stream, source=languages.source, target=languages.target)
    if suffix in _SHEETS:
        glossary = _of_sheet(path, languages)
    elif suffix in _SEPARATORS:
        text, notes = read_text(path, what="glossary")
        for note in notes:
            _log.warning("%s: %s", path, note)
        source, target = languages
        glossary = parse_table(text, separator=_SEPARATORS[suffix], name=str(path), source=source, target=target)
    else:
        endings = ", ".join((*_SEPARATORS, *_SHEETS, ".tbx"))
        raise InputError("this is not a glossary by its name", where=path, hint=f"glossaries end in {endings}")
    if not glossary:
        _log.warning("%s: there is no term in this glossary", path)
    return glossary


def _of_sheet(path: Path, languages: Languages) -> Glossary:
    """The glossary in the first sheet of a spreadsheet."""
    from aligner.formats.conversion.sheets import first_sheet

    require_file(path)
    with explained(path, "read"), path.open("rb") as stream:
        lines = [(number, [" ".join(cell.split()) for cell in cells]) for number, cells in first_sheet(stream)]
    kept = [(number, cells) for number, cells in lines if any(cells) and not cells[0].startswith("#")]
    return glossary_of_lines(kept, name=str(path), source=languages.source, target=languages.target)


def find_glossary(corpus: Path, languages: Languages = USUAL_LANGUAGES) -> Path | None:
    """The glossary of a corpus for a pair of languages, if it has one."""
    pair = tuple(map(base_language, languages))
    # a table does not say its languages: one that does not name them either is of the usual ones
    stems = [f"glossary.{'-'.join(pair)}", *(["glossary"] if pair == USUAL_LANGUAGES else [])]
    paths = [corpus / f"{stem}.{kind}" for stem in stems for kind in _KINDS]
    return next((path for path in paths if path.is_file()), None)


def glossary_files(corpus: Path) -> list[Path]:
    """All glossaries of a corpus, for whatever pair of languages, in the order of their names."""
    names = (name for kind in _KINDS for name in (f"glossary.{kind}", f"glossary.*.{kind}"))
    return sorted(path for name in names for path in corpus.glob(name))


def chosen_glossary(
    corpus: Path, chosen: Path | None, languages: Languages = USUAL_LANGUAGES, *, use: bool = True
) -> Glossary | None:
    """The glossary to work with: the one `chosen`, else that of the corpus; None without any, or unless `use`."""
    path = chosen or find_glossary(corpus, languages)
    return read_glossary(path, languages) if use and path else None


def own_glossary(corpus: Path, languages: Languages = USUAL_LANGUAGES) -> Glossary:
    """The glossary that a corpus's pages are checked with: its own.

    Empty when there is none, or when it cannot be read: another command says so.
    """
    # A page must open whatever is wrong with the glossary.
    with suppress(AlignerError):
        return chosen_glossary(corpus, None, languages) or Glossary()
    return Glossary()
