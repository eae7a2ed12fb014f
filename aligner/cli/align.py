"""``aligner align``: two files, or two folders, become beads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import complain, progress_bar, remark
from aligner.cli.options import KeepBoilerplate, Model, Output, Overwrite, Rules, Source, Target
from aligner.cli.streams import emit, spare
from aligner.errors import FINE, AlignerError, InputError, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from aligner.alignment import Explanation
    from aligner.formats import WriteOptions
    from aligner.pipeline.align_files import AlignChoices, Texts

Form = Literal["beads", "tsv", "jsonl", "tmx", "ladder"]


def align(
    source_file: Annotated[Path, typer.Argument(help="The source text, or a folder.", metavar="SOURCE")],
    target_file: Annotated[Path, typer.Argument(help="Its translation, or a folder.", metavar="TARGET")],
    segmented: Annotated[bool, typer.Option("--segmented", help="The files have one segment per line.")] = False,
    translation: Annotated[
        Path | None,
        typer.Option("--translation", help="Machine translation of SOURCE, one line per segment.", metavar="FILE"),
    ] = None,
    back_translation: Annotated[
        Path | None,
        typer.Option(
            "--back-translation", help="Machine translation of TARGET into SOURCE's language.", metavar="FILE"
        ),
    ] = None,
    translate: Annotated[
        bool, typer.Option("--translate", help="Translate SOURCE with the model first: slower, more accurate.")
    ] = False,
    back_translate: Annotated[
        bool, typer.Option("--back-translate", help="Translate TARGET too, with a package of the other direction.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write the pairs.")] = "beads",
    output: Output = None,
    overwrite: Overwrite = False,
    source: Source = "fr",
    target: Target = "en",
    srx: Rules = None,
    model: Model = None,
    keep_boilerplate: KeepBoilerplate = False,
    max_merge: Annotated[int, typer.Option(min=1, max=8, help="Most segments on one side of a pair.")] = 6,
    no_nulls: Annotated[
        bool, typer.Option("--no-nulls", help="Leave no segment alone where it can be merged.")
    ] = False,
    window: Annotated[
        int,
        typer.Option("--monotone-window", min=2, max=1000, help="How many segments from the first rough path to look."),
    ] = 12,
    passes: Annotated[
        int | None, typer.Option(min=1, max=10, help="How often to align again with what the last pass has taught.")
    ] = None,
    no_lexicon: Annotated[
        bool, typer.Option("--no-lexicon", help="Do not use the built-in French–English lexicon.")
    ] = False,
    boundaries: Annotated[
        Literal["none", "headings", "paragraphs"],
        typer.Option(help="Marks that no pair may cross; segmented paragraphs end at empty lines."),
    ] = "none",
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out pairs that are less sure (tsv, tmx).")
    ] = 0.0,
    number: Annotated[
        int | None, typer.Option("--explain", help="Tell why bead I (from 0) is as it is.", metavar="I", min=0)
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Folders: files aligned at the same time.")] = None,
) -> None:
    r"""Pair the segments of a text and of its translation.

    No option is needed: any two languages work, better with a machine translation of one text, best with both. The
    format beads prints one bead a line, \[source]:\[target]:score, segments counted from 0, every segment once.

    Of two folders, the files with the same name (a.fr.txt and a.en.txt) are aligned into the folder of --output,
    several at a time; translations are folders then, too.

    [bold]Examples[/bold]

      aligner align candide.fr.txt candide.en.txt --format tmx -o candide.tmx

      aligner align --segmented a.fr a.en --translation a.mt.en --back-translation a.mt.fr

      aligner align french/ english/ --format tsv -o tables/

      aligner align --segmented a.fr a.en --explain 12
    """
    from aligner.alignment import AlignOptions
    from aligner.formats import FORMATS, WriteOptions
    from aligner.pipeline.align_files import AlignChoices, explain_files

    writing = WriteOptions(keep_boilerplate=form == "jsonl", min_confidence=min_confidence)
    folders = _are_folders(source_file, target_file)
    _refuse(
        (FORMATS[form].unheeded(writing), "--min-confidence", f"{form} has a place for every segment"),
        (jobs and not folders, "--jobs", "there is one pair of files"),
        (model and not translate, "--model", "nothing is translated without --translate"),
        (translate and translation, "--translate", "--translation has one already"),
        (back_translate and back_translation, "--back-translate", "--back-translation has one already"),
        (srx and segmented, "--srx", "the texts are segmented"),
        (keep_boilerplate and segmented, "--keep-boilerplate", "every line of segmented texts is kept"),
    )

    choices = AlignChoices(
        source=source, target=target, segmented=segmented, rules=srx, model=model,
        translation=translation, back_translation=back_translation, translate=translate, back_translate=back_translate,
        boundaries=boundaries, keep_boilerplate=keep_boilerplate,
        options=AlignOptions(
            max_merge=max_merge, nulls=not no_nulls, window=window, passes=passes,
            lexicon="none" if no_lexicon else "auto",
        ),
    )  # fmt: skip
    if folders:
        if number is not None:
            raise InputError("--explain needs two files, not folders")
        _folders((source_file, target_file), choices, form, writing, output, jobs, overwrite=overwrite)
        return
    given = (source_file, target_file, translation, back_translation)
    spare(output, *filter(None, given), overwrite=overwrite)
    if number is not None:
        emit(_evidence(*explain_files(source_file, target_file, number, choices)), output)
    else:
        emit(_pairs(source_file, target_file, choices, form, writing), output)


def _are_folders(source: Path, target: Path) -> bool:
    """Whether two folders are to be aligned; InputError for a folder and something else."""
    if source.is_dir() == target.is_dir():
        return source.is_dir()
    folder, other = (source, target) if source.is_dir() else (target, source)
    if not other.exists():
        raise InputError("there is no such folder", where=other, hint="check the name")
    raise InputError(f"this is a file, but {folder} is a folder", where=other, hint="give two files or two folders")


def _refuse(*idle: tuple[object, str, str]) -> None:
    """Raise InputError for an option that was chosen but would do nothing: (whether so, its name, why)."""
    for chosen, name, why in idle:
        if chosen:
            raise InputError(f"it has no effect here: {why}", where=name, hint="leave it out")


def _pairs(source: Path, target: Path, choices: AlignChoices, form: str, options: WriteOptions) -> bytes:
    """Align two files and write the pairs in a format."""
    import io

    from aligner.formats import FORMATS
    from aligner.pipeline.align_files import align_files

    stream = io.BytesIO()
    FORMATS[form].write([align_files(source, target, choices)], stream, options)
    return stream.getvalue()


def _folders(
    folders: tuple[Path, Path],
    choices: AlignChoices,
    form: str,
    options: WriteOptions,
    output: Path | None,
    jobs: int | None,
    *,
    overwrite: bool,
) -> None:
    """Align the files of two folders, several at a time; one that fails does not stop the others."""
    import os
    from concurrent.futures import as_completed

    from aligner.formats import FORMATS
    from aligner.pipeline.align_files import match_folders
    from aligner.pipeline.processes import processes

    output = _folder(output)
    tasks = match_folders(*folders, choices)
    for task in tasks:
        spare(output / f"{task.name}{FORMATS[form].suffix}", task.source, task.target, overwrite=overwrite)
    codes: list[int] = []
    try:
        with processes(min(len(tasks), jobs or os.cpu_count() or 1)) as submit, progress_bar() as progress:
            runs = {submit(_pairs, t.source, t.target, t.choices, form, options): t.name for t in tasks}
            for run in as_completed(runs):
                codes.append(_keep(run, output / f"{runs.pop(run)}{FORMATS[form].suffix}"))
                progress("align", len(codes), len(tasks))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped; {_so_far(codes, len(tasks), output)}") from None
    remark(_so_far(codes, len(tasks), output))
    raise typer.Exit(max(codes))


def _folder(output: Path | None) -> Path:
    """The folder to write to, checked before time is spent on what cannot be written."""
    if output is None:
        raise InputError("two folders need --output DIR")
    if output.exists() and not output.is_dir():
        raise InputError("it is not a folder", where=output, hint="name a folder with --output")
    return output


def _keep(run: Future[bytes], path: Path) -> int:
    """Write what a process has made of one pair of files, or say why it made nothing; the exit code."""
    try:
        emit(run.result(), path)
    except AlignerError as error:
        complain(str(error))
        return error.exit_code
    return FINE


def _so_far(codes: Sequence[int], total: int, output: Path) -> str:
    return f"{codes.count(FINE)} of {counted(total, 'pair')} of files aligned into {output}"


def _evidence(told: Explanation, texts: Texts) -> str:
    """The evidence for a bead, in words."""
    bead = told.bead
    lines = [f"bead {list(bead.source)}:{list(bead.target)}  score {bead.score:.2f}  confidence {bead.confidence:.2f}"]
    lines += [f"  {texts.source.language}  {texts.source.segments[i].text}" for i in bead.source]
    lines += [f"  {texts.target.language}  {texts.target.segments[j].text}" for j in bead.target]
    lines += ["", "what speaks for it (+) and against it (-)"]
    lines += [
        f"  {reason.contribution:+7.2f}  {reason.feature} (value {reason.value:.2f}, weight {reason.weight:.2f})"
        for reason in told.reasons
    ]
    lines += ["", "words that correspond"]
    lines += [
        f"  {w.strength:.2f}  {w.source} – {w.target}{'  (by MT)' if w.rendered else ''}" for w in told.words[:12]
    ]
    lines += ["", "what else it might have been"]
    lines += [
        f"  {list(other.source)}:{list(other.target)}  score {other.score:.2f}  confidence {other.confidence:.2f}"
        for other in told.alternatives
    ] or ["  nothing probable"]
    return "\n".join(lines) + "\n"
