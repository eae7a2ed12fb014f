"""``aligner export``: bitexts of the corpus in another format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import complain, progress_bar, remark, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import DASH, CorpusOptions, Documents, GlossaryOptions, TextOptions
from aligner.cli.places import TABLE, PlaceOptions
from aligner.cli.streams import emit, result_stream
from aligner.errors import FINE, PROBLEMS, InputError, counted

if TYPE_CHECKING:
    from aligner.corpus.store import Project
    from aligner.formats import WriteOptions
    from aligner.model import Bitext
    from aligner.terms import Glossary
    from aligner.text import Srx

_SHOWN = 10
"""Segments without a unit that a check prints for each document."""


@dataclass(frozen=True)
class ChoiceOptions:
    """Which pairs are written."""

    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out pairs whose alignment is less sure.")
    ] = 0.0
    min_quality: Annotated[
        float,
        typer.Option(
            "--min-quality", min=0, max=1, help="Leave out machine translations that are expected to be worse."
        ),
    ] = 0.0
    min_status: Annotated[
        Literal["draft", "accepted", "edited"] | None,
        typer.Option("--min-status", help="Leave out pairs reviewed less than this, and rejected ones."),
    ] = None
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only what a person accepted or edited.")] = False


@dataclass(frozen=True)
class UnitOptions:
    """How they are written."""

    locale: Annotated[
        str, typer.Option("--locale", help="Languages with regions, for tools that want them.", metavar="fr-FR,en-GB")
    ] = ""
    no_tuid: Annotated[bool, typer.Option("--no-tuid", help="TMX: units without ids.")] = False
    paragraphs: Annotated[bool, typer.Option("--paragraphs", help="TMX: a unit for each paragraph.")] = False
    repeated: Annotated[bool, typer.Option("--repeated", help="TMX: every unit, also of repeated sources.")] = False
    context: Annotated[bool, typer.Option("--context", help="TMX: the sources before and after a unit.")] = False
    xliff: Annotated[
        int, typer.Option("--xliff", min=1, max=2, help="XLIFF: 2 for version 2.0.", show_default="1, for version 1.2")
    ] = 1


@grouped
def export(
    ids: Documents = None,
    place: PlaceOptions = GROUP,
    where: CorpusOptions = GROUP,
    texts: TextOptions = GROUP,
    choice: ChoiceOptions = GROUP,
    units: UnitOptions = GROUP,
    penalty: Annotated[
        int,
        typer.Option(min=0, max=100, help="OmegaT project: per cent off matches by machine.", metavar="PERCENT"),
    ] = 0,
    glossary: GlossaryOptions = GROUP,
    check: Annotated[
        Literal["omegat", "trados"] | None,
        typer.Option("--check", help="Write nothing: say what this tool would make of the TMX."),
    ] = None,
) -> None:
    """Write the aligned pairs of the corpus in another format.

    Exporting again changes nothing. An XLIFF file or a workbook that somebody has filled in is not replaced without
    --overwrite. An OmegaT project is one folder for all documents; --srx is for one that was run with that file.

    [bold]Examples[/bold]

      aligner export --format tmx --locale fr-FR,en-GB -o trados/

      aligner export 2024-09-11-brics-securite --format tei --split -o edition/

      aligner export --format tei --one-file

      aligner export --format omegat-project -o ~/omegat/treaties

      aligner export --format docx -o english/

      aligner export 2024-09-11-brics-securite --format xlsx -o securite.xlsx

      aligner export --format xliff --xliff 2 -o xliff-2/

      aligner export --format docx-table

      aligner export --check omegat
    """
    from aligner.corpus.exports import OMEGAT_PROJECT, check_options
    from aligner.corpus.outputs import check_outputs
    from aligner.formats import WriteOptions

    project = where.project()
    options = _write_options(where, texts, choice, units)
    # before anything is read: an option that does nothing is a mistake (decision 13)
    check_options(place.form, options)
    documents = project.documents(ids)
    if check:
        raise typer.Exit(_checked(check, project, documents, texts.srx, options))
    # their own places are for the complete files, which a run brings up to date
    if place.output is None and options != WriteOptions():
        raise InputError(
            "with these options the files need a folder of their own: the usual one is for the complete files",
            hint="give --output DIR",
        )
    if place.output is None:
        check_outputs(project)
    if place.form == OMEGAT_PROJECT:
        _omegat_project(place, project, documents, texts.rules(), options, penalty, glossary.of(where))
    elif penalty or glossary.glossary:
        raise InputError("--penalty and --glossary are for an OmegaT project", hint="add --format omegat-project")
    else:
        _files(place, project, documents, options)


def _files(place: PlaceOptions, project: Project, documents: list[str], options: WriteOptions) -> None:
    """Write the files of an export, one for each document or one for all."""
    if place.one_file:
        _one_file(place, project, documents, options)
    elif place.form == TABLE:
        _tables(place, project, documents, options)
    elif place.form in document_forms():
        _documents(place, project, documents)
    else:
        _each(place, project, documents, options)


def _write_options(where: CorpusOptions, texts: TextOptions, choice: ChoiceOptions, units: UnitOptions) -> WriteOptions:
    """What the command line says about pairs and units, as the formats know it."""
    from aligner.formats import Standing, WriteOptions
    from aligner.formats.exchange.notation import parse_locale
    from aligner.model import Status

    return WriteOptions(
        keep_boilerplate=texts.keep_boilerplate,
        min_confidence=choice.min_confidence,
        min_quality=choice.min_quality,
        min_status=Status(choice.min_status) if choice.min_status else None,
        standings=(Standing.REVIEWED,) if choice.reviewed else tuple(Standing),
        locale=parse_locale(units.locale, where.languages),
        tuid=not units.no_tuid,
        paragraphs=units.paragraphs,
        deduplicate=not units.repeated,
        context=units.context,
        xliff_version=units.xliff,
    )


def document_forms() -> dict[str, str]:
    """The names of the forms of documents, each with the form itself: ``html`` is the review page here."""
    from aligner.documents.english import FORMS

    # scripts have asked for `html` from the beginning, and meant the page (decision 51)
    return {"html-document" if form == "html" else form: form for form in FORMS}


def _documents(place: PlaceOptions, project: Project, documents: list[str]) -> None:
    """The English of each document in the form of its original, or in another."""
    from aligner.corpus.store import read_bitext
    from aligner.documents.english import FORMS, write_english

    sources = project.sources()
    form = document_forms()[place.form]
    ending = FORMS[form][1]
    own = {name: project.output_file("documents", name, f"{name}{ending}") for name in documents}
    # never the original, which may be in the folder that is named
    paths = place.settle(own, *sources.values())
    for document, path in paths.items():
        if document not in sources:
            raise InputError(f"the source of '{document}' is gone", hint="put it back or leave the document out")
        bitext = read_bitext(project.bitext_file(document))
        written = write_english(bitext, sources[document], form)
        emit(written.data, path)
        for sentence in written.remarks:
            remark(f"{document}: {sentence}")
        _say_written(path)


def _tables(place: PlaceOptions, project: Project, documents: list[str], options: WriteOptions) -> None:
    """A bilingual table as a Word document for each document."""
    from aligner.documents.bilingual import write_table

    own = {name: project.output_file(TABLE, name, f"{name}.{project.pair}.docx") for name in documents}
    empty = []
    for document, path in place.settle(own).items():
        bitext = next(_bitexts(project, [document]))
        empty += _without_pairs(bitext, options)
        emit(write_table([bitext], options), path)
        _say_written(path)
    _say_empty(empty)


def _omegat_project(
    place: PlaceOptions, project: Project, documents: list[str], rules: Srx | None, options: WriteOptions, penalty: int,
    glossary: Glossary | None,
) -> None:  # fmt: skip
    """One folder for OmegaT with all documents, their memory and the glossary."""
    from aligner.omegat.project import write_project
    from aligner.text import builtin_srx

    folder = place.output or project.output / "omegat"
    if folder == DASH or (folder.exists() and not folder.is_dir()):
        raise InputError("an OmegaT project needs a folder", where=folder, hint="name one with --output")
    # OmegaT gets the rules that the corpus was cut with: a unit that crosses its segments never matches
    written = write_project(
        project,
        documents,
        folder,
        rules=rules or builtin_srx(),
        options=options,
        penalty=penalty,
        glossary=glossary,
    )
    sizes = f"{counted(len(documents), 'document')} ({counted(len(written), 'file')})"
    remark(f"wrote an OmegaT project of {sizes}: {folder}")


def _each(place: PlaceOptions, project: Project, documents: list[str], options: WriteOptions) -> None:
    """A file, or with --split three, for each document."""
    from aligner.corpus.exports import PAGE, export_named, write_split
    from aligner.corpus.publish import page_alone

    wanted = export_named(place.form)
    if place.split and place.form != "tei":
        raise InputError("only TEI can be split", where="--split", hint="add --format tei")
    own = {document: project.export_file(document, wanted) for document in documents}
    empty = []
    for document, path in place.settle(own).items():
        bitext = next(_bitexts(project, [document]))
        empty += _without_pairs(bitext, options)
        if place.split and path:
            for part in write_split(bitext, path.parent, options):
                remark(f"wrote {part}")
        else:
            emit(page_alone(project, bitext) if wanted.name == PAGE else wanted.render(bitext, options), path)
            _say_written(path)
    _say_empty(empty)


def _without_pairs(bitext: Bitext, options: WriteOptions) -> list[str]:
    """The document's id in a list where no pair of it passes the options; else an empty list."""
    from aligner.formats.selection import selected_beads

    return [] if any(selected_beads(bitext, options)) else [bitext.id]


