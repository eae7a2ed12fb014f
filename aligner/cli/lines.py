"""What ``aligner translate --lines`` does: a stream of lines through an engine, and what Ctrl-C says of it.

Start reading at `translate_stream`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import progress_bar
from aligner.cli.doubts import Doubts, Watched
from aligner.cli.options import Overwrite, screen_or_file
from aligner.cli.streams import opened_input, output_stream, say_encoding, spare
from aligner.cli.written import note_before
from aligner.errors import InputError
from aligner.signature import signature

if TYPE_CHECKING:
    from aligner.text import Srx
    from aligner.translation import Engine


@dataclass(frozen=True)
class FileOptions:
    """What `aligner translate` reads and writes."""

    files: Annotated[
        list[Path] | None, typer.Argument(help="Documents; one file with --lines.", metavar="FILE…", show_default=False)
    ] = None
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A file (for one FILE) or a folder; by default, and as -, standard output.",
            metavar="PATH",
            callback=screen_or_file,
        ),
    ] = None
    overwrite: Overwrite = False
    lines: Annotated[
        bool, typer.Option("--lines", help="Line by line, of FILE or of standard input; one out for each, tabs kept.")
    ] = False
    resume: Annotated[
        bool, typer.Option("--resume", help="With --lines and --output: go on where the last attempt was stopped.")
    ] = False


def translate_stream(given: FileOptions, translator: Engine, *, languages: tuple[str, str], rules: Srx | None) -> None:
    """Translate the lines of a file, or of standard input, to a file that survives interruptions or to standard output.

    Lines in a `language` are cut into sentences by `rules`, by the packaged ones where they are None. Raises
    InputError for several files, for input that is not text and for a result that cannot be resumed.
    """
    from aligner.translation import (
        LineReader,
        LineTranslator,
        can_resume,
        translate_chunks,
        translate_to_file,
    )

    output, resume = given.output, given.resume
    goes_on = _allowed(given)
    file = given.files[0] if given.files else None
    where = str(file or "standard input")
    # what an earlier attempt translated is not looked at again: its doubts were said then
    doubts = Doubts(where, "line", which="translated now" if goes_on else "")
    with opened_input(file) as stream, progress_bar() as progress:
        reader = LineReader(stream.stream, fallback=stream.fallback)
        # a line may have several sentences, of which a small model drops some (decision 39)
        by_line = LineTranslator(translator, languages[0], rules=rules)
        engine = Watched(by_line, reader, doubts, languages)

        def show(done: int, total: int) -> None:
            progress("translate", done, total)

        # a pipe or a device has no place to go on from, and gets the lines as they come
        if output and can_resume(output):
            read = signature(fallback=stream.fallback)
            # what made the lines so far must make the rest: a checkpoint of another engine is refused (decision 28)
            maker = f"{translator.signature}|{translator.made_by.fingerprint}|{by_line.signature}|{read}"
            translate_to_file(
                reader, output, engine, maker=maker, resume=resume, size=stream.size, progress=show,
                ready=note_before(output),
            )  # fmt: skip
        else:
            output_stream(translate_chunks(reader, engine, size=stream.size, progress=show), output)
    say_encoding(where, reader)
    doubts.say()


def _allowed(given: FileOptions) -> bool:
    """Whether there is a translation to go on with; InputError for what --lines cannot read or must not write."""
    from aligner.translation import can_resume, lines_kept

    files, output = given.files or [], given.output
    if len(files) > 1:
        raise InputError("--lines takes one file at a time", hint="or standard input: cat FILE… | aligner translate")
    if output and output.is_dir():
        raise InputError("this is a folder", where=output, hint="with --lines name a file")
    # what is there was allowed at the beginning
    goes_on = given.resume and output is not None and lines_kept(output) > 0
    spare(output, *files, overwrite=given.overwrite or goes_on)
    if given.resume and output and not can_resume(output):
        raise InputError("what is written there cannot be resumed", where=output, hint="name a file")
    return goes_on


@contextmanager
def said_when_stopped(words: Callable[[], str]) -> Iterator[None]:
    """Let Ctrl-C say what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(words()) from None


def stopped(output: Path | None, *, resume: bool) -> str:
    """What to say when a translation of lines was stopped; it promises to go on only where lines are kept."""
    from aligner.translation import lines_kept

    if not (kept := lines_kept(output) if output else 0):
        return "stopped; the same command starts at the beginning"
    command = "the same command" if resume else "the same command with --resume"
    return f"stopped after line {kept:,}: {command} goes on from here"
