"""From the rows of any table to units and documents: our own tables as they come back, and tables of two columns.

    rows ──find the heading──▶ columns ──┬─ ids of ours ─▶ a unit with all that we wrote of it (TSV's or XLSX's way)
                                         └─ others ──────▶ a unit with two texts, a note and the table's own id

Columns are known by their headings, which may stand below a title; rows may be sorted, columns moved and added. Start
reading at `table_units`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from aligner.errors import InputError, counted
from aligner.formats.exchange.documents import Described
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.to_bitext import BitextBuilder, ExchangedDocument
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.tables.cells import Cell, SheetRow, cell_text
from aligner.formats.tables.headings import Heading, Meaning, heading_of, sides
from aligner.formats.tsv.rows import OUR_ID, unit_of_cells
from aligner.formats.tsv.write import COLUMNS as TSV_COLUMNS
from aligner.formats.tsv.write import unescape_cell
from aligner.formats.xlsx.rows import COLUMNS as XLSX_COLUMNS
from aligner.formats.xlsx.rows import unit_of_row
from aligner.model import Provenance, Record, Side, Status

_OURS = frozenset((*TSV_COLUMNS, *XLSX_COLUMNS))
_TSV_ONLY = frozenset(TSV_COLUMNS) - frozenset(XLSX_COLUMNS)
_XLSX_ONLY = frozenset(XLSX_COLUMNS) - frozenset(TSV_COLUMNS) - {"note"}
_FIRST_ROWS = 20
"""How far down the heading may stand."""
_KEEP = "keep the headings of the table; one of two columns needs “source” and “target” above them"


@dataclass(slots=True)
class TableLayout:
    """What the columns of a table are."""

    columns: dict[int, str]
    """The columns that are read, by name: ours, or source, target, status, note."""
    width: int
    """How many columns have a heading."""
    languages: tuple[str, str] = ("und", "und")
    kind: str = ""
    """``tsv``, ``xlsx``: a table of ours, with the columns of either; ``pairs``: one of texts and nothing of ours."""
    unknown: list[str] = field(default_factory=list)


def table_units(
    rows: Iterable[SheetRow], name: str, *, kind: str, pair: tuple[str, str] = ("und", "und"), narrow: bool = False
) -> Iterator[Unit]:
    """Yield the units of a table called `name`, in order, each with its document if it is one of ours.

    `kind` is that of a table whose columns do not tell (``tsv``, ``xlsx``), `pair` its languages where something else
    says them. `narrow`: no row may have more cells than the heading. Raises InputError, with the place, for a table
    without headings and for a row that cannot be read.
    """
    rows = iter(rows)
    layout = None
    for where, cells in _below_heading(rows, name, pair):
        if isinstance(cells, TableLayout):
            layout = cells
            continue
        assert layout is not None  # noqa: S101 - the heading comes first
        if narrow and (beyond := [index for index, cell in cells.items() if cell and index >= layout.width]):
            what = f"there are {counted(max(beyond) + 1, 'cell')} for {counted(layout.width, 'column')}"
            raise InputError(what, where=where, hint="put quotation marks around cells with separators in them")
        languages = {"source": layout.languages[0], "target": layout.languages[1]}
        row = dict.fromkeys(("id", "source", "target"), "") | {
            column: cell_text(cells[index], languages.get(column, "en"))
            for index, column in layout.columns.items()
            if index in cells
        }
        if not layout.kind:
            ours = not row["id"] or OUR_ID.fullmatch(row["id"])
            layout.kind = kind if "id" in layout.columns.values() and ours else "pairs"
        if unit := _unit(row, layout, where):
            yield unit


def _below_heading(
    rows: Iterator[SheetRow], name: str, pair: tuple[str, str]
) -> Iterator[tuple[str, TableLayout | Mapping[int, Cell]]]:
    """What the columns are, then the rows below the heading; InputError where there is none."""
    first = [row for row in islice(rows, _FIRST_ROWS) if any(row[1].values())]
    refusal: InputError | None = None
    for number, (where, cells) in enumerate(first):
        try:
            layout = _layout([_shown(cells, index) for index in range(max(cells) + 1)], where, pair)
        except InputError as error:
            # That of the row with most of the columns: a title has none, a heading with a wrong word nearly all.
            refusal = error if refusal is None or _is_near(cells) else refusal
            continue
        yield where, layout
        yield from first[number + 1 :]
        yield from (row for row in rows if any(row[1].values()))
        return
    raise refusal or InputError("there is no heading", where=name, hint=_KEEP)


def _shown(cells: Mapping[int, Cell], index: int) -> str:
    cell = cells.get(index, "")
    return cell.strip() if isinstance(cell, str) else ""


def _is_near(cells: Mapping[int, Cell]) -> bool:
    return any(isinstance(cell, str) and cell.strip() in _OURS for cell in cells.values())


def _layout(heading: Sequence[str], where: str, pair: tuple[str, str]) -> TableLayout:
    """What the columns below a heading are; InputError when the source or the target is not among them."""
    exact = [cell if cell in _OURS else "" for cell in map(str.lower, heading)]
    meanings = sides([heading_of(cell) for cell in heading])
    taken = set(exact)
    columns: dict[int, str] = {}
    for index, (own, meaning) in enumerate(zip(exact, meanings, strict=True)):
        # Our own names count for more: "note" may be ours, and "Remarks" one of the user's own columns beside it.
        name = own or (meaning.value if meaning in _READ and meaning.value not in taken else "")
        if not name:
            continue
        if name in columns.values():
            both = [heading[i] for i, each in columns.items() if each == name] + [heading[index]]
            what = f"two columns for the {name}: {' and '.join(both)}"
            raise InputError(what, where=where, hint="name one of them otherwise")
        columns[index] = name
    names = set(columns.values())
    # DeepL's glossaries: two terms and their languages, in every line. Its first line is no heading.
    codes = [cell for cell in heading if cell and heading_of(cell).meaning is Meaning.LANGUAGE]
    if len(heading) == 4 and list(heading[2:]) == codes and not any(map(_is_heading, heading[:2])):
        hint = "write “source” and “target” above the first two columns"
        raise InputError("the columns have no names, only languages in them", where=where, hint=hint)
    for needed in ("source", "target"):
        if needed not in names:
            raise InputError(f"there is no column '{needed}'", where=where, hint=_KEEP)
    # A table of ours without its ids cannot be put together again; one of another tool may have none.
    if "id" not in names and names & (_TSV_ONLY | _XLSX_ONLY):
        raise InputError("there is no column 'id'", where=where, hint=_KEEP)
    kind = "tsv" if names & _TSV_ONLY else "xlsx" if names & _XLSX_ONLY else ""
    return TableLayout(columns, len(heading), _languages(heading, columns, pair), kind)


def _is_heading(cell: str) -> bool:
    return heading_of(cell).meaning is not Meaning.UNKNOWN


_READ = frozenset((Meaning.SOURCE, Meaning.TARGET, Meaning.STATUS, Meaning.NOTE))


def _languages(heading: Sequence[str], columns: Mapping[int, str], pair: tuple[str, str]) -> tuple[str, str]:
    """The languages of a table: those that are said elsewhere, else those that its headings name."""
    at = {name: index for index, name in columns.items()}
    named: list[Heading] = [heading_of(heading[at[side]]) for side in ("source", "target")]
    first, second = (known if known != "und" else each.language for known, each in zip(pair, named, strict=True))
    return first or "und", second or "und"


def _unit(row: dict[str, str], layout: TableLayout, where: str) -> Unit | None:
    """A row as a unit; None for one without texts."""
    if layout.kind == "tsv":
        cells = {column: unescape_cell(cell) for column, cell in row.items()}
        cells.setdefault("languages", " ".join(layout.languages))
        try:
            return unit_of_cells(cells, where=where)
        except ValueError as error:
            raise InputError(f"this row cannot be read: {error}", where=where) from error
    if layout.kind == "xlsx":
        return unit_of_row(row, *layout.languages, where=where)
    texts = [seg_text(row[side]) for side in ("source", "target")]
    if not any(texts):
        return None
    # Words of another tool (“translated”, “final”) are not ours: only what is one of ours is believed.
    status = row.get("status", "").strip().lower()
    facts = (("x-status", status),) if status in set(Status) else ()
    source, target = (Variant(tag, text) for tag, text in zip(layout.languages, texts, strict=True))
    return Unit((source, target), row["id"].strip(), (row["note"],) if row.get("note") else (), facts)


def table_documents(
    units: Iterable[Unit], known: Mapping[str, Described], otherwise: str, *, pair: tuple[str, str] = ("und", "und")
) -> Iterator[ExchangedDocument]:
    """The documents of the units of a table, those that it describes first, then in the order of their first rows.

    Units without a document of their own go to one called `otherwise`.
    """
    builders = {name: BitextBuilder(name, about, implied=False, written=verbatim) for name, about in known.items()}
    for unit in units:
        source, target = unit.variants
        document = unit.property("x-document") or otherwise
        if document not in builders:
            tags = [
                each.language if each.language != "und" else tag for each, tag in zip(unit.variants, pair, strict=True)
            ]
            about = Described(Side(tags[0], ()), Side(tags[1], ()), Record(), Provenance())
            builders[document] = BitextBuilder(document, about, implied=False, written=verbatim)
        builders[document].add(unit, source, target)
    return (builder.document() for builder in builders.values())


def verbatim(text: str) -> str:
    """The text as it is."""
    # How a text is written was decided when its row became a unit.
    return text
