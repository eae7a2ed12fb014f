"""What a run is asked to do: plain records that travel from the command line to the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, the work done so far and the whole work (any unit)."""


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The choices of a run. Defaults need no touching."""

    model: Path | None = None
    """An Argos package (file or folder) to use instead of the installed or the embedded one."""
    server: str | None = None
    """The address of a LibreTranslate server to ask instead of using a package."""
    rules: Path | None = None
    """An SRX file to segment with instead of the built-in rules."""
    any_language: bool = False
    """Translate documents that are plainly in another language than the corpus, too."""
    wrapped: bool | None = None
    """Lines end where the page was full, or every line is a paragraph; None: each text tells."""
    keep_boilerplate: bool = False
    """Translate and export boilerplate too. Risk: menu lines and page furniture among the translation units."""
    beam: int | None = None
    """Beam size of the decoder; None: the engine's own default. Larger is slower and a little better."""
    threads: int | None = None
    """Processor threads; None: as many as the machine has cores."""
    force: bool = False
    """Do every document again, even if nothing changed."""
    memory: tuple[Path, ...] = ()
    """TMX files, or folders of them, whose translations are used again."""
    use_memory: bool = True
    """Use translations again at all: these, what was imported into the corpus, and the pairs reviewed in it."""
    glossary: Path | None = None
    """A glossary whose terms the translations must keep; None: the corpus's own, if it has one."""
    use_glossary: bool = True
    """Use a glossary at all."""
    include: tuple[str, ...] = ()
    """Patterns of the documents to do, by their places in the source folder; all without any."""
    exclude: tuple[str, ...] = ()
    """Patterns of documents to leave alone."""
    cluster: str | None = None
    """The address of a Ray cluster that translates, or ``local``; None: this process does."""
    listed: frozenset[str] | None = None
    """The documents to do, by id or place in the source folder; None: all."""
