"""``aligner import``: a translator's work comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import remark, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Exports, Rules
from aligner.errors import counted

if TYPE_CHECKING:
    from aligner.editing.incoming import ImportReport

NAMED = 5
"""Units left alone that are named."""


@grouped
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="A TMX, XLIFF, .sdltm, .xlsx, .ods, .docx, .tsv, .csv or .edits.json file.", metavar="FILE"
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="Who did the work, where the file does not say.",
            metavar="NAME",
            show_default="your login name",
        ),
    ] = None,
    edited: Annotated[
        bool,
        typer.Option(
            "--edited",
            help="Take as edited, too, what has another text than went out but still says that a machine wrote it.",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    where: CorpusOptions = GROUP,
    output: Exports = None,
    srx: Rules = None,
) -> None:
    """Take a translator's work from a TMX, XLIFF, XLSX or DOCX table, or a review page's edits, into the corpus.

    XLIFF may be of version 1.2, 2.0 or 2.1, or what Trados, memoQ and Phrase make of it (.sdlxliff, .mqxliff, .mxliff);
    whatever else `aligner convert` reads is read too (.sdltm, Wordfast, ODS, CSV …), also in an archive (.gz, .zip).

    Units are matched by their id, otherwise by their source text. A text that the translator changed becomes the
    corpus's, marked as edited, with name and date; one that was accepted is marked as accepted. What came back as it
    went out, is not translated, or was put there by a machine and confirmed by nobody changes nothing. What was changed
    here as well, or fits no sentence, is listed and changes nothing; the exit code is 1 then. Edits that a review page
    saved are applied in order; importing them again changes nothing.

    [bold]Examples[/bold]

      aligner import ~/omegat/treaties/treaties-omegat.tmx --dry-run

      aligner import ~/trados/lettre.fr-en.xlf.sdlxliff

      aligner import xlsx/lettre.fr-en.xlsx --by "Ada L."

      aligner import ~/Downloads/2024-09-11-brics-securite.edits.json
    """
    from aligner.corpus.outputs import check_outputs
    from aligner.editing.incoming import import_file
    from aligner.text import load_srx

    project = where.project(output)
    # before the work: exports follow an import, and must not land among another corpus's
    check_outputs(project)
    rules = load_srx(srx) if srx else None
    report = import_file(project, file, by=by or "", dry_run=dry_run, rules=rules, edited=edited)
    for conflict in report.conflicts:
        # its texts on a line each, so that they can be compared
        texts = (("source", conflict.source), ("corpus", conflict.ours), ("file", conflict.theirs))
        place = f"{conflict.where}: " if conflict.where else ""
        lines = [f"  {name + ':':<8}{text}" for name, text in texts if text]
        remark("\n".join([f"{place}{conflict.reason}", *lines]))
    # a tool may say so although a person wrote it: only that person can tell
    if units := report.machines:
        names = [unit.where or f"'{unit.theirs}'" for unit in units[:NAMED]]
        more = f" and {len(units) - NAMED:,} more" if len(units) > NAMED else ""
        remark(
            f"the file says that a machine or a memory wrote {', '.join(names)}{more}, and that nobody confirmed it; "
            "if a person wrote it, import the file with --edited, or approve it in your tool"
        )
    _show(report, dry_run=dry_run)
    # a conflict is for a person to look at: scripts see it by the code
    raise typer.Exit(report.exit_code)


def _show(report: ImportReport, *, dry_run: bool) -> None:
    """Print what was taken over, in figures, and what was left alone."""
    if report.documents:
        rows = [[document.id, str(document.edited), str(document.reviewed)] for document in report.documents]
        typer.echo(table(["document", "edited", "reviewed"], rows, right={1, 2}))
    edited = sum(document.edited for document in report.documents)
    reviewed = sum(document.reviewed for document in report.documents)
    reshaped = sum(document.reshaped for document in report.documents)
    typer.echo(
        f"{counted(report.units, 'unit')} read: {edited:,} edited, {reviewed:,} accepted or remarked on, "
        f"{f'{reshaped:,} merged, split or moved, ' if reshaped else ''}"
        f"{counted(len(report.conflicts), 'conflict')}{' (nothing was written)' if dry_run else ''}."
    )
    passed = (
        (report.untouched, "untouched"),
        (report.undone, "not translated or rejected"),
        (len(report.machines), "put there by a machine or a memory and confirmed by nobody"),
    )
    # nothing was left alone: the line would be empty
    if any(count for count, _ in passed):
        typer.echo(f"Left alone: {', '.join(f'{count:,} {what}' for count, what in passed if count)}.")
