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
from training.config import COOLED, RUN, Config, load_config

RUNS = Path(__file__).resolve().parent / "runs"
log = logging.getLogger("training")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__.splitlines()[0])

Name = Annotated[str, typer.Argument(help="tiny, cpu, or a .toml file.", metavar="CONFIG")]
Work = Annotated[Path | None, typer.Option(help="Folder of the run; training/runs/CONFIG without it.")]
Data = Annotated[Path, typer.Option(help="Folder with the TSV parts.")]
Development = Annotated[
    Path | None, typer.Option("--dev", help="Folder with NAME.fr and NAME.en; DATA/dev without it.")
]
Sets = Annotated[Path, typer.Option("--dev", help="Folder with NAME.fr and NAME.en.")]
Documents = Annotated[Path, typer.Option(help="Folder with the texts to be translated.")]
Pieces = Annotated[float | None, typer.Option(help="The whole budget in millions, instead of the configuration's.")]
StopAfter = Annotated[float | None, typer.Option(help="End this call after so many minutes; the next goes on.")]
Processes = Annotated[int, typer.Option(min=1, help="Processes that learn together; one per free core.")]
Constant = Annotated[bool, typer.Option("--constant", help="The run at its constant rate, not its cooldown.")]
Last = Annotated[int, typer.Option(min=1, help="How many of the last snapshots are averaged.")]
Version = Annotated[str, typer.Option("--package-version", help="Version in the package's metadata.")]
CORPUS = Path("corpus/fr")


def _folder(config: Config, work: Path | None) -> Path:
    return work or RUNS / config.name


def _configuration(name: str, pieces: float | None) -> Config:
    from dataclasses import replace

    config = load_config(name)
    return config if pieces is None else replace(config, train=replace(config.train, pieces=pieces))


@app.command()
def parent(name: Name, work: Work = None) -> None:
    """Download the Portuguese–English models that the weights are derived from."""
    from training.parent import fetch_parent

    for path in fetch_parent(_folder(load_config(name), work)):
        typer.echo(path)


@app.command()
def prepare(name: Name, data: Data, dev: Development = None, documents: Documents = CORPUS, work: Work = None) -> None:
    """Clean, protect, augment and encode the parallel text."""
    from training.prepare import prepare as run

    config = load_config(name)
    run(config, data=data, development=dev or data / "dev", documents=documents, work=_folder(config, work))


@app.command()
def start(name: Name, work: Work = None) -> None:
    """Make the first weights from the parent's."""
    from training.start import make_start

    config = load_config(name)
    make_start(config, work=_folder(config, work))


@app.command()
def train(
    name: Name, pieces: Pieces = None, stop_after: StopAfter = None, processes: Processes = 1, work: Work = None
) -> None:
    """Train, or go on training, at a constant rate; Ctrl-C saves and stops."""
    from training.loop import train as run

    config = _configuration(name, pieces)
    run(config, work=_folder(config, work), stop_after=stop_after, processes=processes)


@app.command()
def interpolate(name: Name, dev: Sets, documents: Documents = CORPUS, work: Work = None) -> None:
    """Add copies of pairs with those of the model's own renderings that come nearest to the references."""
    from training.interpolate import interpolate as run

    config = load_config(name)
    folder = _folder(config, work)
    run(config, work=folder, snapshots=folder / RUN, development=dev, documents=documents)


@app.command()
def cool(name: Name, stop_after: StopAfter = None, processes: Processes = 1, work: Work = None) -> None:
    """Bring the rate down to zero in a copy of the run, which can itself go on."""
    from training.loop import cool as run

    config = load_config(name)
    run(config, work=_folder(config, work), stop_after=stop_after, processes=processes)


@app.command()
def convert(name: Name, constant: Constant = False, last: Last = 1, work: Work = None) -> None:
    """Convert the cooled weights to a CTranslate2 model."""
    from training.convert import convert as run

    config = load_config(name)
    folder = _folder(config, work)
    run(config, work=folder, snapshots=folder / (RUN if constant else COOLED), last=last)


@app.command()
def curve(name: Name, dev: Sets, constant: Constant = False, last: Last = 1, work: Work = None) -> None:
    """Score the weights on a few lines, without the aligner, and add a point to curve.jsonl."""
    from training.curve import add_point

    config = load_config(name)
    folder = _folder(config, work)
    add_point(config, work=folder, snapshots=folder / (RUN if constant else COOLED), development=dev, last=last)


@app.command()
def picture(
    name: Name, output: Annotated[Path, typer.Option("--output", "-o", help="The picture (.svg).")], work: Work = None
) -> None:
    """Draw the points of curve.jsonl."""
    from training.picture import draw_curve

    draw_curve(_folder(load_config(name), work), output)


@app.command()
def package(name: Name, constant: Constant = False, package_version: Version = "0.1", work: Work = None) -> None:
    """Make the Argos package."""
    from training.package import package as run

    config = load_config(name)
    folder = _folder(config, work)
    run(config, work=folder, snapshots=folder / (RUN if constant else COOLED), version=package_version)


@app.command()
def score(
    dev: Sets,
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
    pieces: Pieces = None,
    processes: Processes = 1,
    package_version: Version = "0.1",
    work: Work = None,
) -> None:
    """Run every step in order; what is done already is kept."""
    from training.loop import cool as run_cooldown
    from training.loop import train as run_training

    config = _configuration(name, pieces)
    folder, sets = _folder(config, work), dev or data / "dev"
    parent(name, folder)
    prepare(name, data, sets, documents, folder)
    start(name, folder)
    state = run_training(config, work=folder, processes=processes)
    if state.tokens < config.train.pieces * 1e6:
        log.info("training is not complete; the same command goes on")
        raise typer.Exit(1)
    state = run_cooldown(config, work=folder, processes=processes)
    if state.cooldown is None or state.step < state.cooldown.end:
        log.info("the cooldown is not complete; the same command goes on")
        raise typer.Exit(1)
    convert(name, work=folder)
    package(name, package_version=package_version, work=folder)
    score(sets, folder / "translate-fr_en.argosmodel", folder / "scores.json")
    package(name, package_version=package_version, work=folder)


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
