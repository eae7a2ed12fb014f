"""Reading glossaries from tables: TSV and CSV, as a spreadsheet saves them.

With a first line of names (``source``, ``target``, ``status``, ``note``, or French ones; other columns are passed over,
with a warning) every line is one rendering of a term; the names of the two languages (``fr``, ``en``) do for source and
target. Without names the first cell is the term, each further one a rendering, the best first. Lines that begin with
``#`` are comments. Start reading at `parse_table`.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator, Sequence

from aligner.errors import InputError, counted
from aligner.languages.tags import base_language
from aligner.languages.words import fold, words_and_signs
from aligner.terms.glossary import Glossary, Row, TermStatus, gather

_log = logging.getLogger(__name__)

_NAMES = {
    "source": "source", "term": "source", "target": "target", "translation": "target",
    "terme": "source", "terme source": "source", "cible": "target", "terme cible": "target", "traduction": "target",
    "status": "status", "statut": "status", "etat": "status",
    **dict.fromkeys(("note", "notes", "comment", "remarque", "remarques", "commentaire"), "note"),
}  # fmt: skip
"""What columns may be called, without capitals and accents: their meaning."""
_LANGUAGES = {
    "fr": ("french", "french term", "francais", "terme francais"),
    "en": ("english", "english term", "anglais", "terme anglais"),
}
"""What a column of a language may be called besides its code."""
_STATUSES = {
    **{status.value: status for status in TermStatus},
    "": TermStatus.PREFERRED, "approved": TermStatus.PREFERRED,
    "allowed": TermStatus.ADMITTED, "deprecated": TermStatus.FORBIDDEN,
    **dict.fromkeys(("prefere", "privilegie"), TermStatus.PREFERRED),
    **dict.fromkeys(("admis", "tolere"), TermStatus.ADMITTED),
    **dict.fromkeys(("interdit", "proscrit"), TermStatus.FORBIDDEN),
    **dict.fromkeys(("propose", "candidate", "candidat"), TermStatus.PROPOSED),
}  # fmt: skip
_HEADER = "name the columns in the first line: source, target, status, note"
_SEPARATOR_LINE = re.compile(r"sep=([,;])\s*")
"""What tells Excel the separator of a CSV file."""
_PUNCTUATION = frozenset('.…,;:!?()[]«»“”"–—')
_LONGEST = 500
"""Characters in a term: more can only be a wrong file."""


def parse_table(text: str, *, separator: str, name: str, source: str = "fr", target: str = "en") -> Glossary:
    r"""Read the text of a TSV (`separator` a tab) or CSV file called `name`.

    A CSV file may also be separated by semicolons. Raises InputError with the line for what cannot be read.

    >>> parse_table("source\ttarget\tstatus\nONU\tUN\tadmitted\n", separator="\t", name="g.tsv").terms[0].admitted
    ('UN',)
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if separator == "," and lines:
        if said := _SEPARATOR_LINE.fullmatch(lines[0]):
            separator, lines[0] = said[1], "\n"
        # Where a comma is the decimal sign, as in French, spreadsheets save CSV with semicolons.
        elif lines[0].count(";") > lines[0].count(","):
            separator = ";"
    rows = _rows(list(_cells(lines, separator, name)), name, source, target)
    if proposed := sum(row.status is TermStatus.PROPOSED for row in rows):
        _log.warning("%s: %s not used: only proposed, not preferred or admitted", name, counted(proposed, "rendering"))
    try:
        return gather(rows, source=source, target=target)
    except InputError as error:
        raise InputError(error.what, where=name) from error


