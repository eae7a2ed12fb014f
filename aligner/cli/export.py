"""``aligner export``: bitexts of the corpus in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import remark
from aligner.cli.options import Corpus, KeepBoilerplate, Rules, Source, Target
from aligner.errors import InputError
from aligner.files import write_atomically

if TYPE_CHECKING:
    from aligner.exports import Export
    from aligner.formats import WriteOptions
    from aligner.store import Project


def export(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Documents; all without it.", metavar="ID…", show_default=False)
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="tmx, tei, html, xliff, xlsx, tsv, jsonl, beads, ladder, moses or omegat-project.",
            metavar="NAME",
        ),
    ] = "tmx",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The folder to write to.", metavar="DIR", show_default="its own"),
    ] = None,
    corpus: Corpus = Path("corpus"),
    source: Source = "fr",
    target: Target = "en",
    srx: Rules = None,
    keep_boilerplate: KeepBoilerplate = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out beads below this confidence.")
    ] = 0.0,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only what a person wrote, edited or accepted.")] = False,
) -> None:
    """Write the aligned pairs of the corpus in another format.

    Everything derives from the bitexts, so exporting again changes nothing. An OmegaT project is one folder for all
    documents; --srx is for one whose documents were run with that file.

    [bold]Examples[/bold]

      aligner export --format tmx

      aligner export 2024-09-11-brics-securite --format tei -o edition/

      aligner export --format tsv --min-confidence 0.9 -o tables/

      aligner export --format omegat-project -o ~/omegat/treaties
    """
    from aligner.exports import OMEGAT_PROJECT, export_named
    from aligner.formats import WriteOptions
    from aligner.store import open_project, read_bitext

    project = open_project(corpus, source=source, target=target)
    options = WriteOptions(
        keep_boilerplate=keep_boilerplate,
        min_confidence=min_confidence,
        keep_machine=not reviewed,
    )
    if output is None and (reviewed or min_confidence or keep_boilerplate):
        raise InputError(
            "a selection of the pairs must not take the place of the complete files", hint="give --output DIR"
        )
    documents = project.documents(ids)
    if form == OMEGAT_PROJECT:
        _omegat_project(project, documents, output, srx, options)
        return
    wanted = export_named(form)
    for document in documents:
        bitext = read_bitext(project.bitext_file(document))
        _write(_path(project, document, wanted, output), wanted.render(bitext, options))


def _omegat_project(
    project: Project, documents: list[str], output: Path | None, srx: Path | None, options: WriteOptions
) -> None:
    from aligner.omegat_project import write_project
    from aligner.text import builtin_srx, load_srx

    folder = output or project.output / "omegat"
    written = write_project(project, documents, folder, rules=load_srx(srx) if srx else builtin_srx(), options=options)
    remark(f"wrote an OmegaT project of {len(documents)} documents ({len(written)} files): {folder}")


def _path(project: Project, document: str, export: Export, output: Path | None) -> Path:
    own = project.export_file(document, export)
    return output / own.name if output else own


def _write(path: Path, data: bytes) -> None:
    write_atomically(path, data)
    remark(f"wrote {path}")
