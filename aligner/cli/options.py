"""Options that several commands share, spelled once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.errors import InputError

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def language_code(value: str) -> str:
    """A language as it was given; InputError unless it is a code.

    >>> language_code("fr-CA")
    'fr-CA'
    """
    if not _CODE.fullmatch(value):
        raise InputError(f"“{value}” is not a language code", hint="write the two-letter code, e.g. fr")
    return value


Corpus = Annotated[Path, typer.Option("--corpus", help="The folder that holds fr/, en/ and bitext/.", metavar="DIR")]
Documents = Annotated[
    list[str] | None, typer.Argument(help="Documents; by default all.", metavar="ID…", show_default=False)
]
Exports = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Where tmx/, tei/ and review/ are, as for run.", metavar="DIR"),
]
Source = Annotated[
    str,
    typer.Option(
        "--source", "-s", help="Language of the source (two letters).", metavar="LANG", callback=language_code
    ),
]
Target = Annotated[
    str, typer.Option("--target", "-t", help="Language of the target.", metavar="LANG", callback=language_code)
]
Model = Annotated[
    Path | None,
    typer.Option("--model", help="An Argos package (.argosmodel file or folder) to translate with.", metavar="PATH"),
]
EngineName = Annotated[
    Literal["argos", "libretranslate"],
    typer.Option("--engine", help="What translates: Argos packages here, or a LibreTranslate server."),
]
Url = Annotated[
    str | None,
    typer.Option("--url", help="Where the LibreTranslate server is; by default on this machine.", metavar="URL"),
]
Memory = Annotated[
    list[Path] | None,
    typer.Option(
        "--memory",
        help="A translation memory: a TMX file or a folder of them; may be given several times.",
        metavar="PATH",
    ),
]
NoMemory = Annotated[
    bool, typer.Option("--no-memory", help="Use no translation memory, not even the corpus's own pairs.")
]
Rules = Annotated[
    Path | None, typer.Option("--srx", help="An SRX file to segment with, such as your CAT tool's.", metavar="FILE")
]
KeepBoilerplate = Annotated[
    bool, typer.Option("--keep-boilerplate", help="Treat page furniture (menus, share links …) as text.")
]
Beam = Annotated[
    int | None, typer.Option("--beam", min=1, max=32, help="Beam size: larger is slower and a little better.")
]
Threads = Annotated[int | None, typer.Option("--threads", min=1, max=512, help="Processor threads to use.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write; by default standard output.", metavar="PATH")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a file that aligner did not write, or that was changed since.")
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option(
        "--glossary", help="Terms to keep: TSV, CSV or TBX. By default the corpus's own glossary.tsv.", metavar="FILE"
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Do not use the corpus's own glossary.")]
