"""``aligner prune``: remove what aligner made of documents whose sources are gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.console import printable, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Exports
from aligner.errors import counted

if TYPE_CHECKING:
    from aligner.pipeline.prune import Pruned


@grouped
def prune(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Documents that are left over; by default all.", metavar="ID…", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    where: CorpusOptions = GROUP,
    output: Exports = None,
) -> None:
    """Remove what aligner made of documents whose sources are gone: exports, extracts, machine translations, notes.

    What a person wrote, changed or reviewed stays where it is, and is listed; so do exports that somebody changed, and
    records. After a source was renamed, call run first: it carries the work over to the new name.

    [bold]Examples[/bold]

      aligner prune --dry-run

      aligner prune

      aligner prune 2024-09-11-brics-securite
    """
    from aligner.pipeline.prune import prune as prune_project

    project = where.project(output)
    found = prune_project(project, ids or [], dry_run=dry_run)
    if not found:
        typer.echo("Nothing to prune: every document has its source.")
        return
    base = project.corpus.resolve().parent
    rows = []
    for each in found:
        # as seen from the folder that holds the corpus; exports may be elsewhere (--output)
        full = each.path.resolve()
        shown = str(full.relative_to(base) if full.is_relative_to(base) else full)
        fate = f"stays: {each.kept}" if each.kept else "would be removed" if dry_run else "removed"
        rows.append([printable(each.document), printable(shown), fate])
    typer.echo(table(["document", "file", "what becomes of it"], rows, right=set()))
    typer.echo(_summary(found, dry_run=dry_run))


def _summary(found: Sequence[Pruned], *, dry_run: bool) -> str:
    """The last line: how many files went and how many stay, and what pairs that stay are good for."""
    kept = [each for each in found if each.kept]
    verb = "would be removed" if dry_run else "removed"
    stay = f", {counted(len(kept), 'file')} {'stays' if len(kept) == 1 else 'stay'}" if kept else ""
    said = f"{counted(len(found) - len(kept), 'file')} {verb}{stay}."
    # pairs that stay go on working as a memory, which nobody expects of what is left over
    if any(each.path.suffix == ".jsonl" and not each.path.name.endswith(".map.jsonl") for each in kept):
        said += (
            " If you put a source back, `aligner run` uses its pairs again. Until you delete them, what was reviewed "
            "in them is a memory for the other documents."
        )
    return said
