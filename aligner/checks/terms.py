"""The terms of a glossary are kept: they become what it allows, and nothing that it forbids. Start at `glossary`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aligner.checks.findings import Pair, PairCheck, Remark
from aligner.languages.words import Span
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
            match, term = breach.match, breach.match.term
            source = (Span(match.start, match.end),)
            # What the glossary's author wrote beside the translations helps whoever has to choose one.
            remark = term.note(*(term.forbidden if breach.target else term.allowed))
            note = f" ({remark})" if remark else ""
            if breach.target:
                yield Remark(f"“{match.text}” must not be “{breach.forbidden}”{note}", source, (Span(*breach.target),))
            elif term.source in term.allowed:
                yield Remark(f"“{match.text}” should stay as it is{note}", source)
            else:
                yield Remark(f"“{match.text}” should be “{'” or “'.join(term.allowed)}”{note}", source)

    return lambda: check
