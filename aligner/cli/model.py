"""``aligner model``: which translation packages there are, and how to get others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import progress_bar, table
from aligner.cli.group import Commands
from aligner.errors import InputError

app = typer.Typer(cls=Commands, no_args_is_help=True, help="List, describe and install translation packages (Argos).")

What = typer.Argument(help="A package (.argosmodel file or folder), or two languages.", metavar="PATH | FROM TO")


@app.command("list")
def list_() -> None:
    """List the installed packages and the embedded one."""
    from aligner.translation import list_packages

    rows = [
        [p.source, p.target, p.name, f"{p.size / 1e6:.1f} MB", p.fingerprint[:12], str(p.path)] for p in list_packages()
    ]
    typer.echo(table(["from", "to", "package", "size", "fingerprint", "path"], rows, right={3}))


@app.command()
def info(
    what: Annotated[list[str] | None, What] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", hidden=True)] = None,
    target: Annotated[str | None, typer.Option("--target", "-t", hidden=True)] = None,
    model: Annotated[Path | None, typer.Option("--model", hidden=True)] = None,
) -> None:
    """Describe a package, or the one that would translate a language pair; French into English without a name.

    [bold]Examples[/bold]

      aligner model info

      aligner model info fr en

      aligner model info translate-fr_en-1_9.argosmodel
    """
    from aligner.translation import find_package, read_package

    if what and (source or target or model):
        raise InputError("the package is named twice", hint="leave out --source, --target and --model")
    named = _named(what) if what else (source or "fr", target or "en")
    package = read_package(named) if isinstance(named, Path) else find_package(*named, model=model)
    rows = [
        ["package", package.name],
        ["languages", f"{package.source} → {package.target}"],
        ["size", f"{package.size / 1e6:.1f} MB"],
        ["fingerprint", package.fingerprint],
        ["path", str(package.path)],
    ]
    for name, value in rows:
        typer.echo(f"{name:<12} {value}")
    if package.readme:
        typer.echo(f"\n{package.readme}")


@app.command()
def install(
    what: Annotated[list[str], What],
) -> None:
    """Install a package from a file, or download one for a language pair.

    The network is used only when two languages are given.

    [bold]Examples[/bold]

      aligner model install translate-fr_en-1_9.argosmodel

      aligner model install fr en
    """
    from aligner.translation import download_package, install_package

    named = _named(what)
    if isinstance(named, Path):
        package = install_package(named)
    else:
        # said before it begins: nothing else in aligner goes to the network by itself
        typer.echo(f"Downloading the package {named[0]} → {named[1]} from the Argos index.")
        with progress_bar() as progress:
            package = download_package(*named, progress=lambda done, total: progress("download", done, total))
    typer.echo(f"Installed {package.name} ({package.source} → {package.target}) in {package.path}")


def _named(what: list[str]) -> Path | tuple[str, str]:
    """The package or the two languages that arguments name; InputError for anything else."""
    if len(what) == 2:
        return what[0], what[1]
    # two letters are a language whose partner was forgotten, hardly a file
    if len(what) == 1 and not (what[0].isalpha() and len(what[0]) == 2):
        return Path(what[0])
    raise InputError("give one .argosmodel file or two languages", hint="for example: fr en")
