"""How a command's help reads."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from aligner.cli.app import app


def help_of(*command: str, columns: int = 100) -> list[str]:
    done = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": str(columns), "TERM": "dumb"})
    return [line.strip() for line in done.output.splitlines()]


@pytest.mark.parametrize("columns", [70, 100, 140])
def test_a_paragraph_flows_to_the_width_of_the_terminal(columns: int) -> None:
    lines = help_of("align", columns=columns)
    start = next(i for i, line in enumerate(lines) if line.startswith("No option is needed"))
    paragraph = lines[start : lines.index("", start)]
    assert all(len(line) > columns - 20 for line in paragraph[:-1])


@pytest.mark.parametrize("command", ["run", "segment", "export"])
def test_examples_are_one_block(command: str) -> None:
    lines = help_of(command)
    start = lines.index("Examples") + 2
    block = lines[start : lines.index("", start)]
    assert len(block) > 1
    assert all(line.startswith(f"aligner {command}") for line in block)


@pytest.mark.parametrize("command", [(), ("run",), ("model",), ("terms", "check")])
def test_a_switch_has_no_type(command: tuple[str, ...]) -> None:
    text = "\n".join(help_of(*command))
    assert "<bool>" not in text
    assert "<list[" not in text
