"""How well translations keep the terms of a glossary. Start reading at `adherence`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aligner.terms.find import Finder
from aligner.terms.glossary import Term


@dataclass(frozen=True, slots=True)
class Kept:
    """How often a term stands in source texts (once a text), and how often their translations keep it."""

    term: Term
    found: int
    kept: int

    @property
    def share(self) -> float:
        """Kept of found, 0 to 1; 1 for a term that does not occur."""
        return self.kept / self.found if self.found else 1.0


def adherence(pairs: Iterable[tuple[str, str]], finder: Finder) -> list[Kept]:
    """Count over pairs of texts; one record for each term of the glossary that occurs, in the glossary's order.

    >>> from aligner.terms import Glossary
    >>> finder = Finder(Glossary((Term("Nations unies", ("United Nations",)),)))
    >>> pairs = [("les Nations Unies", "the United Nations"), ("aux Nations unies", "to the organisation")]
    >>> [(each.found, each.kept) for each in adherence(pairs, finder)]
    [(2, 1)]
    """
    found: dict[Term, int] = {}
    broken: dict[Term, int] = {}
    for source, target in pairs:
        # Once a text: a term is kept when the translation has it once, however often the source does.
        for term in {match.term for match in finder.matches(source)}:
            found[term] = found.get(term, 0) + 1
        for term in {breach.match.term for breach in finder.broken(source, target)}:
            broken[term] = broken.get(term, 0) + 1
    terms = dict.fromkeys(term for term in finder.glossary if term in found)
    return [Kept(term, found[term], found[term] - broken.get(term, 0)) for term in terms]
