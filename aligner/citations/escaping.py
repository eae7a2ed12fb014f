r"""What a text must become in each notation, in one table that Python and the review page's script both use.

    notated("50 % & plus", LATEX)   '50 \% \& plus'

A notation is characters and what stands for them; `Escapes.opening` says where a text that begins so needs a
backslash before it would be a list or a heading. Nothing of a document can leave its place: that is the whole point.
Start reading at `notated`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

SLOT = "\ue000"
"""What a template has around the name of what is put there (`aligner.citations.forms`)."""
_LINE_ENDS = re.compile("[\t\n\r\v\f\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Characters without width: TeX stops at them."""


@dataclass(frozen=True, slots=True)
class Escapes:
    """How one notation writes text."""

    characters: Mapping[str, str] = field(default_factory=dict)
    """Characters, and what is written for them."""
    opening: str = ""
    """A regular expression at the beginning of a text; a backslash is written after what it matches."""
    composed: bool = False
    """Whether letters and their accents must be one character (NFC)."""


_GREEK = {
    sign: unicodedata.name(sign).rpartition(" ")[2].replace("LAMDA", "LAMBDA").capitalize()
    for sign in "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξπρστυφχψω"
}
"""Greek letters, which in French and English texts are mostly those of formulas."""

PLAIN = Escapes()
HTML = Escapes({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
MARKDOWN = Escapes(
    # An entity would be read as its character, a tag as HTML; a tilde strikes out, a bar makes a table, $ mathematics.
    {character: f"\\{character}" for character in "\\`*_[]<>#|~&$^"},
    # What begins like an item of a list or like the line below a heading.
    opening=r"^(?:\d{1,9}(?=[.)])|(?=[-+=:]))",
)
LATEX = Escapes(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        **{character: f"\\{character}" for character in "#$%&_"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        # In TeX these are signs for others: ?` is an inverted question mark, "a an umlaut with babel.
        "`": r"\textasciigrave{}",
        '"': r"\textquotedbl{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "\u00a0": "~",
        **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u205f\u3000", " "),
        **dict.fromkeys("\u2006\u2007\u2008\u2009\u200a\u202f", r"\,"),
        "\u00ad": r"\-",
        "\u2010": "-",
        "\u2011": r"\mbox{-}",
        "\u2012": "--",
        "\u2015": "---",
        **{sign: rf"\textsuperscript{{{figure}}}" for figure, sign in enumerate("⁰\u00b9\u00b2\u00b3⁴⁵⁶⁷⁸⁹")},
        **{sign: rf"\textsubscript{{{figure}}}" for figure, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
        **{s: rf"\ensuremath{{\{name.lower() if s.islower() else name}}}" for s, name in _GREEK.items()},
        **dict.fromkeys("●■▪◦‣□", r"\textbullet{}"),
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\u2032": r"\ensuremath{'}",
        "\u2033": r"\ensuremath{''}",
        "\u2248": r"\ensuremath{\approx}",
        "\u221e": r"\ensuremath{\infty}",
        "\u2212": r"\ensuremath{-}",
        "\u2192": r"\ensuremath{\rightarrow}",
        "\u2260": r"\ensuremath{\neq}",
        "\u2264": r"\ensuremath{\leq}",
        "\u2265": r"\ensuremath{\geq}",
        "\u00d7": r"\ensuremath{\times}",
        **dict.fromkeys(_UNSEEN, ""),
    },
    composed=True,
)
BIBTEX = Escapes(
    # BibTeX counts braces, also behind a backslash: one without its counterpart would swallow the rest of the file.
    {**LATEX.characters, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
    composed=True,
)
JSON = Escapes({"\\": "\\\\", '"': '\\"'})


def notated(text: str, escapes: Escapes) -> str:
    r"""A text of one line as a notation writes it; line ends become spaces, control characters are left out.

    >>> print(notated("1. A_b\n{", MARKDOWN), notated("}{ 5 %", BIBTEX))
    1\. A\_b { \textbraceright{}\textbraceleft{} 5 \%
    """
    line = tidied(unicodedata.normalize("NFC", text) if escapes.composed else text)
    found = re.match(escapes.opening, line) if escapes.opening else None
    # Its own characters are never those that are escaped: figures, or none.
    opening = line[: found.end()] + "\\" if found else ""
    rest = line[found.end() :] if found else line
    return opening + "".join(escapes.characters.get(character, character) for character in rest)


def tidied(text: str) -> str:
    r"""A text on one line, without control characters.

    >>> tidied("a\r\nTY  - BOOK\x00")
    'a TY  - BOOK'
    """
    return _CONTROLS.sub("", _LINE_ENDS.sub(" ", text)).strip()


def raw_address(url: str) -> str:
    """An address that may stand verbatim in braces: what would end it is written by its number.

    >>> raw_address("https://x.org/a_b?c=d%20e}{"), raw_address("x y")
    ('https://x.org/a_b?c=d%20e%7D%7B', 'x%20y')
    """
    return quote(tidied(url), safe="%/:=&?~#+!$,;'@()*[]_.-", errors="replace")
