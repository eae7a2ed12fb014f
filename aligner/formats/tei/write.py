"""Write TEI P5 editions: one bitext as ``TEI``, several as a ``teiCorpus``, or one in three files.

Both texts are written whole, with every bead: an edition with holes could not be cited. Only boilerplate is left out,
unless asked for. Start reading at `write`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from aligner.errors import InputError
from aligner.formats.base import DEFAULTS, WriteOptions
from aligner.formats.tei.body import group, texts
from aligner.formats.tei.edition import Edition, edition_id
from aligner.formats.tei.header import edition_header
from aligner.formats.tei.links import stand_off
from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    lines,
)
from aligner.model import Bitext

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_SCHEMA = (
    '<?xml-model href="http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)
_CORPUS_HEADER = element(
    "teiHeader",
    element(
        "fileDesc",
        lines(
            element("titleStmt", element("title", "Aligned bilingual corpus", xml_lang="en")),
            element("publicationStmt", element("p", "Unpublished; see the header of each text.")),
            element("sourceDesc", element("p", "See the header of each text.")),
        ),
    ),
)


def write(bitexts: Iterable[Bitext], stream: BinaryIO, options: WriteOptions = DEFAULTS) -> None:
    """Write one edition, or a corpus of editions when there are several bitexts.

    Raises InputError without a bitext, and for one whose ids would clash.
    """
    # two at most are held: whether it is a corpus is known from the second one
    remaining = iter(bitexts)
    first, second = next(remaining, None), next(remaining, None)
    if first is None:
        raise InputError("a TEI file needs at least one bitext")
    stream.write(f"{DECLARATION}{_SCHEMA}".encode())
    if second is None:
        stream.write(f"{edition(first, options)}\n".encode())
        return
    stream.write(f'<teiCorpus xmlns="{NAMESPACE}" version="4.11.0">\n{_CORPUS_HEADER}\n'.encode())
    for bitext in (first, second, *remaining):
        # ids must be different in the whole file, and every edition has a sentence fr.1.1
        prefix = f"{edition_id(bitext)}."
        stream.write(f"{edition(bitext, options, prefix=prefix)}\n".encode())
    stream.write(b"</teiCorpus>\n")


def split(bitext: Bitext, options: WriteOptions = DEFAULTS) -> dict[str, bytes]:
    """One edition in three files, by their names: each text by itself, and the links between them.

    The files point to one another by name and must lie in the same folder: ``brics.fr.xml``, ``brics.en.xml``,
    ``brics.fr-en.xml``.
    """
    tags = [options.tag(side.language) for side in (bitext.source, bitext.target)]
    shown = Edition(bitext, options, files=(f"{bitext.id}.{tags[0]}.xml", f"{bitext.id}.{tags[1]}.xml"))
    parts = dict(zip(shown.files, texts(shown), strict=True))
    links = stand_off(shown)
    if links:
        parts[f"{bitext.id}.{'-'.join(tags)}.xml"] = links
    return {name: f"{DECLARATION}{_SCHEMA}{_root(shown, part)}\n".encode() for name, part in parts.items()}


def edition(bitext: Bitext, options: WriteOptions, *, prefix: str = "") -> Markup:
    """The TEI element of a bitext."""
    shown = Edition(bitext, options, prefix)
    return _root(shown, stand_off(shown), group(shown))


def _root(shown: Edition, *parts: Markup | None) -> Markup:
    return element(
        "TEI",
        lines(edition_header(shown), *parts),
        xmlns=NAMESPACE,
        version="4.11.0",
        xml_id=edition_id(shown.bitext),
        xml_lang="en",
    )
