"""Where the files of an export go: each to its own place, to a folder or a file that is named, or to standard output.

Start reading at `PlaceOptions.settle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import DASH, Overwrite
from aligner.cli.streams import spare
from aligner.errors import InputError, counted

TABLE = "docx-table"
"""The bilingual table as a Word document."""
_EDITED = frozenset(("xliff", "xlsx", TABLE))
"""Formats whose files people fill in where they are, for `aligner import` to read."""
_ENDINGS = {".xlf": (".xlf", ".xliff"), ".html": (".html", ".htm"), ".md": (".md", ".markdown")}
"""Endings under which files of a kind go, too."""


@dataclass(frozen=True)
class PlaceOptions:
    """The format, and the files."""

    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="tmx, tei, html, xliff, xlsx, tsv, csv, jsonl, parquet, beads, ladder, moses, xces, omegat-project; "
            "the English as a document: docx, odt, epub, md, html-document; docx-table.",
            metavar="NAME",
        ),
    ] = "tmx"
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The folder to write to; for one document also a file, or - for standard output.",
            metavar="PATH",
            show_default="its own",
        ),
    ] = None
    overwrite: Overwrite = False
    one_file: Annotated[bool, typer.Option("--one-file", help="All documents in one file.")] = False
    split: Annotated[bool, typer.Option("--split", help="TEI: each text by itself, and the links.")] = False

    def settle(self, own: Mapping[str, Path], *inputs: Path) -> Mapping[str, Path | None]:
        """Where each file of an export goes instead of to its own place; None stands for standard output.

        All places are settled before the first file is written: half an export is worse than none. Raises InputError
        where several files are to go to one, where a name says another format, and where what is there is one of the
        `inputs` or somebody's work.
        """
        output = self.output
        named = output is not None and _is_file_name(output, self.form, {path.suffix for path in own.values()})
        if named and self.split:
            raise InputError("--split makes three files of a document", where=output, hint="name a folder")
        if named and len(own) > 1:
            hint = "name a folder, or one document, or write all into one file with --one-file"
            raise InputError(f"{counted(len(own), 'document')} cannot go to one file", where=output, hint=hint)
        if output == DASH:
            return dict.fromkeys(own)
        paths = {name: output if named else output / path.name if output else path for name, path in own.items()}
        for path in paths.values():
            # a file that is named may be anybody's; in a folder an export is aligner's to write again
            if named or inputs or self.form in _EDITED:
                spare(path, *inputs, overwrite=self.overwrite)
        return paths


def _is_file_name(output: Path, form: str, endings: set[str]) -> bool:
    """Whether an output is a file, not a folder; InputError for one whose name says another format."""
    from aligner.documents.english import FORMS
    from aligner.formats import FORMATS

    if output == DASH or output.is_dir():
        return output == DASH
    fitting = [each for ending in endings for each in _ENDINGS.get(ending, (ending,))]
    if output.suffix.lower() in fitting:
        return True
    formats = {f".{row.suffix.rpartition('.')[2]}" for row in FORMATS.values()}
    known = formats.union((ending for _, ending in FORMS.values()), *_ENDINGS.values())
    # a folder of such a name would surprise
    if output.exists() or output.suffix.lower() in known:
        hint = f"end it in {' or '.join(fitting)}, or name a folder"
        raise InputError(f"the name is not that of a file in the format '{form}'", where=output, hint=hint)
    return False
