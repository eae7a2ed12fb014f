"""``aligner find``: words in context, in both languages."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import printable, progress_bar, remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, ResultOptions
from aligner.cli.streams import emit, spare
from aligner.errors import InputError, counted
from aligner.model import Status

if TYPE_CHECKING:
    from rich.text import Text

    from aligner.corpus.store import Project
    from aligner.search import Hits, Query
    from aligner.search.find import HitSide

_WIDTH = 120
"""Columns of the table where there is no terminal."""
_COLUMNS = ("document", "locator", "status", "date", "source", "target", "found", "related")


@dataclass(frozen=True)
class QueryOptions:
    """What counts as found, where, in which order."""

    match: Annotated[
        Literal["phrase", "words", "prefix", "regex"],
        typer.Option(
            "--match",
            "-m",
            help="The words in this order; all of them anywhere; the last may go on; a regular expression.",
        ),
    ] = "phrase"
    stems: Annotated[bool, typer.Option("--stems", help="Find other forms of the words, too.")] = False
    sides: Annotated[str, typer.Option("--in", help="The language to search: fr, en or both.", metavar="LANG")] = "both"
    status: Annotated[
        list[Status] | None,
        typer.Option("--status", help="Only pairs with this status; may be given several times."),
    ] = None
    document: Annotated[
        list[str] | None,
        typer.Option(
            "--document", "-d", help="Only this document, or memory/FILE.tmx; may be given several times.", metavar="ID"
        ),
    ] = None
    sort: Annotated[
        Literal["document", "newest", "length", "status"],
        typer.Option("--sort", help="As in the documents; latest document, shortest pair, or reviewed pair first."),
    ] = "document"
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="Show at most this many pairs.")] = 20

    def query(self, text: str, project: Project) -> Query:
        """The query for a text; InputError where it cannot be asked."""
        from aligner.search import Matching, Order, Query

        if self.sides not in ("both", project.source, project.target):
            hint = f"choose {project.source}, {project.target} or both"
            raise InputError(f"'{printable(self.sides)}' is not a language of this corpus", where="--in", hint=hint)
        return Query(
            text,
            Matching(self.match),
            sides=(self.sides != project.target, self.sides != project.source),
            stems=self.stems,
            statuses=frozenset(each.value for each in self.status or ()),
            documents=tuple(self.document or ()),
            order=Order(self.sort),
            limit=self.limit,
        )


@grouped
def find(
    text: Annotated[str, typer.Argument(help="What to look for.", metavar="TEXT", show_default=False)],
    how: QueryOptions = GROUP,
    where: CorpusOptions = GROUP,
    context: Annotated[
        int, typer.Option(min=0, help="Characters around what was found, in the table; 0: the whole pair.")
    ] = 90,
    form: Annotated[
        Literal["table", "json", "tsv", "html"], typer.Option("--format", "-f", help="How to print.")
    ] = "table",
    result: ResultOptions = GROUP,
) -> None:
    r"""Find words in context, in both languages, in the corpus and its imported memories.

    What corresponds in the other language is marked, too. Capitals and accents do not count. The index in the folder
    .aligner follows the files by itself.

    [bold]Examples[/bold]

      aligner find "conseil de sécurité"

      aligner find négocier --stems --in fr --status accepted

      aligner find "mise en œuvre" --format html -o found.html

      aligner find "\b20[12]\d\b" --match regex --sort newest
    """
    from aligner.search import found_in

    project = where.project()
    spare(result.output, overwrite=result.overwrite)
    query = how.query(text, project)
    with progress_bar() as progress:
        hits = found_in(project, query, progress)
    emit(_printed(hits, query, project, form=form, context=context, result=result.output), result.output)
    remark(_counted(hits))


def _counted(hits: Hits) -> str:
    """How much was found, in words."""
    from aligner.search.query import SECONDS

    if not hits.searched:
        return "there is nothing to search yet: `aligner run` makes pairs, `aligner memory import` takes them"
    if hits.stopped:
        return f"{counted(hits.total, 'pair')} in {SECONDS:.0f} s, then the search was stopped; try a narrower query"
    most = "more than " if hits.more else ""
    shown = f", {len(hits.hits):,} shown" if len(hits.hits) < hits.total or hits.more else ""
    return f"{most}{counted(hits.total, 'pair')} of {hits.searched:,}{shown}"


def _printed(hits: Hits, query: Query, project: Project, *, form: str, context: int, result: Path | None) -> str:
    from aligner.search.data import hits_data

    if form == "table":
        return _table(hits, project, context)
    data = hits_data(hits, query, (project.source, project.target))
    if form == "json":
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    if form == "tsv":
        rows: list[tuple[str, ...]] = [_COLUMNS]
        for hit in hits.hits:
            sides = (hit.source, hit.target)
            # What was found, and what corresponds to it, on whichever side it is: one column for each.
            spans = ([(side, span) for side in sides for span in getattr(side, name)] for name in _COLUMNS[6:])
            marked = (" | ".join(span.of(side.text) for side, span in each) for each in spans)
            rows.append((hit.document, hit.locator, hit.status, hit.date, *(side.text for side in sides), *marked))
        return "".join("\t".join(map(printable, row)) + "\n" for row in rows)
    from aligner.corpus.exports import EXPORTS, PAGE
    from aligner.pages.found import render_found

    # A page leads to others only where it is known from where.
    documents = {hit.document for hit in hits.hits if hit.kind == "document"} if result else set()
    files = {name: project.export_file(name, EXPORTS[PAGE]).resolve() for name in documents}
    base = result.resolve().parent if result else Path()
    return render_found(
        data, pages={name: Path(os.path.relpath(file, base)).as_posix() for name, file in files.items()}
    )


def _table(hits: Hits, project: Project, context: int) -> str:
    """The hits as a table for people: where, and both texts around what was found."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not hits.hits:
        return ""
    seen = sys.stdout.isatty()
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold", width=None)
    table.add_column("place", overflow="fold", ratio=2)
    for language in (project.source, project.target):
        table.add_column(language, overflow="fold", ratio=5)
    for hit in hits.hits:
        place = Text(printable(hit.document), overflow="fold")
        place.append(f"\n{printable(hit.locator)}", style="bold")
        place.append(f" {hit.status}" if hit.kind == "document" else " memory", style="dim")
        table.add_row(place, *(_context(side, context, styled=seen) for side in (hit.source, hit.target)))
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if seen else _WIDTH
    console = Console(file=StringIO(), width=width, force_terminal=seen, highlight=False, emoji=False, markup=False)
    console.print(table)
    assert isinstance(console.file, StringIO)  # noqa: S101 - given above
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().splitlines())


def _context(side: HitSide, context: int, *, styled: bool) -> Text:
    """A text with its marks: in colours for eyes, else in brackets; cut around them."""
    from rich.text import Text

    marks = sorted(
        (span.start, span.end, style, signs)
        for spans, style, signs in ((side.found, "bold yellow", ("[", "]")), (side.related, "green", ("{", "}")))
        for span in spans
    )
    low, high = 0, len(side.text)
    if context:
        # Without marks the beginning: something is better than nothing.
        low = max(0, marks[0][0] - context) if marks else 0
        high = min(high, marks[-1][1] + context if marks else 2 * context)
        # At spaces, so that no word is cut.
        if low and (space := side.text.find(" ", low, marks[0][0])) >= 0:
            low = space + 1
        if high < len(side.text):
            high = max(side.text.rfind(" ", marks[-1][1] if marks else 0, high), marks[-1][1] if marks else 0)
    text, position = Text("…" if low else "", overflow="fold"), low
    for start, end, style, signs in marks:
        text.append(printable(side.text[position:start]))
        words = printable(side.text[start:end])
        text.append(words if styled else words.join(signs), style=style)
        position = end
    text.append(printable(side.text[position:high]) + ("…" if high < len(side.text) else ""))
    return text
