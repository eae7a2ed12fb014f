"""Filters of the templates: text into safe HTML, numbers and names into what a reader expects.

Jinja escapes every value by itself; the only HTML made in Python is here (`visible`) and it escapes first.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

_RANGES = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",  # the controls of ASCII and Latin 1, but not tab and line ends
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",  # direction: they can turn the text after them round
    r"\u200b\u2060-\u2065\ufeff",  # no width: a word with one inside is not found by searching
    r"\u2028\u2029",  # line ends that most editors do not show
)
_CONTROL = re.compile(f"[{''.join(_RANGES)}]")
_LANGUAGES = {"fr": "French", "en": "English"}


def visible(text: str) -> Markup:
    r"""Return text as HTML in which invisible controls are seen and cannot act.

    A right-to-left override would make a sentence look like another one. Each control is kept, so that copying and
    searching find the true text, but shut into an element of its own (``bdi`` ends its effect) that shows its code.

    >>> print(visible("1 < 2\u202e!"))
    1 &lt; 2<bdi class="control" data-code="U+202E">&#8238;</bdi>!
    """
    return Markup(_CONTROL.sub(_control, str(escape(text))))  # noqa: S704 (escaped in the same line)


def without_controls(text: str) -> str:
    """Return text for places that can hold no element (a window's title, a tooltip): controls become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def _control(match: re.Match[str]) -> str:
    """One control character with its code; what HTML cannot hold becomes its picture (U+2400 …)."""
    code = ord(match[0])
    # HTML cannot hold most controls under U+00A0. Unicode has pictures of those under U+0020 and of DEL, which stands
    # for the rest.
    kept = f"&#{code};" if code >= 0xA0 else chr(0x2400 + code) if code < 0x20 else "\u2421"
    return f'<bdi class="control" data-code="U+{code:04X}">{kept}</bdi>'


def web_address(text: str) -> str:
    """Return an address that a browser may be sent to (http or https with a host), else nothing.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:  # an address like http://[ is an error
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""


def page_address(path: str) -> str:
    """Return the address of a page in the same place; no name can make it lead elsewhere.

    >>> page_address("2024-brics.html"), page_address("javascript:alert(1)")
    ('2024-brics.html', 'javascript%3Aalert%281%29')
    """
    # Two slashes at the beginning would name another host.
    return quote(re.sub("^/+", "/", path), safe="/", errors="replace")


def language_name(code: str) -> str:
    """Return the English name of a language, or its code.

    >>> language_name("fr-CA"), language_name("oc")
    ('French', 'oc')
    """
    return _LANGUAGES.get(code.partition("-")[0].lower(), code)


def percent(share: float) -> str:
    """Write a share, 0 to 1, in whole per cent, never rounded up to certainty.

    >>> percent(0.999), percent(1.0), percent(0.454)
    ('99%', '100%', '45%')
    """
    # Halves go up, as readers expect; round() would take them to the even number.
    return f"{min(int(share * 100 + 0.5), 99 if share < 1 else 100)}%"


def grouped(number: int) -> str:
    """Write a count with its thousands set apart: ``12,345``."""
    return f"{number:,}"
