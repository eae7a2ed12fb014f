"""How commands are listed, and how Ctrl-C leaves them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from aligner.cli import INTERRUPTED, STOPPED
from aligner.cli.console import complain


class Commands(TyperGroup):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Ctrl-C is said in the command's words or ours, before typer says it in its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            complain(str(stop) or STOPPED)
            raise typer.Exit(INTERRUPTED) from None