def _say_empty(empty: list[str]) -> None:
    """Say which documents have a file without pairs: it is what was asked for, but seldom what is meant."""
    if empty:
        named = ", ".join(empty[:_SHOWN]) + (f" and {len(empty) - _SHOWN:,} more" if len(empty) > _SHOWN else "")
        what = "the file is empty" if len(empty) == 1 else "these files are empty"
        remark(f"{what}, for no pair passes the options (--reviewed, --min-…): {named}")


def _one_file(place: PlaceOptions, project: Project, documents: list[str], options: WriteOptions) -> None:
    """All documents in one file."""
    from aligner.corpus.exports import export_named, write_together

    own = project.export_file("corpus", export_named(place.form))
    # the one file takes the name of the corpus where documents have their own
    if "corpus" in documents:
        raise InputError("a document is called 'corpus', as the one file would be", hint="rename the document")
    path = place.settle({"corpus": own})["corpus"]
    empty: list[str] = []

    def noted() -> Iterator[Bitext]:
        for bitext in _bitexts(project, documents):
            empty.extend(_without_pairs(bitext, options))
            yield bitext

    with result_stream(path) as stream:
        write_together(place.form, noted(), stream, options)
    remark(f"wrote {counted(len(documents), 'document')}{f': {path}' if path else ''}")
    if len(empty) == len(documents):
        _say_empty(["corpus"])


