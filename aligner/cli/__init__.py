"""The command ``aligner``: thin commands over plain functions; the only place that prints.

Each command lives in a module of its own and imports the library inside its function, so that ``aligner --help`` loads
nothing heavy. `main` turns what goes wrong into one sentence and an exit code.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

from aligner.errors import BAD_INPUT, ENVIRONMENT, FINE, AlignerError

__all__ = ["main"]

INTERRUPTED = 130
STOPPED = "stopped; every file is whole and finished work is kept: run the same command to go on"
FAULT = 70
"""An error that nobody foresaw (EX_SOFTWARE of sysexits.h)."""


class Stopped(Exception):  # noqa: N818 - what happened, and no error
    """Ctrl-C, with what there is to say of it; typer has words of its own for a KeyboardInterrupt."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    # before anything can fail: also what goes wrong is printed
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    try:
        from aligner.cli.app import app

        # not standalone: typer would print errors in its own words and leave with its own codes
        ended = app(prog_name="aligner", standalone_mode=False)
        code = ended if isinstance(ended, int) else FINE
        message = STOPPED if code == INTERRUPTED else ""  # Ctrl-C before the command began: typer says nothing
    except BaseException as error:
        code, message = explain(error)
        # At once, while the error still holds what was at work: a model that is let go of waits for its threads.
        if code == INTERRUPTED:
            with suppress(OSError):
                print(f"aligner: {message}", file=sys.stderr, flush=True)
            os._exit(_flush(code))
    # Standard error may lead to a file on the disk that is full: the exit code says it all the same.
    with suppress(OSError):
        if message:
            print(f"aligner: {message}", file=sys.stderr, flush=True)
    sys.exit(_flush(code))


def explain(error: BaseException) -> tuple[int, str]:
    """The exit code of what ended a command, and what there is to say about it."""
    from typer import TyperException

    match error:
        case SystemExit():
            end = error.code if isinstance(error.code, int) else FINE, ""
        case AlignerError():
            end = error.exit_code, str(error)
        case KeyboardInterrupt() | Stopped():
            end = INTERRUPTED, str(error) or STOPPED
        case TyperException():
            end = BAD_INPUT, misused(error)
        case BrokenPipeError():
            end = FINE, ""
        case OSError(filename=None, errno=errno.ENOSPC):  # other files have their names
            end = ENVIRONMENT, f"cannot write standard output ({_reason(error)})"
        case OSError():
            place = "" if error.filename is None else f" {error.filename}"
            end = ENVIRONMENT, f"the system refused to read or write{place} ({_reason(error)})"
        case _:
            # the options may not have been parsed when it happened
            if "--verbose" in sys.argv or "-v" in sys.argv:
                raise error
            end = FAULT, f"a fault in aligner itself ({type(error).__name__}: {error}); --verbose shows where"
    return end


_IN_OUR_WORDS = (
    (": Value error, ", ": "),
    (": Input should", ": it should"),
    ("be a valid integer, unable to parse string as an integer", "be a whole number"),
    ("be a valid integer, got a number with a fractional part", "be a whole number"),
    ("be a valid number, unable to parse string as a number", "be a number"),
    ("be greater than or equal to", "be at least"),
    ("be less than or equal to", "be at most"),
    (". Did", "; did"),
)
"""What typer and pydantic say of options, and what a person would."""


def misused(error: Exception) -> str:
    """One sentence about options or arguments that typer refuses; empty where it has printed the help already."""
    # typer's sentences begin and end as sentences; ours go on after "aligner: "
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    for theirs, ours in _IN_OUR_WORDS:
        said = said.replace(theirs, ours)
    context = getattr(error, "ctx", None)
    # what ends with a question is a suggestion already ("did you mean …?")
    hint = "" if said.endswith("?") else f"; see `{context.command_path if context else 'aligner'} --help`"
    return f"{said[0].lower()}{' '.join(said[1:].split()).removesuffix('.')}{hint}" if said else ""


def _flush(code: int) -> int:
    """Write out what standard output still holds; a reader that has gone away is no error, a full disk is."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # or Python tries to write the rest when it ends, and complains in its own words
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            with suppress(OSError):
                print(f"aligner: cannot write standard output ({_reason(error)})", file=sys.stderr, flush=True)
            return ENVIRONMENT
    return code


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
