"""``aligner translate``: documents, or a stream of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import complain, printable, progress_bar, remark
from aligner.cli.doubts import say_doubts, say_left_out
from aligner.cli.engines import server_address
from aligner.cli.lines import said_when_stopped, stopped, translate_stream
from aligner.cli.options import (
    AnyLanguage,
    Beam,
    Corpus,
    EngineName,
    KeepBoilerplate,
    Memory,
    Model,
    NoMemory,
    Overwrite,
    Rules,
    Source,
    Target,
    Threads,
    Url,
    Wrapped,
)
from aligner.cli.streams import emit, read_aloud, say_wrapped, spare
from aligner.errors import BAD_INPUT, InputError

if TYPE_CHECKING:
    from aligner.memory import MemoryChoice, Remembering
    from aligner.model import Segment
    from aligner.pipeline.pairing import Pairing
    from aligner.terms import Glossary
    from aligner.text import Srx
    from aligner.translation import Engine, TranslateOptions

_AT_ONCE = 20_000
"""Segments translated together: large enough for full batches, small enough for memory."""


def translate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Documents; one file with --lines.", metavar="FILE…", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A file (for one FILE) or a folder; by default standard output.", metavar="PATH"
        ),
    ] = None,
    overwrite: Overwrite = False,
    lines: Annotated[
        bool, typer.Option("--lines", help="Line by line, of FILE or of standard input; one out for each, tabs kept.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="With --lines and --output: go on where the last attempt was stopped.")
    ] = False,
    source: Source = "fr",
    target: Target = "en",
    model: Model = None,
    engine: EngineName = "argos",
    url: Url = None,
    srx: Rules = None,
    wrapped: Wrapped = None,
    any_language: AnyLanguage = False,
    keep_boilerplate: KeepBoilerplate = False,
    beam: Beam = None,
    threads: Threads = None,
    memory: Memory = None,
    no_memory: NoMemory = False,
    corpus: Corpus = Path("corpus"),
    glossary: Annotated[
        Path | None, typer.Option("--glossary", help="Terms to keep: TSV, CSV or TBX.", metavar="FILE")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            help="Leave out a preparation or repair by name (docs/translation.md); repeat it for more.",
            metavar="NAME",
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            help="Tell how a phrase is translated: what is done to it, what the model is given and says.",
            metavar="PHRASE",
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep renderings in your account's cache.")
    ] = False,
) -> None:
    """Translate documents, or lines, on this machine.

    Text, Markdown, HTML, DOCX, ODT, EPUB, RTF and PDF are read; a result whose name ends with .docx, .odt, .html, .epub
    or .md has the form of its original. Paragraphs are kept; boilerplate is left out.
    With --lines every input line gives one output line.
    Nothing leaves the machine unless you ask for a server that is elsewhere (--engine, --url). What is in a
    translation memory (--memory, or the pairs of persons in a CORPUS) is taken from there.

    [bold]Examples[/bold]

      aligner translate lettre.txt

      aligner translate brief.docx -o letter.docx

      aligner translate *.txt *.odt -o english/

      cut -f1 phrases.tsv | aligner translate --lines > english.txt

      aligner translate --lines corpus.fr -o corpus.en --resume

      aligner translate --explain "Le bureau ouvre à 9 h."
    """
    from aligner.text import load_srx
    from aligner.translation import Server, TranslateOptions, open_engine, shared_cache

    options = TranslateOptions.chosen(beam=beam, threads=threads, without=tuple(without) if without else None)
    if explain is not None:
        if files or lines or engine != "argos" or url:
            raise InputError(
                "--explain takes a phrase and no files, lines or server", hint="see `aligner translate -h`"
            )
        _explain(explain, source, target, model, options, _terms(glossary, source, target) if glossary else None)
        return
    if not lines and not files:
        raise InputError("give files to translate, or --lines", hint="see `aligner translate --help`")
    if resume and not (lines and output):
        raise InputError("--resume goes with --lines and --output", hint="see `aligner translate --help`")
    if lines and wrapped is not None:
        raise InputError("it has no effect here: with --lines every line is for itself", where="--wrapped")
    places = [] if lines else _places(files or [], output, overwrite=overwrite)
    refused = 0
    with said_when_stopped(lambda: stopped(output, resume=resume) if lines else _stopped(cached=not no_cache)):
        rules = load_srx(srx) if srx else None
        server = server_address(engine, url, model)
        if server and without:
            raise InputError("--without goes with --engine argos: a server does what it does", hint="leave it out")
        choice = _memory_choice() if not no_memory and (memory or corpus.is_dir()) else None
        translator = open_engine(
            source,
            target,
            model=model,
            server=Server.at(server) if server else None,
            cache=None if no_cache else shared_cache(),
            options=options,
            preferences=[choice] if choice else [],
            glossary=_terms(glossary, source, target) if glossary else None,
        )
        remembering = _remembering(translator, choice, memory or [], corpus, source, target) if choice else None
        translator = remembering or translator
        if lines:
            translate_stream(
                files or [], output, translator, language=source, rules=rules, resume=resume, overwrite=overwrite
            )
        else:
            reading = _Reading(source, rules, not keep_boilerplate, wrapped, any_language)
            documents = reading.documents(places)
            for group in _groups(documents):
                _translate_group(group, translator, (source, target))
            refused = reading.refused
    if remembering and remembering.reused:
        found = ", ".join(f"{count:,} from {name}" for name, count in sorted(remembering.reused.items()))
        remark(f"taken from memories: {found}")
    if refused:
        raise typer.Exit(BAD_INPUT)


def _explain(
    phrase: str, source: str, target: str, model: Path | None, options: TranslateOptions, glossary: Glossary | None
) -> None:
    """Print how one phrase is translated; through English, one half after the other."""
    from aligner.translation import ArgosTranslator, PivotTranslator, open_engine

    engine = open_engine(source, target, model=model, options=options, glossary=glossary)
    for half in engine.halves if isinstance(engine, PivotTranslator) else (engine,):
        if isinstance(half, ArgosTranslator):
            explained = half.explain(phrase)
            phrase = explained.rendering.text
            emit("".join(f"{printable(line)}\n" for line in explained.lines()), None)
    engine.close()


def _stopped(*, cached: bool) -> str:
    """What to say when a translation of files was stopped."""
    kept = "what was translated is in the cache, and" if cached else "without a cache"
    return f"stopped; {kept} the same command {'goes on from there' if cached else 'starts at the beginning'}"


def _terms(path: Path, source: str, target: str) -> Glossary:
    from aligner.terms.glossaries import read_glossary

    return read_glossary(path, source=source, target=target)


def _memory_choice() -> MemoryChoice:
    from aligner.memory import MemoryChoice

    return MemoryChoice()


def _remembering(
    engine: Engine, choice: MemoryChoice, paths: Sequence[Path], corpus: Path, source: str, target: str
) -> Remembering | None:
    """The engine, which asks memories first; None when there are none."""
    from aligner.corpus.memories import gather_memories
    from aligner.memory import Remembering

    with progress_bar() as progress:
        memories = gather_memories(paths, corpus=corpus, source=source, target=target, progress=progress)
    return Remembering(engine, memories, choice) if len(memories) else None


@dataclass(frozen=True, slots=True)
class _Document:
    path: Path
    text: str
    segments: Sequence[Segment]
    destination: Path | None
    form: str = ""
    """The form that the destination's name asks for (`aligner.documents.english.FORMS`); empty for plain text."""


