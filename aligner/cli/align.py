"""``aligner align``: two files, or two folders, become beads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import complain, progress_bar, remark
from aligner.cli.options import KeepBoilerplate, Model, Output, Overwrite, Rules, Source, Target
from aligner.cli.streams import emit, spare
from aligner.errors import AlignerError, InputError
from aligner.wording import counted

if TYPE_CHECKING:
    from aligner.align import Explanation
    from aligner.pipeline.align import AlignChoices, Texts

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
    max_merge: Annotated[int, typer.Option(min=1, max=8, help="Most segments on one side of a bead.")] = 6,
    no_nulls: Annotated[
        bool, typer.Option("--no-nulls", help="Leave no segment alone where it can be merged.")
    ] = False,
    window: Annotated[
        int,
        typer.Option("--monotone-window", min=2, max=1000, help="How many segments from the first rough path to look."),
    ] = 12,
    passes: Annotated[
        int | None, typer.Option(min=1, max=10, help="How often to align anew with what the pass before has taught.")
    ] = None,
    no_lexicon: Annotated[
        bool, typer.Option("--no-lexicon", help="Do without the built-in French–English lexicon.")
    ] = False,
    boundaries: Annotated[
        Literal["none", "headings", "paragraphs"], typer.Option(help="Marks that no bead may cross.")
    ] = "none",
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Leave out beads below (tsv, jsonl, tmx).")] = 0.0,
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
    from aligner.align import AlignOptions
    from aligner.pipeline.align import AlignChoices, explain_files

    choices = AlignChoices(
        source=source, target=target, segmented=segmented, rules=srx, model=model,
        translation=translation, back_translation=back_translation, translate=translate, back_translate=back_translate,
        boundaries=boundaries, keep_boilerplate=keep_boilerplate,
        options=AlignOptions(
            max_merge=max_merge, nulls=not no_nulls, window=window, passes=passes,
            lexicon="none" if no_lexicon else "auto",
        ),
    )  # fmt: skip
    if _are_folders(source_file, target_file):
        if number is not None:
            raise InputError("--explain needs two files, not folders")
        _folders((source_file, target_file), choices, form, output, min_confidence, jobs, overwrite=overwrite)
        return
    given = (source_file, target_file, translation, back_translation)
    spare(output, *filter(None, given), overwrite=overwrite)
    if number is not None:
        emit(_evidence(*explain_files(source_file, target_file, number, choices)), output)
    else:
        emit(_pairs(source_file, target_file, choices, form, min_confidence), output)


def _are_folders(source: Path, target: Path) -> bool:
    """Whether two folders are to be aligned; InputError for a folder and something else."""
    if source.is_dir() == target.is_dir():
        return source.is_dir()
    folder, other = (source, target) if source.is_dir() else (target, source)
    if not other.exists():
        raise InputError("there is no such folder", where=other, hint="check the name")
    raise InputError(f"this is a file, but {folder} is a folder", where=other, hint="give two files or two folders")


def _pairs(source: Path, target: Path, choices: AlignChoices, form: str, min_confidence: float) -> bytes:
    """Align two files and write the pairs in a format."""
    import io

    from aligner.formats import FORMATS, WriteOptions
    from aligner.pipeline.align import align_files

    stream = io.BytesIO()
    options = WriteOptions(keep_boilerplate=form == "jsonl", min_confidence=min_confidence)
    FORMATS[form].write([align_files(source, target, choices)], stream, options)
    return stream.getvalue()


def _folders(
    folders: tuple[Path, Path],
    choices: AlignChoices,
    form: str,
    output: Path | None,
    min_confidence: float,
    jobs: int | None,
    *,
    overwrite: bool,
) -> None:
    """Align the files of two folders, several at a time; one that fails does not stop the others."""
    import os
    from concurrent.futures import ProcessPoolExecutor

    from aligner.formats import FORMATS
    from aligner.pipeline.align import match_folders

    if output is None:
        raise InputError("two folders need --output DIR")
    tasks = match_folders(*folders, choices)
    for task in tasks:
        spare(output / f"{task.name}{FORMATS[form].suffix}", task.source, task.target, overwrite=overwrite)
    failed = list[AlignerError]()
    with ProcessPoolExecutor(min(len(tasks), jobs or os.cpu_count() or 1)) as pool, progress_bar() as progress:
        runs = [pool.submit(_pairs, task.source, task.target, task.choices, form, min_confidence) for task in tasks]
        for done, (task, run) in enumerate(zip(tasks, runs, strict=True), start=1):
            try:
                emit(run.result(), output / f"{task.name}{FORMATS[form].suffix}")
            except AlignerError as error:
                complain(str(error))
                failed.append(error)
            progress("align", done, len(tasks))
    right = len(tasks) - len(failed)
    remark(f"{right} of {counted(len(tasks), 'pair')} of files aligned into {output}")
    raise typer.Exit(max((error.exit_code for error in failed), default=0))


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
