"""What `aligner run` says: while it works, at its end, and to machines.

    24 of 200 · 1950--note · 310 words/s · 1:20 left

Start reading at `Watch`, `show` and `MachineReport`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import typer

import aligner
from aligner.cli import FAULT, explain
from aligner.cli.console import Bars, complain, printable, remark, table
from aligner.errors import FINE, AlignerError, counted
from aligner.files import write_atomically

if TYPE_CHECKING:
    from aligner.model import Languages
    from aligner.pipeline import Outcome, Report
    from aligner.pipeline.report import Finished

MOST_ROWS = 40
"""Documents that are listed one by one, and notes that are printed; of more only the number is told."""
_NAME = 12
"""Columns of a document's name that are worth showing."""
LAYOUT = 1
"""Of the report for machines: raised whenever a field changes its meaning or goes."""
_SIZES = {"segments": "segments", "pairs": "beads", "words": "words"}


class Watch:
    """Shows how far a run is, after each document: how many are done, how fast, and how long the others will take."""

    def __init__(self, bars: Bars) -> None:
        self._bars, self._began, self._words = bars, time.monotonic(), 0

    def __call__(self, outcome: Outcome, done: int, total: int) -> None:
        """Show the line of a document that is done."""
        self._words += outcome.words
        if self._bars.width:
            self._bars.line = self.line(outcome, done, total, time.monotonic() - self._began, self._bars.width)

    def line(self, outcome: Outcome, done: int, total: int, seconds: float, width: int = 80) -> str:
        """The line of a document, so many seconds after the run began; on a narrow terminal it says less."""
        from rich.cells import cell_len, set_cell_size

        minutes, rest = divmod(round(seconds * (total - done) / done), 60)
        hours, minutes = divmod(minutes, 60)
        left = f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
        count, speed = f"{done:,} of {total:,}", f"{self._words / max(seconds, 1e-3):,.0f} words/s"
        name = printable(outcome.id)
        room = width - cell_len(f"{count} ·  · {speed} · {left}")
        if room < min(cell_len(name), _NAME):
            parts = (count, speed, left)
            return " · ".join(parts if cell_len(" · ".join(parts)) <= width else (count, left))
        if room < cell_len(name):
            name = f"{set_cell_size(name, room - 1)}…"
        return f"{count} · {name} · {speed} · {left}"


def show(report: Report, output: Path) -> None:
    """Print what a person should know: what failed, what is to be looked at, what changed, and the totals."""
    from aligner.pipeline.report import Done

    # notes and errors go to standard error before the table, so that a table that is piped on stays a table
    notes = [f"{outcome.id}: {note}" for outcome in report.outcomes for note in outcome.notes]
    errors = [str(outcome.error) for outcome in report.outcomes if outcome.error]
    for lines, tell, what in ((notes, remark, "note"), (errors, complain, "error")):
        for line in lines[:MOST_ROWS]:
            tell(line)
        if len(lines) > MOST_ROWS:
            tell(f"and {counted(len(lines) - MOST_ROWS, f'more {what}')}: all are in the file of --json")

    told = [each for each in report.outcomes if each.done is not Done.UNCHANGED or each.notes or each.error]
    # what went wrong is never among those that are only counted
    urgent = [each for each in told if each.notes or each.error]
    shown = told if len(told) <= MOST_ROWS else urgent[:MOST_ROWS]
    rows = [[o.id, str(o.done), *(f"{getattr(o, size):,}" for size in _SIZES.values())] for o in shown]
    if len(shown) < len(report.outcomes):
        rows += _counted(report.outcomes, {each.id for each in shown})
    sums = (f"{sum(getattr(o, size) for o in report.outcomes):,}" for size in _SIZES.values())
    documents = counted(len(report.outcomes), "document")
    rows.append([documents, f"{report.seconds:.1f} s, {counted(len(report.written), 'file')}", *sums])
    # the usual end of a second run: a line, and no table
    if told:
        typer.echo(table(["document", "done", *_SIZES], rows, right={2, 3, 4}))
    typer.echo(_summary(report, output))
    for sentence in report.remarks:
        remark(sentence)


def _counted(outcomes: Sequence[Outcome], shown: set[str]) -> list[list[str]]:
    """A row for each kind of outcome of the documents that are not shown one by one."""
    rows = []
    for done in dict.fromkeys(outcome.done for outcome in outcomes):
        those = [each for each in outcomes if each.done is done and each.id not in shown]
        if those:
            more = " more" if shown else ""
            sizes = (f"{sum(getattr(o, size) for o in those):,}" for size in _SIZES.values())
            rows.append([f"{len(those):,}{more}", str(done), *sizes])
    return rows