def _cells(lines: Sequence[str], separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is neither empty nor a comment, with its number."""
    # A TSV file is cut at every tab: in most of them a quotation mark is a quotation mark, and one without its partner
    # would swallow the rest of the file.
    reader = csv.reader(lines, delimiter=separator, strict=True) if separator != "\t" else None
    split = reader or ([_unquoted(cell.strip()) for cell in line.split("\t")] for line in lines)
    try:
        for number, cells in enumerate(split, 1):
            stripped = [" ".join(cell.split()) for cell in cells]
            if any(stripped) and not stripped[0].startswith("#"):
                # A cell of a CSV file may have several lines.
                yield reader.line_num if reader else number, stripped
    except csv.Error as error:
        where = f"{name}, line {reader.line_num if reader else 0}"
        raise InputError(f"this is not CSV ({error})", where=where) from error


def _unquoted(cell: str) -> str:
    """A cell without the quotes that Excel puts around what has commas or quotes in it, in TSV too."""
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else cell


def _rows(lines: Sequence[tuple[int, list[str]]], name: str, source: str, target: str) -> list[Row]:
    """The rows of a table, with names in its first line or without."""
    names = dict(_NAMES)
    for meaning, language in (("source", source), ("target", target)):
        code = base_language(language)
        names |= dict.fromkeys((language.lower(), code, *_LANGUAGES.get(code, ())), meaning)
    number, header = lines[0] if lines else (0, [])
    where = f"{name}, line {number}"
    columns = [names.get(fold(cell), "") for cell in header]
    meanings = set(columns) - {""}
    # One name may be a term by accident (*note*, *état*); two are a line of names.
    if not {"source", "target"} <= meanings:
        if len(meanings) > 1:
            lacking = "source" if "source" not in meanings else "target"
            raise InputError(f"there is no column called {lacking}", where=where, hint=_HEADER)
        return [row for number, cells in lines for row in _unnamed(cells, f"{name}, line {number}")]
    for meaning in ("source", "target"):
        called = [cell for cell, column in zip(header, columns, strict=True) if column == meaning]
        if len(called) > 1:
            raise InputError(f"two columns for the {meaning}: {' and '.join(called)}", where=where, hint=_HEADER)
    for cell, column in zip(header, columns, strict=True):
        if cell and not column:
            _log.warning("%s: the column “%s” is passed over", where, cell)
    return [_named(cells, columns, f"{name}, line {number}") for number, cells in lines[1:]]


def _status(cell: str) -> TermStatus | None:
    """The status that a cell names, in English or French; None for another word."""
    word = fold(cell)
    # The feminine too: *préférée*, *admise* agree with *traduction*.
    return _STATUSES.get(word, _STATUSES.get(word.removesuffix("e")))


def _named(cells: Sequence[str], columns: Sequence[str], where: str) -> Row:
    """A line of a table with names."""
    fields = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    status = _status(fields.get("status", ""))
    if status is None:
        raise InputError(f"unknown status '{fields['status']}'", where=where, hint=f"use {', '.join(TermStatus)}")
    return Row(*_checked(fields.get("source", ""), fields.get("target", ""), where), status, fields.get("note", ""))


def _unnamed(cells: Sequence[str], where: str) -> Iterator[Row]:
    """A line of a table without names."""
    targets = [cell for cell in cells[1:] if cell]
    # Otherwise "admitted" would become a rendering, and nobody would notice.
    if any(_status(cell) for cell in targets[1:]):
        raise InputError("a status in a table whose columns have no names", where=where, hint=_HEADER)
    for number, target in enumerate(targets or [""]):
        yield Row(*_checked(cells[0], target, where), TermStatus.ADMITTED if number else TermStatus.PREFERRED)


def _checked(source: str, target: str, where: str) -> tuple[str, str]:
    """A term and its rendering, unless they cannot be looked for."""
    if not source or not target:
        raise InputError("a term and its translation are needed", where=where)
    for text in (source, target):
        # Neither letters nor digits nor signs that mean something, as *§* and *%* do.
        if all(token.text in _PUNCTUATION for token in words_and_signs(text)):
            raise InputError(f"“{text}” is not a term: punctuation alone cannot be looked for", where=where)
    if max(len(source), len(target)) > _LONGEST:
        raise InputError(f"a term of more than {_LONGEST} characters", where=where, hint="is this a glossary?")
    return source, target
