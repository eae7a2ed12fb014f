"""Options that several commands share, spelled once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Corpus = Annotated[Path, typer.Option("--corpus", help="The folder that holds fr/, en/ and bitext/.", metavar="DIR")]
Documents = Annotated[
    list[str] | None, typer.Argument(help="Documents; all without it.", metavar="ID…", show_default=False)
]
Exports = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Where tmx/, tei/ and review/ are, as for run.", metavar="DIR"),
]
Source = Annotated[str, typer.Option("--source", "-s", help="Language of the source (two letters).", metavar="LANG")]
Target = Annotated[str, typer.Option("--target", "-t", help="Language of the target.", metavar="LANG")]
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
    typer.Option("--url", help="Where the LibreTranslate server is; this machine without it.", metavar="URL"),
]
Memory = Annotated[
    list[Path] | None,
    typer.Option(
        "--memory", help="A translation memory: a TMX file or a folder of them; may be given again.", metavar="PATH"
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
    Path | None, typer.Option("--output", "-o", help="Where to write; standard output without it.", metavar="PATH")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a file that aligner did not write, or that was changed since.")
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option(
        "--glossary", help="Terms to keep: TSV, CSV or TBX. Without it the corpus's own glossary.tsv.", metavar="FILE"
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Do without the corpus's own glossary.")]
