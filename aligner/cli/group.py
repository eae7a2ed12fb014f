"""How commands are listed, and how Ctrl-C and a reader that has gone away leave them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from aligner.cli import STOPPED, Stopped
from aligner.errors import FINE


class Commands(TyperGroup):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Ctrl-C is said in the command's words or ours, before typer says it in its own.

        A reader that has what it wants (``| head -1``) ends a command in peace.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            # typer prints "Aborted!" for a KeyboardInterrupt that reaches it
            raise Stopped(str(stop) or STOPPED) from None
        except BrokenPipeError:
            raise typer.Exit(FINE) from None
