"""How commands end: errors of the library as one sentence with their exit code, Ctrl-C without a traceback."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from aligner.cli.console import complain
from aligner.errors import AlignerError

INTERRUPTED = 130
FAULT = 70
"""An error that nobody foresaw (EX_SOFTWARE of sysexits.h)."""


class Commands(TyperGroup):
    """A group of commands that explains errors instead of raising them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; turn what goes wrong into one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except AlignerError as error:
            complain(str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            complain("stopped; every file is whole and finished work is kept: run the same command to go on")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except Exception as error:
            if _is_control(error) or ctx.params.get("verbose"):
                raise
            complain(f"a fault in aligner itself ({type(error).__name__}: {error}); --verbose shows where")
            raise typer.Exit(FAULT) from error


def _is_control(error: Exception) -> bool:
    """Whether an exception is typer's way to leave or to report wrong usage."""
    return isinstance(error, typer.Exit | typer.Abort | typer.TyperException)
