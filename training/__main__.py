"""The steps of the recipe as commands: ``python -m training STEP CONFIG``.

Each is a thin command over the function of the same name. Start reading at `everything`.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.errors import AlignerError
from training.config import Config, load_config

RUNS = Path(__file__).resolve().parent / "runs"
log = logging.getLogger("training")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__.splitlines()[0])

Name = Annotated[str, typer.Argument(help="tiny, cpu, gpu, or a .toml file.", metavar="CONFIG")]
Work = Annotated[Path | None, typer.Option(help="Folder of the run; training/runs/CONFIG without it.")]
Data = Annotated[Path, typer.Option(help="Folder with the TSV parts.")]
Development = Annotated[
    Path | None, typer.Option("--dev", help="Folder with NAME.fr and NAME.en; DATA/dev without it.")
]
Documents = Annotated[Path, typer.Option(help="Folder with the texts to be translated.")]
Minutes = Annotated[float | None, typer.Option(help="The whole budget, instead of the configuration's.")]
StopAfter = Annotated[float | None, typer.Option(help="End this call after so many minutes; the next goes on.")]
Version = Annotated[str, typer.Option("--package-version", help="Version in the package's metadata.")]
CORPUS = Path("corpus/fr")


def _folder(config: Config, work: Path | None) -> Path:
    return work or RUNS / config.name


def _configuration(name: str, minutes: float | None = None) -> Config:
    from dataclasses import replace

    config = load_config(name)
    return config if minutes is None else replace(config, train=replace(config.train, minutes=minutes))


@app.command()
def prepare(name: Name, data: Data, dev: Development = None, documents: Documents = CORPUS, work: Work = None) -> None:
    """Clean, protect, augment and encode the parallel text."""
    from training.prepare import prepare as run

    config = load_config(name)
    run(config, data=data, development=dev or data / "dev", documents=documents, work=_folder(config, work))


@app.command()
def plan(name: Name, minutes: Minutes = None, seconds: float = 60, work: Work = None) -> None:
    """Measure this machine for a minute and say what each size could learn in the time."""
    from training import plan as planning

    config = _configuration(name, minutes)
    speed = planning.trial(config, _folder(config, work), seconds=seconds)
    prospects = planning.reckon(config, speed, config.train.minutes)
    best = planning.choose(prospects)
    typer.echo(f"measured: {speed:,.0f} target pieces a second with {config.model}")
    typer.echo(f"in {config.train.minutes:g} minutes:")
    for each in prospects:
        size = each.size
        typer.echo(
            f"  {size.encoder_layers}+{size.decoder_layers} × {size.width}: {each.parameters / 1e6:6.1f} M weights, "
            f"{each.pieces_per_second:10,.0f} pieces/s, {each.pieces / 1e6:8.1f} M pieces, "
            f"{each.per_parameter:6.1f} a weight{'   <- suggested' if each is best else ''}"
        )


@app.command()
def train(
    name: Name,
    minutes: Minutes = None,
    stop_after: StopAfter = None,
    processes: Annotated[int, typer.Option(min=1, help="Processes that learn together; one per free core.")] = 1,
    work: Work = None,
) -> None:
    """Train, or go on training; Ctrl-C saves and stops."""
    from training.loop import train as run

    config = _configuration(name, minutes)
    run(config, work=_folder(config, work), stop_after=stop_after, processes=processes)


@app.command()
def average(
    name: Name,
    compact: Annotated[bool, typer.Option(help="Write 8-bit weights, to be carried to another machine.")] = False,
    last: Annotated[int | None, typer.Option(help="How many snapshots; the configuration's number without it.")] = None,
    work: Work = None,
) -> None:
    """Average the last snapshots."""
    from training.average import average as run

    config = load_config(name)
    run(_folder(config, work), last=last or config.train.keep, compact=compact)


@app.command()
def convert(name: Name, quantization: str = "int8", work: Work = None) -> None:
    """Convert the average to a CTranslate2 model."""
    from training.convert import convert as run

    config = load_config(name)
    run(config, work=_folder(config, work), quantization=quantization)


@app.command()
def package(name: Name, package_version: Version = "0.1", work: Work = None) -> None:
    """Make the Argos package."""
    from training.package import package as run

    config = load_config(name)
    run(config, work=_folder(config, work), version=package_version)


@app.command()
def score(
    dev: Annotated[Path, typer.Option("--dev", help="Folder with NAME.fr and NAME.en.")],
    model: Annotated[Path, typer.Option(help="The package to score.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the figures go (JSON).")],
    lines: Annotated[int, typer.Option(help="Only the first lines of each set; 0: all.")] = 0,
    beam: int = 0,
    threads: int = 0,
) -> None:
    """Score a package on all development sets and print the table."""
    from training.report import score_table
    from training.score import score as run

    typer.echo(score_table(run(model, development=dev, output=output, lines=lines, beam=beam, threads=threads)))


@app.command("all")
def everything(
    name: Name,
    data: Data,
    dev: Development = None,
    documents: Documents = CORPUS,
    minutes: Minutes = None,
    package_version: Version = "0.1",
    work: Work = None,
) -> None:
    """Run every step in order; what is done already is kept."""
    from training.loop import train as run_training

    config = _configuration(name, minutes)
    folder, sets = _folder(config, work), dev or data / "dev"
    prepare(name, data, sets, documents, folder)
    state = run_training(config, work=folder)
    if state.cooldown is None or state.step < state.cooldown.end:
        log.info("training is not complete; the same command goes on")
        raise typer.Exit(1)
    average(name, work=folder)
    convert(name, work=folder)
    package(name, package_version, folder)
    score(sets, folder / "translate-fr_en.argosmodel", folder / "scores.json")
    package(name, package_version, folder)


@app.command()
def names(
    data: Data, output: Annotated[Path, typer.Option("--output", "-o", help="Where the words go (.txt.xz).")]
) -> None:
    """List the capitalised words of the parallel text, by which the translator knows names with wrong letters."""
    from training.names import collect

    collect(data, output)


@app.command()
def split(file: Path, size: Annotated[float, typer.Option(help="Largest part in MiB.")] = 60) -> None:
    """Cut a file into parts."""
    from training.parts import split_file

    for path in split_file(file, mebibytes=size):
        typer.echo(path)


@app.command()
def join(table: Path) -> None:
    """Put a file together from its .parts table."""
    from training.parts import join_file

    typer.echo(join_file(table))


def main() -> None:
    """Run a command; an error is one sentence and an exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    try:
        app(prog_name="python -m training")
    except AlignerError as error:
        typer.echo(f"training: {error}", err=True)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
