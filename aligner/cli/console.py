"""What people see: messages and progress on standard error, results on standard output."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from aligner.config import Progress, silent

STAGES = {
    "plan": "Reading",
    "translate": "Translating",
    "write": "Writing",
    "align": "Aligning",
    "download": "Downloading",
    "memory": "Learning",
    "recall": "Remembering",
    "convert": "Converting",
    "index": "Indexing",
}


def complain(message: str) -> None:
    """Print an error on standard error."""
    # in red only for eyes: a log that collects standard error gets plain text
    typer.secho(f"aligner: {message}", err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)


def remark(message: str) -> None:
    """Print something worth knowing on standard error."""
    typer.echo(f"aligner: {message}", err=True)


def show_log(*, verbose: bool) -> None:
    """Send the library's log to standard error: warnings, or everything."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("aligner: %(message)s"))
    logger = logging.getLogger("aligner")
    # replaced, not added: one process may run several commands, as the tests do
    logger.handlers = [handler]
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar with an estimate on standard error; silent when that is not a terminal.

    Yields a function to call with stage, work done and whole work.
    """
    # in a log every step of a bar would be a line
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<12}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(STAGES.get(stage, stage), total=max(total, 1))
            bar.update(tasks[stage], completed=done, total=max(total, 1))

        yield advance


def printable(text: str) -> str:
    """A text on one line that cannot steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def table(headers: list[str], rows: list[list[str]], *, right: set[int]) -> str:
    """A plain table: columns padded, those in `right` flush right."""
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(len(headers))]
    lines = [
        "  ".join(
            cell.rjust(w) if i in right else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in [headers, ["─" * w for w in widths], *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)
