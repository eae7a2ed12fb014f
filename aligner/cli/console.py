"""What people see: messages and progress on standard error, results on standard output."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

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
    "check": "Checking",
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


class Bars:
    """Progress bars on standard error, one for each stage; call it with stage, work done and whole work.

    Nothing is shown without rich's `bar`.
    """

    def __init__(self, bar: Bar | None = None) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}
        self.line = ""
        """What is said in a line of its own below them."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._bar is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(STAGES.get(stage, stage), total=max(total, 1))
        # where a line says how far the whole is, only the stage at work is of interest
        shown = not self.line or done < total
        self._bar.update(self._tasks[stage], completed=done, total=max(total, 1), visible=shown)

    @property
    def width(self) -> int:
        """How many columns a line may take; 0 where none is shown."""
        return self._bar.console.width if self._bar is not None else 0


@contextmanager
def progress_bar(*, estimate: bool = True) -> Iterator[Bars]:
    """Progress bars on standard error, with an `estimate` of the time left; silent when that is not a terminal."""
    # in a log every step of a bar would be a line
    if not sys.stderr.isatty():
        yield Bars()
        return
    from rich.console import Console, RenderableType
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class WithLine(Bar):
        """Bars with a line below, which is not as wide as their names."""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield from super().get_renderables()
            if bars.line:
                yield Text(bars.line, no_wrap=True, overflow="ellipsis")

    # a name from the corpus must not be read as markup
    columns = (TextColumn("{task.description:<12}", markup=False), BarColumn(), TaskProgressColumn())
    times = (TimeRemainingColumn(),) if estimate else ()
    bars = Bars()
    with WithLine(*columns, *times, console=Console(stderr=True), transient=True) as bar:
        bars._bar = bar
        yield bars


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


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint with the nearest of the known names; None where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else None
