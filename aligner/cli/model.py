"""``aligner model``: which translation packages there are, and how to get others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.console import progress_bar, table
from aligner.cli.group import Commands
from aligner.cli.options import Model, Source, Target
from aligner.errors import InputError

app = typer.Typer(cls=Commands, no_args_is_help=True, help="List, describe and install translation packages (Argos).")


@app.command("list")
def list_() -> None:
    """List the installed packages and the embedded one."""
    from aligner.translate import list_packages

    rows = [
        [p.source, p.target, p.name, f"{p.size / 1e6:.1f} MB", p.fingerprint[:12], str(p.path)] for p in list_packages()
    ]
    typer.echo(table(["from", "to", "package", "size", "fingerprint", "path"], rows, right={3}))


@app.command()
def info(source: Source = "fr", target: Target = "en", model: Model = None) -> None:
    """Describe the package that would translate a language pair."""
    from aligner.translate import find_package

    package = find_package(source, target, model=model)
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
    what: Annotated[list[str], typer.Argument(help="A .argosmodel file, or two languages.", metavar="PATH | FROM TO")],
) -> None:
    """Install a package from a file, or download one for a language pair.

    The network is used only when two languages are given.

    [bold]Examples[/bold]

      aligner model install translate-fr_en-1_9.argosmodel

      aligner model install fr en
    """
    from aligner.translate import download_package, install_package

    if len(what) == 1 and not (what[0].isalpha() and len(what[0]) == 2):
        package = install_package(Path(what[0]))
    elif len(what) == 2:
        typer.echo(f"Downloading the package {what[0]} → {what[1]} from the Argos index.")
        with progress_bar() as progress:
            package = download_package(*what, progress=lambda done, total: progress("download", done, total))
    else:
        raise InputError("give one .argosmodel file or two languages", hint="for example: aligner model install fr en")
    typer.echo(f"Installed {package.name} ({package.source} → {package.target}) in {package.path}")
