"""The terms of a glossary are kept: they become what it allows, and nothing that it forbids. Start at `glossary`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aligner.check.records import Pair, PairCheck, Remark, Span
from aligner.terms import Finder, Glossary


def glossary(terms: Glossary) -> Callable[[], PairCheck]:
    """Make the check of a glossary; `aligner.terms.index` says which forms count as the term.

    >>> from aligner.terms import Term
    >>> check = glossary(Glossary((Term("aligneur", ("aligner",)),)))()
    >>> [remark.message for remark in check(Pair("Deux aligneurs.", "Two alignment tools."))]
    ['“aligneurs” should be “aligner”']
    """
    finder = Finder(terms)

    def check(pair: Pair) -> Iterator[Remark]:
        for breach in finder.broken(pair.source, pair.target):
            match = breach.match
            source = (Span(match.start, match.end),)
            note = f" ({match.term.note})" if match.term.note else ""
            if breach.target:
                yield Remark(f"“{match.text}” must not be “{breach.forbidden}”{note}", source, (Span(*breach.target),))
            else:
                yield Remark(f"“{match.text}” should be “{'” or “'.join(match.term.allowed)}”{note}", source)

    return lambda: check
