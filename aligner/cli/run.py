"""``aligner run``: the whole job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import complain, progress_bar, remark, table
from aligner.cli.engines import server_address
from aligner.cli.options import (
    AnyLanguage,
    Beam,
    Corpus,
    EngineName,
    GlossaryFile,
    KeepBoilerplate,
    Memory,
    Model,
    NoGlossary,
    NoMemory,
    Rules,
    Source,
    Target,
    Threads,
    Url,
    Wrapped,
)
from aligner.errors import counted

if TYPE_CHECKING:
    from aligner.pipeline import Outcome, Report


def run(
    corpus: Corpus = Path("corpus"),
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where tmx/, tei/ and review/ go; by default beside the corpus.", metavar="DIR"
        ),
    ] = None,
    source: Source = "fr",
    target: Target = "en",
    model: Model = None,
    engine: EngineName = "argos",
    url: Url = None,
    srx: Rules = None,
    wrapped: Wrapped = None,
    any_language: AnyLanguage = False,
    keep_boilerplate: KeepBoilerplate = False,
    beam: Beam = None,
    threads: Threads = None,
    memory: Memory = None,
    no_memory: NoMemory = False,
    glossary: GlossaryFile = None,
    no_glossary: NoGlossary = False,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Only documents whose place in CORPUS/fr fits, such as 1950/*.docx.", metavar="PATTERN"),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Not the documents whose place in CORPUS/fr fits.", metavar="PATTERN")
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="Only the documents in this file: an id or a place a line.", metavar="FILE"),
    ] = None,
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
    from aligner.corpus.store import open_project
    from aligner.pipeline import run as run_project

    project = open_project(corpus, source=source, target=target, output=output)
    options = RunOptions(
        model=model,
        server=server_address(engine, url, model),
        rules=srx,
        wrapped=wrapped,
        any_language=any_language,
        keep_boilerplate=keep_boilerplate,
        beam=beam,
        threads=threads,
        force=force,
        memory=tuple(memory or ()),
        use_memory=not no_memory,
        glossary=glossary,
        use_glossary=not no_glossary,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        listed=_listed(listed) if listed else None,
    )
    with progress_bar() as progress:
        report = run_project(project, options, progress)
    _show(report, project.output)
    raise typer.Exit(report.exit_code)


def _listed(path: Path) -> frozenset[str]:
    """The documents that a file names, one a line; blank lines and those that begin with # are left out."""
    from aligner.documents import read_text

    lines = (line.strip() for line in read_text(path, what="list")[0].splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _show(report: Report, output: Path) -> None:
    for outcome in report.outcomes:
        for note in outcome.notes:
            remark(f"{outcome.id}: {note}")
        if outcome.error:
            complain(str(outcome.error))
    typer.echo(table(*_rows(report), right={2, 3, 4}))
    typer.echo(_summary(report, output))
    for sentence in report.remarks:
        remark(sentence)


def _rows(report: Report) -> tuple[list[str], list[list[str]]]:
    headers = ["document", "done", "segments", "beads", "words"]
    rows = [[o.id, str(o.done), *_sizes(o)] for o in report.outcomes]
    totals = [sum(getattr(o, name) for o in report.outcomes) for name in ("segments", "beads", "words")]
    documents = counted(len(rows), "document")
    work = f"{report.seconds:.1f} s, {counted(len(report.written), 'file')}"
    return headers, [*rows, [documents, work, *(f"{n:,}" for n in totals)]]


def _sizes(outcome: Outcome) -> list[str]:
    return [f"{outcome.segments:,}", f"{outcome.beads:,}", f"{outcome.words:,}"]


def _summary(report: Report, output: Path) -> str:
    from aligner.pipeline.report import Done

    unchanged = report.count(Done.UNCHANGED)
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
    done = ", ".join(part for part in parts if not part.startswith("0 ")) or "no documents"
    remembered = f", {report.recalled:,} taken from memories and review" if report.recalled else ""
    reused = report.translated - report.fresh - report.recalled
    return (
        f"{done}; {counted(report.fresh, 'segment')} translated by the model, {reused:,} reused{remembered}; "
        f"{counted(len(report.written), 'file')} written in {report.seconds:.1f} s.\n"
        f"Review: {output / 'review' / 'index.html'}"
    )
