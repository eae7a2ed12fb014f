"""``aligner run``: the whole job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import complain, progress_bar, remark, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, EngineOptions, GlossaryOptions, MemoryOptions, ReadingOptions
from aligner.errors import counted

if TYPE_CHECKING:
    from aligner.pipeline import Report


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
            "--output", "-o", help="Where tmx/, tei/ and review/ go; by default beside the corpus.", metavar="DIR"
        ),
    ] = None,
    engine: EngineOptions = GROUP,
    texts: ReadingOptions = GROUP,
    memories: MemoryOptions = GROUP,
    glossary: GlossaryOptions = GROUP,
    choice: ChoiceOptions = GROUP,
    force: Annotated[bool, typer.Option("--force", help="Do every document again, even if nothing changed.")] = False,
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

      aligner run --include "1950/*" --exclude "*.pdf"
    """
    from aligner.config import RunOptions
    from aligner.pipeline import run as run_project

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
        memory=tuple(memories.memory or ()),
        use_memory=not memories.no_memory,
        glossary=glossary.glossary,
        use_glossary=not glossary.no_glossary,
        include=tuple(choice.include or ()),
        exclude=tuple(choice.exclude or ()),
        listed=_listed(choice.listed) if choice.listed else None,
    )
    with progress_bar() as progress:
        report = run_project(project, options, progress)
    _show(report, project.output)
    # the worst document decides (decision 7)
    raise typer.Exit(report.exit_code)


def _listed(path: Path) -> frozenset[str]:
    """The documents that a file names, one a line; blank lines and those that begin with # are left out."""
    from aligner.documents import read_text

    lines = (line.strip() for line in read_text(path, what="list")[0].splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _show(report: Report, output: Path) -> None:
    """Print what became of each document, and of all of them."""
    # notes and errors go to standard error before the table, so that a table that is piped on stays a table
    for outcome in report.outcomes:
        for note in outcome.notes:
            remark(f"{outcome.id}: {note}")
        if outcome.error:
            complain(str(outcome.error))

    sizes = {"segments": "segments", "pairs": "beads", "words": "words"}
    rows = [[o.id, str(o.done), *(f"{getattr(o, size):,}" for size in sizes.values())] for o in report.outcomes]
    documents = counted(len(rows), "document")
    work = f"{report.seconds:.1f} s, {counted(len(report.written), 'file')}"
    rows.append([documents, work, *(f"{sum(getattr(o, size) for o in report.outcomes):,}" for size in sizes.values())])
    typer.echo(table(["document", "done", *sizes], rows, right={2, 3, 4}))
    typer.echo(_summary(report, output))
    for sentence in report.remarks:
        remark(sentence)


def _summary(report: Report, output: Path) -> str:
    """The last lines: what was done, by whom, and where to look at it."""
    from aligner.pipeline.report import Done

    unchanged = report.count(Done.UNCHANGED)
    # the usual end of a second run: one line instead of a row of noughts
    if not report.written and unchanged == len(report.outcomes):
        state = "the document is" if unchanged == 1 else f"all {unchanged:,} documents are"
        return f"Nothing to do: {state} up to date ({report.seconds:.1f} s)."
    parts = [
        f"{report.count(Done.TRANSLATED)} translated",
        f"{report.count(Done.RENEWED)} renewed around your own work",
        f"{report.count(Done.ALIGNED)} aligned to an English text of your own",
        f"{unchanged} unchanged",
        f"{report.count(Done.FAILED)} failed",
    ]
    # what did not happen is not mentioned
    done = ", ".join(part for part in parts if not part.startswith("0 ")) or "no documents"
    remembered = f", {report.recalled:,} taken from memories and review" if report.recalled else ""
    reused = report.translated - report.fresh - report.recalled
    return (
        f"{done}; {counted(report.fresh, 'segment')} translated by the model, {reused:,} reused{remembered}; "
        f"{counted(len(report.written), 'file')} written in {report.seconds:.1f} s.\n"
        f"Review: {output / 'review' / 'index.html'}"
    )
