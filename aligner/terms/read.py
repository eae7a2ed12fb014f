"""Reading glossaries from tables: TSV and CSV, as spreadsheets and terminology tools save them.

    first line of names      source, target, status, note, in any usual form (`aligner.formats.tables.headings`): every
                             line is a rendering of a term; a second column of the same name holds further renderings
    term, term, fr, en       DeepL's four columns, without names
    term, term, note         OmegaT's three, in a tab-separated file without names
    term, term               two columns without names

A column that nobody named is never guessed: of more columns without names only the two forms above are read, and
whatever else was assumed is said. Lines that begin with ``#`` are comments. Start reading at `parse_table`.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator, Sequence

from aligner.errors import InputError, counted
from aligner.formats.tables.headings import Meaning, heading_of, languages_in, sides
from aligner.formats.tables.separated import separator_of, unquoted
from aligner.languages.tags import base_language
from aligner.languages.words import fold, words_and_signs
from aligner.terms.glossary import Glossary, Row, TermStatus, gather

_log = logging.getLogger(__name__)

_STATUSES = {
    **{status.value: status for status in TermStatus},
    "": TermStatus.PREFERRED, "approved": TermStatus.PREFERRED,
    "allowed": TermStatus.ADMITTED, "deprecated": TermStatus.FORBIDDEN,
    "superseded": TermStatus.FORBIDDEN, "obsolete": TermStatus.FORBIDDEN, "standardized": TermStatus.PREFERRED,
    **dict.fromkeys(("prefere", "privilegie"), TermStatus.PREFERRED),
    **dict.fromkeys(("admis", "tolere"), TermStatus.ADMITTED),
    **dict.fromkeys(("interdit", "proscrit"), TermStatus.FORBIDDEN),
    **dict.fromkeys(("propose", "candidate", "candidat"), TermStatus.PROPOSED),
}  # fmt: skip
_HEADER = "name the columns in the first line: source, target, status, note"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*")
"""What tells Excel the separator of a CSV file."""
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_PUNCTUATION = frozenset('.…,;:!?()[]«»“”"–—')
_SEVERAL = re.compile(r"\s*\|\s*")
"""What stands between several renderings in one cell: no term has a vertical bar in it."""
_MAYBE_SEVERAL = re.compile(r" / |;")
"""What may stand between several, or in one (*km / h*)."""
_LONGEST = 500
"""Characters in a term: more can only be a wrong file."""
_TITLES = 20
"""Lines above the names of the columns, at most."""
_NAMED = 3
"""Lines that are named in a message, at most."""
Line = tuple[int, list[str]]
"""The number of a line, and its cells."""


def parse_table(text: str, *, separator: str, name: str, source: str = "fr", target: str = "en") -> Glossary:
    r"""Read the text of a TSV (`separator` a tab) or CSV file called `name`.

    A CSV file may also be separated by semicolons, bars or tabs. Raises InputError with the line for what cannot be
    read.

    >>> parse_table("source\ttarget\tstatus\nONU\tUN\tadmitted\n", separator="\t", name="g.tsv").terms[0].admitted
    ('UN',)
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if separator == "," and lines:
        if said := _SEPARATOR_LINE.fullmatch(lines[0]):
            separator, lines[0] = said[1], "\n"
        # Where a comma is the decimal sign, as in French, spreadsheets save CSV with semicolons.
        else:
            separator = separator_of([line for line in lines if line.strip() and line[0] != "#"][:_TITLES])
    cells = list(_cells(lines, separator, name))
    return glossary_of_lines(cells, name=name, is_tabbed=separator == "\t", source=source, target=target)


def glossary_of_lines(
    lines: Sequence[Line], *, name: str, is_tabbed: bool = False, source: str = "fr", target: str = "en"
) -> Glossary:
    """The glossary of a table that is cut into cells, each line with its number; errors are those of `parse_table`."""
    table = _Table(name, source, target, is_tabbed=is_tabbed)
    rows = table.rows(lines)
    table.say_what_was_assumed()
    if proposed := sum(row.status is TermStatus.PROPOSED for row in rows):
        _log.warning("%s: %s not used: only proposed, not preferred or admitted", name, counted(proposed, "rendering"))
    try:
        return gather(rows, source=source, target=target)
    except InputError as error:
        raise InputError(error.what, where=name) from error


def _cells(lines: Sequence[str], separator: str, name: str) -> Iterator[Line]:
    """The cells of each line that is neither empty nor a comment, with its number."""
    # A TSV file is cut at every tab: in most of them a quotation mark is a quotation mark, and one without its partner
    # would swallow the rest of the file.
    reader = csv.reader(lines, delimiter=separator, strict=True) if separator != "\t" else None
    split = reader or ([unquoted(cell.strip()) for cell in line.split("\t")] for line in lines)
    try:
        for number, cells in enumerate(split, 1):
            stripped = [" ".join(cell.split()) for cell in cells]
            if any(stripped) and not stripped[0].startswith("#"):
                # A cell of a CSV file may have several lines.
                yield reader.line_num if reader else number, stripped
    except csv.Error as error:
        where = f"{name}, line {reader.line_num if reader else 0}"
        raise InputError(f"this is not CSV ({error})", where=where) from error


