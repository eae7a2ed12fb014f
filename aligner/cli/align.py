"""``aligner align``: two files become beads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import Output, Rules, Source, Target
from aligner.cli.streams import emit


def align(
    source_file: Annotated[Path, typer.Argument(help="The source text.", metavar="SOURCE", show_default=False)],
    target_file: Annotated[Path, typer.Argument(help="Its translation.", metavar="TARGET", show_default=False)],
    segmented: Annotated[bool, typer.Option("--segmented", help="The files have one segment per line.")] = False,
    translation: Annotated[
        Path | None,
        typer.Option(
            "--translation", help="Machine translation of SOURCE, one line per source segment.", metavar="FILE"
        ),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="beads, tsv, jsonl or tmx.", metavar="NAME")] = "beads",
    output: Output = None,
    source: Source = "fr",
    target: Target = "en",
    srx: Rules = None,
) -> None:
    """Pair the segments of a text and of its translation.

    The format beads prints one bead a line, [source]:[target]:score, segments counted from 0, every segment once.

    [bold]Examples[/bold]

      aligner align candide.fr.txt candide.en.txt --format tmx -o candide.tmx

      aligner align --segmented a.fr a.en --translation a.mt.en
    """
    import io

    from aligner.formats import WriteOptions, format_named
    from aligner.pipeline.align import align_files
    from aligner.text import load_srx

    wanted = format_named(form)
    bitext = align_files(
        source_file,
        target_file,
        languages=(source, target),
        segmented=segmented,
        translation=translation,
        rules=load_srx(srx) if srx else None,
    )
    stream = io.BytesIO()
    wanted.write([bitext], stream, WriteOptions(keep_boilerplate=form in {"beads", "jsonl"}))
    emit(stream.getvalue(), output)
