"""``aligner convert``: a file of pairs in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import printable, progress_bar, remark
from aligner.cli.streams import result_stream, spare
from aligner.errors import InputError, counted


def convert(
    source: Annotated[Path, typer.Argument(help="The file to read.", metavar="IN")],
    output: Annotated[Path, typer.Argument(help="The file to write; - for standard output.", metavar="OUT")],
    texts: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="The two texts of an alignment: source, then target.", metavar="SOURCE TARGET"),
    ] = None,
    read_as: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="The format of IN, where its name does not tell.")
    ] = "",
    write_as: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="The format of OUT, where its name does not tell.")
    ] = "",
    source_language: Annotated[
        str,
        typer.Option(
            "--source", "-s", metavar="TAG", help="The source language, where the file does not tell or has several."
        ),
    ] = "",
    target_language: Annotated[str, typer.Option("--target", "-t", metavar="TAG", help="The target language.")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUT if it is there.")] = False,
) -> None:
    """Convert a file of pairs into another format; no corpus is needed.

    Read are TMX, XLIFF, memories of Trados (.sdltm) and Wordfast, TEI, XLSX, ODS, TSV and CSV, JSONL, XCES, Moses,
    Parquet, archives of all these (.gz, .zip …), and alignments with their texts: hunalign's ladder, beads, the XML
    links of OPUS and InterText. Written are the formats of `aligner export`. What OUT
    has no place for is left out: docs/formats.md says what each format keeps.

    [bold]Examples[/bold]

      aligner convert memory.tmx memory.tsv

      aligner convert alignment.ladder memory.tmx --texts a.fr.txt a.en.txt

      aligner convert fr-en.xml memory.tmx --source fr --target en

      aligner convert edition.xml - --to tsv
    """
    from aligner.formats.base import WriteOptions
    from aligner.formats.conversion.convert import convert as convert_file
    from aligner.formats.conversion.units import UnitSource, said_left_out
    from aligner.formats.table import format_of_output

    into = format_of_output(output, write_as)
    place = None if str(output) == "-" else output
    spare(place, source, *(texts or ()), overwrite=overwrite)
    if place and place.exists() and not overwrite:
        raise InputError("it is there already", where=place, hint="choose another name, or replace it with --overwrite")
    size = max(source.stat().st_size, 1) if source.is_file() else 1
    with progress_bar() as progress:
        told = lambda done: progress("convert", min(done, size), size)  # noqa: E731 - a callback
        wanted = UnitSource(source, read_as, texts, (_tag(source_language), _tag(target_language)), told)
        with result_stream(place) as stream:
            # every unit, whether its source is repeated or not: nothing is to be lost on the way
            done = convert_file(wanted, stream, into, WriteOptions(keep_boilerplate=True, deduplicate=False))
    for reason in filter(None, [said_left_out(wanted.left_out), *_reasons(done.left_out)]):
        remark(f"left out: {reason}")
    if done.not_kept:
        named = ", ".join(f"{printable(words)} ({count:,})" for words, count in sorted(done.not_kept.items()))
        remark(f"not kept in {into.name}: {named}")
    kept = done.units - done.left_out.total()
    remark(f"{counted(kept, 'unit')} written{f' to {place}' if place else ''}")


def _tag(code: str) -> str:
    from aligner.languages.tags import language_tag

    if code and not code.replace("-", "").replace("_", "").isalnum():
        raise InputError(f"'{code}' is not a language code", hint="write fr, en-GB …")
    return language_tag(code) if code else ""


def _reasons(left_out: dict[str, int]) -> list[str]:
    return [
        f"{counted(count, 'unit')} {reason}, which this format has no place for" for reason, count in left_out.items()
    ]
