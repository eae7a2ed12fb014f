"""``aligner review``: the editor, in the browser."""

from __future__ import annotations

import sys
import threading
from typing import Annotated

import typer

from aligner.cli.console import remark
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Documents, Exports, Rules
from aligner.errors import counted


@grouped
def review(
    ids: Documents = None,
    where: CorpusOptions = GROUP,
    output: Exports = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who reviews.", metavar="NAME", show_default="your login name")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0: a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    srx: Rules = None,
) -> None:
    """Read, judge and correct the aligned pairs in the browser.

    Every edit is saved at once into CORPUS/bitext and CORPUS/en, with name and date, and can be undone, tomorrow too.
    Only a browser on this machine is answered, and only at the address that is printed. Ctrl-C ends it; TMX, TEI and
    the static pages are up to date then.

    [bold]Examples[/bold]

      aligner review

      aligner review 2024-09-11-brics-securite --by "Ada L." --no-open
    """
    from aligner.corpus.outputs import check_outputs
    from aligner.editing.reviewer import somebody
    from aligner.editing.server import serve
    from aligner.text import load_srx

    project = where.project(output)
    # before the first edit: its exports follow three seconds later
    check_outputs(project)

    def ready(address: str, for_browser: str) -> None:
        typer.echo(f"Review: {address}")
        # a program that starts the editor waits for the address
        sys.stdout.flush()
        remark("every edit is saved at once; Ctrl-C ends the review")
        if not no_open:  # in a thread: where there is only a browser in the terminal, it would wait for its end
            threading.Thread(target=typer.launch, args=(for_browser,), daemon=True).start()

    rules = load_srx(srx) if srx else None
    served = serve(project, documents=ids or [], by=somebody(by), named=bool(by), port=port, rules=rules, ready=ready)
    if served.edits:
        some = f"{counted(served.edits, 'edit')} in {counted(served.documents, 'document')}"
        remark(f"review ended; {some} saved, the exports are up to date")
    else:
        remark("review ended; nothing was changed")