def _say_written(path: Path | None) -> None:
    """Say which file was written; of standard output there is nothing to say."""
    if path:
        remark(f"wrote {path}")


def _checked(tool: str, project: Project, documents: list[str], srx: Path | None, options: WriteOptions) -> int:
    """Say what a tool would make of the TMX; the exit code."""
    if tool == "omegat":
        return _omegat(project, documents, srx, options)
    from aligner.formats.tmx.limits import trados_limits

    # Trados cannot be started from here as OmegaT can: what its documentation says must do
    problems = trados_limits(_bitexts(project, documents), options)
    for problem in problems:
        complain(problem)
    if not problems:
        typer.echo("Trados takes all units of this TMX, as far as its documentation says.")
    return PROBLEMS if problems else FINE


def _omegat(project: Project, documents: list[str], srx: Path | None, options: WriteOptions) -> int:
    """Count the segments of OmegaT that the TMX answers; the first that it does not are named, as places to look at."""
    from aligner.omegat.check import match_rates
    from aligner.text import builtin_srx, load_srx

    results = []
    rules = load_srx(srx) if srx else builtin_srx()
    with progress_bar() as advance:
        for number, result in enumerate(match_rates(project, documents, rules=rules, options=options), 1):
            results.append(result)
            advance("check", number, len(documents))
    # one rate for all, weighted by segments: a short document counts little
    found, segments = sum(r.found for r in results), sum(r.segments for r in results)
    sizes = [*((r.document, r.found, r.segments) for r in results), ("all", found, segments)]
    rows = [[name, str(n), str(hits), f"{100 * hits / n if n else 100:.1f} %"] for name, hits, n in sizes]
    typer.echo(table(["document", "OmegaT's segments", "exact matches", "rate"], rows, right={1, 2, 3}))
    for result in results:
        for text in result.missing[:_SHOWN]:
            remark(f"{result.document}: no unit for “{text}”")
        if len(result.missing) > _SHOWN:
            remark(f"{result.document}: and {len(result.missing) - _SHOWN} more")
    return FINE if found == segments else PROBLEMS


def _bitexts(project: Project, documents: list[str]) -> Iterator[Bitext]:
    """The bitexts of documents, read one after the other: a corpus need not fit into memory."""
    from aligner.corpus.store import read_bitext

    return (read_bitext(project.bitext_file(document)) for document in documents)
