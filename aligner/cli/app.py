"""The list of commands."""

from __future__ import annotations

from typing import Annotated

import typer

import aligner
from aligner.cli import (
    align,
    check,
    cite,
    convert,
    diff,
    evaluate,
    export,
    find,
    importing,
    memory,
    model,
    prune,
    record,
    review,
    run,
    segment,
    terms,
    translate,
)
from aligner.cli.console import show_log
from aligner.cli.group import Commands

app = typer.Typer(
    cls=Commands,
    # whoever types the bare name wants to know what there is
    no_args_is_help=True,
    rich_markup_mode="rich",
    # typer's own tracebacks show the values of variables, which are people's texts
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Translate French documents offline, align them sentence by sentence, "
        "and publish the pairs as TMX, TEI and HTML."
    ),
    epilog=(
        "Exit codes: 0 fine · 1 problems found · 2 bad input · 3 environment (no model, disk, network) · "
        "70 a fault in aligner · 130 stopped."
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aligner {aligner.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what happens.")] = False,
) -> None:
    """Options of all commands."""
    show_log(verbose=verbose)


# the order of the list in the help: the whole job first, then its parts
app.command("run")(run.run)
app.command("segment")(segment.segment)
app.command("translate")(translate.translate)
app.command("align")(align.align)
app.command("review")(review.review)
app.command("find")(find.find)
app.command("check")(check.check)
app.command("diff")(diff.diff)
app.command("cite")(cite.cite)
app.command("export")(export.export)
app.command("import")(importing.import_)
app.command("convert")(convert.convert)
app.command("prune")(prune.prune)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(record.app, name="record")
app.add_typer(memory.app, name="memory")
app.add_typer(terms.app, name="terms")
app.add_typer(model.app, name="model")