class _Table:
    """A table on its way to rows of a glossary, and what was assumed of it."""

    def __init__(self, name: str, source: str, target: str, *, is_tabbed: bool) -> None:
        self.name, self.pair, self.is_tabbed = name, (source, target), is_tabbed
        self.untranslated: list[int] = []
        """Lines of terms that have no translation yet."""
        self.split: list[int] = []
        """Lines with several renderings in one cell."""
        self.unsplit: list[int] = []
        """Lines with what may be several terms in one cell, and was taken for one."""

    def rows(self, lines: Sequence[Line]) -> list[Row]:
        """The rows of a table, with names in its first line or without."""
        lines = self._below_title(lines)
        number, header = lines[0] if lines else (0, [])
        where = f"{self.name}, line {number}"
        headings = [heading_of(cell) for cell in header]
        columns = sides(headings, *self.pair)
        meanings = {column for column in columns if column is not Meaning.UNKNOWN}
        # One name may be a term by accident (*note*, *état*); two are a line of names.
        if {Meaning.SOURCE, Meaning.TARGET} <= meanings and not self._is_deepl(lines):
            return self._named(lines, header, columns, where)
        if not meanings or self._is_deepl(lines):
            return self._unnamed(lines)
        if len({each for each in headings if each.meaning is not Meaning.UNKNOWN}) > 1:
            lacking = "source" if Meaning.SOURCE not in meanings else "target"
            raise InputError(f"there is no column called {lacking}", where=where, hint=_HEADER)
        cell = next(cell for cell, each in zip(header, headings, strict=True) if each.meaning is not Meaning.UNKNOWN)
        _log.warning("%s: “%s” looks like a name of a column, and was read as a term; %s", where, cell, _HEADER)
        return self._unnamed(lines)

    def _below_title(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines from the one of names on, where only lines of one cell stand above it; all lines elsewhere."""
        for place, (_, cells) in enumerate(lines[:_TITLES]):
            found = sides([heading_of(cell) for cell in cells], *self.pair)
            if Meaning.SOURCE in found and Meaning.TARGET in found:
                return lines[place:]
            if sum(bool(cell) for cell in cells) > 1:
                break
        return lines

    def _is_deepl(self, lines: Sequence[Line]) -> bool:
        """Whether the third and fourth cell of every line are two languages: its own, as in DeepL's glossaries."""
        return bool(lines) and all(
            len(cells) == 4 and all(_CODE.fullmatch(cell) and heading_of(cell).language for cell in cells[2:])
            for _, cells in lines
        )

    def _named(self, lines: Sequence[Line], header: list[str], columns: list[Meaning], where: str) -> list[Row]:
        """The rows of a table with names."""
        columns = self._with_one_status(header, columns)
        for meaning in (Meaning.SOURCE, Meaning.TARGET, Meaning.STATUS):
            called = [cell for cell, column in zip(header, columns, strict=True) if column is meaning]
            # Columns of one name hold synonyms, as memoQ and MultiTerm write them; of two names one is another thing.
            if len({fold(cell) for cell in called}) > 1 or (meaning is Meaning.STATUS and len(called) > 1):
                what = f"two columns for the {meaning}: {' and '.join(called)}"
                raise InputError(what, where=where, hint=_HEADER)
        for cell, column in zip(header, columns, strict=True):
            if cell and column in (Meaning.UNKNOWN, Meaning.OTHER):
                _log.warning("%s: the column “%s” is passed over", where, cell)
        return [row for number, cells in lines[1:] for row in self._named_row(cells, columns, header, number)]

    def _with_one_status(self, header: list[str], columns: list[Meaning]) -> list[Meaning]:
        """The columns, of several statuses only that of the target, where the headings tell: *English status*."""
        places = [index for index, column in enumerate(columns) if column is Meaning.STATUS]
        if len(places) < 2:
            return columns
        wanted = base_language(self.pair[1])
        own = [index for index in places if wanted in languages_in(header[index])]
        kept = own if len(own) == 1 else places
        return [Meaning.OTHER if i in places and i not in kept else column for i, column in enumerate(columns)]

    def _named_row(self, cells: list[str], columns: list[Meaning], header: list[str], number: int) -> Iterator[Row]:
        """A line of a table with names: each of its terms with each of its renderings, the first the best."""
        where = f"{self.name}, line {number}"
        found: dict[Meaning, list[tuple[int, str]]] = {meaning: [] for meaning in Meaning}
        for index, (cell, column) in enumerate(zip(cells, columns, strict=False)):
            if cell:
                found[column].append((index, cell))
        said = " ".join(cell for _, cell in found[Meaning.STATUS])
        status = _status(said)
        if status is None:
            raise InputError(f"unknown status '{said}'", where=where, hint=f"use {', '.join(TermStatus)}")
        note = "; ".join(cell for _, cell in found[Meaning.NOTE])
        sources = [text for _, cell in found[Meaning.SOURCE] for text in self._several(cell, number)]
        targets = [
            (text, TermStatus.FORBIDDEN if _is_forbidden(index, cells, header) else status)
            for index, cell in found[Meaning.TARGET]
            for text in self._several(cell, number)
        ]
        if sources and not targets:
            self.untranslated.append(number)
            return
        for source in sources or [""]:
            best = True
            for target, own in targets or [("", status)]:
                rank = own if best or own is not TermStatus.PREFERRED else TermStatus.ADMITTED
                best = best and own is not TermStatus.PREFERRED
                yield Row(*_checked(source, target, where), rank, note)

    def _several(self, cell: str, number: int) -> list[str]:
        """The terms in a cell: a bar parts them, of other signs nobody knows."""
        parts = [part for part in _SEVERAL.split(cell) if part]
        if len(parts) > 1:
            self.split.append(number)
        elif _MAYBE_SEVERAL.search(cell):
            self.unsplit.append(number)
        return parts

    def _unnamed(self, lines: Sequence[Line]) -> list[Row]:
        """The rows of a table without names."""
        if self._is_deepl(lines):
            return self._of_deepl(lines)
        width = max((len([cell for cell in cells if cell]) and _width(cells) for _, cells in lines), default=0)
        rows = []
        for number, cells in lines:
            where = f"{self.name}, line {number}"
            # Otherwise "admitted" would become a rendering or a note, and nobody would notice.
            if any(_status(cell) for cell in cells[2:] if cell):
                raise InputError("a status in a table whose columns have no names", where=where, hint=_HEADER)
            if _width(cells) > (3 if self.is_tabbed else 2):
                what = f"a table of {counted(_width(cells), 'column')} without names: what the last holds is not known"
                raise InputError(what, where=where, hint=_HEADER)
            source, target, note = (*cells, "", "", "")[:3]
            if source and not target and width > 1:
                self.untranslated.append(number)
                continue
            for source_text in self._several(source, number) or [""]:
                for rank, text in enumerate(self._several(target, number) or [""]):
                    status = TermStatus.ADMITTED if rank else TermStatus.PREFERRED
                    rows.append(Row(*_checked(source_text, text, where), status, note))
        if width > 2:
            _log.warning("%s: the third column was read as notes, as OmegaT has them; else %s", self.name, _HEADER)
        return rows

    def _of_deepl(self, lines: Sequence[Line]) -> list[Row]:
        """The rows of DeepL's four columns that are in the glossary's languages, whichever comes first."""
        wanted = [base_language(tag) for tag in self.pair]
        rows, others = [], set()
        for number, cells in lines:
            languages = [base_language(heading_of(cell).language) for cell in cells[2:]]
            if sorted(languages) != sorted(wanted):
                others.add("–".join(languages))
                continue
            texts = cells[:2] if languages == wanted else cells[1::-1]
            rows.append(Row(*_checked(texts[0], texts[1], f"{self.name}, line {number}")))
        if others:
            pair = "–".join(wanted)
            _log.warning("%s: only %s is taken, not %s", self.name, pair, ", ".join(sorted(others)))
        return rows

    def say_what_was_assumed(self) -> None:
        """Warn of lines that were not read quite as they stand."""
        for numbers, what in (
            (self.untranslated, "a term without a translation is not used"),
            (self.split, "several terms with “|” between them were taken one by one"),
            (self.unsplit, "“/” or “;” in a term is part of it; if it parts two terms, write a line for each"),
        ):
            if numbers:
                named = ", ".join(f"{number}" for number in dict.fromkeys(numbers[:_NAMED]))
                more = f" and {len(numbers) - _NAMED:,} more" if len(numbers) > _NAMED else ""
                _log.warning("%s, line %s%s: %s", self.name, named, more, what)


def _width(cells: Sequence[str]) -> int:
    """How many cells a line has up to its last that is not empty."""
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def _is_forbidden(index: int, cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether the column behind a term says that it must not be used: memoQ's ``Term_Info``."""
    info = fold(header[index + 1]) if index + 1 < len(header) else ""
    said = cells[index + 1] if index + 1 < len(cells) else ""
    return "info" in info and "forbidden" in said.lower()


def _status(cell: str) -> TermStatus | None:
    """The status that a cell names, in English or French; None for another word."""
    word = fold(cell)
    # The feminine too: *préférée*, *admise* agree with *traduction*.
    return _STATUSES.get(word, _STATUSES.get(word.removesuffix("e")))


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
