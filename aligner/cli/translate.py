"""``aligner translate``: documents, or a stream of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import complain, printable, progress_bar, remark
from aligner.cli.doubts import say_doubts, say_left_out
from aligner.cli.groups import GROUP, grouped
from aligner.cli.lines import FileOptions, said_when_stopped, stopped, translate_stream
from aligner.cli.options import CorpusOptions, EngineOptions, MemoryOptions, ReadingOptions
from aligner.cli.streams import emit, read_aloud, say_wrapped, spare
from aligner.errors import BAD_INPUT, InputError

if TYPE_CHECKING:
    from aligner.documents.layout import Layout
    from aligner.model import Languages, Segment
    from aligner.pipeline.pairing import Pairing
    from aligner.terms import Glossary
    from aligner.text import Srx
    from aligner.translation import Engine, TranslateOptions

_AT_ONCE = 20_000
"""Segments translated together: large enough for full batches, small enough for memory."""


@dataclass(frozen=True)
class WayOptions:
    """What else can be chosen about the way to a translation."""

    glossary: Annotated[
        Path | None, typer.Option("--glossary", help="Terms to keep: TSV, CSV, XLSX, ODS or TBX.", metavar="FILE")
    ] = None
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            help="Leave out a preparation or repair by name (docs/translation.md); repeat it for more.",
            metavar="NAME",
        ),
    ] = None
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            help="Tell how a phrase is translated: what is done to it, what the model is given and says.",
            metavar="PHRASE",
        ),
    ] = None
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep renderings in your account's cache.")
    ] = False

    def terms(self, where: CorpusOptions) -> Glossary | None:
        """The glossary to keep to: only one that is named, for the corpus's own is for `aligner run`."""
        from aligner.terms.glossaries import read_glossary

        return read_glossary(self.glossary, where.languages) if self.glossary else None


@grouped
def translate(
    given: FileOptions = GROUP,
    where: CorpusOptions = GROUP,
    engine: EngineOptions = GROUP,
    texts: ReadingOptions = GROUP,
    memories: MemoryOptions = GROUP,
    way: WayOptions = GROUP,
) -> None:
    """Translate documents, or lines, on this machine.

    Text, Markdown, HTML, DOCX, ODT, EPUB, RTF and PDF are read; a result named .docx, .odt, .html, .epub or .md has
    the form of its original. Boilerplate is left out. With --lines every input line gives one output line. Nothing
    leaves the machine unless you ask for a server elsewhere (--engine, --url). What is in a translation memory
    (--memory, or the reviewed pairs of a CORPUS) is taken from there.

    [bold]Examples[/bold]

      aligner translate lettre.txt

      aligner translate brief.docx -o letter.docx

      aligner translate *.txt *.odt -o english/

      cut -f1 phrases.tsv | aligner translate --lines > english.txt

      aligner translate --lines corpus.fr -o corpus.en --resume

      aligner translate --explain "Le bureau ouvre à 9 h."
    """
    from aligner.translation import TranslateOptions

    without = tuple(way.without) if way.without else None
    options = TranslateOptions.chosen(beam=engine.beam, threads=engine.threads, without=without)
    if way.explain is not None:
        if given.files or given.lines or engine.engine != "argos" or engine.url:
            raise InputError("--explain takes a phrase and no files, lines or server", hint="see its --help")
        _explain(way.explain, where, engine.model, options, way.terms(where))
        return
    refused = 0

    # where results go is settled before anything is opened: a model takes seconds to load, a translation hours
    places = _places(given, texts)
    cached = "stopped; what was translated is in the cache, and the same command goes on from there"
    lost = "stopped; without a cache the same command starts at the beginning"
    with said_when_stopped(
        lambda: stopped(given.output, resume=given.resume) if given.lines else lost if way.no_cache else cached
    ):
        rules = texts.rules()
        translator, reused = _opened(where, engine, memories, way, options)
        if given.lines:
            translate_stream(given, translator, languages=(where.source, where.target), rules=rules)
        else:
            reading = _Reading(where.source, rules, not texts.keep_boilerplate, texts.wrapped, texts.any_language)
            for group in _groups(reading.documents(places)):
                _translate_group(group, translator, where.languages)
            refused = reading.refused
    if reused:
        found = ", ".join(f"{count:,} from {name}" for name, count in sorted(reused.items()))
        remark(f"taken from memories: {found}")
    if refused:
        raise typer.Exit(BAD_INPUT)


def _explain(
    phrase: str, where: CorpusOptions, model: Path | None, options: TranslateOptions, glossary: Glossary | None
) -> None:
    """Print how one phrase is translated; through English, one half after the other."""
    from aligner.translation import ArgosTranslator, PivotTranslator, open_engine

    engine = open_engine(where.languages, model=model, options=options, glossary=glossary)
    # the second package translates what the first one said, so its explanation begins there
    for half in engine.halves if isinstance(engine, PivotTranslator) else (engine,):
        if isinstance(half, ArgosTranslator):
            explained = half.explain(phrase)
            phrase = explained.rendering.text
            emit("".join(f"{printable(line)}\n" for line in explained.lines()), None)
    engine.close()


