"""``aligner memory``: what was translated before."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import progress_bar, remark, table
from aligner.cli.group import Commands
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Memory, ResultOptions
from aligner.cli.streams import emit, result_stream, spare
from aligner.errors import InputError, counted

if TYPE_CHECKING:
    from aligner.memory.index import FoundUnit
    from aligner.memory.index.several import Memories

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Import, search and export translation memories: what was translated before.",
)


@app.command("import")
@grouped
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files of pairs (TMX, XLIFF, XLSX, ODS, TSV, CSV …), or folders of them.", metavar="FILE…"),
    ],
    where: CorpusOptions = GROUP,
) -> None:
    """Take files of pairs into the corpus's memory, CORPUS/memory; every run uses it from then on.

    What `aligner convert` reads is taken, and kept as TMX: XLIFF, memories of Trados (.sdltm) and Wordfast, tables, and
    archives of all these (.gz, .zip); an alignment that needs its texts is converted first.

    Raw machine translation, rejected units and those without both languages are left out. A file of the same name is
    replaced. Each file is taken whole or not at all.

    [bold]Examples[/bold]

      aligner memory import ~/tm/treaties.tmx

      aligner memory import ~/tm --corpus ~/treaties/corpus
    """
    from aligner.corpus.memories import gather_memories
    from aligner.memory import import_into_memory

    with progress_bar() as progress:
        done = import_into_memory(files, where.corpus, where.languages, progress=progress)
        # the index is made now, while somebody waits for it anyway, and not in the next run
        gather_memories([], corpus=where.corpus, languages=where.languages, progress=progress)
    for each in done:
        left_out = "".join(f"; left out: {count:,} {reason}" for reason, count in each.left_out.items())
        verb = "replaced" if each.replaced else "wrote"
        remark(f"{each.file}: {counted(each.units, 'unit')}{left_out}; {verb} {each.written}")


@app.command()
@grouped
def search(
    text: Annotated[
        str | None, typer.Argument(help="A source text; by default each line of standard input.", show_default=False)
    ] = None,
    memory: Memory = None,
    minimum: Annotated[
        int, typer.Option("--min-score", min=1, max=100, help="Show texts that are at least so alike, in percent.")
    ] = 75,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="Show at most this many.")] = 5,
    where: CorpusOptions = GROUP,
    form: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to print.")] = "text",
) -> None:
    """Look for a text, and those most like it, in the memories of the corpus and those of --memory.

    100 % is the same text (spaces and apostrophes may be typed differently); below that, the share of words that need
    not be changed. As JSON, one line is printed for each text that is looked for.

    [bold]Examples[/bold]

      aligner memory search "La sécurité mondiale est indivisible."

      aligner memory search --memory ~/tm --min-score 60 -f json < phrases.txt
    """
    memories = _opened(memory, where)
    # lines are answered as they come, so that another program can ask and wait for the answer
    typed = (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    for line in [text] if text is not None else typed:
        found = memories.search(line, minimum=minimum, limit=limit)
        if form == "json":
            units = [
                {
                    **asdict(each.match), "likeness": each.likeness.value, "changed": each.unit.changed,
                    "by": each.unit.by, "reviewed": each.unit.reviewed, "others": each.others,
                }
                for each in found
            ]  # fmt: skip
            emit(json.dumps({"text": line, "found": units}, ensure_ascii=False) + "\n", None)
        elif found:
            emit("\n".join(_shown(each, where) for each in found) + "\n", None)
        else:
            remark(f"nothing that is {minimum} % like it among {counted(len(memories), 'unit')}: {line}")


@app.command()
@grouped
def stats(memory: Memory = None, where: CorpusOptions = GROUP) -> None:
    """Show which memories there are, how large they are, and what was left out of them."""
    memories = _opened(memory, where)
    rows = []
    for each in memories.memories:
        size = f"{each.index.size / 1e6:.1f} MB"
        rows.append([each.name, f"{len(each.index):,}", f"{each.index.sources:,}", size, each.digest[:12]])
    emit(table(["memory", "units", "different sources", "index", "content"], rows, right={1, 2, 3}) + "\n", None)
    for each in memories.memories:
        for name, known in each.index.facts.get("files", {}).items():
            left_out = "".join(f"; left out: {count:,} {reason}" for reason, count in known["left out"].items())
            remark(f"{each.name}: {name}: {counted(known['units'], 'unit')}{left_out}")


@app.command()
@grouped
def export(
    result: ResultOptions = GROUP,
    memory: Memory = None,
    where: CorpusOptions = GROUP,
) -> None:
    """Write everything in the memories as one TMX file, each pair of texts once.

    [bold]Examples[/bold]

      aligner memory export -o everything.tmx
    """
    from aligner.memory import export_tmx

    # a memory that is exported into itself would be read while it is written
    spare(result.output, *(memory or []), overwrite=result.overwrite)
    memories = _opened(memory, where)
    with result_stream(result.output) as stream:
        count = export_tmx(memories, stream, where.languages)
    remark(counted(count, "unit") + (f" written to {result.output}" if result.output else ""))


def _opened(paths: list[Path] | None, where: CorpusOptions) -> Memories:
    """The memories of a command; InputError when there is none."""
    memories = where.memories(paths)
    if not memories.memories:
        hint = "name one with --memory, import one, or review some pairs of the corpus"
        raise InputError("there is no memory yet", where=where.corpus, hint=hint)
    return memories


def _shown(found: FoundUnit, where: CorpusOptions) -> str:
    """A unit on three lines: how alike and whose it is, its source, its target."""
    match, unit = found.match, found.unit
    who = " ".join(filter(None, [unit.changed[:10], unit.by, "reviewed" if unit.reviewed else ""]))
    # dates to the day: the time of day says nothing to a translator
    facts = [f"{match.memory} {match.unit}", who, match.note]
    return (
        f"{match.score:>3} %  {'  ·  '.join(filter(None, facts))}\n"
        f"       {where.source}  {match.source}\n       {where.target}  {match.target}"
    )
