"""``aligner cite``: passages in both languages, with references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import did_you_mean, remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, ResultOptions
from aligner.cli.streams import emit, spare
from aligner.errors import InputError

if TYPE_CHECKING:
    from aligner.corpus.store import Project
    from aligner.model import Bitext


@grouped
def cite(
    places: Annotated[
        list[str] | None,
        typer.Argument(
            help="ID:3.2, ID:3.2-3.4, 'ID:art. 8 b)', 'ID:§ 12', 'ID:p. 14'; ID alone for its reference.",
            metavar="ID:PLACE…",
            show_default=False,
        ),
    ] = None,
    where: CorpusOptions = GROUP,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="text, markdown, html, latex, bibtex, ris or csl-json; else the end of --output tells.",
            metavar="NAME",
            show_default="text",
        ),
    ] = "",
    style: Annotated[
        str,
        typer.Option(
            "--style",
            help="chicago, apa, mla, iso690, another CSL style or a .csl file.",
            metavar="NAME",
            show_default=False,
        ),
    ] = "",
    result: ResultOptions = GROUP,
) -> None:
    """Quote passages in both languages, with the reference and a note on who made the translation.

    Without a place, bibtex, ris and csl-json list the references of the whole corpus. What the references say comes
    from the records: see `aligner record`.

    [bold]Examples[/bold]

      aligner cite 2024-09-11-brics-securite:3.1-3.2 --format markdown

      aligner cite "traite:art. 8 b)" --style chicago

      aligner cite -o references.bib
    """
    from aligner.citations.article import article, form_named
    from aligner.citations.quotation import quotation, remark_of, split_citation
    from aligner.citations.references import reference_of

    chosen = form_named(form, str(result.output or ""))
    spare(result.output, overwrite=result.overwrite)
    project = where.project()
    asked = [split_citation(each) for each in places or []]
    if not asked and not chosen.is_entry:
        raise InputError("no passage is named", hint="write ID:3.2, or --format bibtex for the whole corpus")
    bitexts = _bitexts(project, [document for document, _ in asked])
    quoted = []
    for document, place in asked:
        if place:
            found = quotation(bitexts[document], place)
            for said in filter(None, (found.widened, *found.warnings)):
                remark(f"{document}:{place}: {said}")
            quoted.append(found)
    # What is quoted has its own note; what is only listed has one on the whole document.
    with_place = {document for document, place in asked if place}
    references = [
        reference_of(bitext, remark="" if document in with_place else remark_of(bitext))
        for document, bitext in bitexts.items()
    ]
    emit(article(chosen, references, quoted, style=style), result.output)


def _bitexts(project: Project, wanted: list[str]) -> dict[str, Bitext]:
    """The documents asked for, or all; InputError, with the nearest ids, for one that there is not."""
    from dataclasses import replace

    from aligner.documents.record import read_record

    known = list(project.bitexts())
    for document in wanted:
        if known and document not in known:
            hint = did_you_mean(document, known) or "run `aligner run` first, or see corpus/bitext"
            raise InputError(f"there are no aligned pairs of '{document}'", where=project.corpus / "bitext", hint=hint)
    sources, found = project.sources(), {}
    for document in project.documents(list(dict.fromkeys(wanted)) or None):
        found[document] = project.bitext(document)
        # what a person has written into the record since the last run counts
        if document in sources:
            record = read_record(sources[document].with_suffix(".toml")).record
            found[document] = replace(found[document], record=record)
    return found
