"""``aligner evaluate``: score a translation, or the model on a development set."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import progress_bar, table
from aligner.cli.options import Beam
from aligner.cli.streams import emit
from aligner.errors import InputError, counted

if TYPE_CHECKING:
    from aligner.comparison.evaluate import Evaluation, SentenceScore


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="A translation and its reference; with --model a source and its reference.", metavar="FILE"
        ),
    ],
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Another translation, to be compared with.", metavar="FILE")
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", help="Translate the first file; with this package if one is named.", metavar="[PATH]"),
    ] = None,
    bootstrap: Annotated[int, typer.Option(help="Resamples behind intervals and significance; 0 for none.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the resampling.")] = 12345,
    test: Annotated[
        Literal["bootstrap", "randomization"], typer.Option(help="Test of significance, for --baseline.")
    ] = "bootstrap",
    worst: Annotated[int, typer.Option(min=0, help="Also show this many of the worst lines.")] = 0,
    beam: Beam = None,
    alignment: Annotated[
        bool, typer.Option("--alignment", help="The files are a gold alignment and one to score, as beads.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Score a translation with sacreBLEU: BLEU, chrF2 and TER, with 95 % intervals and signatures.

    Both files hold one sentence a line. With --baseline, say whether the two translations really differ.

    [bold]Examples[/bold]

      aligner evaluate mine.en reference.en

      aligner evaluate mine.en reference.en --baseline yours.en --json

      aligner evaluate --model newstest.fr newstest.en

      aligner evaluate --alignment gold.beads mine.beads
    """
    # needs no scoring library: alignment is judged with what aligner has itself
    if alignment:
        emit(_alignment(*_files(files, None)[0], as_json=as_json), None)
        return
    from aligner.comparison.evaluate import evaluate_translation, read_lines, worst_sentences

    (first, reference_path), package = _files(files, model)
    references = read_lines(reference_path)
    hypotheses = read_lines(first) if model is None else _translate(read_lines(first), package, beam)
    other = read_lines(baseline) if baseline else None
    evaluation = evaluate_translation(hypotheses, references, baseline=other, bootstrap=bootstrap, seed=seed, test=test)
    lines = worst_sentences(hypotheses, references, count=worst)
    if as_json:
        content = {**evaluation.to_json(), "worst": [asdict(sentence) for sentence in lines]}
        emit(json.dumps(content, indent=2, ensure_ascii=False) + "\n", None)
    else:
        emit(_report(evaluation, lines), None)


def _files(files: list[Path], model: Path | None) -> tuple[list[Path], Path | None]:
    """The two files and the package; ``--model SOURCE REFERENCE`` names no package, though it looks so."""
    # --model takes a value, so it swallows the first file where no package is named
    if model is not None and len(files) == 1:
        return [model, files[0]], None
    if len(files) != 2:
        raise InputError(f"two files are needed, not {len(files)}", hint="see `aligner evaluate --help`")
    return files, model


def _alignment(gold: Path, test: Path, *, as_json: bool) -> str:
    """Strict, lax and link scores of an alignment."""
    from aligner.alignment import score_pairs
    from aligner.formats.beads.write import read_pairs

    score = score_pairs([read_pairs(gold)], [read_pairs(test)])
    rates = {"strict": score.strict, "lax": score.lax, "link": score.link}
    if as_json:
        values = {name: {"precision": r.precision, "recall": r.recall, "f1": r.f1} for name, r in rates.items()}
        return json.dumps({**values, "gold_beads": score.gold_beads, "test_beads": score.test_beads}, indent=2) + "\n"
    rows = [[name, f"{r.precision:.3f}", f"{r.recall:.3f}", f"{r.f1:.3f}"] for name, r in rates.items()]
    beads = f"{counted(score.test_beads, 'pair')}, {counted(score.gold_beads, 'gold pair')} with both sides\n\n"
    return beads + table(["", "precision", "recall", "F1"], rows, right={1, 2, 3}) + "\n"


def _translate(lines: list[str], model: Path | None, beam: int | None) -> list[str]:
    from aligner.translation import TranslateOptions, find_package, open_translator

    options = TranslateOptions.chosen(beam=beam)
    translator = open_translator(find_package("fr", "en", model=model), cache=None, options=options)
    with progress_bar() as progress:
        renderings = translator.translate(lines, progress=lambda n, total: progress("translate", n, total))
    return [rendering.text for rendering in renderings]


def _report(evaluation: Evaluation, worst: tuple[SentenceScore, ...]) -> str:
    """Scores in a table, then the signatures, then the worst lines."""
    rows = [
        [each.name, f"{each.score:.1f}", "" if each.interval is None else f"{each.mean:.1f} ± {each.interval:.1f}"]
        for each in evaluation.scores
    ]
    headers = ["metric", "score", "95 % interval"]
    # without --baseline there are no comparisons, and the rows stay as they are
    for row, comparison in zip(rows, evaluation.comparisons, strict=False):
        p_value = f"{comparison.p_value:.4f}" + ("" if comparison.is_significant() else " (not significant)")
        row += [f"{comparison.baseline:.1f}", f"{comparison.difference:+.1f}", p_value]
    if evaluation.comparisons:
        headers += ["baseline", "difference", f"p, {evaluation.comparisons[0].test}"]
    parts = [counted(evaluation.lines, "line"), "", table(headers, rows, right={1, 3, 4}), ""]
    parts += [f"{each.name}|{each.signature}" for each in evaluation.scores]
    for sentence in worst:
        parts += ["", f"line {sentence.line}, chrF2 {sentence.score:.1f}"]
        parts += [f"  is:         {sentence.hypothesis}", f"  should be:  {sentence.reference}"]
    return "\n".join(parts) + "\n"
