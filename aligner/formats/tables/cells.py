"""Cells of a table: a text, or a text that depends on the language of its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aligner.errors import InputError

Cell = str | Callable[[str], str]
"""A text; or a function from a language to the text that the cell shows in it, which raises InputError where there is
none: a formula, or a date in a form that only the computer knows that shows it."""
SheetRow = tuple[str, Mapping[int, Cell]]
"""Where a row stands, for messages, and its cells by their columns, counted from 0."""


def cell_text(cell: Cell, language: str = "en") -> str:
    """The text of a cell."""
    return cell if isinstance(cell, str) else cell(language)


def refused_cell(what: str, where: str, hint: str) -> Cell:
    """A cell without a text; InputError only for who wants its text: in a column that is not read it harms nobody."""

    def refuse(_language: str) -> str:
        raise InputError(what, where=where, hint=hint)

    return refuse
