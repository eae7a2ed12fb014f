"""The review page of one bitext: one HTML file, complete in itself, in which the bitext is read, judged and changed.

    from pathlib import Path
    from aligner.pages import render_page

    Path("review/brics.html").write_text(render_page(bitext), encoding="utf-8")

Python writes a plain document: each pair is a row with its id and its two texts, which can be read, cited and printed
where scripts are off. The page also holds the data (`aligner.pages.data`), from which its script draws all the rest
into these rows: shapes, changes, figures, findings, tools (``scripts/rows.js``). Only the script does that, at first
and after every edit. Start reading at `render_page`, and for the script at ``scripts/page.js``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aligner.checks import Finding
from aligner.documents import Layout
from aligner.model import Bead, Bitext, Kind, Origin, Role
from aligner.pages.beads import doubtful_limits
from aligner.pages.data import ASKING, FLAGS, MEASURES, ORIGINS, beginning, cells_of, embedded, page_data, terms_of
from aligner.pages.markup import language_name
from aligner.pages.quoting import quoting_data
from aligner.pages.render import render
from aligner.pages.summary import summarize
from aligner.terms import Glossary

STYLES = ("base.css", "page.css", "editor.css", "beside.css", "tables.css", "find.css", "print.css")
SCRIPTS = (
    "dom.js",
    "diff.js",
    "bitext.js",
    "edits.js",
    "review.js",
    "file.js",
    "server.js",
    "picture.js",
    "row.js",
    "gradually.js",
    "tables.js",
    "rows.js",
    "current.js",
    "highlights.js",
    "filter.js",
    "overview.js",
    "figures.js",
    "beside.js",
    "editor.js",
    "regroup.js",
    "conflicts.js",
    "bar.js",
    "cite.js",
    "settings.js",
    "found.js",
    "lookup.js",
    "concordance.js",
    "menus.js",
    "bulk.js",
    "people.js",
    "share.js",
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
    layout: Layout | None = None,
    terms: Glossary | None = None,
    first: int = 0,
) -> str:
    """Render the review page of `bitext` as one self-contained HTML document (no network, no outside file).

    `findings`, `version` and `server` are as in `aligner.pages.page_data`; `layout` maps the source to its original, so
    that tables are shown as tables; `terms` are offered beside the text where no server answers for them; with `first`
    a served page holds only so many rows, and asks for the others. Every bead has its locator as anchor:
    ``page.html#3.2``. The bytes depend on the arguments alone. The page brings its own Content-Security-Policy.
    """
    findings = tuple(findings)
    origins = [bead.origin for bead in bitext.beads if bead.target]
    mostly_machine = 2 * origins.count(Origin.MACHINE) >= len(origins)
    changes = mostly_machine if options.show_changes is None else options.show_changes
    # Words and limits that the script needs are said once, here: it must not have its own copy of them.
    view: dict[str, object] = {
        "rewritten": options.rewritten_below,
        "doubtful": doubtful_limits(bitext.beads, options.doubtful_below),
        "flags": FLAGS,
        "asking": ASKING,
        "measures": MEASURES,
        "origins": ORIGINS,
        "origin": next(iter(Counter(origins).most_common(1)), ("", 0))[0],
        "cite": quoting_data(bitext),
        "names": [language_name(side.language) for side in (bitext.source, bitext.target)],
    }
    if layout:
        view["cells"] = cells_of(bitext, layout)
    if terms and server is None:
        view["terms"] = terms_of(bitext, terms)
    data = page_data(bitext, findings=findings, version=version, server=server)
    # The data have all beads in any case: pairs with boilerplate between them must not be merged.
    # Of a served page only the first rows: it asks for the others (``rest``).
    given = beginning(data, first) if first else data
    count = len(given["beads"])
    shown = [bead for bead in bitext.beads[:count] if options.boilerplate or bead.kind is not Kind.EXCLUDED]
    return render(
        "page.html",
        styles=STYLES,
        scripts=SCRIPTS,
        bitext=bitext,
        changes=changes,
        data=embedded(given, view=view, boilerplate=options.boilerplate),
        measures=MEASURES,
        options=options,
        rows=[_plain_row(bitext, bead) for bead in shown],
        served=server is not None,
        summary=summarize(bitext, findings=findings),
    )


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A bead as a reader without scripts sees it."""

    locator: str
    aside: bool
    """Whether it was set aside as boilerplate."""
    sides: tuple[PlainSide, PlainSide]


@dataclass(frozen=True, slots=True)
class PlainSide:
    """One text of a plain row; empty where nothing corresponds."""

    name: str
    language: str
    text: str
    heading: bool


def _plain_row(bitext: Bitext, bead: Bead) -> PlainRow:
    sides = []
    for name, side, indices in (("source", bitext.source, bead.source), ("target", bitext.target, bead.target)):
        segments = [side.segments[index] for index in indices]
        text = " ".join(segment.text for segment in segments)
        # A heading joined with the sentence after it still begins as a heading.
        heading = bool(segments) and segments[0].role is Role.HEADING
        sides.append(PlainSide(name, side.language, text, heading))
    return PlainRow(bitext.locator(bead), bead.kind is Kind.EXCLUDED, (sides[0], sides[1]))
