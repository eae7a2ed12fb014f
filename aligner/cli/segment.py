"""``aligner segment``: a text, one segment per line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import LayoutOptions, ResultOptions
from aligner.cli.streams import emit, read_aloud, say_wrapped, spare
from aligner.errors import counted


@grouped
def segment(
    file: Annotated[Path, typer.Argument(help="A text file.", metavar="FILE")],
    source: Annotated[str, typer.Option("--source", "-s", help="Language of the text.", metavar="LANG")] = "fr",
    language: Annotated[str | None, typer.Option("--language", "-l", hidden=True)] = None,
    texts: LayoutOptions = GROUP,
    offsets: Annotated[
        bool, typer.Option("--offsets", help="Print locator, start, end, role and rule before each segment.")
    ] = False,
    result: ResultOptions = GROUP,
) -> None:
    """Cut a text into segments (sentences, headings), one per line.

    A memory fits only where texts are cut in the same places: --srx takes your CAT tool's rules.

    [bold]Examples[/bold]

      aligner segment corpus/fr/2024-09-11-brics-securite.txt

      aligner segment --offsets --srx segmentation.srx roman.txt
    """
    from aligner.model import Role
    from aligner.text import line_layout
    from aligner.text import segment as cut

    spare(result.output, file, overwrite=result.overwrite)
    text = read_aloud(file).text
    paragraphs = line_layout(text, wrapped=texts.wrapped)
    say_wrapped(file, paragraphs, wrapped=texts.wrapped)
    found = cut(
        text,
        language or source,
        rules=texts.rules(),
        paragraphs=paragraphs,
        boilerplate=not texts.keep_boilerplate,
    )
    # with offsets everything is shown: whoever asks for them looks for what went wrong
    kept = [s for s in found if offsets or s.role is not Role.BOILERPLATE]
    if len(kept) < len(found):
        left_out = counted(len(found) - len(kept), "segment")
        remark(f"{left_out} of boilerplate left out (--offsets shows what, with the rule)")
    # a segment that runs over a line end is still one line of output
    lines = []
    for s in kept:
        line = " ".join(s.text.split("\n")) if "\n" in s.text else s.text
        lines.append(f"{s.locator}\t{s.start}\t{s.end}\t{s.role}\t{s.rule}\t{line}" if offsets else line)
    emit("".join(f"{line}\n" for line in lines), result.output)
