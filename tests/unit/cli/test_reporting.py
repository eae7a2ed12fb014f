"""What a run says: its progress, its end, and the file for machines."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from aligner.cli import STOPPED
from aligner.cli.console import Bars
from aligner.cli.reporting import MOST_ROWS, MachineReport, Watch, show
from aligner.errors import EnvironmentProblem, InputError
from aligner.model import Languages
from aligner.pipeline.report import Done, Outcome, Report, WrittenFiles

FAILED = Outcome("bad", Done.FAILED, error=InputError("it is empty", where="fr/bad.txt", hint="add some text"))


def report(*outcomes: Outcome) -> Report:
    return Report(outcomes, (Path("tmx/a.tmx"),), 12, 10, 2.0)


def test_progress_says_how_many_how_fast_and_how_long() -> None:
    watch = Watch(Bars())
    watch._words = 3100
    line = watch.line(Outcome("1950--note", Done.TRANSLATED), 24, 200, 10.0)
    assert line == "24 of 200 · 1950--note · 310 words/s · 1:13 left"
    assert "1:00:00 left" in watch.line(Outcome("a\x1b[2J", Done.TRANSLATED), 1, 2, 3600.0)
    assert "\x1b" not in watch.line(Outcome("a\x1b[2J", Done.TRANSLATED), 1, 2, 3600.0)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, "24 of 200 · 1950--mai--note-sur-la-conférence · 310 words/s · 1:13 left"),
        (60, "24 of 200 · 1950--mai--note-sur-l… · 310 words/s · 1:13 left"),
        (40, "24 of 200 · 310 words/s · 1:13 left"),
        (30, "24 of 200 · 1:13 left"),
    ],
)
def test_on_a_narrow_terminal_progress_says_less(width: int, line: str) -> None:
    watch = Watch(Bars())
    watch._words = 3100
    outcome = Outcome("1950--mai--note-sur-la-conférence", Done.TRANSLATED)
    assert watch.line(outcome, 24, 200, 10.0, width) == line
    assert len(line) <= width


def test_many_written_files_are_kept_in_order() -> None:
    written = WrittenFiles()
    paths = [Path(f"tmx/{'é' * 50}\n{number}.tmx") for number in range(12_000)]
    written.add(paths[:6_000])
    written.add(paths[6_000:])
    assert (len(written), written[0], list(written)) == (12_000, paths[0], paths)


def test_unchanged_documents_are_counted_and_what_failed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    unchanged = [Outcome(f"u{k}", Done.UNCHANGED, 2, 2, 10) for k in range(1000)]
    show(report(*unchanged, FAILED, Outcome("new", Done.TRANSLATED, 3, 3, 20)), Path())
    said = capsys.readouterr()
    assert [line.split()[:2] for line in said.out.splitlines()[2:5]] == [
        ["bad", "failed"], ["new", "translated"], ["1,000", "more"],
    ]  # fmt: skip
    assert "1,002 documents" in said.out
    assert "u7" not in said.out
    assert "fr/bad.txt: it is empty; add some text" in said.err


def test_of_many_changed_documents_only_those_with_something_to_say_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = [Outcome(f"d{k}", Done.TRANSLATED, 2, 2, 10, ("look",) if k % 20 == 0 else ()) for k in range(2000)]
    show(report(*many), Path())
    said = capsys.readouterr()
    assert len(said.out.splitlines()) < MOST_ROWS + 10
    assert "and 60 more notes: all are in the file of --json" in said.err


def test_the_report_for_machines(tmp_path: Path) -> None:
    with MachineReport(tmp_path / "report.json", Languages("fr", "en")) as machine:
        machine.report = report(FAILED, Outcome("new", Done.TRANSLATED, 3, 3, 20))
    made = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert made["documents"] == {"translated": 1, "renewed": 0, "aligned": 0, "unchanged": 0, "failed": 1}
    assert made["outcomes"][0]["error"] == {
        "what": "it is empty", "where": "fr/bad.txt", "hint": "add some text", "exit_code": 2,
    }  # fmt: skip
    assert made["outcomes"][1]["pairs"] == 3
    assert made["exit_code"] == 2


def machine_report(path: Path, error: BaseException | None, *outcomes: Outcome) -> dict[str, Any]:
    """What is in the file when a run has ended this way after these documents, and before it has."""
    seen = []
    with suppress(BaseException), MachineReport(path, Languages("fr", "en")) as machine:
        told = machine.told(Watch(Bars()))
        for number, outcome in enumerate(outcomes, 1):
            told(outcome, number, len(outcomes))
        seen.append(json.loads(path.read_text(encoding="utf-8")))
        if error:
            raise error
        machine.report = Report(tuple(outcomes), [Path("a.tmx")], 3, 2, 1.5)
    [before] = seen
    assert (before["exit_code"], before["error"], before["written"]) == (None, None, None)
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("error", "code", "what"),
    [
        (KeyboardInterrupt(), 130, STOPPED),
        (InputError("no", where="a", hint="b"), 2, "no"),
        (EnvironmentProblem("no model"), 3, "no model"),
        (ZeroDivisionError("x"), 70, "a fault in aligner itself (ZeroDivisionError: x); --verbose shows where"),
    ],
)
def test_a_run_that_is_refused_or_stopped_says_so_to_machines(
    tmp_path: Path, error: BaseException, code: int, what: str
) -> None:
    path = tmp_path / "report.json"
    path.write_text('{"exit_code": 0}', encoding="utf-8")
    said = machine_report(path, error, Outcome("a", Done.TRANSLATED, 3, 3, 10))
    assert (said["exit_code"], said["error"]["exit_code"], said["error"]["what"]) == (code, code, what)
    assert [each["document"] for each in said["outcomes"]] == ["a"]
    assert (said["documents"]["translated"], said["segments"], said["written"]) == (1, None, None)


def test_a_run_that_went_well_says_so_to_machines(tmp_path: Path) -> None:
    said = machine_report(tmp_path / "report.json", None, Outcome("a", Done.TRANSLATED, 3, 3, 10))
    assert (said["exit_code"], said["error"], said["written"], said["seconds"]) == (0, None, ["a.tmx"], 1.5)
    assert said["segments"] == {"translated": 3, "by_model": 2, "from_memories": 0}