@dataclass
class _Reading:
    """How files become documents, and how many were refused."""

    language: str
    rules: Srx | None
    boilerplate: bool
    wrapped: bool | None
    any_language: bool
    refused: int = 0

    def documents(self, places: Sequence[tuple[Path, Path | None]]) -> Iterator[_Document]:
        """Read the files, one after the other, each with where its translation goes; another language is named."""
        from aligner.documents import require_language, with_roles
        from aligner.text import line_layout, segment

        for path, destination in places:
            read = read_aloud(path)
            try:
                if not self.any_language:
                    require_language(read.text, self.language, path)
            except InputError as error:
                complain(str(error))
                self.refused += 1
                continue
            plain = read.layout is None or read.layout.kind == "plain"
            paragraphs = line_layout(read.text, wrapped=self.wrapped) if plain else "line"
            say_wrapped(path, paragraphs, wrapped=self.wrapped)
            segments = segment(
                read.text, self.language, rules=self.rules, paragraphs=paragraphs, boilerplate=self.boilerplate
            )
            segments = with_roles(segments, read.layout, boilerplate=self.boilerplate)
            yield _Document(path, read.text, segments, destination, _form(destination))


def _form(destination: Path | None) -> str:
    """The form of document that a file's name asks for; empty for plain text."""
    from aligner.documents.english import FORMS

    suffix = destination.suffix.lower() if destination else ""
    return next((form for form, (_, ending) in FORMS.items() if suffix == ending), "")


def _groups(documents: Iterator[_Document]) -> Iterator[list[_Document]]:
    """Documents to translate in one go."""
    group: list[_Document] = []
    for document in documents:
        group.append(document)
        if sum(len(each.segments) for each in group) >= _AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _in_form(document: _Document, pairing: Pairing, languages: tuple[str, str]) -> bytes:
    """The translation as a document, after the original; what could not be kept is said."""
    from aligner.documents.english import write_english
    from aligner.model import Bitext, Side, sha256

    source = Side(languages[0], tuple(document.segments), sha256=sha256(document.text))
    target = Side(languages[1], pairing.segments, sha256=sha256(pairing.text))
    written = write_english(Bitext(document.path.stem, source, target, pairing.beads), document.path, document.form)
    for sentence in written.remarks:
        remark(f"{document.path}: {sentence}")
    return written.data


def _translate_group(group: Sequence[_Document], translator: Engine, languages: tuple[str, str]) -> None:
    from aligner.pipeline.pairing import in_place, pair_renderings, translatable

    texts = [text for document in group for text in translatable(document.segments)]
    with progress_bar() as progress:
        done = iter(translator.translate(texts, progress=lambda n, total: progress("translate", n, total)))
    for document in group:
        renderings = in_place(document.segments, done)
        pairing = pair_renderings(document.text, document.segments, renderings)
        emit(_in_form(document, pairing, languages) if document.form else pairing.text, document.destination)
        say_left_out(str(document.path), document.segments)
        say_doubts(str(document.path), document.text, document.segments, renderings)


def _places(files: Sequence[Path], output: Path | None, *, overwrite: bool) -> list[tuple[Path, Path | None]]:
    """The files, each with where its translation goes; InputError where it must not."""
    several = len(files) > 1
    if output and several and any(output.suffix == path.suffix for path in files) and not output.is_dir():
        raise InputError("several files need a folder to go to", where=output, hint="name a folder with --output")
    into = output if output and (several or output.is_dir()) else None
    places = [(path, into / _named(path) if into else output) for path in files]
    for _, place in places:
        spare(place, *files, overwrite=overwrite)
    return places


def _named(path: Path) -> str:
    """What the translation of a file is called in a folder: like the file, unless that form cannot be written."""
    return path.name if path.suffix.lower() not in {".pdf", ".rtf"} else f"{path.stem}.docx"