def _summary(report: Report, output: Path) -> str:
    """The last lines: what was done, by whom, and where to look at it."""
    from aligner.pipeline.report import Done

    unchanged = report.count(Done.UNCHANGED)
    # the usual end of a second run: one line instead of a row of noughts
    if not report.written and unchanged == len(report.outcomes):
        state = "the document is" if unchanged == 1 else f"all {unchanged:,} documents are"
        return f"Nothing to do: {state} up to date ({report.seconds:.1f} s)."
    parts = [
        f"{report.count(Done.TRANSLATED):,} translated",
        f"{report.count(Done.RENEWED):,} renewed around your own work",
        f"{report.count(Done.ALIGNED):,} aligned to an English text of your own",
        f"{unchanged:,} unchanged",
        f"{report.count(Done.FAILED):,} failed",
    ]
    # what did not happen is not mentioned
    done = ", ".join(part for part in parts if not part.startswith("0 ")) or "no documents"
    remembered = f", {report.recalled:,} taken from memories and review" if report.recalled else ""
    reused = report.translated - report.fresh - report.recalled
    return (
        f"{done}; {counted(report.fresh, 'segment')} translated by the model, {reused:,} reused{remembered}; "
        f"{counted(len(report.written), 'file')} written in {report.seconds:.1f} s.\n"
        f"Review: {output / 'review' / 'index.html'}"
    )


class MachineReport:
    """The report for machines in a file, from the beginning of a command to its end, whatever the end is.

    A run that was killed leaves the report of one that has not ended. Without a file nothing is written.
    """

    def __init__(self, path: Path | None, languages: Languages) -> None:
        self._path, self._languages = path, languages
        self._began = time.monotonic()
        self._outcomes: list[Outcome] = []
        self.report: Report | None = None
        """What the run says itself, as soon as it is through."""

    def told(self, watch: Watch) -> Finished:
        """What is told of each document that is done, and tells `watch`."""

        def finished(outcome: Outcome, done: int, total: int) -> None:
            self._outcomes.append(outcome)
            watch(outcome, done, total)

        return finished

    def __enter__(self) -> Self:
        # before hours of work, so that a place that cannot be written is said now; a pipe takes one report only
        if self._path and (self._path.is_file() or not self._path.exists()):
            self._write(None, None)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._write(self.report.exit_code if self.report else FINE, None)
            return
        code, said = FAULT, str(error)
        # with --verbose an error that nobody foresaw is let through
        with suppress(Exception):
            code, said = explain(error)
        known = error if isinstance(error, AlignerError) else AlignerError(said)
        try:
            self._write(code, {**_error(known), "exit_code": code})
        except AlignerError as another:
            complain(str(another))

    def _write(self, exit_code: int | None, error: dict[str, Any] | None) -> None:
        if self._path:
            written = self._as_json(exit_code, error)
            write_atomically(self._path, json.dumps(written, indent=1, ensure_ascii=False) + "\n")

    def _as_json(self, exit_code: int | None, error: dict[str, Any] | None) -> dict[str, Any]:
        """The report; docs/scale.md says what the fields mean."""
        from aligner.pipeline.report import Done

        report, outcomes = self.report, self.report.outcomes if self.report else self._outcomes
        seconds = report.seconds if report else time.monotonic() - self._began
        return {
            "aligner": aligner.__version__,
            "layout": LAYOUT,
            "languages": list(self._languages),
            "exit_code": exit_code,
            "error": error,
            "seconds": round(seconds, 3),
            "documents": {str(done): sum(each.done is done for each in outcomes) for done in Done},
            "segments": report
            and {"translated": report.translated, "by_model": report.fresh, "from_memories": report.recalled},
            "outcomes": [_outcome(each) for each in outcomes],
            "written": report and [path.as_posix() for path in report.written],
            "remarks": list(report.remarks) if report else [],
        }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "document": outcome.id,
        "done": str(outcome.done),
        **{name: getattr(outcome, size) for name, size in _SIZES.items()},
        "notes": list(outcome.notes),
        "error": outcome.error and _error(outcome.error),
    }


def _error(error: AlignerError) -> dict[str, Any]:
    return {
        "what": error.what,
        "where": str(error.where or ""),
        "hint": error.hint or "",
        "exit_code": error.exit_code,
    }
