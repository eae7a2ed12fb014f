"""Options that commands share travel as one record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from aligner.cli.groups import GROUP, grouped


@dataclass(frozen=True)
class Place:
    """Two options."""

    folder: Annotated[Path, typer.Option("--folder", "-f", help="Where.")] = Path("here")
    deep: Annotated[bool, typer.Option("--deep")] = False


@dataclass(frozen=True)
class Other:
    """The same name again."""

    folder: Annotated[str, typer.Option("--other")] = ""


def command_of(function: object) -> typer.Typer:
    app = typer.Typer()
    app.command()(function)  # type: ignore[type-var]
    return app


def show(name: Annotated[str, typer.Argument()] = "x", place: Place = GROUP) -> None:
    """Show what came in."""
    typer.echo(f"{name} {place}")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], "x Place(folder=PosixPath('here'), deep=False)"),
        (["y", "-f", "there", "--deep"], "y Place(folder=PosixPath('there'), deep=True)"),
    ],
)
def test_a_group_comes_in_as_one_record(arguments: list[str], shown: str) -> None:
    done = CliRunner().invoke(command_of(grouped(show)), arguments)
    assert done.exit_code == 0, done.output
    assert done.output.strip() == shown


def test_its_options_have_their_help() -> None:
    done = CliRunner().invoke(command_of(grouped(show)), ["--help"], env={"COLUMNS": "120", "TERM": "dumb"})
    assert "--folder" in done.output
    assert "Where." in done.output
    assert "Show what came in." in done.output


def test_one_name_in_two_groups_is_refused() -> None:
    def twice(one: Place = GROUP, two: Other = GROUP) -> None:
        """Never called."""

    with pytest.raises(TypeError, match="'folder' twice"):
        grouped(twice)
