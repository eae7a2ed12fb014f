"""Exports: what derives from a bitext, in one table. Start reading at `EXPORTS`.

An export is a function from a bitext to bytes. Formats come from `aligner.formats`; the review page from
`aligner.pages`. Nothing here reads a clock: the same bitext gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aligner.errors import InputError
from aligner.files import write_atomically
from aligner.formats import FORMATS, Format, WriteOptions
from aligner.model import Bitext
from aligner.terms.glossary import NO_TERMS, Glossary

if TYPE_CHECKING:
    from aligner.checks import Finding
    from aligner.documents import Layout
    from aligner.pages import Summary


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export: where its files go, how they are called, how they are made."""

    name: str
    folder: str
    filename: str
    """Pattern of the file's name, with ``{id}`` and ``{pair}``."""
    render: Callable[[Bitext, WriteOptions], bytes]


def _by_format(name: str) -> Callable[[Bitext, WriteOptions], bytes]:
    """What writes one bitext in a format."""

    def render(bitext: Bitext, options: WriteOptions) -> bytes:
        stream = io.BytesIO()
        FORMATS[name].write([bitext], stream, options)
        return stream.getvalue()

    return render


PAGE = "html"
"""The export that is a page for review."""

EXPORTS = {
    export.name: export
    for export in (
        Export("tmx", "tmx", "{id}.{pair}.tmx", _by_format("tmx")),
        Export("tei", "tei", "{id}.xml", _by_format("tei")),
        # the page shows every bead, whatever the options
        Export(PAGE, "review", "{id}.html", lambda bitext, _: page_file(bitext)),
    )
}
"""What a run brings up to date."""

INDEX = "index"
"""The name of the page that lists the review pages."""

SEARCHED = "search.js"
"""The pairs that this page searches, as a script beside it."""

OMEGAT_PROJECT = "omegat-project"
"""The export that is one folder of a whole corpus; `aligner.omegat.project` makes it."""


_FLAGS = {
    "standings": "--reviewed",
    "min_status": "--min-status",
    "min_confidence": "--min-confidence",
    "min_quality": "--min-quality",
    "locale": "--locale",
    "tuid": "--no-tuid",
    "deduplicate": "--repeated",
    "context": "--context",
    "paragraphs": "--paragraphs",
    "xliff_version": "--xliff",
}
"""The options of the command line, by the fields that they set."""


def export_named(name: str) -> Export:
    """An export of `EXPORTS`, or one made from the format of that name, in a folder of the same name.

    Raises InputError for a name that is neither.
    """
    if name in EXPORTS:
        return EXPORTS[name]
    if name not in FORMATS:
        known = ", ".join([*{**EXPORTS, **FORMATS}, OMEGAT_PROJECT])
        hint = f"choose one of {known}; or docx, odt, epub, md, html-document, docx-table"
        raise InputError(f"there is no format '{name}'", hint=hint)
    return Export(name, name, f"{{id}}.{{pair}}{FORMATS[name].suffix}", _by_format(name))


def check_options(name: str, options: WriteOptions) -> None:
    """Raise InputError when options were chosen that an export cannot heed: nothing is passed over in silence."""
    row = FORMATS.get({OMEGAT_PROJECT: "tmx", "docx-table": "xlsx"}.get(name, name))
    # An export that is no format of the table, the review page, heeds none of the options.
    chosen = [name for name in _FLAGS if getattr(options, name) != getattr(WriteOptions(), name)]
    unheeded = [_FLAGS[field] for field in (row.unheeded(options) if row else chosen)]
    if name == OMEGAT_PROJECT and options.paragraphs:  # its rules cut sentences: no paragraph would match
        unheeded.append(_FLAGS["paragraphs"])
    if unheeded:
        raise InputError(f"the format '{name}' has no use for {', '.join(unheeded)}", hint="leave it out")


def write_together(name: str, bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions) -> None:
    """Write several bitexts as one file, one after the other; InputError for a format that holds only one."""
    row: Format | None = FORMATS.get(name)
    if row is None or not row.many:
        raise InputError(f"a file of the format '{name}' holds one document", hint="leave out --one-file")
    row.write(bitexts, stream, options)


def write_split(bitext: Bitext, folder: Path, options: WriteOptions) -> list[Path]:
    """Write a TEI edition as three files: a text each, and the links; the files, in order."""
    from aligner.formats.tei.write import split

    files = {folder / name: data for name, data in split(bitext, options).items()}
    for path, data in files.items():
        write_atomically(path, data)
    return list(files)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a review page leads to, each with its address as seen from the page."""

    previous: tuple[str, str] | None = None
    """The document before, and its page."""
    following: tuple[str, str] | None = None
    index: str = f"{INDEX}.html"

    @property
    def addresses(self) -> tuple[object, ...]:
        """All that a page shows of them."""
        return self.previous, self.following, self.index


def page_file(
    bitext: Bitext,
    *,
    beside: Neighbours = Neighbours(),
    findings: Sequence[Finding] | None = None,
    terms: Glossary = NO_TERMS,
    layout: Layout | None = None,
) -> bytes:
    """The review page of a document with what the checks find and links to the documents beside it.

    `findings` are those of `aligner.checks`; None: it is checked here. With `terms` the checks include the glossary's,
    and they are offered beside the text; with the `layout` of the source its tables are shown as tables.
    """
    from aligner.checks import check
    from aligner.pages import Link, PageOptions
    from aligner.pages import render_page as render

    links = [Link(*each) if each else None for each in (beside.previous, beside.following)]
    options = PageOptions(previous=links[0], next=links[1], index=beside.index)
    # the version of the bitext, as the server has it: the edits of the page name it when they come back
    version = hashlib.sha256(_by_format("jsonl")(bitext, WriteOptions(keep_boilerplate=True))).hexdigest()
    found = check([bitext], terms=terms) if findings is None else findings
    page = render(bitext, options=options, findings=found, version=version, layout=layout, terms=terms)
    return page.encode("utf-8")


def index_files(
    summaries: Sequence[Summary], read: Callable[[str], Bitext], pages: Mapping[str, str]
) -> dict[str, bytes]:
    """The index page of the review folder and, unless there are too many pairs for it, the file that it searches.

    `read` gives the pairs of a document; it is not asked where there are too many to be searched from a file. `pages`
    says where the pages of documents are, as seen from the list.
    """
    from aligner.pages import IndexOptions, SearchBox, search_file
    from aligner.pages import render_index as render
    from aligner.pages.found import MOST_PAIRS

    few = sum(summary.beads for summary in summaries) <= MOST_PAIRS
    script, box = search_file([read(summary.id) for summary in summaries]) if few else None, None
    if summaries:
        unable = (
            "" if script else "There are too many pairs to search from a file: use aligner review, or aligner find."
        )
        languages = summaries[0].source_language, summaries[0].target_language
        box = SearchBox(languages, file=SEARCHED if script else "", unable=unable)
    page = {f"{INDEX}.html": render(summaries, options=IndexOptions(pages=pages, search=box)).encode("utf-8")}
    return page | ({SEARCHED: script.encode("utf-8")} if script else {})
