"""Write the English of a bitext as a document.

Where the original is of the form asked for, it is taken as it is and only its words are others. Else a new document
with the same headings, lists, tables, bold words and links is written; what the form cannot show is said.
Start reading at `write_english`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from aligner.documents.english.compose import compose
from aligner.documents.layout import Block, BlockKind, Layout, Original, Paragraph, lay_out
from aligner.documents.read import open_original
from aligner.errors import InputError
from aligner.model import Bitext, sha256

Fresh = Callable[[Sequence[Paragraph], str, str], bytes]

FORMS: Mapping[str, tuple[str, str]] = {
    "docx": ("docx", ".docx"),
    "odt": ("odt", ".odt"),
    "html": ("html", ".html"),
    "epub": ("epub", ".epub"),
    "md": ("markdown", ".md"),
}
"""The forms that a document can be written in: the kind of file, and the ending of its name."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document in English."""

    data: bytes
    remarks: tuple[str, ...] = ()
    """What could not be kept, a sentence each."""


def write_english(bitext: Bitext, original: Path, form: str) -> Written:
    """The English of a bitext in a form (`FORMS`), after the original whose text its source side is.

    Raises InputError when the original has changed since it was aligned, or cannot be read.
    """
    kind, opened = open_original(original)
    # plain text is its own text, where a paragraph may stand anywhere; all others were laid out to be aligned
    plain = kind.name == "plain"
    text, layout = _plain(opened) if plain else lay_out(opened.paragraphs, kind.name)
    if sha256(text) != bitext.source.sha256:
        raise InputError("this is not the text that was aligned", where=original, hint="run `aligner run` first")
    composed = compose(bitext, opened.paragraphs, layout)
    wanted, _ = FORMS[form]
    remarks = composed.remarks(same_form=kind.name == wanted)
    language = bitext.target.language
    if kind.name == wanted:
        return Written(opened.saved(composed.pieces, language), tuple(remarks))
    # into another form go words and their looks, not what only the original's form can hold
    things = sum(not piece.text for paragraph in opened.paragraphs for piece in paragraph.pieces)
    if things:
        remarks.append(f"pictures, marks of notes and the like ({things}) are not taken from {kind.what} into {form}")
    paragraphs = [
        replace(paragraph, pieces=tuple(composed.pieces.get(number, paragraph.pieces)))
        for number, paragraph in enumerate(opened.paragraphs)
        if number in composed.pieces and paragraph.part is not BlockKind.FURNITURE
    ]
    title = next((each.text for each in paragraphs if each.part is BlockKind.HEADING), bitext.id)
    return Written(fresh(wanted)(paragraphs, language, title), tuple(remarks))


def fresh(kind: str) -> Fresh:
    """The writer of new documents of a kind."""
    writer: Fresh = getattr(import_module(f"aligner.documents.{kind}"), f"write_{kind}")
    return writer


def _plain(opened: Original) -> tuple[str, Layout]:
    """A plain text, and its paragraphs found in it one after the other."""
    text: str = getattr(opened, "text", "")
    blocks, at = [], 0
    for index, paragraph in enumerate(opened.paragraphs):
        at = text.index(paragraph.text, at)
        blocks.append(Block(at, at + len(paragraph.text), paragraph.part, 0, paragraph.place, index))
        at += len(paragraph.text)
    return text, Layout("plain", tuple(blocks))
