"""``aligner record``: what is known of the documents, for citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import did_you_mean, printable, remark
from aligner.cli.group import Commands
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Documents
from aligner.cli.streams import emit
from aligner.errors import FINE, PROBLEMS, InputError, counted

if TYPE_CHECKING:
    from aligner.citations.matching import MatchedReference
    from aligner.corpus.store import Project
    from aligner.documents.record import Completed

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Title, author, shelfmark …: what is known of the documents, for citations.",
)


@app.command()
@grouped
def new(
    ids: Annotated[list[str], typer.Argument(help="Documents without a record.", metavar="ID…", show_default=False)],
    where: CorpusOptions = GROUP,
) -> None:
    """Write an empty record beside a document, with every field and what it means.

    [bold]Examples[/bold]

      aligner record new 2024-09-11-brics-securite
    """
    from aligner.documents.record import new_record
    from aligner.model import Record

    project = where.project()
    sources = _sources(project, ids)
    for document, source in sources.items():
        path = source.with_suffix(".toml")
        new_record(path, Record(title=_heading(project, document)), language=project.source, document=document)
        remark(f"{path} written: fill in what you know")


@app.command()
@grouped
def show(ids: Documents = None, where: CorpusOptions = GROUP) -> None:
    """Show what is known of documents, and how they are cited.

    [bold]Examples[/bold]

      aligner record show 2024-09-11-brics-securite
    """
    from dataclasses import replace

    from aligner.citations.escaping import PLAIN
    from aligner.citations.fields import said_of
    from aligner.citations.imprint import imprint
    from aligner.citations.references import Reference
    from aligner.documents.record import read_record

    project = where.project()
    lines = []
    for document, source in _sources(project, ids).items():
        record = read_record(source.with_suffix(".toml")).record
        lines.append(f"{document}")
        lines += [f"  {row.label + ':':<14}{printable(value)}" for row, value in said_of(record)]
        lines += [f"  {printable(name) + ':':<14}{printable(value)}" for name, value in record.extra]
        if not record.title:
            heading = printable(_heading(project, document))
            lines.append(f"  {'Title:':<14}{f'{heading} (its first heading)' if heading else 'none, and no heading'}")
        title = record.title or _heading(project, document) or f"[{document}]"
        cited = imprint(Reference(document, replace(record, title=title), project.source), "text", PLAIN)
        lines += [f"  {'Cited as:':<14}{printable(cited)}", ""]
    # but for the empty line behind the last document
    emit("\n".join(lines[:-1]) + "\n", None)


@app.command()
@grouped
def check(ids: Documents = None, where: CorpusOptions = GROUP) -> None:
    """Find what is missing or odd in the records: titles, dates, addresses, misspelt fields.

    Exits with code 1 when there is something to look at.

    [bold]Examples[/bold]

      aligner record check
    """
    from aligner.documents.record import faults_of_record

    found = 0
    sources = _sources(where.project(), ids)
    for document, source in sources.items():
        for fault in faults_of_record(source.with_suffix(".toml")):
            emit(f"{document}: {printable(fault)}\n", None)
            found += 1
    remark(f"{counted(len(sources), 'document')}, {counted(found, 'thing')} to look at")
    raise typer.Exit(PROBLEMS if found else FINE)


@app.command("import")
@grouped
def import_(
    file: Annotated[Path, typer.Argument(help="CSL-JSON, RIS or BibTeX, as Zotero exports it.", metavar="FILE")],
    where: CorpusOptions = GROUP,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what a record says otherwise.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would happen.")] = False,
) -> None:
    """Fill in records from a file of references, matched to documents by address, DOI, id, file name or title.

    Only what is empty is filled in; a record that says otherwise keeps what it says. Exits with code 1 when a
    reference was not matched or a record says otherwise.

    [bold]Examples[/bold]

      aligner record import zotero.json --dry-run
    """
    from aligner.citations.incoming import read_references
    from aligner.citations.matching import CitedDocument, match_references
    from aligner.documents.record import complete_record, read_record

    project = where.project()
    sources = project.sources()
    references, faults = read_references(file)
    candidates = [
        CitedDocument(
            document,
            read_record(source.with_suffix(".toml")).record,
            tuple(filter(None, (_heading(project, document), source.stem))),
            source.name,
        )
        for document, source in sources.items()
    ]
    for fault in faults:
        remark(f"{file}: {fault}")
    problems, changed = len(faults), 0
    for matched in match_references(references, candidates):
        done = None
        if matched.document:
            path = sources[matched.document].with_suffix(".toml")
            # --dry-run goes the same way, so that it says what would happen
            done = complete_record(path, matched.incoming.record, overwrite=overwrite, write=not dry_run)
            changed += bool(done.filled)
            problems += bool(done.kept)
        problems += done is None
        _say(matched, done)
    written = "to be filled in" if dry_run else "filled in"
    remark(f"{counted(len(references), 'reference')} read, {counted(changed, 'record')} {written}")
    raise typer.Exit(PROBLEMS if problems else FINE)


def _say(matched: MatchedReference, done: Completed | None) -> None:
    """What became of one reference."""
    name = printable(matched.incoming.key or matched.incoming.record.title or "a reference without a title")
    if done is None:
        near = f"; it may be {' or '.join(matched.nearest)}" if matched.nearest else ""
        emit(f"{name}: no document found{near}\n", None)
        return
    filled = f"filled in {', '.join(done.filled)}" if done.filled else "nothing new"
    emit(f"{name}: {matched.document} (by {matched.by}): {printable(filled)}\n", None)
    for field, ours, theirs in done.kept:
        emit(f"  {printable(f'{field}: kept {ours!r}, not {theirs!r}')}\n", None)


def _sources(project: Project, ids: list[str] | None) -> dict[str, Path]:
    """The sources asked for, or all; InputError for a document that there is not."""
    known = project.sources()
    for document in ids or []:
        if document not in known:
            where = project.corpus / project.source
            raise InputError(f"there is no document '{document}'", where=where, hint=did_you_mean(document, known))
    return {document: known[document] for document in ids or known}


def _heading(project: Project, document: str) -> str:
    """The first heading of a document; empty where it has none, or no pairs yet."""
    from aligner.citations.titles import title_heading

    return title_heading(project.bitext(document)) if project.bitext_file(document).exists() else ""
