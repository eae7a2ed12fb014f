"""Reading glossaries from tables: TSV and CSV, as a spreadsheet saves them.

With a first line of names (``source``, ``target``, ``status``, ``note``; other columns are passed over) every line is
one rendering of a term. Without names the first cell is the term, each further one a rendering, the best first.
Lines that begin with ``#`` are comments. Start reading at `parse_table`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from aligner.errors import InputError
from aligner.terms.records import Glossary, Row, Status, gather

_NAMES = {
    "source": "source", "term": "source", "fr": "source", "french": "source",
    "target": "target", "translation": "target", "en": "target", "english": "target",
    "status": "status", "note": "note", "notes": "note", "comment": "note",
}  # fmt: skip
_STATUSES = {
    **{status.value: status for status in Status},
    "": Status.PREFERRED, "approved": Status.PREFERRED, "allowed": Status.ADMITTED, "deprecated": Status.FORBIDDEN,
}  # fmt: skip
_LONGEST = 500
"""Characters in a term: more can only be a wrong file."""


def parse_table(text: str, *, separator: str, name: str, source: str = "fr", target: str = "en") -> Glossary:
    r"""Read the text of a TSV (`separator` a tab) or CSV file called `name`.

    A CSV file may also be separated by semicolons. Raises InputError with the line for what cannot be read.

    >>> parse_table("source\ttarget\tstatus\nONU\tUN\tadmitted\n", separator="\t", name="g.tsv").terms[0].admitted
    ('UN',)
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if separator == "," and lines and lines[0].count(";") > lines[0].count(","):
        separator = ";"
    rows = _rows(list(_cells(lines, separator, name)), name)
    try:
        return gather(rows, source=source, target=target)
    except InputError as error:
        raise InputError(error.what, where=name) from error


def _cells(lines: Sequence[str], separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is neither empty nor a comment, with its number."""
    if separator == "\t":
        numbered: Iterable[tuple[int, list[str]]] = ((n, line.split("\t")) for n, line in enumerate(lines, 1))
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
        raise InputError(f"this is no CSV ({error})", where=f"{name}, line {reader.line_num}") from error


def _rows(lines: Sequence[tuple[int, list[str]]], name: str) -> list[Row]:
    columns = [_NAMES.get(cell.lower(), "") for cell in lines[0][1]] if lines else []
    if {"source", "target"} <= set(columns):
        return [_named(cells, columns, f"{name}, line {number}") for number, cells in lines[1:]]
    return [row for number, cells in lines for row in _unnamed(cells, f"{name}, line {number}")]


def _named(cells: Sequence[str], columns: Sequence[str], where: str) -> Row:
    """A line of a table with names."""
    fields = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    status = _STATUSES.get(fields.get("status", "").lower())
    if status is None:
        raise InputError(f"unknown status '{fields['status']}'", where=where, hint=f"use {', '.join(Status)}")
    return Row(*_checked(fields.get("source", ""), fields.get("target", ""), where), status, fields.get("note", ""))


def _unnamed(cells: Sequence[str], where: str) -> Iterator[Row]:
    """A line of a table without names."""
    targets = [cell for cell in cells[1:] if cell]
    for number, target in enumerate(targets or [""]):
        yield Row(*_checked(cells[0], target, where), Status.ADMITTED if number else Status.PREFERRED)


def _checked(source: str, target: str, where: str) -> tuple[str, str]:
    if not any(map(str.isalnum, source)) or not any(map(str.isalnum, target)):
        raise InputError("a term and its translation are needed", where=where)
    if max(len(source), len(target)) > _LONGEST:
        raise InputError(f"a term of more than {_LONGEST} characters", where=where, hint="is this a glossary?")
    return source, target
