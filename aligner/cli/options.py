"""Options that several commands share, spelled once; those that belong together are groups (`aligner.cli.groups`).

A group can also open what its options name: `CorpusOptions.project`, `EngineOptions.server`. The names, help texts and
checks of the single options come first, the groups after them. Start reading at `CorpusOptions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import progress_bar
from aligner.errors import InputError
from aligner.model import Languages

if TYPE_CHECKING:
    from aligner.corpus.store import Project
    from aligner.memory.index.several import Memories
    from aligner.terms import Glossary
    from aligner.text import Srx

# With an underscore, too, as systems write it: fr_FR. What it means is told by `aligner.languages.tags`.
DASH = Path("-")
"""Stands for standard output."""
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def language_code(value: str) -> str:
    """A language as it was given; InputError unless it is a code.

    >>> language_code("fr-CA")
    'fr-CA'
    """
    if not _CODE.fullmatch(value):
        raise InputError(f"“{value}” is not a language code", hint="write the two-letter code, e.g. fr")
    return value


def screen_or_file(value: Path | None) -> Path | None:
    """Where one result goes; `-` is standard output, as for other programs, and so is None.

    >>> screen_or_file(Path("-")) is None
    True
    """
    return None if value == DASH else value


def real_place(value: Path | None) -> Path | None:
    """A file or a folder as it was given; InputError for `-`, where nothing can go to standard output."""
    if value == DASH:
        raise InputError("this cannot go to standard output", where="-", hint="name a file or a folder")
    return value


Corpus = Annotated[Path, typer.Option("--corpus", help="The folder that holds fr/, en/ and bitext/.", metavar="DIR")]
Documents = Annotated[
    list[str] | None, typer.Argument(help="Documents; by default all.", metavar="ID…", show_default=False)
]
Exports = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where tmx/, tei/ and review/ are, as for run.", metavar="DIR", callback=real_place
    ),
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
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Translate a text that reads as another language than SOURCE, too.")
]
Wrapped = Annotated[
    bool | None,
    typer.Option(
        "--wrapped/--no-wrapped",
        help="Lines end where the page was full, or where a paragraph ends; by default the text itself tells.",
        show_default=False,
    ),
]
KeepBoilerplate = Annotated[
    bool, typer.Option("--keep-boilerplate", help="Treat page furniture (menus, share links …) as text.")
]
Beam = Annotated[
    int | None, typer.Option("--beam", min=1, max=32, help="Beam size: larger is slower and a little better.")
]
Threads = Annotated[int | None, typer.Option("--threads", min=1, max=512, help="Processor threads to use.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Where to write; by default, and as -, standard output.",
        metavar="PATH",
        callback=screen_or_file,
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace a file that aligner did not write, or that was changed since.")
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option(
        "--glossary",
        help="Terms to keep: TSV, CSV, XLSX, ODS or TBX. By default the corpus's own glossary.tsv.",
        metavar="FILE",
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Do not use the corpus's own glossary.")]


@dataclass(frozen=True)
class LanguageOptions:
    """The languages of two texts."""

    source: Source = "fr"
    target: Target = "en"

    @property
    def languages(self) -> Languages:
        """Both, as one record."""
        return Languages(self.source, self.target)


@dataclass(frozen=True)
class CorpusOptions:
    """A corpus in two languages."""

    corpus: Corpus = Path("corpus")
    source: Source = "fr"
    target: Target = "en"

    @property
    def languages(self) -> Languages:
        """Both, as one record."""
        return Languages(self.source, self.target)

    def project(self, output: Path | None = None) -> Project:
        """The project of the corpus; its exports are beside it unless `output` says otherwise."""
        from aligner.corpus.store import open_project

        return open_project(self.corpus, self.languages, output=output)

    def glossary(self, path: Path | None = None, *, use: bool = True) -> Glossary | None:
        """The glossary of that path, by default the corpus's own; None without one."""
        from aligner.terms.glossaries import chosen_glossary

        return chosen_glossary(self.corpus, path, self.languages, use=use)

    def memories(self, paths: list[Path] | None) -> Memories:
        """The memories of those paths and of the corpus, opened with a progress bar: the first time takes long."""
        from aligner.corpus.memories import gather_memories

        with progress_bar() as progress:
            return gather_memories(paths or [], corpus=self.corpus, languages=self.languages, progress=progress)


@dataclass(frozen=True)
class EngineOptions:
    """What translates, and how hard it tries."""

    model: Model = None
    engine: EngineName = "argos"
    url: Url = None
    beam: Beam = None
    threads: Threads = None

    def server(self) -> str | None:
        """The address of the server to ask; None where packages translate.

        Raises InputError for options that do not agree.
        """
        # an address alone chooses no server: texts leave the machine only by --engine (decision 31)
        if self.engine == "argos":
            if self.url is not None:
                raise InputError("--url goes with --engine libretranslate", hint="add it, or leave out --url")
            return None
        if self.model is not None:
            hint = "leave out one of the two"
            raise InputError("--model goes with --engine argos: a server uses its own", hint=hint)
        # here and below: what a command does not use is not loaded, least of all for --help
        from aligner.translation.libretranslate import LOCAL

        return self.url or LOCAL


@dataclass(frozen=True)
class TextOptions:
    """How a text is cut into segments, and what of it counts as text."""

    srx: Rules = None
    keep_boilerplate: KeepBoilerplate = False

    def rules(self) -> Srx | None:
        """The rules of --srx; None for the built-in ones."""
        from aligner.text import load_srx

        return load_srx(self.srx) if self.srx else None


@dataclass(frozen=True)
class LayoutOptions(TextOptions):
    """The same for texts whose lines may have been cut by hand."""

    wrapped: Wrapped = None


@dataclass(frozen=True)
class ReadingOptions(LayoutOptions):
    """The same for documents that are translated, which must be in the source language."""

    any_language: AnyLanguage = False


@dataclass(frozen=True)
class MemoryOptions:
    """Which translation memories are used."""

    memory: Memory = None
    no_memory: NoMemory = False


@dataclass(frozen=True)
class GlossaryOptions:
    """Which glossary is used."""

    glossary: GlossaryFile = None
    no_glossary: NoGlossary = False

    def of(self, where: CorpusOptions) -> Glossary | None:
        """The glossary for a corpus; None where there is none, or none is wanted."""
        return where.glossary(self.glossary, use=not self.no_glossary)


@dataclass(frozen=True)
class ResultOptions:
    """Where one result goes."""

    output: Output = None
    overwrite: Overwrite = False
