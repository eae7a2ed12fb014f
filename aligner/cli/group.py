"""How commands are listed and described, and how Ctrl-C and a reader that has gone away leave them."""

from __future__ import annotations

import inspect
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup

from aligner.cli import STOPPED, Stopped
from aligner.errors import FINE


class Commands(TyperGroup):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, with a help that fits any width."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            _tidy(command, ctx)
        return command

    def get_params(self, ctx: Any) -> Any:
        """The options of the group itself."""
        found = super().get_params(ctx)
        _hide_types(found)
        return found

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


def _tidy(command: Any, ctx: Any) -> None:
    """Let the paragraphs of a command's help flow, its examples in one block: typer keeps the lines of the code."""
    parts: list[str] = []
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        is_example = paragraph.startswith(" ")
        if is_example and parts and parts[-1].startswith(" "):
            parts[-1] += f"\n{paragraph}"
        else:
            parts.append(paragraph if is_example else " ".join(paragraph.split("\n")))
    command.help = "\n\n".join(parts)
    _hide_types(command.get_params(ctx))


def _hide_types(parameters: Any) -> None:
    """Nothing where typer would write ``<bool>`` after a switch or ``<list[Path]>`` after FILE…."""
    for one in parameters:
        if isinstance(one, TyperArgument):
            one.display_type_rich = lambda ctx: None  # type: ignore[method-assign]  # noqa: ARG005
        elif getattr(one, "is_flag", False) and one.metavar is None:
            one.metavar = ""
