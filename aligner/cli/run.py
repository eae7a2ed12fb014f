"""``aligner run``: the whole job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import printable, progress_bar, remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, EngineOptions, GlossaryOptions, MemoryOptions, ReadingOptions, real_place
from aligner.cli.reporting import MachineReport, Watch, show
from aligner.errors import counted


@dataclass(frozen=True)
class ChoiceOptions:
    """Which documents of the corpus are meant."""

    include: Annotated[
        list[str] | None,
        typer.Option(help="Only documents whose place in CORPUS/fr fits, such as 1950/*.docx.", metavar="PATTERN"),
    ] = None
    exclude: Annotated[
        list[str] | None, typer.Option(help="Not the documents whose place in CORPUS/fr fits.", metavar="PATTERN")
    ] = None
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="Only the documents in this file: an id or a place a line.", metavar="FILE"),
    ] = None


@grouped
def run(
    where: CorpusOptions = GROUP,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Where tmx/, tei/ and review/ go; by default beside the corpus.",
            metavar="DIR",
            callback=real_place,
        ),
    ] = None,
    engine: EngineOptions = GROUP,
    texts: ReadingOptions = GROUP,
    memories: MemoryOptions = GROUP,
    glossary: GlossaryOptions = GROUP,
    choice: ChoiceOptions = GROUP,
    collection: Annotated[
        Path | None,
        typer.Option("--input", help="Take in the documents of a JSONL or Parquet file first.", metavar="FILE"),
    ] = None,
    documents_file: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            help="Also write all documents with their English as such a file.",
            metavar="FILE",
            callback=real_place,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", help="Translate on a Ray cluster: its address, or 'local'.", metavar="ADDRESS"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do every document again, even if nothing changed.")] = False,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json", help="Also write what was done for a program to read.", metavar="FILE", callback=real_place
        ),
    ] = None,
) -> None:
    """Translate, align and export every document of a corpus.

    Reads CORPUS/fr and the folders in it (text, Markdown, HTML, DOCX, ODT, EPUB, RTF, PDF) and writes CORPUS/en,
    CORPUS/bitext, tmx/, tei/ and review/. Only what changed is done again.
    What a person wrote, edited or accepted is never overwritten: your own translation is aligned, and in a
    document that you worked on only the machine's drafts are translated again. Sentences that are in a translation
    memory (--memory, CORPUS/memory, the reviewed pairs of the corpus) are taken from it.

    [bold]Examples[/bold]

      aligner run

      aligner run --corpus ~/treaties/corpus --model translate-fr_en.argosmodel

      aligner run --memory ~/tm/treaties.tmx

      aligner run --input documents.jsonl --documents translated.jsonl --json report.json

      aligner run --cluster local

      aligner run --include "1950/*" --exclude "*.pdf"
    """
    from aligner.config import RunOptions
    from aligner.corpus.exports import INDEX
    from aligner.corpus.store import collected
    from aligner.documents.collection import take_in, write_collection
    from aligner.pipeline import run as run_project

    with MachineReport(json_file, where.languages) as machine:
        project = where.project(output)
        options = RunOptions(
            model=engine.model,
            server=engine.server(),
            rules=texts.srx,
            wrapped=texts.wrapped,
            any_language=texts.any_language,
            keep_boilerplate=texts.keep_boilerplate,
            beam=engine.beam,
            threads=engine.threads,
            force=force,
            cluster=cluster,
            memory=tuple(memories.memory or ()),
            use_memory=not memories.no_memory,
            glossary=glossary.glossary,
            use_glossary=not glossary.no_glossary,
            include=tuple(choice.include or ()),
            exclude=tuple(choice.exclude or ()),
            listed=_listed(choice.listed) if choice.listed else None,
        )
        if collection:
            taken = take_in(collection, project.corpus / project.source, reserved=INDEX)
            remark(f"{collection}: {counted(taken.documents, 'document')}, {taken.new:,} of them new or changed")
            if taken.other_ids:
                ids = f"{counted(taken.other_ids, 'id is', 'ids are')} written in another way here"
                given, own = (printable(" ".join(each.split())) for each in taken.example)
                remark(f"{collection}: {ids}, so as to be safe as file names: '{given}' is '{own}'")
        with progress_bar(estimate=False) as bars:
            report = machine.report = run_project(project, options, bars, machine.told(Watch(bars)))
        show(report, project.output)
        if documents_file:
            done = [outcome.id for outcome in report.outcomes if not outcome.error]
            write_collection(collected(project, done), documents_file)
    # the worst document decides (decision 7)
    raise typer.Exit(report.exit_code)


def _listed(path: Path) -> frozenset[str]:
    """The documents that a file names, one a line; blank lines and those that begin with # are left out."""
    from aligner.documents import read_text

    lines = (line.strip() for line in read_text(path, what="list")[0].splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
