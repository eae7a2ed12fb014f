"""The command ``aligner``: thin commands over plain functions; the only place that prints.

Each command lives in a module of its own and imports the library inside its function, so that ``aligner --help`` loads
nothing heavy. Errors of the library become one sentence and an exit code in `group.Commands`.
"""

from aligner.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line."""
    app(prog_name="aligner")