def _opened(
    where: CorpusOptions, engine: EngineOptions, memories: MemoryOptions, way: WayOptions, options: TranslateOptions
) -> tuple[Engine, Mapping[str, int]]:
    """The engine, which asks memories first where there are any, and what it counts: how much each of them gave."""
    from aligner.memory import MemoryChoice, Remembering
    from aligner.translation import Server, open_engine, shared_cache

    # checked before a model is loaded
    server = engine.server()
    if server and way.without:
        raise InputError("--without goes with --engine argos: a server does what it does", hint="leave it out")
    choice = MemoryChoice() if not memories.no_memory and (memories.memory or where.corpus.is_dir()) else None
    translator = open_engine(
        where.languages,
        model=engine.model,
        server=Server.at(server) if server else None,
        cache=None if way.no_cache else shared_cache(),
        options=options,
        preferences=[choice] if choice else [],
        glossary=way.terms(where),
    )
    # after the engine: where there is none for the pair, nobody waits for an index
    known = where.memories(memories.memory) if choice else None
    if not choice or not known:
        return translator, {}
    remembering = Remembering(translator, known, choice)
    return remembering, remembering.reused


@dataclass(frozen=True, slots=True)
class _Document:
    """A file that was read, and where its translation goes; None: to standard output."""

    path: Path
    text: str
    segments: Sequence[Segment]
    destination: Path | None
    layout: Layout | None = None
    """Where the text is in the file; None for plain text."""
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
        from aligner.documents import is_plain, require_language, with_roles
        from aligner.documents.english import FORMS
        from aligner.documents.kinds import written_kind
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
            paragraphs = line_layout(read.text, wrapped=self.wrapped) if is_plain(read.layout) else "line"
            say_wrapped(path, paragraphs, wrapped=self.wrapped)
            segments = segment(
                read.text, self.language, rules=self.rules, paragraphs=paragraphs, boilerplate=self.boilerplate
            )
            segments = with_roles(segments, read.layout, boilerplate=self.boilerplate)
            # plain text to standard output, too
            kind = written_kind(destination, path).name if destination else ""
            form = next((form for form, (name, _) in FORMS.items() if name == kind), "")
            yield _Document(path, read.text, segments, destination, read.layout, form)


def _groups(documents: Iterator[_Document]) -> Iterator[list[_Document]]:
    """Documents to translate in one go."""
    group: list[_Document] = []
    for document in documents:
        group.append(document)
        # so that one document is never cut: its layout needs all of its renderings
        if sum(len(each.segments) for each in group) >= _AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _in_form(document: _Document, pairing: Pairing, languages: Languages) -> bytes:
    """The translation as a document, after the original; what could not be kept is said."""
    from aligner.documents.english import write_english
    from aligner.model import Bitext, Side, sha256

    source = Side(languages.source, tuple(document.segments), sha256=sha256(document.text))
    target = Side(languages.target, pairing.segments, sha256=sha256(pairing.text))
    written = write_english(Bitext(document.path.stem, source, target, pairing.beads), document.path, document.form)
    for sentence in written.remarks:
        remark(f"{document.path}: {sentence}")
    return written.data


def _translate_group(group: Sequence[_Document], translator: Engine, languages: Languages) -> None:
    """Translate documents in one stream, write each, and say what to look at in it."""
    from aligner.pipeline.pairing import in_place, pair_renderings, translatable

    texts = [text for document in group for text in translatable(document.segments)]
    with progress_bar() as progress:
        done = iter(translator.translate(texts, progress=lambda n, total: progress("translate", n, total)))
    for document in group:
        renderings = in_place(document.segments, done)
        pairing = pair_renderings(document.text, document.segments, renderings)
        emit(_in_form(document, pairing, languages) if document.form else pairing.text, document.destination)
        say_left_out(str(document.path), document.segments)
        say_doubts(str(document.path), document.text, document.segments, renderings, languages, document.layout)


def _places(given: FileOptions, texts: ReadingOptions) -> list[tuple[Path, Path | None]]:
    """The files, each with where its translation goes, none for lines; InputError where it must not."""
    from aligner.documents.kinds import written_kind, written_name

    if not given.lines and not given.files:
        raise InputError("give files to translate, or --lines", hint="see `aligner translate --help`")
    if given.resume and not (given.lines and given.output):
        raise InputError("--resume goes with --lines and --output", hint="see `aligner translate --help`")
    if given.lines and texts.wrapped is not None:
        raise InputError("it has no effect here: with --lines every line is for itself", where="--wrapped")
    if given.lines:
        return []
    files, output = given.files or [], given.output
    several = len(files) > 1
    if output and several and output.exists() and not output.is_dir():
        raise InputError("several files need a folder to go to, and this is a file", where=output, hint="name a folder")
    # `-o all.txt` for two texts is a slip: a folder of that name would surprise
    if output and several and any(output.suffix == path.suffix for path in files) and not output.is_dir():
        raise InputError("several files need a folder to go to", where=output, hint="name a folder with --output")
    into = output if output and (several or output.is_dir()) else None
    places = [(path, into / written_name(path) if into else output) for path in files]
    for path, place in places:
        if place:
            written_kind(place, path)
        spare(place, *files, overwrite=given.overwrite)
    return places
