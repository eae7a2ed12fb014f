"""XML as text, safely: everything that is not markup already is escaped.

The writers compose documents from `element` calls. A child that is a plain ``str`` is text: it loses the characters
that XML 1.0 forbids and its markup characters are escaped. A child that is `Markup` was made by these functions and is
taken as it is. Attributes keep the order in which they are given, so the bytes are always the same; no parser needed.

>>> print(element("s", "1 < 2 & 3", xml_id="fr.1.1"))
<s xml:id="fr.1.1">1 &lt; 2 &amp; 3</s>
"""

from __future__ import annotations

import re
from functools import lru_cache

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

FORBIDDEN = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff"
"""The characters that XML 1.0 forbids (section 2.2, "Char"), as ranges for a regular expression."""
_ILLEGAL = re.compile(f"[{FORBIDDEN}]")
# A parser makes a line feed of a carriage return that is not a reference (XML 1.0, section 2.11).
_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = {**_IN_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_SPECIAL_IN_TEXT = re.compile(f"[&<>\r{FORBIDDEN}]")
_SPECIAL_IN_ATTRIBUTE = re.compile(f'[&<>"\r\t\n{FORBIDDEN}]')
_NAME_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NOT_IN_NAME = re.compile(f"[^{_NAME_START}0-9.\u00b7-]")


class Markup(str):
    """Text that is XML already: it is never escaped again."""

    __slots__ = ()


def xml_text(text: str) -> str:
    r"""The text without the characters that XML 1.0 forbids.

    >>> xml_text("a\x00b\ud800c\ufffe\t😀")
    'abc\t😀'
    """
    return _ILLEGAL.sub("", text)


def escape(text: str) -> Markup:
    r"""Text as element content.

    >>> escape("a & b\x0b")
    'a &amp; b'
    """
    return Markup(_SPECIAL_IN_TEXT.sub(lambda match: _IN_TEXT.get(match[0], ""), text))


def element(tag: str, /, *children: str, **attributes: str | None) -> Markup:
    """One element, empty without children.

    Attribute names are Python's: ``xml_lang`` is ``xml:lang``, ``o_tmf`` is ``o-tmf``. None is left out.

    >>> print(element("seg", element("ph", x="1"), " et", xml_lang=None))
    <seg><ph x="1"/> et</seg>
    """
    # Lists, not generators: a corpus has millions of elements, and joining a list is faster.
    opening = tag + "".join([_attribute(name, value) for name, value in attributes.items() if value is not None])
    if not children:
        return Markup(f"<{opening}/>")
    content = "".join([child if isinstance(child, Markup) else escape(child) for child in children])
    return Markup(f"<{opening}>{content}</{tag}>")


def join_markup(parts: list[Markup], separator: str = "") -> Markup:
    """Several pieces of markup as one, with white space or nothing between them."""
    return Markup(separator.join(parts))


def lines(*parts: Markup | None) -> Markup:
    """The pieces that exist, each on its own line, as the content of an element."""
    # A piece a line, so that a diff of two exports shows what changed and nothing else.
    return Markup("\n".join(["", *[part for part in parts if part is not None], ""]))


def ncname(text: str) -> str:
    """The text as part of an ``xml:id``: characters that a name cannot hold become ``_`` and their number.

    >>> ncname("2024-09-11 brics")
    '2024-09-11_20_brics'
    """
    return _NOT_IN_NAME.sub(lambda match: f"_{ord(match[0]):x}_", text)


# The same few attributes stand on every element of a corpus: dates, languages, states.
@lru_cache(maxsize=4096)
def _attribute(name: str, value: str) -> str:
    name = f"xml:{name[4:]}" if name.startswith("xml_") else name.replace("_", "-")
    # A parser makes spaces of tabs and line ends in attributes, unless they are references (XML 1.0, section 3.3.3).
    escaped = _SPECIAL_IN_ATTRIBUTE.sub(lambda match: _IN_ATTRIBUTE.get(match[0], ""), value)
    return f' {name}="{escaped}"'
