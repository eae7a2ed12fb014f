"""The two texts of an alignment: plain ones, a sentence a line, and XML ones, whose sentences have ids.

Start reading at `sentences_of_xml`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from aligner.errors import InputError
from aligner.formats.defects import Defects
from aligner.formats.tables.headings import Meaning, heading_of
from aligner.formats.unpacking import opened_plain_or_packed
from aligner.formats.xml.read import XML, release, stream_elements

PARAGRAPH = "<p>"
"""A line of hunalign's texts that is no sentence but the beginning of a paragraph; it is counted as one."""


@dataclass(frozen=True, slots=True)
class NumberedText:
    """The sentences of an XML text."""

    language: str
    sentences: tuple[str, ...]
    places: dict[str, int]
    """Where each sentence stands, by its id."""


def language_of_name(path: Path) -> str:
    """The language that the name of a text tells, such as ``brics.fr.txt``, ``fr/brics.xml``; ``und`` without one.

    >>> language_of_name(Path("OpenSubs.en-fr.fr")), language_of_name(Path("brics.txt"))
    ('fr', 'und')
    """
    parts = [each for each in re.split(r"[._]", path.name) if each.lower() not in {"xml", "txt", "gz", "s", "sent"}]
    for part in (*reversed(parts[1:]), path.parent.name):
        heading = heading_of(part)
        if heading.meaning is Meaning.LANGUAGE:
            return heading.language
    return "und"


def sentences_of_xml(path: Path) -> NumberedText:
    """Read an XML text; InputError when it is not one, or no sentence in it has an id."""
    sentences: list[str] = []
    places: dict[str, int] = {}
    languages: list[str] = []

    def look_at(root: etree._Element) -> None:
        languages.append(root.get(f"{XML}lang") or root.get("lang") or "")

    with opened_plain_or_packed(path) as stream:
        for found in stream_elements(stream, Defects(str(path)), names=("s", "seg"), check_root=look_at):
            # Parsed corpora of OPUS hold words; the spaces between them are lost.
            words = [(word.text or "").strip() for word in found.iter("{*}w")]
            text = " ".join(words) if words else " ".join("".join(map(str, found.itertext())).split())
            identity = found.get("id") or found.get(f"{XML}id") or ""
            if identity:
                places[identity] = len(sentences)
                sentences.append(text)
            release(found)
    if not places:
        raise InputError("there are no sentences with ids (<s id=…>) in this text", where=path)
    return NumberedText(languages[0] or language_of_name(path), tuple(sentences), places)


def beside(alignment: Path, name: str) -> Path:
    """The text that an alignment names, in its own folder or below; InputError when it is not there."""
    named = PurePosixPath(name.replace("\\", "/"))
    safe = not named.is_absolute() and ".." not in named.parts and name
    tried = [named, PurePosixPath(named.name), PurePosixPath("xml") / named] if safe else []
    for each in tried:
        for path in (alignment.parent / each, alignment.parent / str(each).removesuffix(".gz")):
            with suppress(OSError):  # a name that no file can have
                if path.is_file():
                    return path
    hint = "name both texts with --texts SOURCE TARGET"
    raise InputError(f"the text '{name}' is not beside its alignment", where=alignment, hint=hint)
