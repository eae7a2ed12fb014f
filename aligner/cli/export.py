"""``aligner export``: bitexts of the corpus in another format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import complain, progress_bar, remark, table
from aligner.cli.options import (
    Corpus,
    Documents,
    GlossaryFile,
    KeepBoilerplate,
    NoGlossary,
    Overwrite,
    Rules,
    Source,
    Target,
)
from aligner.cli.streams import emit, spare
from aligner.cli.written import note_written
from aligner.errors import FINE, PROBLEMS, InputError, counted

if TYPE_CHECKING:
    from aligner.corpus.store import Project
    from aligner.formats import WriteOptions
    from aligner.model import Bitext
    from aligner.terms import Glossary

TABLE = "docx-table"
"""The bilingual table as a Word document."""
_EDITED = frozenset(("xliff", "xlsx", TABLE))
"""Formats whose files people fill in where they are, for `aligner import` to read."""
_SHOWN = 10
"""Segments without a unit that a check prints for each document."""


def export(
    ids: Documents = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="tmx, tei, html, xliff, xlsx, tsv, jsonl, parquet, beads, ladder, moses, xces or omegat-project; the "
            "English as a document: docx, odt, epub, md, html-document; docx-table.",
            metavar="NAME",
        ),
    ] = "tmx",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The folder to write to.", metavar="DIR", show_default="its own"),
    ] = None,
    overwrite: Overwrite = False,
    one_file: Annotated[bool, typer.Option("--one-file", help="All documents in one file.")] = False,
    split: Annotated[bool, typer.Option("--split", help="TEI: each text by itself, and the links.")] = False,
    corpus: Corpus = Path("corpus"),
    source: Source = "fr",
    target: Target = "en",
    srx: Rules = None,
    keep_boilerplate: KeepBoilerplate = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out pairs whose alignment is less sure.")
    ] = 0.0,
    min_quality: Annotated[
        float,
        typer.Option(
            "--min-quality", min=0, max=1, help="Leave out machine translations that are expected to be worse."
        ),
    ] = 0.0,
    min_status: Annotated[
        Literal["draft", "accepted", "edited"] | None,
        typer.Option("--min-status", help="Leave out pairs reviewed less than this, and rejected ones."),
    ] = None,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only what a person accepted or edited.")] = False,
    locale: Annotated[
        str, typer.Option("--locale", help="Languages with regions, for tools that want them.", metavar="fr-FR,en-GB")
    ] = "",
    no_tuid: Annotated[bool, typer.Option("--no-tuid", help="TMX: units without ids.")] = False,
    paragraphs: Annotated[bool, typer.Option("--paragraphs", help="TMX: a unit for each paragraph.")] = False,
    repeated: Annotated[bool, typer.Option("--repeated", help="TMX: every unit, also of repeated sources.")] = False,
    context: Annotated[bool, typer.Option("--context", help="TMX: the sources before and after a unit.")] = False,
    penalty: Annotated[
        int,
        typer.Option(min=0, max=100, help="OmegaT project: per cent off matches by machine.", metavar="PERCENT"),
    ] = 0,
    glossary: GlossaryFile = None,
    no_glossary: NoGlossary = False,
    check: Annotated[
        Literal["omegat", "trados"] | None,
        typer.Option("--check", help="Write nothing: say what this tool would make of the TMX."),
    ] = None,
) -> None:
    """Write the aligned pairs of the corpus in another format.

    Everything derives from the bitexts, so exporting again changes nothing. An XLIFF file or a workbook that somebody
    has filled in is not replaced without --overwrite. An OmegaT project is one folder for all documents; --srx is for
    one whose documents were run with that file.

    [bold]Examples[/bold]

      aligner export --format tmx --locale fr-FR,en-GB -o trados/

      aligner export 2024-09-11-brics-securite --format tei --split -o edition/

      aligner export --format tei --one-file

      aligner export --format omegat-project -o ~/omegat/treaties

      aligner export --format docx -o english/

      aligner export --format docx-table

      aligner export --check omegat
    """
    from aligner.corpus.exports import OMEGAT_PROJECT, check_options, parse_locale
    from aligner.corpus.outputs import check_outputs
    from aligner.corpus.store import open_project
    from aligner.formats import Standing, WriteOptions
    from aligner.model import Status
    from aligner.terms.glossaries import chosen_glossary

    project = open_project(corpus, source=source, target=target)
    options = WriteOptions(
        keep_boilerplate=keep_boilerplate,
        min_confidence=min_confidence,
        min_quality=min_quality,
        min_status=Status(min_status) if min_status else None,
        standings=(Standing.REVIEWED,) if reviewed else tuple(Standing),
        locale=parse_locale(locale, source=source, target=target),
        tuid=not no_tuid,
        paragraphs=paragraphs,
        deduplicate=not repeated,
        context=context,
    )
    check_options(form, options)
    documents = project.documents(ids)
    if check:
        raise typer.Exit(_checked(check, project, documents, srx, options))
    if output is None and options != WriteOptions():
        what = "what is not the complete files must not take their place"
        raise InputError(what, hint="give --output DIR")
    if output is None:
        check_outputs(project)
    if form == OMEGAT_PROJECT:
        terms = chosen_glossary(corpus, glossary, use=not no_glossary, source=source, target=target)
        _omegat_project(project, documents, output, srx, options, penalty, terms)
    elif penalty or glossary:
        raise InputError("--penalty and --glossary are for an OmegaT project", hint="add --format omegat-project")
    elif one_file:
        _one_file(form, project, documents, output, options, overwrite=overwrite)
    elif form == TABLE:
        _tables(project, documents, output, options, overwrite=overwrite)
    elif form in document_forms():
        _documents(form, project, documents, output, overwrite=overwrite)
    else:
        _each(form, project, documents, output, options, split=split, overwrite=overwrite)


def _each(
    form: str,
    project: Project,
    documents: list[str],
    output: Path | None,
    options: WriteOptions,
    *,
    split: bool,
    overwrite: bool,
) -> None:
    """A file, or with `split` three, for each document."""
    from aligner.corpus.exports import export_named, write_split

    wanted = export_named(form)
    if split and form != "tei":
        raise InputError("only TEI can be split", where="--split", hint="add --format tei")
    paths = {
        document: _place(project.export_file(document, wanted), output, form, overwrite=overwrite)
        for document in documents
    }
    for document, path in paths.items():
        bitext = next(_bitexts(project, [document]))
        if split:
            for part in write_split(bitext, path.parent, options):
                remark(f"wrote {part}")
        else:
            emit(wanted.render(bitext, options), path)
            remark(f"wrote {path}")


def document_forms() -> dict[str, str]:
    """The names of the forms of documents, each with the form itself: ``html`` is the review page here."""
    from aligner.documents.english import FORMS

    return {"html-document" if form == "html" else form: form for form in FORMS}


def _documents(form: str, project: Project, documents: list[str], output: Path | None, *, overwrite: bool) -> None:
    """The English of each document in the form of its original, or in another."""
    from aligner.corpus.store import read_bitext
    from aligner.documents.english import FORMS, write_english

    sources = project.sources()
    ending = FORMS[document_forms()[form]][1]
    paths = {name: (output or project.output / "documents") / f"{name}{ending}" for name in documents}
    for path in paths.values():
        spare(path, *sources.values(), overwrite=overwrite)
    for document, path in paths.items():
        if document not in sources:
            raise InputError(f"the source of '{document}' is gone", hint="put it back or leave the document out")
        bitext = read_bitext(project.bitext_file(document))
        written = write_english(bitext, sources[document], document_forms()[form])
        emit(written.data, path)
        for sentence in written.remarks:
            remark(f"{document}: {sentence}")
        remark(f"wrote {path}")


def _tables(
    project: Project, documents: list[str], output: Path | None, options: WriteOptions, *, overwrite: bool
) -> None:
    """A bilingual table as a Word document for each document."""
    from aligner.documents.bilingual import write_table

    for document in documents:
        name = f"{document}.{project.pair}.docx"
        path = _place(project.output / TABLE / name, output, TABLE, overwrite=overwrite)
        emit(write_table(list(_bitexts(project, [document])), options), path)
        remark(f"wrote {path}")


def _place(own: Path, output: Path | None, form: str, *, overwrite: bool) -> Path:
    """Where an export goes; InputError where somebody has filled in what is there."""
    path = output / own.name if output else own
    if form in _EDITED:
        spare(path, overwrite=overwrite)
    return path


def _one_file(
    form: str, project: Project, documents: list[str], output: Path | None, options: WriteOptions, *, overwrite: bool
) -> None:
    from aligner.corpus.exports import export_named, write_together

    own = project.export_file("corpus", export_named(form))
    if "corpus" in documents:
        raise InputError("a document is called 'corpus', as the one file would be", hint="rename the document")
    path = _place(own, output, form, overwrite=overwrite)
    write_together(form, _bitexts(project, documents), path, options)
    note_written(path)
    remark(f"wrote {counted(len(documents), 'document')}: {path}")


def _omegat_project(
    project: Project,
    documents: list[str],
    output: Path | None,
    srx: Path | None,
    options: WriteOptions,
    penalty: int,
    glossary: Glossary | None,
) -> None:
    from aligner.omegat.project import write_project
    from aligner.text import builtin_srx, load_srx

    folder = output or project.output / "omegat"
    written = write_project(
        project,
        documents,
        folder,
        rules=load_srx(srx) if srx else builtin_srx(),
        options=options,
        penalty=penalty,
        glossary=glossary,
    )
    sizes = f"{counted(len(documents), 'document')} ({counted(len(written), 'file')})"
    remark(f"wrote an OmegaT project of {sizes}: {folder}")


def _checked(tool: str, project: Project, documents: list[str], srx: Path | None, options: WriteOptions) -> int:
    """Say what a tool would make of the TMX; the exit code."""
    if tool == "omegat":
        return _omegat(project, documents, srx, options)
    from aligner.formats.tmx.limits import trados_limits

    problems = trados_limits(_bitexts(project, documents), options)
    for problem in problems:
        complain(problem)
    if not problems:
        typer.echo("Trados takes all units of this TMX, as far as its documentation says.")
    return PROBLEMS if problems else FINE


def _omegat(project: Project, documents: list[str], srx: Path | None, options: WriteOptions) -> int:
    from aligner.omegat.check import coverage
    from aligner.text import builtin_srx, load_srx

    results = []
    rules = load_srx(srx) if srx else builtin_srx()
    with progress_bar() as advance:
        for number, result in enumerate(coverage(project, documents, rules=rules, options=options), 1):
            results.append(result)
            advance("check", number, len(documents))
    rows = [[r.document, str(r.segments), str(r.found), _rate(r.found, r.segments)] for r in results]
    found, segments = sum(r.found for r in results), sum(r.segments for r in results)
    rows.append(["all", str(segments), str(found), _rate(found, segments)])
    typer.echo(table(["document", "OmegaT's segments", "exact matches", "rate"], rows, right={1, 2, 3}))
    for result in results:
        for text in result.missing[:_SHOWN]:
            remark(f"{result.document}: no unit for “{text}”")
        if len(result.missing) > _SHOWN:
            remark(f"{result.document}: and {len(result.missing) - _SHOWN} more")
    return FINE if found == segments else PROBLEMS


def _rate(found: int, segments: int) -> str:
    return f"{100 * found / segments if segments else 100:.1f} %"


def _bitexts(project: Project, documents: list[str]) -> Iterator[Bitext]:
    from aligner.corpus.store import read_bitext

    return (read_bitext(project.bitext_file(document)) for document in documents)
