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
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aligner.errors import InputError, counted
from aligner.languages.tags import base_language
from aligner.languages.words import fold, tokens
from aligner.terms.glossary import (
    Glossary,
    Row,
    Status,
    gather,
)

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
    **{status.value: status for status in Status},
    "": Status.PREFERRED, "approved": Status.PREFERRED, "allowed": Status.ADMITTED, "deprecated": Status.FORBIDDEN,
    **dict.fromkeys(("prefere", "privilegie"), Status.PREFERRED),
    **dict.fromkeys(("admis", "tolere"), Status.ADMITTED),
    **dict.fromkeys(("interdit", "proscrit"), Status.FORBIDDEN),
    **dict.fromkeys(("propose", "candidate", "candidat"), Status.PROPOSED),
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
        elif lines[0].count(";") > lines[0].count(","):
            separator = ";"
    rows = _rows(list(_cells(lines, separator, name)), name, _names(source, target))
    if proposed := sum(row.status is Status.PROPOSED for row in rows):
        _log.warning("%s: %s not used: only proposed, not preferred or admitted", name, counted(proposed, "rendering"))
    try:
        return gather(rows, source=source, target=target)
    except InputError as error:
        raise InputError(error.what, where=name) from error


def _cells(lines: Sequence[str], separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is neither empty nor a comment, with its number."""
    if separator == "\t":
        numbered: Iterable[tuple[int, list[str]]] = (
            (number, [_unquoted(cell.strip()) for cell in line.split("\t")]) for number, line in enumerate(lines, 1)
        )
    else:
        numbered = _csv(lines, separator, name)
    for number, cells in numbered:
        stripped = [" ".join(cell.split()) for cell in cells]
        if any(stripped) and not stripped[0].startswith("#"):
            yield number, stripped


def _csv(lines: Sequence[str], separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"this is not CSV ({error})", where=f"{name}, line {reader.line_num}") from error


def _unquoted(cell: str) -> str:
    """A cell without the quotes that Excel puts around what has commas or quotes in it, in TSV too."""
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else cell


def _names(source: str, target: str) -> dict[str, str]:
    """What columns may be called for a pair of languages, without capitals and accents: their meaning."""
    names = dict(_NAMES)
    for meaning, language in (("source", source), ("target", target)):
        code = base_language(language)
        names |= dict.fromkeys((language.lower(), code, *_LANGUAGES.get(code, ())), meaning)
    return names


def _rows(lines: Sequence[tuple[int, list[str]]], name: str, names: Mapping[str, str]) -> list[Row]:
    columns = [names.get(fold(cell), "") for cell in lines[0][1]] if lines else []
    meanings = set(columns) - {""}
    if {"source", "target"} <= meanings:
        _look_at_names(lines[0][1], columns, f"{name}, line {lines[0][0]}")
        return [_named(cells, columns, f"{name}, line {number}") for number, cells in lines[1:]]
    if len(meanings) > 1:
        lacking = "source" if "source" not in meanings else "target"
        raise InputError(f"there is no column called {lacking}", where=f"{name}, line {lines[0][0]}", hint=_HEADER)
    return [row for number, cells in lines for row in _unnamed(cells, f"{name}, line {number}")]


def _look_at_names(header: Sequence[str], columns: Sequence[str], where: str) -> None:
    """Refuse two columns of terms or of translations; warn of those that are passed over."""
    for meaning in ("source", "target"):
        called = [cell for cell, column in zip(header, columns, strict=True) if column == meaning]
        if len(called) > 1:
            raise InputError(f"two columns for the {meaning}: {' and '.join(called)}", where=where, hint=_HEADER)
    for cell, column in zip(header, columns, strict=True):
        if cell and not column:
            _log.warning("%s: the column “%s” is passed over", where, cell)


def _status(cell: str) -> Status | None:
    """The status that a cell names, in English or French; None for another word."""
    word = fold(cell)
    return _STATUSES.get(word, _STATUSES.get(word.removesuffix("e")))


def _named(cells: Sequence[str], columns: Sequence[str], where: str) -> Row:
    """A line of a table with names."""
    fields = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    status = _status(fields.get("status", ""))
    if status is None:
        raise InputError(f"unknown status '{fields['status']}'", where=where, hint=f"use {', '.join(Status)}")
    return Row(*_checked(fields.get("source", ""), fields.get("target", ""), where), status, fields.get("note", ""))


def _unnamed(cells: Sequence[str], where: str) -> Iterator[Row]:
    """A line of a table without names."""
    targets = [cell for cell in cells[1:] if cell]
    if any(_status(cell) for cell in targets[1:]):
        raise InputError("a status in a table whose columns have no names", where=where, hint=_HEADER)
    for number, target in enumerate(targets or [""]):
        yield Row(*_checked(cells[0], target, where), Status.ADMITTED if number else Status.PREFERRED)


def _checked(source: str, target: str, where: str) -> tuple[str, str]:
    if not source or not target:
        raise InputError("a term and its translation are needed", where=where)
    if nothing := next((text for text in (source, target) if _is_punctuation(text)), ""):
        raise InputError(f"“{nothing}” is not a term: punctuation alone cannot be looked for", where=where)
    if max(len(source), len(target)) > _LONGEST:
        raise InputError(f"a term of more than {_LONGEST} characters", where=where, hint="is this a glossary?")
    return source, target


def _is_punctuation(text: str) -> bool:
    """Whether a text has neither letters nor digits nor signs that mean something."""
    return all(token.text in _PUNCTUATION for token in tokens(text))
