"""``aligner translate``: files, or lines from standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import progress_bar
from aligner.cli.options import Beam, KeepBoilerplate, Model, Rules, Source, Target, Threads
from aligner.cli.streams import emit, input_lines, output_lines, read_aloud, spare
from aligner.errors import InputError

if TYPE_CHECKING:
    from aligner.text import Srx
    from aligner.translate import Translator


def translate(
    files: Annotated[list[Path] | None, typer.Argument(help="Text files.", metavar="FILE…", show_default=False)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A file (for one FILE) or a folder; standard output without it.", metavar="PATH"
        ),
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Translate standard input to standard output, one segment per line.")
    ] = False,
    source: Source = "fr",
    target: Target = "en",
    model: Model = None,
    srx: Rules = None,
    keep_boilerplate: KeepBoilerplate = False,
    beam: Beam = None,
    threads: Threads = None,
    glossary: Annotated[
        Path | None, typer.Option("--glossary", help="Terms to keep: TSV, CSV or TBX.", metavar="FILE")
    ] = None,
) -> None:
    """Translate text files, or lines, without a network.

    Paragraphs are kept; boilerplate is left out. With --lines every input line gives one output line.

    [bold]Examples[/bold]

      aligner translate lettre.txt

      aligner translate *.txt -o english/

      cut -f1 phrases.tsv | aligner translate --lines > english.txt
    """
    from aligner.glossaries import read_glossary
    from aligner.text import load_srx
    from aligner.translate import TranslateOptions, find_package, open_translator, translate_lines

    if lines == bool(files):
        wrong = "not both" if lines else "you gave neither"
        raise InputError(f"give either files to translate or --lines; {wrong}", hint="see `aligner translate --help`")
    options = TranslateOptions.chosen(beam=beam, threads=threads)
    terms = read_glossary(glossary, source=source, target=target) if glossary else None
    package = find_package(source, target, model=model)
    translator = open_translator(package, cache=None, options=options, glossary=terms)
    if lines:
        output_lines(translate_lines(input_lines(), translator), output)
        return
    rules = load_srx(srx) if srx else None
    for path in files or []:
        text = _document(path, source, translator, rules, boilerplate=not keep_boilerplate)
        emit(text, _destination(path, output, several=len(files or []) > 1))


def _document(path: Path, language: str, translator: Translator, rules: Srx | None, *, boilerplate: bool) -> str:
    from aligner.pairing import in_place, pair_renderings, translatable
    from aligner.text import segment

    text = read_aloud(path)
    segments = segment(text, language, rules=rules, boilerplate=boilerplate)
    with progress_bar() as progress:
        done = translator.translate(translatable(segments), progress=lambda n, total: progress("translate", n, total))
    renderings = in_place(segments, iter(done))
    return pair_renderings(text, segments, renderings).text


def _destination(path: Path, output: Path | None, *, several: bool) -> Path | None:
    if output is None:
        return None
    if several and output.suffix == path.suffix and not output.is_dir():
        raise InputError("several files need a folder to go to", where=output, hint="name a folder with --output")
    destination = output / path.name if several or output.is_dir() else output
    spare(destination, path)
    return destination
