"""How an edition was made and is to be cited (``encodingDesc``).

One reference system serves both texts: ``fr:3.2`` is the text ``fr``, paragraph 3, sentence 2. Start reading at
`encoding_description`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from aligner import __version__
from aligner.formats.tei.edition import Edition, edition_id
from aligner.formats.tei.words import CHOICES
from aligner.formats.xml.markup import Markup, element, lines, xml_text
from aligner.model import Status

STATUSES = {
    Status.DRAFT: "not yet reviewed",
    Status.ACCEPTED: "reviewed and accepted as it was",
    Status.EDITED: "reviewed and edited",
    Status.REJECTED: "reviewed and rejected",
}
ORIGINS = {
    "mt": "machine translation",
    "human": "human translation",
    "memory": "taken from a translation memory",
    "none": "no translation",
}
_SOFTWARE = re.compile(r"([A-Za-z_][\w.-]*) (\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3})")


def encoding_description(edition: Edition) -> Markup:
    """The encodingDesc element."""
    text = "Parallel text aligned sentence by sentence; the stand-off links say which sentences correspond."
    provenance = edition.bitext.provenance
    known = {kind: getattr(provenance, kind) for kind in CHOICES}
    choices = [element("ab", value, type=kind) for kind, value in known.items() if value]
    editorial = lines(
        element("normalization", element("p", "None: the characters are those of the text files.")),
        element("segmentation", element("p", "Sentences by SRX 2.0 rules; a line of the file is a paragraph.")),
        element("correction", element("p", "None, except that characters which XML forbids are left out.")),
    )
    # An application needs an identifier and a version: an engine that names itself otherwise is only in the title.
    applications = [
        element("application", element("label", label), ident=match[1], version=match[2])
        for label in (f"aligner {__version__}", provenance.engine)
        if (match := _SOFTWARE.fullmatch(label))
    ]
    return element(
        "encodingDesc",
        lines(
            element("projectDesc", lines(element("p", text), *choices)),
            element("editorialDecl", editorial),
            _references(edition),
            _offsets(edition),
            _classes(edition),
            element("appInfo", lines(*applications)),
        ),
    )


def _references(edition: Edition) -> Markup:
    """How to cite: ``fr:3.2``."""
    # No unions ("a | b"): DTS tools join the steps to one path, where a union would tear it apart. Each step finds what
    # `aligner.formats.tei.body` writes and nothing else, so that a wildcard is as good as three names.
    within = f"//TEI[@xml:id='{edition_id(edition.bitext)}']" if edition.prefix else ""
    sentence = element("citeStructure", unit="sentence", match="s", use="@n", delim=".")
    paragraph = element("citeStructure", sentence, unit="paragraph", match="body/div/*[@n]", use="@n", delim=":")
    language = element("citeData", property="http://purl.org/dc/terms/language", use="@xml:lang")
    text = element(
        "citeStructure",
        lines(language, paragraph),
        unit="text",
        match=f"{within}//text[@xml:lang]",
        use="@xml:lang",
    )
    return element("refsDecl", lines(text), default="true")


def _offsets(edition: Edition) -> Markup:
    """What ``text-fr:0,34`` means: characters 0 to 34 of the French file (RFC 5147)."""
    sides = ((edition.bitext.source, edition.source_tag), (edition.bitext.target, edition.target_tag))
    definitions = [
        element(
            "prefixDef",
            ident=f"text-{tag.lower()}",
            matchPattern="([0-9]+),([0-9]+)",
            replacementPattern=f"{quote(xml_text(side.file))}#char=$1,$2",
        )
        for side, tag in sides
    ]
    return element("listPrefixDef", lines(*definitions))


def _classes(edition: Edition) -> Markup:
    """The values that ``@ana`` points to."""
    classes = {
        "status": {status.value: text for status, text in STATUSES.items()},
        "origin": ORIGINS,
        "bead": {"null": "no counterpart in the other text"},
    }
    taxonomies = []
    for name, values in classes.items():
        categories = [
            element("category", element("catDesc", text), xml_id=edition.id(name, value))
            for value, text in values.items()
        ]
        taxonomies.append(element("taxonomy", lines(*categories), xml_id=edition.id(name)))
    return element("classDecl", lines(*taxonomies))
