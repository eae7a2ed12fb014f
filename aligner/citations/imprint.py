"""A reference in words, without a citation style: what the record says, in a fixed order.

    Qi Ren, *Des liens plus profonds*, China Daily Global, 2020-09-14

It needs nothing but aligner; Chicago, APA, MLA, ISO 690 and other styles are in `aligner.citations.styles`. Start
reading at `imprint`.
"""

from __future__ import annotations

import re

from aligner.citations.escaping import Escapes, notated, raw_address
from aligner.citations.people import people_of
from aligner.citations.references import Reference

_EMPHASIS = {"markdown": ("*", "*"), "html": ("<cite>", "</cite>")}
_ORDER = (
    "container", "court", "number", "series", "edition", "volume", "issue", "place", "publisher", "date", "pages",
    "archive", "fonds", "shelfmark",
)  # fmt: skip
_WORDS = {"number": "no. {}", "volume": "vol. {}", "issue": "no. {}", "pages": "p. {}", "edition": "{} ed."}


def imprint(reference: Reference, form: str, escapes: Escapes) -> str:
    """Author, title, where and when it appeared, where it is kept, its address; escaped for a form."""
    record = reference.record
    before, after = _EMPHASIS.get(form, ("", ""))
    people = [notated(person.in_order, escapes) for person in people_of(record.author)]
    said = [_WORDS.get(name, "{}").format(value) for name in _ORDER if (value := getattr(record, name))]
    parts = [" and ".join([", ".join(people[:-1]), people[-1]] if len(people) > 1 else people)]
    parts += [f"{before}{notated(record.title, escapes)}{after}"]
    # A publisher that is the author as well is named once.
    parts += [notated(each, escapes) for each in dict.fromkeys(said) if each != record.author]
    parts += [_address(record.url, form, escapes)] if record.url else []
    accessed = f" (accessed {notated(record.accessed, escapes)})" if record.url and record.accessed else ""
    return ", ".join(filter(None, parts)) + accessed


def _address(url: str, form: str, escapes: Escapes) -> str:
    """An address, as a link where it is one of the web."""
    address = raw_address(url)
    if re.match(r"https?://[^/]", address, re.IGNORECASE):
        if form == "markdown":
            return f"<{address}>"
        if form == "html":
            return f'<a href="{notated(address, escapes)}">{notated(address, escapes)}</a>'
    return notated(url, escapes)
