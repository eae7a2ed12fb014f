"""``aligner diff``: what changed between two versions of a translation, or from the machine's to the present one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import printable, progress_bar, remark, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Overwrite, real_place
from aligner.cli.streams import emit, spare
from aligner.errors import InputError

if TYPE_CHECKING:
    from aligner.comparison import Version
    from aligner.corpus.store import Project
    from aligner.pages.comparison_data import ComparisonReport, Figures

NAME = "diff.html"


@dataclass(frozen=True)
class ReportOptions:
    """What the report has in it, and where it goes."""

    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=f"The report; without it review/{NAME} of the corpus, else {NAME}.",
            metavar="FILE",
            callback=real_place,
        ),
    ] = None
    order: Annotated[
        Literal["change", "edits", "document"],
        typer.Option(help="Most changed first (TER), most edits first, or as in the documents."),
    ] = "change"
    only_changed: Annotated[
        bool, typer.Option("--only-changed", help="Leave sentences that did not change out of the report.")
    ] = False
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all figures as JSON; the report is written only with --output.")
    ] = False
    overwrite: Overwrite = False


@grouped
def diff(
    versions: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two versions: corpus folders, bitexts (.jsonl, .tmx, .xlf, .xlsx …) or texts with one segment a "
            "line. With --machine: documents; by default all.",
            metavar="A B | ID…",
            show_default=False,
        ),
    ] = None,
    machine: Annotated[
        bool, typer.Option("--machine", help="Compare the machine translation with the present text of the corpus.")
    ] = False,
    wanted: ReportOptions = GROUP,
    where: CorpusOptions = GROUP,
) -> None:
    """Say what changed between two versions, sentence by sentence, with TER (HTER) and chrF, in an HTML report.

    With --machine: what post-editing changed, and which accepted and edited sentences the machine would now say
    differently. Sentences are matched by their ids, else by source text, else by their
    sequence; what fits nothing is listed.

    [bold]Examples[/bold]

      aligner diff --machine

      aligner diff ../delivered/corpus corpus

      aligner diff tmx/treaty.fr-en.tmx back.tmx -o changes.html

      aligner diff machine.en reference.en --json
    """
    from aligner.comparison import compare, report_json, report_of
    from aligner.pages import comparison as page

    old, new, place = _versions(versions, where, machine=machine)
    inputs = [] if machine else [Path(path) for path in versions or []]
    # the report at its own place is aligner's to write again; one that was named may be somebody's file
    spare(wanted.output or place, *inputs, overwrite=wanted.overwrite or wanted.output is None)
    place = wanted.output or place
    with progress_bar() as progress:
        comparison = compare(
            old, new, jobs=os.cpu_count() or 1, progress=lambda done, total: progress("Comparing", done, total)
        )
    report = report_of(comparison, beside=place)
    # figures for a program go first, to standard output; the report is for eyes
    if wanted.as_json:
        emit(json.dumps(report_json(report), indent=2, ensure_ascii=False) + "\n", None)
    shown = page.ReportOptions(order=wanted.order, unchanged=not wanted.only_changed)
    if wanted.output is not None or not wanted.as_json:
        emit(page.render_report(report, options=shown), place)
        remark(f"the report is in {place}")
    if not wanted.as_json:
        emit(_table(report), None)


def _versions(given: list[str] | None, where: CorpusOptions, *, machine: bool) -> tuple[Version, Version, Path]:
    """The two versions to compare, and where the report goes: to the review pages of the second, if it has any."""
    from aligner.comparison import machine_versions, read_version
    from aligner.corpus.store import open_project

    if machine:
        project = where.project()
        return (*machine_versions(project, given or None), _beside(project))
    if given is None or len(given) != 2:
        what = f"two versions are needed, not {len(given or [])}"
        raise InputError(what, hint="name two files or folders, or use --machine; see `aligner diff --help`")
    old, new = (read_version(Path(path), where.languages) for path in given)
    # the second version is the present one as a rule
    project = open_project(Path(given[1]), where.languages)
    return old, new, _beside(project) if any(project.bitexts()) and (project.output / "review").is_dir() else Path(NAME)


def _beside(project: Project) -> Path:
    """The report among the review pages, if its name is free there."""
    # a document called diff has its own page there
    page = project.output / "review" / NAME
    return Path(NAME) if Path(NAME).stem in project.bitexts() else page


def _table(report: ComparisonReport) -> str:
    """The summary: a line a document, the whole, where the machine has news, what takes no part, the signatures."""
    header = ["document", "sentences", "unchanged", "changed", "added", "removed", "words", report.metric, "chrF2"]
    marks = {True: " (one version only)", False: ""}
    rows = [_line(printable(each.id) + marks[bool(each.only)], each.figures) for each in report.documents]
    if len(rows) > 1:
        # a total of one document would be the same line again
        rows.append(_line("in all", report.figures))
    parts = [table(header, rows, right=set(range(1, len(header)))), ""]
    parts += [
        f"{printable(each.id)}: the machine now says something else than what was accepted or edited at "
        f"{', '.join(each.outdated)}"
        for each in report.documents
        if each.outdated
    ]
    parts += [
        f"{printable(document.id)}: {len(places)} {reason}"
        for document in report.documents
        for reason, places in document.left_out
    ]
    parts += [f"{name}|{signature}" for name, signature in report.signatures]
    return "\n".join(parts) + "\n"


def _line(name: str, counted: Figures) -> list[str]:
    """A line of the table; a rate that nothing can be said of (no sentence has both versions) is a dash."""
    numbers = [counted.segments, counted.unchanged, counted.changed, counted.added, counted.removed]
    words = f"−{counted.words.deleted:,} +{counted.words.inserted:,}"
    rates = ["–" if rate is None else f"{rate:.1f}" for rate in (counted.ter, counted.chrf)]
    return [name, *(f"{number:,}" for number in numbers), words, *rates]
