"""The header of an edition: its bibliographic description, how it was encoded, how to cite it, when it changed.

Only what the record and the provenance say is written; what is unknown is left out or called unknown. One reference
system serves both texts: ``fr:3.2`` is the text ``fr``, paragraph 3, sentence 2. Start reading at `header`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from aligner import __version__
from aligner.formats.markup import Markup, element, join
from aligner.formats.tei.edition import Edition, pointers
from aligner.model import Side, Status

LANGUAGES = {"en": "English", "fr": "French"}
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
_WHEN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?")
_SOFTWARE = re.compile(r"([A-Za-z_][\w.-]*) (\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3})")
_FREE = ("cc0", "cc by", "cc-by", "public domain", "domaine public", "licence ouverte")


def lines(*parts: Markup | None) -> Markup:
    """The pieces that exist, each on its own line, as the content of an element."""
    return join([Markup(), *[part for part in parts if part is not None], Markup()], "\n")


def header(edition: Edition) -> Markup:
    """The teiHeader element."""
    file_desc = element("fileDesc", lines(_title(edition), _extent(edition), _publication(edition), _sources(edition)))
    encoding = element(
        "encodingDesc",
        lines(
            _project(edition),
            _editorial(),
            _references(edition),
            _offsets(edition),
            _classes(edition),
            _software(edition),
        ),
    )
    return element("teiHeader", lines(file_desc, encoding, _profile(edition), _revisions(edition)))


def language_name(tag: str) -> str:
    """A language tag in words, as far as known: ``French`` for ``fr`` and ``fr-CA``."""
    return LANGUAGES.get(tag.split("-", maxsplit=1)[0].lower(), tag)


def when(date: str) -> str | None:
    """A date as the value of ``@when``, or None where it is not in ISO 8601."""
    return date if _WHEN.fullmatch(date) else None


def _pair(edition: Edition) -> str:
    return f"{language_name(edition.source_tag)}–{language_name(edition.target_tag)}"


def _title(edition: Edition) -> Markup:
    record = edition.bitext.record
    return element(
        "titleStmt",
        lines(
            element("title", record.title, type="main", xml_lang=edition.source_tag) if record.title else None,
            element("title", f"{edition.bitext.id}: aligned {_pair(edition)} edition", type="sub", xml_lang="en"),
            element("author", record.author) if record.author else None,
            _machine_translation(edition),
            element(
                "respStmt",
                element("resp", "sentence segmentation and alignment"),
                element("name", f"aligner {__version__}", type="software"),
                xml_id=edition.id("resp", "aligner"),
            ),
            *[
                element("respStmt", element("resp", "review"), element("name", name), xml_id=identifier)
                for name, identifier in edition.reviewers().items()
            ],
        ),
    )


def _machine_translation(edition: Edition) -> Markup | None:
    made = edition.bitext.provenance
    names = {"engine": made.engine, "package": made.package}
    if not any(names.values()):
        return None
    work = f"machine translation, {language_name(edition.source_tag)} to {language_name(edition.target_tag)}"
    return element(
        "respStmt",
        element("resp", work),
        *[element("name", name, type=kind) for kind, name in names.items() if name],
        *([element("note", made.fingerprint, type="fingerprint")] if made.fingerprint else []),
        xml_id=edition.id("resp", "mt"),
    )


def _extent(edition: Edition) -> Markup:
    sides = ((edition.bitext.source, edition.source_tag), (edition.bitext.target, edition.target_tag))
    measures = [
        element(
            "measure",
            f"{(count := len(edition.segments(side)))} {language_name(tag)} sentences",
            unit="s",
            quantity=str(count),
            corresp=pointers([edition.id(tag)]),
        )
        for side, tag in sides
    ]
    beads = len(edition.beads)
    return element("extent", lines(*measures, element("measure", f"{beads} beads", unit="bead", quantity=str(beads))))


def _publication(edition: Edition) -> Markup:
    changed = edition.bitext.provenance.changed or edition.bitext.provenance.created
    return element(
        "publicationStmt",
        lines(
            element("authority", "unpublished"),
            element("date", when=when(changed)) if when(changed) else None,
            element("idno", edition.bitext.id, type="document"),
            _availability(edition.bitext.record.licence),
        ),
    )


def _availability(licence: str) -> Markup:
    if licence in ("", "unknown"):
        text = element("p", "The licence of the source text is unknown.")
        return element("availability", text, status="unknown")
    target = licence if re.fullmatch(r"https?://\S+", licence) else None
    free = licence.lower().startswith(_FREE) or "creativecommons.org" in licence
    return element("availability", element("licence", licence, target=target), status="free" if free else None)


def _sources(edition: Edition) -> Markup:
    record, bitext = edition.bitext.record, edition.bitext
    bibl = element(
        "bibl",
        lines(
            element("title", record.title, xml_lang=edition.source_tag) if record.title else None,
            element("author", record.author) if record.author else None,
            element("publisher", record.publisher) if record.publisher else None,
            element("date", record.date, when=when(record.date)) if record.date else None,
            element("idno", record.url, type="URI") if record.url else None,
            element("note", f"Document {bitext.id}."),
        ),
        type="source",
        xml_lang=edition.source_tag,
    )
    return element(
        "sourceDesc",
        lines(
            bibl, _file(edition, bitext.source, edition.source_tag), _file(edition, bitext.target, edition.target_tag)
        ),
    )


def _file(edition: Edition, side: Side, tag: str) -> Markup:
    """The text file of a side and its hash."""
    return element(
        "bibl",
        f"{language_name(tag)} text file",
        *([" ", element("idno", side.file, type="filename")] if side.file else []),
        *([" ", element("idno", side.sha256, type="sha256")] if side.sha256 else []),
        type="digitalSource",
        corresp=pointers([edition.id(tag)]),
    )


def _project(edition: Edition) -> Markup:
    signature = edition.bitext.provenance.signature
    text = "Parallel text aligned sentence by sentence; the stand-off links say which sentences correspond."
    return element(
        "projectDesc", lines(element("p", text), element("ab", signature, type="signature") if signature else None)
    )


def _editorial() -> Markup:
    return element(
        "editorialDecl",
        lines(
            element("normalization", element("p", "None: the characters are those of the text files.")),
            element("segmentation", element("p", "Sentences by SRX 2.0 rules; a line of the file is a paragraph.")),
            element("correction", element("p", "None, except that characters which XML forbids are left out.")),
        ),
    )


def _references(edition: Edition) -> Markup:
    """How to cite: ``fr:3.2``."""
    texts = " | ".join(f"//text[@xml:id='{edition.id(tag)}']" for tag in (edition.source_tag, edition.target_tag))
    sentence = element("citeStructure", unit="sentence", match="s", use="@n", delim=".")
    paragraph = element(
        "citeStructure", sentence, unit="paragraph", match="body//p | body//head | body//ab", use="@n", delim=":"
    )
    language = element("citeData", property="http://purl.org/dc/terms/language", use="@xml:lang")
    text = element("citeStructure", lines(language, paragraph), unit="text", match=texts, use="@xml:lang")
    return element("refsDecl", lines(text), default="true")


def _offsets(edition: Edition) -> Markup:
    """What ``text-fr:0,34`` means: characters 0 to 34 of the French file (RFC 5147)."""
    sides = ((edition.bitext.source, edition.source_tag), (edition.bitext.target, edition.target_tag))
    definitions = [
        element(
            "prefixDef",
            ident=f"text-{tag.lower()}",
            matchPattern="([0-9]+),([0-9]+)",
            replacementPattern=f"{quote(side.file)}#char=$1,$2",
        )
        for side, tag in sides
    ]
    return element("listPrefixDef", lines(*definitions))


def _classes(edition: Edition) -> Markup:
    """The values that ``@ana`` points to."""
    return element(
        "classDecl",
        lines(
            _taxonomy(edition, "status", {status.value: text for status, text in STATUSES.items()}),
            _taxonomy(edition, "origin", ORIGINS),
            _taxonomy(edition, "bead", {"null": "no counterpart in the other text"}),
        ),
    )


def _taxonomy(edition: Edition, name: str, categories: dict[str, str]) -> Markup:
    return element(
        "taxonomy",
        lines(
            *[
                element("category", element("catDesc", text), xml_id=edition.id(name, value))
                for value, text in categories.items()
            ]
        ),
        xml_id=edition.id(name),
    )


def _software(edition: Edition) -> Markup:
    named = [f"aligner {__version__}", edition.bitext.provenance.engine]
    applications = [
        element("application", element("label", text), ident=match[1], version=match[2])
        for text in named
        if (match := _SOFTWARE.fullmatch(text))
    ]
    return element("appInfo", lines(*applications))


def _profile(edition: Edition) -> Markup:
    languages = [element("language", language_name(tag), ident=tag) for tag in (edition.source_tag, edition.target_tag)]
    return element("profileDesc", element("langUsage", lines(*languages)))


def _revisions(edition: Edition) -> Markup | None:
    """The dates of the bitext, the last first."""
    made = edition.bitext.provenance
    changes = [
        element("change", text, when=when(date), type=kind)
        for kind, date, text in (
            ("changed", made.changed, "Last changed."),
            ("created", made.created, "Aligned."),
        )
        if date
    ]
    return element("revisionDesc", lines(*changes)) if changes else None
