"""Exports: what derives from a bitext, in one table. Start reading at `EXPORTS`.

An export is a function from a bitext to bytes. Formats come from `aligner.formats`; the review page from
`aligner.review`. Nothing here reads a clock: the same bitext gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Bitext


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export: where its files go, how they are called, how they are made."""

    name: str
    folder: str
    filename: str
    """Pattern of the file's name, with ``{id}`` and ``{pair}``."""
    render: Callable[[Bitext, WriteOptions], bytes]


def _by_format(name: str) -> Callable[[Bitext, WriteOptions], bytes]:
    def render(bitext: Bitext, options: WriteOptions) -> bytes:
        stream = io.BytesIO()
        FORMATS[name].write([bitext], stream, options)
        return stream.getvalue()

    return render


def _page(bitext: Bitext, options: WriteOptions) -> bytes:  # noqa: ARG001 - the page shows every bead
    from aligner.review import render_page

    return render_page(bitext).encode("utf-8")


EXPORTS = {
    export.name: export
    for export in (
        Export("tmx", "tmx", "{id}.{pair}.tmx", _by_format("tmx")),
        Export("tei", "tei", "{id}.xml", _by_format("tei")),
        Export("html", "review", "{id}.html", _page),
    )
}
"""What a run brings up to date."""

INDEX = "index"
"""The name of the page that lists the review pages."""

OMEGAT_PROJECT = "omegat-project"
"""The export that is one folder of a whole corpus; `aligner.omegat_project` makes it."""


def export_named(name: str) -> Export:
    """An export of `EXPORTS`, or one made from the format of that name, in a folder of the same name.

    Raises InputError for a name that is neither.
    """
    if name in EXPORTS:
        return EXPORTS[name]
    if name not in FORMATS:
        raise InputError(
            f"there is no format '{name}'", hint=f"choose one of {', '.join([*{**EXPORTS, **FORMATS}, OMEGAT_PROJECT])}"
        )
    return Export(name, name, f"{{id}}.{{pair}}{FORMATS[name].suffix}", _by_format(name))


def render_index(bitexts: Sequence[Bitext]) -> bytes:
    """The index page of the review folder."""
    from aligner.review import render_index as render

    return render(bitexts).encode("utf-8")
