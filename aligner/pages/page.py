"""The review page of one bitext: one HTML file, complete in itself, in which the bitext is read, judged and changed.

    from pathlib import Path
    from aligner.pages import render_page

    Path("review/brics.html").write_text(render_page(bitext), encoding="utf-8")

What it shows is decided in `aligner.pages.view`, how it looks in ``templates/`` and ``styles/``, what it does in
``scripts/``. Start reading at `render_page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.check import Finding
from aligner.model import Bitext, Origin
from aligner.pages.certainty import doubtful_limits
from aligner.pages.data import embedded, page_data
from aligner.pages.glyph import glyph
from aligner.pages.render import render
from aligner.pages.summary import summarize
from aligner.pages.view import (
    FLAGS,
    ORIGINS,
    chunks,
    view,
)

STYLES = ("base.css", "page.css", "editor.css", "print.css")
SCRIPTS = (
    "dom.js",
    "notices.js",
    "diff.js",
    "bitext.js",
    "edits.js",
    "review.js",
    "file.js",
    "server.js",
    "picture.js",
    "row.js",
    "rows.js",
    "current.js",
    "filter.js",
    "overview.js",
    "findings.js",
    "figures.js",
    "editor.js",
    "regroup.js",
    "conflicts.js",
    "bar.js",
    "looks.js",
    "actions.js",
    "page.js",
)
"""In the order in which they need one another."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another page: what the link says and where it leads (relative to this page)."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a review page is made."""

    index: str = "index.html"
    """Where the list of documents is, relative to this page. Empty: no link to it."""
    previous: Link | None = None
    next: Link | None = None
    boilerplate: bool = True
    """Show what was set aside as boilerplate, folded up and greyed; otherwise leave it out."""
    show_changes: bool | None = None
    """Whether the page opens with the differences from the machine translation marked. None: where most of the target
    is machine translation, since of a human translation they would mark every word."""
    rewritten_below: float = 0.35
    """A text less similar than this (0 to 1) to its machine translation stands beside it instead of being compared."""
    doubtful_below: float = 0.5
    """Under which figure a bead is called doubtful, 0 to 1; of translations at most the lowest tenth is."""


def render_page(
    bitext: Bitext,
    *,
    options: PageOptions = PageOptions(),
    findings: Iterable[Finding] = (),
    version: str = "",
    server: Mapping[str, str | bool] | None = None,
) -> str:
    """Render the review page of `bitext` as one self-contained HTML document (no network, no outside file).

    `findings`, `version` and `server` are as in `aligner.pages.page_data`. Every bead has its locator as anchor:
    ``page.html#3.2``. The bytes depend on the arguments alone. The page brings its own Content-Security-Policy.
    """
    summary = summarize(bitext)
    types = dict.fromkeys(bead.type for bead in bitext.beads)
    changes = _mostly_machine(bitext) if options.show_changes is None else options.show_changes
    doubtful = doubtful_limits(bitext.beads, options.doubtful_below)
    data = page_data(bitext, findings=findings, version=version, server=server)
    choices = {"rewritten": options.rewritten_below, "doubtful": doubtful, "flags": FLAGS, "origins": ORIGINS}
    blocks = view(bitext, rewritten_below=options.rewritten_below, boilerplate=options.boilerplate)
    return render(
        "page.html",
        styles=STYLES,
        scripts=SCRIPTS,
        bitext=bitext,
        changes=changes,
        chunks=chunks(blocks),
        data=embedded(data, view=choices, boilerplate=options.boilerplate),
        doubtful=doubtful,
        findings={bitext.locator(bead): row["findings"] for bead, row in zip(bitext.beads, data["beads"], strict=True)},
        flags=FLAGS,
        glyphs={bead_type: glyph(bead_type) for bead_type in types},
        options=options,
        origins=ORIGINS,
        served=server is not None,
        summary=summary,
    )


def _mostly_machine(bitext: Bitext) -> bool:
    """Whether most beads that have a target side were written by the machine."""
    origins = [bead.origin for bead in bitext.beads if bead.target]
    return 2 * origins.count(Origin.MACHINE) >= len(origins)
