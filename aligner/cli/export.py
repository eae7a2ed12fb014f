"""``aligner export``: bitexts of the corpus in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import remark
from aligner.cli.options import Corpus, KeepBoilerplate, Source, Target
from aligner.files import write_atomically

if TYPE_CHECKING:
    from aligner.exports import Export
    from aligner.store import Project


def export(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Documents; all without it.", metavar="ID…", show_default=False)
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="tmx, tei, html, tsv, jsonl or beads.", metavar="NAME")
    ] = "tmx",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The folder to write to.", metavar="DIR", show_default="its own"),
    ] = None,
    corpus: Corpus = Path("corpus"),
    source: Source = "fr",
    target: Target = "en",
    keep_boilerplate: KeepBoilerplate = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out beads below this confidence.")
    ] = 0.0,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Only beads that a person accepted or edited.")] = False,
) -> None:
    """Write the aligned pairs of the corpus in another format.

    Everything derives from the bitexts, so exporting again changes nothing.

    [bold]Examples[/bold]

      aligner export --format tmx

      aligner export 2024-09-11-brics-securite --format tei -o edition/

      aligner export --format tsv --min-confidence 0.9 -o tables/
    """
    from aligner.exports import export_named
    from aligner.formats import WriteOptions
    from aligner.model import Status
    from aligner.store import Project, read_bitext

    wanted = export_named(form)
    project = Project(corpus, corpus.resolve().parent, source, target)
    options = WriteOptions(
        keep_boilerplate=keep_boilerplate,
        min_confidence=min_confidence,
        min_status=Status.ACCEPTED if reviewed else None,
    )
    for document in project.documents(ids):
        bitext = read_bitext(project.bitext_file(document))
        _write(_path(project, document, wanted, output), wanted.render(bitext, options))


def _path(project: Project, document: str, export: Export, output: Path | None) -> Path:
    own = project.export_file(document, export)
    return output / own.name if output else own


def _write(path: Path, data: bytes) -> None:
    write_atomically(path, data)
    remark(f"wrote {path}")
