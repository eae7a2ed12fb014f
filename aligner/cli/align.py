"""``aligner align``: two files, or two folders, become beads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import complain, progress_bar, remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import LanguageOptions, LayoutOptions, Model, ResultOptions
from aligner.cli.streams import emit, spare
from aligner.errors import FINE, AlignerError, InputError, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from aligner.alignment import AlignOptions, Explanation
    from aligner.formats import WriteOptions
    from aligner.pipeline.align_files import AlignChoices, Texts

Form = Literal["beads", "tsv", "jsonl", "tmx", "ladder"]


@dataclass(frozen=True)
class TranslationOptions:
    """Machine translations to align with: made before, or now."""

    translation: Annotated[
        Path | None,
        typer.Option("--translation", help="Machine translation of SOURCE, one line per segment.", metavar="FILE"),
    ] = None
    back_translation: Annotated[
        Path | None,
        typer.Option(
            "--back-translation", help="Machine translation of TARGET into SOURCE's language.", metavar="FILE"
        ),
    ] = None
    translate: Annotated[
        bool, typer.Option("--translate", help="Translate SOURCE with the model first: slower, more accurate.")
    ] = False
    back_translate: Annotated[
        bool, typer.Option("--back-translate", help="Translate TARGET too, with a package of the other direction.")
    ] = False
    model: Model = None


@dataclass(frozen=True)
class SearchOptions:
    """How pairs are looked for."""

    moved: Annotated[
        bool, typer.Option("--moved", help="Look for passages that stand elsewhere in the other text (beads, jsonl).")
    ] = False
    drop_unrelated: Annotated[
        float,
        typer.Option(
            min=0, max=1, metavar="SCORE",
            help="Take pairs apart that correspond with less probability than this: 0.3 with care, 0.5 more.",
        ),
    ] = 0.0  # fmt: skip
    max_merge: Annotated[int, typer.Option(min=1, max=8, help="Most segments on one side of a pair.")] = 6
    no_nulls: Annotated[bool, typer.Option("--no-nulls", help="Leave no segment alone where it can be merged.")] = False
    window: Annotated[
        int,
        typer.Option("--monotone-window", min=2, max=1000, help="How many segments beside the first path to look."),
    ] = 12
    passes: Annotated[
        int | None, typer.Option(min=1, max=10, help="How often to align again with what the last pass has taught.")
    ] = None
    embeddings: Annotated[
        bool | None,
        typer.Option(
            "--embeddings/--no-embeddings",
            help="Use sentence embeddings always, or never; by default where there is neither a lexicon nor a "
            "translation, and the extra is installed.",
            show_default=False,
        ),
    ] = None
    no_lexicon: Annotated[
        bool, typer.Option("--no-lexicon", help="Do not use the built-in French–English lexicon.")
    ] = False
    boundaries: Annotated[
        Literal["none", "headings", "paragraphs"],
        typer.Option(help="Marks that no pair may cross; segmented paragraphs end at empty lines."),
    ] = "none"

    def options(self) -> AlignOptions:
        """The same for the aligner."""
        from aligner.alignment import AlignOptions

        return AlignOptions(
            moved=self.moved,
            drop_unrelated=self.drop_unrelated,
            max_merge=self.max_merge,
            nulls=not self.no_nulls,
            window=self.window,
            passes=self.passes,
            lexicon="none" if self.no_lexicon else "auto",
            embeddings={None: "auto", True: "always", False: "never"}[self.embeddings],
        )


@grouped
def align(
    source_file: Annotated[Path, typer.Argument(help="The source text, or a folder.", metavar="SOURCE")],
    target_file: Annotated[Path, typer.Argument(help="Its translation, or a folder.", metavar="TARGET")],
    segmented: Annotated[bool, typer.Option("--segmented", help="The files have one segment per line.")] = False,
    made: TranslationOptions = GROUP,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write the pairs.")] = "beads",
    result: ResultOptions = GROUP,
    languages: LanguageOptions = GROUP,
    texts: LayoutOptions = GROUP,
    search: SearchOptions = GROUP,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out pairs that are less sure (tsv, tmx).")
    ] = 0.0,
    number: Annotated[
        int | None, typer.Option("--explain", help="Tell why pair I (from 0) is as it is.", metavar="I", min=0)
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Folders: files aligned at the same time.")] = None,
) -> None:
    r"""Pair the segments of a text and of its translation.

    No option is needed: any two languages work, better with a machine translation of one text, best with both. The
    format beads prints one pair a line, \[source]:\[target]:score, segments counted from 0, every segment once.

    Of two folders, the files with the same name (a.fr.txt and a.en.txt) are aligned into the folder of --output,
    several at a time; translations are folders then, too.

    [bold]Examples[/bold]

      aligner align candide.fr.txt candide.en.txt --format tmx -o candide.tmx

      aligner align --segmented a.fr a.en --translation a.mt.en --back-translation a.mt.fr

      aligner align french/ english/ --format tsv -o tables/

      aligner align --segmented a.fr a.en --explain 12
    """
    from aligner.formats import WriteOptions
    from aligner.pipeline.align_files import AlignChoices, explain_files

    writing = WriteOptions(keep_boilerplate=form == "jsonl", min_confidence=min_confidence)
    files = (source_file, target_file)
    if number is not None and (search.moved or search.drop_unrelated):
        raise InputError("--explain tells of pairs as they are found", hint="leave out --moved and --drop-unrelated")
    folders = _are_folders(*files)
    _refuse_idle(form, writing, made, texts, segmented=segmented, jobs=None if folders else jobs)
    choices = AlignChoices(
        languages=languages.languages, segmented=segmented, rules=texts.srx, model=made.model,
        translation=made.translation, back_translation=made.back_translation,
        translate=made.translate, back_translate=made.back_translate,
        boundaries=search.boundaries, wrapped=texts.wrapped, keep_boilerplate=texts.keep_boilerplate,
        options=search.options(),
    )  # fmt: skip
    if folders:
        if number is not None:
            raise InputError("--explain needs two files, not folders")
        _folders(files, choices, form, writing, result, jobs)
        return
    # none of the files that are read may be the one that is written
    spare(result.output, *files, *filter(None, (made.translation, made.back_translation)), overwrite=result.overwrite)
    if number is not None:
        emit(_evidence(*explain_files(*files, number, choices)), result.output)
        return
    written, asked = _pairs(*files, choices, form, writing)
    emit(written, result.output)
    if asked:
        remark(f"{source_file}, {target_file}: {asked}")


def _are_folders(source: Path, target: Path) -> bool:
    """Whether two folders are to be aligned; InputError for a folder and something else."""
    if source.is_dir() == target.is_dir():
        return source.is_dir()
    folder, other = (source, target) if source.is_dir() else (target, source)
    # a name that was mistyped is the likelier mistake
    if not other.exists():
        raise InputError("there is no such folder", where=other, hint="check the name")
    raise InputError(f"this is a file, but {folder} is a folder", where=other, hint="give two files or two folders")


def _refuse_idle(
    form: Form,
    writing: WriteOptions,
    made: TranslationOptions,
    texts: LayoutOptions,
    *,
    segmented: bool,
    jobs: int | None,
) -> None:
    """Raise InputError for an option that was chosen but would do nothing; `jobs` are None where they would."""
    from aligner.formats import FORMATS

    # an option that is passed over in silence misleads (decision 13)
    for idle, name, why in (
        (FORMATS[form].unheeded(writing), "--min-confidence", f"{form} has a place for every segment"),
        (jobs, "--jobs", "there is one pair of files"),
        (made.model and not made.translate, "--model", "nothing is translated without --translate"),
        (made.translate and made.translation, "--translate", "--translation has one already"),
        (made.back_translate and made.back_translation, "--back-translate", "--back-translation has one already"),
        (texts.srx and segmented, "--srx", "the texts are segmented"),
        (texts.wrapped is not None and segmented, "--wrapped", "every line of segmented texts is kept"),
        (texts.keep_boilerplate and segmented, "--keep-boilerplate", "every line of segmented texts is kept"),
    ):
        if idle:
            raise InputError(f"it has no effect here: {why}", where=name, hint="leave it out")


def _pairs(source: Path, target: Path, choices: AlignChoices, form: str, options: WriteOptions) -> tuple[bytes, str]:
    """Align two files and write the pairs in a format; also, if they may not belong together, the question."""
    import io

    from aligner.formats import FORMATS
    from aligner.pipeline.align_files import align_files
    from aligner.pipeline.belonging import question

    stream = io.BytesIO()
    bitext = align_files(source, target, choices)
    FORMATS[form].write([bitext], stream, options)
    return stream.getvalue(), question(bitext.beads)


def _folders(
    folders: tuple[Path, Path], choices: AlignChoices, form: str, options: WriteOptions, result: ResultOptions,
    jobs: int | None,
) -> None:  # fmt: skip
    """Align the files of two folders, several at a time; one that fails does not stop the others."""
    import os
    from concurrent.futures import as_completed

    from aligner.formats import FORMATS
    from aligner.pipeline.align_files import match_folders
    from aligner.pipeline.processes import processes

    output, suffix = result.output, FORMATS[form].suffix
    # the places are looked at before time is spent on what cannot be written
    if output is None:
        raise InputError("two folders need --output DIR")
    if output.exists() and not output.is_dir():
        raise InputError("it is not a folder", where=output, hint="name a folder with --output")
    tasks = match_folders(*folders, choices)
    for task in tasks:
        spare(output / f"{task.name}{suffix}", task.source, task.target, overwrite=result.overwrite)

    codes: list[int] = []
    try:
        with processes(min(len(tasks), jobs or os.cpu_count() or 1)) as submit, progress_bar() as progress:
            runs = {submit(_pairs, t.source, t.target, t.choices, form, options): t.name for t in tasks}
            # written as they come, so that a stop loses only what is under way
            for run in as_completed(runs):
                codes.append(_keep(run, output / f"{runs.pop(run)}{suffix}"))
                progress("align", len(codes), len(tasks))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped; {_so_far(codes, len(tasks), output)}") from None
    remark(_so_far(codes, len(tasks), output))
    # the worst file decides the exit code
    raise typer.Exit(max(codes))


def _keep(run: Future[tuple[bytes, str]], path: Path) -> int:
    """Write what a process has made of one pair of files, or say why it made nothing; the exit code."""
    try:
        written, asked = run.result()
        emit(written, path)
    except AlignerError as error:
        complain(str(error))
        return error.exit_code
    if asked:
        remark(f"{path}: {asked}")
    return FINE


def _so_far(codes: Sequence[int], total: int, output: Path) -> str:
    return f"{codes.count(FINE)} of {counted(total, 'pair')} of files aligned into {output}"


def _evidence(told: Explanation, texts: Texts) -> str:
    """The evidence for a pair, in words."""
    bead = told.bead
    lines = [f"pair {list(bead.source)}:{list(bead.target)}  score {bead.score:.2f}  confidence {bead.confidence:.2f}"]
    lines += [f"  {texts.source.language}  {texts.source.segments[i].text}" for i in bead.source]
    lines += [f"  {texts.target.language}  {texts.target.segments[j].text}" for j in bead.target]
    lines += ["", "what speaks for it (+) and against it (-)"]
    lines += [
        f"  {reason.contribution:+7.2f}  {reason.feature} (value {reason.value:.2f}, weight {reason.weight:.2f})"
        for reason in told.reasons
    ]
    # a dozen: the strongest come first, and the rest is articles and prepositions
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
