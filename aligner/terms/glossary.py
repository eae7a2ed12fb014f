"""What a glossary is: terms of the source, what they become, and what they must never become.

    Glossary ── terms ── Term ── preferred, admitted, forbidden renderings

Start reading at `Glossary`; `aligner.terms.find` looks for its terms in texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from aligner.errors import InputError


class TermStatus(StrEnum):
    """How a rendering of a term stands: the administrative statuses of TBX-Basic, and what nobody has judged yet."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"
    PROPOSED = "proposed"
    """A guess, as of `aligner.terms.extract`: it counts for nothing until a person gives it another status."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a glossary file: a term and one rendering."""

    source: str
    target: str
    status: TermStatus = TermStatus.PREFERRED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source and its renderings, the best first."""

    source: str
    preferred: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """Remarks, each with the rendering that it is about."""

    def __post_init__(self) -> None:
        renderings = (*self.allowed, *self.forbidden)
        if not self.source.strip() or not renderings or not all(text.strip() for text in renderings):
            raise ValueError("a term needs words on both sides")

    @property
    def allowed(self) -> tuple[str, ...]:
        """What the term may become, the preferred first; empty where the glossary only forbids."""
        return (*self.preferred, *self.admitted)

    def note(self, *renderings: str) -> str:
        """The remarks on some renderings, in one line.

        >>> Term("visa", ("visa",), forbidden=("permit",), notes=(("permit", "old"),)).note("permit")
        'old'
        """
        return "; ".join(dict.fromkeys(note for rendering, note in self.notes if rendering in renderings))


@dataclass(frozen=True)
class Glossary:
    """Terms and their renderings for a pair of languages."""

    terms: tuple[Term, ...] = ()
    source: str = "fr"
    target: str = "en"

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that counts; notes do not."""
        # A new remark must not have every document translated again.
        lines = [f"{self.source} {self.target}", *(key(term) for term in self.terms)]
        return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def signature(self) -> str:
        """The glossary on one line, for provenance."""
        return f"glossary:{len(self.terms)} terms {self.fingerprint[:12]}"


def key(term: Term) -> str:
    """A term without its notes, on one line."""
    return "\t".join([term.source, *("/".join(each) for each in (term.preferred, term.admitted, term.forbidden))])


def gather(rows: Sequence[Row], *, source: str = "fr", target: str = "en") -> Glossary:
    """The glossary of some rows, terms in the order of their first row; what is only proposed is left out.

    Raises InputError when a rendering is both allowed and forbidden.

    >>> rows = [Row("aligneur", "aligner"), Row("aligneur", "alignment tool", TermStatus.FORBIDDEN)]
    >>> gather(rows).terms[0].forbidden
    ('alignment tool',)
    """
    by_source: dict[str, list[Row]] = {}
    for row in rows:
        if row.status is not TermStatus.PROPOSED:
            by_source.setdefault(row.source, []).append(row)
    terms = []
    for name, of_term in by_source.items():
        preferred, admitted, forbidden = (
            tuple(dict.fromkeys(row.target for row in of_term if row.status is status))
            for status in (TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.FORBIDDEN)
        )
        for text in forbidden:
            if text in (*preferred, *admitted):
                raise InputError(f"“{text}” is both allowed and forbidden for “{name}”")
        # Both preferred and admitted is not a contradiction: the better one counts.
        admitted = tuple(text for text in admitted if text not in preferred)
        # With the rendering that they are about: "old" says nothing about a term as a whole.
        notes = tuple(dict.fromkeys((row.target, row.note) for row in of_term if row.note))
        terms.append(Term(name, preferred, admitted, forbidden, notes))
    return Glossary(tuple(terms), source, target)


NO_TERMS = Glossary()
"""The glossary of those who have none."""
